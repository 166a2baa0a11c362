"""Questions for a place or another value: whether an entry has it, is there, or works there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Condition
from bot.matching.dialogue.values import LOCATED, is_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said
    from bot.matching.dialogue.values import Named

BESIDE = 1
"""Words that may stand beside a name and a place: "is tdh active in kenya"."""


def in_place(answers: Answers, said: Said) -> Decision | None:
    """Answer whether the one entry that is named is in the place named with it: "does PRI work in the us"."""
    places, named = _places(said), answers.known(said.names)
    if len(places) != 1 or len(named) != 1 or named[0] not in answers.lists.entries:
        return None
    if (
        not said.has("place")
        or said.has("list", "count")
        or not all(_of_place(answers, one.attribute) for one in said.asked)
    ):
        return None
    beside = said.left(places[0].places, *said.names.values(), said.asked_places, said.courtesy)
    if len(beside) > BESIDE or not places[0].places.isdisjoint(said.names[named[0].id]):
        return None
    asked = next((_of_place(answers, one.attribute) for one in said.asked), None)
    return whether_in(answers, said, named[0], places[0].value, asked)


def _of_place(answers: Answers, asked: str) -> str | None:
    """Return by which attribute a place is asked for with something: "members in kenya" asks for countries."""
    known = answers.attributes[asked]
    return asked if known.type == "place" else known.of_place


def value_of_last(answers: Answers, said: Said) -> Decision | None:
    """Answer yes or no about the entry shown last: "still in brussels?", "so not an ngo?", "what about kenya"."""
    entry = answers.entry(said.context.entry)
    conditions, places = answers.lists.conditions(said), _places(said)
    taken = said.asked_places.union(*(one.places for one in said.values))
    beside = said.places("place", "pronoun", "and") | said.courtesy
    if not entry or entry.kind.built_in or said.names or said.left(taken, beside) or said.has("here"):
        return None
    if len(places) == 1 and not said.asked:
        last = answers.attributes.get(said.context.attribute or "")
        asked = said.context.attribute if last and last.type == "place" else None
        return whether_in(answers, said, entry, places[0].value, asked)
    if len(conditions) != 1 or not answers.attributes[conditions[0].attribute].fits(entry.kind):
        return None
    return answers.whether(said, entry, conditions[0])


def _places(said: Said) -> Sequence[Named]:
    return [one for one in said.values if one.kind in LOCATED]


def whether_in(answers: Answers, said: Said, entry: Entry, place: str, asked: str | None = None) -> Decision | None:
    """Return the answer whether an entry is in a place, by what is ``asked`` or else by what it has there.

    If nothing is there, a city can only be its seat; in a country it may work without that being on record. Having its
    seat in a country is no yes to that, but worth telling.
    """
    fitting = [name for name, known in answers.attributes.items() if known.type == "place" and known.fits(entry.kind)]
    own = [name for name in fitting if entry.facts_about(name)] or fitting
    there = [name for name in fitting if answers.values.holds(entry, Condition(name, value=place))]
    country = [name for name in own if not answers.attributes[name].single and is_code(place)]
    if asked is None and country and there and all(answers.attributes[name].single for name in there):
        told = answers.whether(said, entry, Condition(there[0], value=place))
        working = Condition(country[-1], value=place)
        return replace(told, attribute=country[-1], condition=working, verdict=None, mentioned=True)
    name = asked if asked in fitting else next(iter((*there, *reversed(country), *own)), None)
    return answers.whether(said, entry, Condition(name, value=place)) if name else None
