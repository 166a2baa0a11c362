"""How far the words of a message say which entry is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Answer
    from bot.matching.dialogue.said import Said

CERTAIN = 0.95
"""Confidence that makes up for words that stand in different phrases of what they find."""


def is_called(entry: Entry, said: Said, places: Iterable[int]) -> bool:
    """Return whether the words at ``places`` are all part of names of an entry: "the committee"."""
    names = [*entry.name.values(), *entry.acronyms, *(one for listed in entry.aliases.values() for one in listed)]
    called = {word for name in names for word in words(name)}
    return all(not called.isdisjoint((said.words[place].text, *said.words[place].also)) for place in places)


def is_explained(said: Said, found: Answer) -> bool:
    """Return whether an entry is found by all that is said, in one phrase of it or for certain: not by a weak word."""
    content = {said.words[place].text for place in said.left(said.places("and"))}
    evidence = found.candidates[0].evidence if found.candidates else ()
    together = {word for one in evidence for word in one.words}
    return any(content.issubset(one.words) for one in evidence) or (content <= together and found.confidence >= CERTAIN)
