"""Descriptions: "the swiss one", "the network", "back to the panel", "the old one": what was shown, by what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Condition, Rule
from bot.matching.dialogue.rules.listing import members_of
from bot.matching.dialogue.rules.wording import is_called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

FRAME = ("and", "resume", "one", "pronoun", "correction", "doubt")
"""Moves that stand around a description."""

BESIDE = 2
"""Words from "one" to what it describes: "the one in London"."""

HISTORIC = "historic"
"""Status of what something else has replaced."""


def replaced(answers: Answers, said: Said) -> Decision | None:
    """Answer about what came before the entry shown last, or after it: "what did the old one say"."""
    last = answers.entry(said.context.entry)
    if last is None or said.names or not said.has("former", "present"):
        return None
    if said.left(said.asked_places, said.places("former", "present", *FRAME), said.courtesy):
        return None
    related = [one for one in answers.known(last.related) if one.kind == last.kind]
    old = said.has("former")
    if old == (last.status == HISTORIC):
        return answers.direct(said, last, Rule.PICKED) if said.asked else None
    meant = [one for one in related if (one.status == HISTORIC) == old]
    return answers.direct(said, meant[0], Rule.PICKED) if len(meant) == 1 else None


def described(answers: Answers, said: Said) -> Decision | None:
    """Answer about what is described by its place or by words of its name: what was shown first, then everything."""
    asked = frozenset(place for one in said.asked if one.value is None for place in one.places)
    told = said.left(asked, said.places(*FRAME), said.courtesy)
    told = told.union(*(one.places for one in said.values if one.kind == "place" and not told.isdisjoint(one.places)))
    if not told or not _is_definite(said, told) or said.has("else", "except", "these", "here"):
        return None
    valued = frozenset(place for one in said.asked if one.value is not None for place in one.places)
    if not said.has("one") and not told.isdisjoint(valued):
        return None  # "is it of the UN" is a question about the last
    shown = _shown(answers, said)
    if any(name not in {one.id for one in shown} for name in said.names):
        return None
    found = [one for one in shown if _fits(answers, said, one, told)]
    last = answers.entry(said.context.entry)
    if found and not said.has("one") and last in found:
        found = [last]
    elif len(found) > 1 and last in found:
        found.remove(last)
    found = found or _unique(_alike(answers, said, told)) or _unique(_there(answers, said, told))
    listed = [one for one in found if one.id in said.context.choices]
    if len(listed) > 1 and not said.asked and len(listed) == len(found):
        return answers.listing(said, listed)
    return _about(answers, said, found[0]) if found else None


def _about(answers: Answers, said: Said, entry: Entry) -> Decision | None:
    if said.has("count") and not said.asked:
        return members_of(answers, said, entry) or answers.direct(said, entry, Rule.PICKED)
    asked = answers.fitting(said, entry)
    if said.asked and not asked:
        return None
    return answers.tell(said, entry, asked) if asked else answers.direct(said, entry, Rule.PICKED)


def _is_definite(said: Said, told: frozenset[int]) -> bool:
    """Return whether words are marked as the description of something known."""
    near = (abs(one - place) <= BESIDE for one in said.places("one") for place in told)
    return said.has("resume") or any(near) or any(place + 1 in told for place in said.places("article"))


def _shown(answers: Answers, said: Said) -> list[Entry]:
    """Return what was shown or listed in the conversation, the latest first."""
    context = said.context
    ids = dict.fromkeys([one for one in (context.entry, *reversed(context.trail), *context.choices) if one])
    return [one for one in answers.known(ids) if not one.kind.built_in]


def _alike(answers: Answers, said: Said, told: frozenset[int]) -> list[Entry]:
    """Return the entries of the kind spoken of whose names have all that is told: "havana ones?"."""
    last = answers.entry(said.context.entry)
    if last is None or not said.has("one"):
        return []
    return [one for one in answers.entries.values() if one.kind == last.kind and is_called(one, said, told)]


def _there(answers: Answers, said: Said, told: frozenset[int]) -> list[Entry]:
    """Return the entries that have their seat, or else an office, in the place that is all that is told."""
    named = [one for one in said.values if one.kind == "place"]
    if len(named) != 1 or named[0].places != told or not said.has("one"):
        return []
    for attribute in answers.lists.place_attributes:
        found = answers.lists.having([Condition(attribute, value=named[0].value)])
        if found:
            return list(found)
    return []


def _fits(answers: Answers, said: Said, entry: Entry, told: frozenset[int]) -> bool:
    """Return whether an entry has all that is told: its seat, a closed value, or words of its names."""
    left = set(told)
    for named in said.values:
        if named.kind == "place" and answers.lists.place_attributes:
            condition = Condition(answers.lists.place_attributes[0], value=named.value)
            left -= named.places if answers.values.holds(entry, condition) else set()
    for one in said.asked:
        if one.value is not None and one.places <= told:
            left -= one.places if answers.values.holds(entry, Condition(one.attribute, value=one.value)) else set()
    return is_called(entry, said, left)


def _unique(found: Sequence[Entry]) -> list[Entry]:
    return list(found) if len(found) == 1 else []
