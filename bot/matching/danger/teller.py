"""Who writes, and what it is about: what single phrases of care tell, whatever else is heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from bot.knowledge.help.care import WRITE
from bot.knowledge.kinds import HELP
from bot.matching.danger.listener import PhraseListener
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry, Phrases
    from bot.knowledge.help.care import Care
    from bot.knowledge.kinds import Kind
    from bot.matching.danger.listener import Message

CHILD, GROWN = "12", "30"
"""The ages that phrases are written with: of a child, and of whoever is none any more."""

_CHILDREN = range(5, 18)
_GROWN = range(18, 100)


@dataclass(frozen=True, slots=True)
class _Source:
    """What a listener reads of an entry; an entry itself could not be kept, for it is none of the folder's."""

    id: str
    keywords: Phrases
    calm: Phrases
    questions: Phrases = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """That of entries which are listened for."""
        return HELP


class Teller:
    """Knows adults who write about a child, and concerns that a phrase tells. Immutable once built."""

    def __init__(self, care: Care) -> None:
        self._adults = frozenset(words(text) for one in care.adults for text in care.written(care.adults, one))
        write = care.step(WRITE)
        self._write = tuple(words(text) for texts in write.says.values() for text in texts) if write else ()
        self._longest = max(map(len, self._adults), default=0)
        self._ages = frozenset(word for texts in care.ages.values() for text in texts for word in words(text))
        sources = [_Source(name, one.says, one.calm) for name, one in care.concerns.items() if one.says]
        self._concerns = [(one.id, PhraseListener([cast("Entry", one)])) for one in sources]
        self.faults = tuple(fault for _, listener in self._concerns for fault in listener.faults)

    def concern(self, message: Message, *, calm: bool = False) -> tuple[str, str | None]:
        """Return the first concern that a phrase in a message tells, or nothing, and its language; never raises.

        ``calm``: a calm phrase of the help entries stands there, too; then only an insistent one tells it.
        """
        for name, listener in self._concerns:
            heard = listener.heard(message)
            if heard.cry and not heard.calm and (heard.insistent or not calm):
                return name, heard.cry.language
        return "", None

    def cannot_call(self, message: Sequence[str]) -> bool:
        """Tell whether it is said word for word that somebody cannot call."""
        joined = f" {' '.join(message)} "
        return any(f" {' '.join(run)} " in joined for run in self._write)

    def is_adult(self, message: Sequence[str]) -> bool:
        """Tell whether an adult writes about a child."""
        return bool(self.own(message))

    def own(self, message: Sequence[str]) -> frozenset[int]:
        """Return the places of words that tell whose child it is about: "my 14 year old son", "a pupil of mine"."""
        places = list(self._ageless(message))
        left = tuple(message[place] for place in places)
        spans = (
            range(start, start + length)
            for length in range(1, self._longest + 1)
            for start in range(len(left) - length + 1)
        )
        return frozenset(places[at] for span in spans if left[span.start : span.stop] in self._adults for at in span)

    def _ageless(self, message: Sequence[str]) -> Iterator[int]:
        """Yield the places of a message without a number of years and the words around it."""
        behind = False
        for place, word in enumerate(message):
            behind = aged(word) != word or (behind and word in self._ages)
            if not behind:
                yield place


def aged(word: str) -> str:
    """Return the age of a phrase instead of an age, and any other word as it is."""
    if not word.isdecimal():
        return word
    return CHILD if int(word) in _CHILDREN else GROWN if int(word) in _GROWN else word
