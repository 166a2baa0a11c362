"""Messages about several things that were shown or listed: "compare them", "which is bigger", "and the UN ones?"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Condition, NoMatch, Relation, Rule
from bot.matching.dialogue.answers import COMPARED
from bot.matching.dialogue.rules.asking import IN_FULL
from bot.matching.dialogue.rules.listing import LISTING, SUPERLATIVES
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

REFERRING = ("compare", "size", "these", "both", "they", "pronoun", "and", "only", "list", "which")
"""Moves that may stand in a message about several things."""


def compared(answers: Answers, said: Said) -> Decision | None:
    """Put beside each other what was shown or listed, or what was shown last and what is named: "compare it with X"."""
    if not said.has("compare") or said.left(said.places(*REFERRING), said.courtesy, said.asked_places, *_named(said)):
        return None
    if said.places("compare") <= frozenset().union(*said.names.values()):
        return None  # in the Russian name of a general comment is the word for what two have in common
    named = [one for one in answers.known(said.names) if not one.kind.built_in]
    last = answers.entry(said.context.entry)
    entries = answers.spoken_of(said)
    if named:
        entries = [last, *named] if last and last not in named and len(named) == 1 else []
    said = replace(said, asked=tuple(one for one in said.asked if one.places.isdisjoint(said.places("compare"))))
    asked = answers.fitting(said, entries[0]) if entries else None
    return _beside(answers, said, entries, asked.attribute if asked else None)


def by_size(answers: Answers, said: Said) -> Decision | None:
    """Tell of a few the numbers by which one is bigger: "which is bigger", "which has more members"."""
    if not said.has("size") or said.left(said.places(*REFERRING), said.courtesy, said.asked_places, *_named(said)):
        return None
    named = [one for one in answers.known(said.names) if not one.kind.built_in]
    entries = named or answers.spoken_of(said)
    asked = answers.fitting(said, entries[0]) if entries else None
    if asked and answers.attributes[asked.attribute].type != "number":
        return None  # "does it belong to something bigger"
    return _beside(answers, said, entries, asked.attribute if asked else _size(answers, entries))


def by_rank(answers: Answers, said: Said) -> Decision | None:
    """Tell what is asked about the oldest or youngest of a few: "where is the younger one based"."""
    entries = answers.spoken_of(said)
    if said.names or said.has("sets", "count") or not 1 < len(entries) <= COMPARED:
        return None
    ranked = [one for one in answers.lists.conditions(said) if one.relation in SUPERLATIVES]
    by_age = said.places("oldest", "newest")
    asked = tuple(one for one in said.asked if one.places.isdisjoint(by_age))
    asked = tuple(one for one in asked if answers.attributes[one.attribute].type != "year")
    if not ranked or not asked:
        return None
    found = answers.lists.having(ranked, entries)
    if not found or len(said.left(by_age, *(one.places for one in said.asked), said.places(*REFERRING, "one"))) > 1:
        return None
    return answers.direct(replace(said, asked=asked), found[0], Rule.PICKED)


def one_there(answers: Answers, said: Said) -> Decision | None:
    """Answer which of a few that were told has a value, or what each has: "which one is in geneva", "takes gifts"."""
    if not said.has("which_one") or said.has("sets", "count", "except") or said.names:
        return None
    conditions = answers.lists.conditions(said)
    entries = answers.spoken_of(said)
    valued = [one for one in conditions if one.relation is Relation.IS]
    values = (one.places for one in said.values)
    left = said.left(said.places(*REFERRING, "which_one", "place"), said.asked_places, said.courtesy, *values)
    linked = [one for one in said.asked if answers.attributes[one.attribute].link and one.coverage >= IN_FULL]
    if not 1 < len(entries) <= COMPARED or len(left) > (1 if linked else 0):
        return None
    if linked and not valued and answers.fitting(said, entries[0]):
        return _beside(answers, said, entries, linked[0].attribute)
    if len(valued) != 1 or len(conditions) > 1:
        return None
    found = answers.lists.having(valued, entries)
    return answers.whether(said, found[0], valued[0]) if len(found) == 1 else None


def how_many(answers: Answers, said: Said) -> Decision | None:
    """Count the members of what was told alone: "how many are they" of an organisation, or of who wrote a text."""
    context, entry = said.context, answers.entry(said.context.entry)
    if not said.has("count") or said.has("sets", "list", "which") or said.names or said.asked:
        return None
    if said.left(said.places("count", "they", "pronoun", "these"), said.courtesy) or entry is None:
        return None
    if context.together or context.conditions:
        return None
    about = entry if entry in answers.lists.entries else _told_of(answers, said, entry)
    size = _size(answers, [about]) if about else None
    known = about and size and about.facts_about(size)
    return answers.answer(said, about, Rule.ATTRIBUTE, attribute=size) if about and known else None


def _told_of(answers: Answers, said: Said, entry: Entry) -> Entry | None:
    """Return the organisation that was named in what was told last of an entry: who wrote it."""
    numbers = entry.facts_about(said.context.attribute)[:1] if said.context.attribute else ()
    texts = [f" {' '.join(words(text))} " for number in numbers for text in entry.facts[number].text.values()]
    for known in answers.known(one.id for one in entry.organisations):
        names = [f" {' '.join(words(name))} " for name in known.name.values()]
        if any(name in text for name in names for text in texts):
            return known
    return None


def about_both(answers: Answers, said: Said) -> Decision | None:
    """Tell of a few side by side what is asked: "does either publish a journal", "are they binding" after a list."""
    told_together = said.has("they") and said.context.together
    known = said.places("these", "both", "they", "pronoun", "place", "list", "which")
    left = said.left(said.asked_places, known, *(one.places for one in said.values))
    if said.names or len(left) > (1 if said.asked else 0):  # "do they bind states"
        return None
    entries = answers.spoken_of(said)
    asked = answers.fitting(said, entries[0]) if entries else None
    which = said.begins_with("list", "which") or said.begins_asking
    if which and asked and answers.attributes[asked.attribute].values:  # "which one is binding" is no list
        meant = not answers.lists.have(asked.attribute)
    else:
        meant = not said.has("list", "which", "count", "only") and (said.has("these", "both") or told_together)
    if not meant:
        return None
    conditions = answers.lists.conditions(said)
    only = conditions[0].attribute if len(conditions) == 1 else None
    if asked and 1 < len(entries) <= COMPARED:
        return answers.answer(said, entries[0], Rule.ATTRIBUTE, asked=asked, beside=tuple(entries[1:]))
    if not said.asked and len(said.places("these", "both", "article")) == len(said.words):
        return _beside(answers, said, entries, said.context.attribute)
    return _beside(answers, said, entries, only) if only else None


def other_list(answers: Answers, said: Said) -> Decision | None:
    """Make the last list anew, with what it was made by replaced or added to: "and the UN ones?", "and in geneva?"."""
    context = said.context
    if not context.conditions or context.attribute or said.names or not said.begins_with("and"):
        return None
    there = replace(said, moves={"place": [], **said.moves})  # "and geneva?" is in Geneva, too
    conditions, part = answers.lists.conditions(there), frozenset[int]()
    if not conditions:
        conditions, part = _part_of_value(answers, said)
    by = {one.attribute for one in conditions} | answers.lists.beside
    relations = {one.relation for one in (*conditions, *context.conditions)}
    values = (one.places for one in said.values)
    left = said.left(said.places(*LISTING), said.courtesy, said.asked_places, part, *values)
    further = any(one.value is None and one.attribute not in by for one in said.asked)
    if not conditions or left or further or relations & {Relation.FIRST, Relation.LAST}:
        return None
    sort = answers.lists.of_one_sort
    kept = [one for one in context.conditions if not any(sort(one.attribute, new.attribute) for new in conditions)]
    merged, within = (*kept, *conditions), answers.known(context.within)
    found = answers.lists.having(merged, within or None)
    if not found:
        return NoMatch(question=said.question, rule=Rule.LIST, conditions=merged, within=tuple(within))
    return answers.listing(said, found, merged, within=within)


def all_but(answers: Answers, said: Said) -> Decision | None:
    """Leave out of the last list what is named to be left out: "except omct"."""
    choices = [answers.entries[one] for one in said.context.choices if one not in said.left_out]
    if not said.left_out or len(choices) < 2 or said.left(said.excluded):  # noqa: PLR2004  (a list)
        return None
    return answers.listing(said, choices)


def one_of_them(answers: Answers, said: Said) -> Decision | None:
    """Answer whether an entry is among those that were just listed: "is PRI one of them"."""
    context = said.context
    if len(said.names) != 1 or said.asked or not said.has("these") or said.left(*said.names.values()):
        return None
    entry = answers.entries[next(iter(said.names))]
    condition = context.condition
    for name, attribute in answers.attributes.items():
        if condition is None and attribute.of and attribute.of == context.entry and "yes" in attribute.values:
            condition = Condition(name, value="yes")
    if condition is None or not answers.attributes[condition.attribute].fits(entry.kind):
        return None
    return answers.whether(said, entry, condition)


def who_else(answers: Answers, said: Said) -> Decision | None:
    """List who else has what the entry shown last was asked for, or what is named: "which others are in geneva"."""
    context, entry = said.context, answers.entry(said.context.entry)
    named = answers.lists.conditions(said)
    values = [one.places for one in said.values] + [one.places for one in said.asked]
    left = said.left(said.places("else", "and", "place", "sets"), said.courtesy, *(values if named else []))
    if not said.has("else") or left or said.names or entry is None or len(named) > 1:
        return None
    condition = named[0] if named else context.condition
    attribute = answers.attributes.get(context.attribute or "")
    if condition is None and attribute and "yes" in attribute.values:
        condition = Condition(context.attribute or "", value="yes")
    found = answers.lists.having((condition,)) if condition else tuple(answers.known(context.choices))
    others = [one for one in found if one is not entry]
    return answers.listing(said, others, (condition,) if condition else ()) if others else None


def _part_of_value(answers: Answers, said: Said) -> tuple[tuple[Condition, ...], frozenset[int]]:
    """Return the value whose name the rest of a message is part of, with its places: "the UN" after a list of NGOs."""
    beside = said.places("and", "sets", "these", "only", "which", "list") | said.courtesy
    words_left = {place for place, word in enumerate(said.words) if not word.grammar and not word.asking} - beside
    texts = {said.words[place].text for place in words_left}
    for condition in said.context.conditions if texts else ():
        values = answers.attributes[condition.attribute].values
        found = [name for name, value in values.items() if any(texts <= set(words(one)) for one in value.name.values())]
        if len(found) == 1:
            return (Condition(condition.attribute, value=found[0]),), frozenset(words_left)
    return (), frozenset()


def _named(said: Said) -> Sequence[frozenset[int]]:
    return tuple(said.names.values())


def _size(answers: Answers, entries: Sequence[Entry]) -> str | None:
    """Return the number that most of the entries have, of those that all of them can have."""
    fit = [
        name
        for name, attribute in answers.attributes.items()
        if attribute.type == "number" and entries and all(attribute.fits(one.kind) for one in entries)
    ]
    return max(fit, key=lambda name: sum(bool(one.facts_about(name)) for one in entries), default=None)


def _beside(answers: Answers, said: Said, entries: Sequence[Entry], attribute: str | None) -> Decision | None:
    """Return a few entries side by side, by an attribute or as a whole."""
    if not 1 < len(entries) <= COMPARED:
        return None
    return answers.answer(said, entries[0], Rule.ATTRIBUTE, attribute=attribute, beside=tuple(entries[1:]))
