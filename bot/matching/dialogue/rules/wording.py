"""How far the words of a message say which entry is meant."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Answer
    from bot.matching.dialogue.said import Said

CERTAIN = 0.95
"""Confidence that makes up for words that stand in different phrases of what they find."""


@lru_cache(512)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    """Return the words of all names of an entry."""
    return frozenset(word for name in names for word in words(name))


def is_called(entry: Entry, said: Said, places: Iterable[int]) -> bool:
    """Return whether the words at ``places`` are all part of names of an entry: "the committee"."""
    called = _words_of((*entry.name.values(), *entry.acronyms, *chain.from_iterable(entry.aliases.values())))
    return all(not called.isdisjoint((said.words[place].text, *said.words[place].also)) for place in places)


def is_explained(said: Said, found: Answer) -> bool:
    """Return whether an entry is found by all that is said, in one phrase of it or for certain: not by a weak word."""
    content = {said.words[place].text for place in said.left(said.places("and"))}
    evidence = found.candidates[0].evidence if found.candidates else ()
    together = {word for one in evidence for word in one.words}
    return any(content.issubset(one.words) for one in evidence) or (content <= together and found.confidence >= CERTAIN)
