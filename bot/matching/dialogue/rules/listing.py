"""Questions for several entries, and for what belongs to what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Condition, NoMatch, Relation, Rule
from bot.matching.dialogue.answers import COMPARED
from bot.matching.dialogue.values import is_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import Entry, Fact
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

LISTING = (
    "and",
    "list",
    "which",
    "sets",
    "count",
    "these",
    "both",
    "only",
    "pronoun",
    "before",
    "after",
    "decade",
    "oldest",
    "newest",
    "alphabetical",
    "place",
)
"""Moves that belong to asking for a list."""

MEMBERS = "members"
"""Id of the attribute that names who belongs to an organisation, in the set that the program ships."""

SUPERLATIVES = (Relation.FIRST, Relation.LAST)


def member_of(answers: Answers, said: Said) -> Decision | None:
    """Answer whether an entry belongs to another one that is named beside it, or who does: "who is in the panel"."""
    for name, attribute in answers.attributes.items():
        if attribute.of not in said.names or said.has("compare"):
            continue
        if not said.asked and said.left(*said.names.values()):
            continue
        others = [one for one in said.names if one != attribute.of and attribute.fits(answers.entries[one].kind)]
        if not others and all(one.attribute != name for one in said.asked):
            continue  # "how is the panel financed" asks about the panel
        owner = answers.entry(attribute.of)
        if owner and not others and said.has("who") and (found := members(answers, said, [owner])):
            return _told(answers, said, *found)
        last = None if others or said.has("list", "count") else answers.entry(said.context.entry)
        entry = answers.entries[others[0]] if len(others) == 1 else last
        if entry is None or entry.id == attribute.of:
            continue
        if "yes" not in attribute.values:
            return answers.answer(said, entry, Rule.ATTRIBUTE, attribute=name)
        return answers.whether(said, entry, Condition(name, value="yes"))
    return None


def listed(answers: Answers, said: Said) -> Decision | None:
    """List what several entries have in common, count it, or put it in order."""
    if _left_over(said, answers.lists.doing(said)):
        return None
    named = [answers.entries[name] for name in said.names if not answers.entries[name].kind.built_in]
    conditions = tuple(
        one for one in answers.lists.conditions(said) if answers.attributes[one.attribute].of not in said.names
    )
    if not conditions:
        return _spoken_of(answers, said) or _members(answers, said, named) or _everything(answers, said, named)
    if conditions[0].relation is Relation.KNOWN and (found := _members(answers, said, named)):
        return found
    if not _is_one_question(answers, said, conditions, named):
        return None
    return _by_age(answers, said, named, conditions) or _having(answers, said, named, conditions)


def _left_over(said: Said, doing: frozenset[int]) -> bool:
    """Return whether the message says more than a list can take into account; ``doing``: of no account anyhow."""
    values = (one.places for one in said.values)
    left = said.left(doing, said.asked_places, *values, *said.names.values(), said.places(*LISTING))
    left = frozenset(place for place in left if not said.words[place].text.isdecimal())
    return len(left) > (1 if said.has("alphabetical") else 0)


def _spoken_of(answers: Answers, said: Said) -> Decision | None:
    """Count what was listed just before, or put it in alphabetical order."""
    context = said.context
    choices = answers.known(context.choices)
    counts = (
        said.has("count", "list")
        and not said.has("sets")
        and not said.asked
        and not said.left(said.places("count", "list", "these"))
    )
    if counts and not choices and context.conditions:
        return NoMatch(question=said.question, rule=Rule.LIST, conditions=context.conditions)
    if not choices or not (counts or said.has("alphabetical")):
        return None
    conditions = context.conditions if context.together and context.attribute is None else ()
    return answers.listing(said, choices, conditions, within=answers.known(context.within))


def _members(answers: Answers, said: Said, named: Sequence[Entry]) -> Decision | None:
    """Name the members of the one entry that is named, or that was just shown."""
    found = members(answers, said, named)
    return _told(answers, said, *found) if found else None


def members_of(answers: Answers, said: Said, owner: Entry) -> Decision | None:
    """Name the members of an entry that is meant for certain: "back to the panel, how many are they"."""
    found = members(answers, said, [owner], counted=True)
    return _told(answers, said, *found) if found else None


def _told(answers: Answers, said: Said, owner: Entry, number: int, entries: tuple[Entry, ...]) -> Decision:
    about = owner.facts[number].about
    asked = next((one.attribute for one in said.asked if one.attribute in about), about[0])
    answer = answers.answer(said, owner, Rule.ATTRIBUTE, attribute=asked)
    return replace(answer, facts=(number,), listed=entries)


def members(
    answers: Answers, said: Said, named: Sequence[Entry], *, counted: bool = False
) -> tuple[Entry, int, tuple[Entry, ...]] | None:
    """Return whose members are asked for, the number of the fact that names them, and the members: entries.

    ``counted``: several are asked for, and what they have in common is named beside the one entry.
    """
    owner = named[0] if len(named) == 1 else None if named else answers.entry(said.context.entry)
    owners = {one.of for one in _of(answers)}
    only = not named and not said.context.entry and len(owners) == 1 and said.has("list", "count")
    if only and said.has("sets"):
        owner = answers.entry(next(iter(owners)))
    if owner is None:
        return None
    several = said.has("list", "count", "these") or _begins_with_sets(said)
    cued = several and (said.has("sets", "these") or any(one.value for one in said.asked))
    cued = cued or (counted and said.has("list", "count") and any(owner.id == one.of for one in _of(answers)))
    facts = sorted(enumerate(owner.facts), key=lambda one: (not _about(one[1], said), MEMBERS not in one[1].about))
    for number, fact in facts:
        entries = tuple(answers.known(fact.entries))
        belongs = any(answers.attributes[one.attribute].of == owner.id for one in said.asked)
        alike = bool(entries) and all(one.kind == owner.kind for one in entries)
        if alike and (_about(fact, said) or (not only and (cued or belongs))):
            return owner, number, entries
    return None


def _begins_with_sets(said: Said) -> bool:
    """Return whether what is to be listed is the first that a message says: "que ong hay en el panel"."""
    beside = {place for place, word in enumerate(said.words) if word.grammar or word.asking} | said.courtesy
    first = next((place for place in range(len(said.words)) if place not in beside - said.places("sets")), 0)
    return first in said.places("sets")


def _everything(answers: Answers, said: Said, named: Sequence[Entry]) -> Decision | None:
    """List all there is: "how many organisations are there"."""
    about_one = said.asked and (named or said.context.entry)
    cued = said.has("list", "count") and said.has("sets")
    if about_one or not cued or said.left(said.places("list", "sets", "count")):
        return None
    return answers.listing(said, answers.lists.entries)


def _is_one_question(answers: Answers, said: Said, conditions: Sequence[Condition], named: Sequence[Entry]) -> bool:
    """Return whether the conditions go together: not two values of one attribute, nothing else asked for.

    Whose members are meant may be asked for beside them: "how many of the founding members are NGOs".
    """
    by_attribute = {one.attribute for one in conditions}
    further = {one.attribute for one in said.asked if one.value is None} - by_attribute
    further -= {name for name in further if answers.attributes[name].of in said.names}
    if further and (found := members(answers, said, named, counted=True)):
        further -= set(found[0].facts[found[1]].about)
    dated = any(one.relation is not Relation.IS for one in conditions)
    return len(by_attribute) == len(conditions) and (dated or further <= answers.lists.beside)


def _by_age(answers: Answers, said: Said, named: Sequence[Entry], conditions: Sequence[Condition]) -> Decision | None:
    """Compare a few entries by age: those that are named, or that were just spoken of."""
    compared = list(named) if len(named) > 1 else answers.spoken_of(said)
    all_meant = said.has("sets") and not said.has("these")
    if conditions[0].relation not in SUPERLATIVES or all_meant or not 1 < len(compared) <= COMPARED:
        return None
    years = [conditions[0].attribute, *answers.lists.year_attributes]
    fit = (name for name in years if all(answers.attributes[name].fits(entry.kind) for entry in compared))
    by_year = Condition(next(fit, years[0]), conditions[0].relation)
    found = answers.lists.having((by_year,), compared)
    if not found:
        return None
    rest = tuple(entry for entry in compared if entry not in found)
    beside = (*found[1:], *rest)
    answer = answers.answer(said, found[0], Rule.LIST, attribute=by_year.attribute, beside=beside)
    return replace(answer, condition=by_year, verdict=True)


def _having(answers: Answers, said: Said, named: Sequence[Entry], conditions: tuple[Condition, ...]) -> Decision | None:
    """List the entries that meet the conditions, among the members or those just spoken of where these are meant."""
    asked = frozenset(place for one in said.asked if one.value is None for place in one.places)
    further = said.begins_with("and") and _last_was_a_list(answers, said)
    sets = said.places("sets") - (said.asked_places if said.has("pronoun") else asked)  # "is this an ngo" is about one
    plural = said.has("list", "count", "these", "only", "here") or bool(sets) or further
    within = members(answers, said, named, counted=plural)
    about_one = named or (said.context.entry and conditions[0].relation is Relation.IS)
    if about_one and not (plural and (within or not named)):
        return None
    narrowed = said.has("these", "pronoun", "only") or (further and said.context.condition is None)
    these = answers.known(said.context.choices) if narrowed else []
    own = within if within and not said.context.together else None  # "which of them" of the panel just shown
    among: Sequence[Entry] | None = these if len(these) > 1 and not own else within[2] if within else None
    found = answers.lists.having(conditions, among)
    if not found and narrowed and not said.context.together and (owner := _owner_shown(answers, said)):
        within = members(answers, said, [owner], counted=True)
        among = within[2] if within else None
        found = answers.lists.having(conditions, among)
    found = tuple(entry for entry in found if entry.id not in said.left_out)
    if not found:
        return NoMatch(question=said.question, rule=Rule.LIST, conditions=conditions, within=tuple(among or ()))
    of = next(
        (answers.attributes[one.attribute].of for one in conditions if answers.attributes[one.attribute].of), None
    )
    return answers.listing(said, found, conditions, of=answers.entry(of), within=among or ())


def _owner_shown(answers: Answers, said: Said) -> Entry | None:
    """Return what was shown last of what others belong to: "them" are its members where nothing was listed."""
    owners = {one.of for one in _of(answers)}
    return next((one for one in reversed(answers.known(said.context.trail)) if one.id in owners), None)


def _of(answers: Answers) -> Iterator[Attribute]:
    """Yield the attributes that say whether entries belong to one of them."""
    return (one for one in answers.attributes.values() if one.of)


def _last_was_a_list(answers: Answers, said: Said) -> bool:
    """Return whether several entries were told last: a list, or who works on a subject."""
    context, last = said.context, answers.entry(said.context.entry)
    workers = len(context.choices) > 1 and last is not None and last not in answers.lists.entries
    country = any(one.kind == "place" and is_code(one.value) for one in said.values)  # "and in kenya?" of a subject
    workers = workers and not country and context.attribute is None
    return (context.condition is not None and context.attribute is None) or workers


def _about(fact: Fact, said: Said) -> bool:
    """Return whether a fact answers what is asked for before all."""
    return bool(said.asked) and said.asked[0].attribute in fact.about
