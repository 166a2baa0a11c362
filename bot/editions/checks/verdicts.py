"""What the entries' own phrases found when they were asked, and as long as what that holds.

To ask all of them takes most of a check. What a phrase finds hangs on the phrase, on its entry, on all that is no
entry's (the phrases of danger, attributes, synonyms, kinds), on whoever else has the same phrase, and on the names in
which its rarer words stand. As long as these are the same it is not asked again. What was found by weighing all entries
against one another is asked again whenever anything changes. How common a word is in other entries is left out: that
moves weights a little, and where a whole phrase is found no weight is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from bot.knowledge.kinds import HELP
from bot.matching.index.phrases import NAMING
from bot.matching.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.editions.checks.context import Phrase
    from bot.knowledge.folder import Folder

UNREAD: Mapping[str, Any] = {
    **dict.fromkeys(("sources", "as_of", "reviewed_on", "accept_overlap", "status_note", "reply"), True),
    "facts": {"__all__": {"source", "as_of"}},
    "links": {"__all__": {"url", "label"}},
}
"""Parts of an entry that no matcher reads: what is asked finds the same whatever they say."""

_COMMON = DEFAULT.names.common
"""Names in which a word stands that brings none of them up by itself."""


class Verdict(NamedTuple):
    """What a phrase found.

    ``what``: "choice", "help", "chat" or "other"; empty where it found its own entry. ``entries``: the ids of what was
    offered, else of the one that was found, if any. ``heard``: the phrase of a cry for help. ``of_all``: the digest of
    the whole, where all entries were weighed against one another.
    """

    what: str
    entries: tuple[str, ...] = ()
    heard: str = ""
    of_all: str = ""


class Notes(Protocol):
    """Where verdicts are kept from one check to the next."""

    def verdicts(self, folder: Folder) -> dict[str, Verdict]:
        """Return the verdicts of the last check of a folder of this name, by the grounds of each; none if unknown."""

    def note_verdicts(self, folder: Folder, verdicts: Mapping[str, Verdict]) -> None:
        """Note the verdicts of a check, in place of earlier ones."""


class Grounds:
    """On what the verdict of each phrase of a folder hangs, as digests.

    ``phrases``: all phrases of its entries but facts and summaries. ``whole``: everything that a matcher reads.
    """

    def __init__(self, folder: Folder, phrases: Sequence[Phrase]) -> None:
        catalogue = folder.catalogue
        self._entries = {
            key: _digest([entry.model_dump_json(exclude=UNREAD), repr(entry.kind)])
            for key, entry in catalogue.entries.items()
        }
        helps = [self._entries[key] for key, entry in catalogue.entries.items() if entry.kind == HELP]
        parts = (catalogue.attributes, catalogue.synonyms, catalogue.care, catalogue.danger)
        self._others = _digest([*map(repr, parts), *helps])
        self.whole = _digest([self._others, *self._entries.values()])
        self._owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._names: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._of_word: dict[str, str] = {}
        for phrase in phrases:
            self._owners[phrase.words].add(phrase.entry.id)
            if phrase.field in NAMING:
                name = phrase.entry.id, " ".join(phrase.words)
                for word in phrase.words:
                    self._names[word].add(name)

    def of(self, phrase: Phrase) -> str:
        """Return the digest of all that the verdict of a phrase hangs on."""
        owners = sorted(self._owners[phrase.words])
        said = (phrase.language, phrase.text, self._entries[phrase.entry.id], *owners)
        return _digest([self._others, *said, *map(self._named, phrase.words)])

    def _named(self, word: str) -> str:
        """Return the digest of the names in which a word stands, if these are few."""
        known = self._of_word.get(word)
        if known is None:
            names = self._names.get(word, ())
            known = _digest(sorted(map(" ".join, names))) if len(names) <= _COMMON else ""
            self._of_word[word] = known
        return known


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=10).hexdigest()
