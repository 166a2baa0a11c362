"""The words of each entry's facts, and of its names: which fact has how much of a message."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.knowledge.entry import Entry

FORM = 0.9
"""How much a word is worth that is there in another form..."""

MEANING = 0.85
"""...and one with another that means the same, or is a slip away."""

STEM = 4
"""Letters that forms of a word have in common at least..."""

ENDING = 3
"""...and letters behind these at most: "promote" and "promotes", "informe" and "informar"."""


MORE = 1.2
"""How much more of what is said a fact has, by rarity, than the one that would be first otherwise..."""

BESIDE = 1.0
"""...and how much of it that asks for no attribute: "who leads it" is asked for in other words as well."""

SEVERAL = 2
"""Words that it has at least where something else answers what is asked for."""

REST = 0.7
"""Share of what is said besides what is asked for that a fact has which is not about that, where no fact about it has
any of the rest."""

ALONE = 3.0
"""How much it has of that at least, by rarity; and one word by itself, where nothing else answers what is asked for."""


@dataclass
class Weighed:
    """What the facts of an entry have of a message: all that is said, what is not asked for, and how many words.

    ``about``: the facts about what is asked for. ``total``, ``rest``: what there is to have of all, and of the rest.
    """

    about: frozenset[int]
    had: list[float]
    beside: list[float]
    common: list[float]
    total: float = 0.0
    rest: float = 0.0

    def best(self, first: int | None, share: float, *, asked: bool) -> int | None:
        """Return the fact that has most of what is said, if that is enough to be told before the ``first``.

        ``asked``: whether something is asked for that has an attribute; else one rare word is enough.
        """
        had, beside, common = self.had, self.beside, self.common
        best = max(range(len(had)), key=lambda number: (had[number], number == first, -number))
        less = had[first] if first is not None else 0.0
        bare = not asked or first is None
        several = common[best] >= SEVERAL or (bare and beside[best] >= ALONE)
        if several and had[best] >= max(share * self.total, less + MORE) and beside[best] >= BESIDE:
            return best
        best = max(range(len(had)), key=lambda number: (beside[number], -number))
        own = max((beside[number] for number in self.about), default=0.0)
        alone = asked and own < BESIDE and common[best] >= SEVERAL
        return best if alone and beside[best] >= max(REST * self.rest, ALONE) else None


class FactWords:
    """The words of all facts. Immutable once built.

    ``acronyms``: words by which entries are named in short.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        having = [entry for entry in entries if entry.facts]
        self._words = {entry.id: _words(entry) for entry in having}
        self._names = {entry.id: frozenset(_names(entry)) for entry in having}
        self.acronyms = frozenset(word for entry in having for acronym in entry.acronyms for word in words(acronym))

    def __contains__(self, name: str) -> bool:
        """Return whether the entry with this id has facts."""
        return name in self._words

    def is_name(self, name: str, forms: Iterable[str]) -> bool:
        """Return whether one of some forms is a word of the entry's names."""
        return not self._names[name].isdisjoint(forms)

    def having(self, name: str, text: str, others: Sequence[str]) -> dict[int, float]:
        """Return the entry's facts that have a word, or another that is meant, with how alike it is there."""
        known, found = self._words[name], dict[int, float]()
        for form, likeness in ((text, 1.0), *((other, MEANING) for other in others if other != text)):
            for word, numbers in known.get(form[:STEM], {}).items():
                if _is_form(form, word):
                    worth = likeness if word == form else likeness * FORM
                    for number in numbers:
                        found[number] = max(found.get(number, 0.0), worth)
        return found


def _names(entry: Entry) -> Iterator[str]:
    """Yield the words of an entry's names."""
    for name in (*entry.name.values(), *entry.acronyms, *(one for known in entry.aliases.values() for one in known)):
        yield from words(name)


def _words(entry: Entry) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return the facts of an entry that have a word, by the beginning of it."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for number, fact in enumerate(entry.facts):
        for word in {word for text in fact.text.values() for word in words(text)}:
            alike = found.setdefault(word[:STEM], {})
            alike[word] = (*alike.get(word, ()), number)
    return found


def _is_form(word: str, other: str) -> bool:
    """Return whether two words that begin alike differ by their endings alone."""
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return max(len(word), len(other)) - common <= min(ENDING, common - STEM + 1) or word == other
