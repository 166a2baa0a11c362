"""Fragments: short messages that only what was shown explains: "and the vienna one", "per year?", "who isnt"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Chat, Condition, Rule
from bot.matching.dialogue.answers import NAMED
from bot.matching.dialogue.rules.asking import IN_FULL
from bot.matching.dialogue.rules.steering import is_dated
from bot.matching.dialogue.rules.wording import is_called, is_explained
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.entry import Entry, Fact
    from bot.matching.decision import Candidate, Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

FEW = 3
"""Words of content that a fragment has at most."""

SHORT, SHORTER = 6, 4
"""Words of a fragment with a word that refers to something, and of one without."""

LITTLE = 2
"""Words of content of a fragment that is about what was shown, though nothing is known of them."""

TELLING = 2.0
"""Least rarity of the words that tell which fact is asked for; "year" alone stands in facts about anything."""

PATIENCE = 1
"""Messages in a row without an answer after which what was shown is no longer fresh."""

ABOUT_SEVERAL = ("list", "which", "sets", "both", "other", "last", "oldest", "newest")
"""Moves that ask for one or more of several."""

ABOUT_IT = ("and", "pronoun", "these", "sets", "resume", "doubt")
"""Moves that say nothing of their own in a question about what was shown."""


def spelled_out(answers: Answers, said: Said) -> Decision | None:
    """Show the full name of what is named, or was just shown: "what does it stand for"."""
    named = answers.known(said.names)
    left = said.left(said.places("spelled", *ABOUT_IT), said.courtesy, *said.names.values())
    entry = named[0] if len(named) == 1 else None if named else answers.entry(said.context.entry)
    if not said.has("spelled") or entry is None or entry.kind.built_in or len(left) > 1:
        return None
    return answers.answer(said, entry, Rule.ATTRIBUTE)


def titled(answers: Answers, said: Said) -> Decision | None:
    """Name the person of the entry shown last whose title is asked for: "who is the high commissioner"."""
    entry = answers.entry(said.context.entry)
    title = said.left(said.places("who", *ABOUT_IT), said.courtesy)
    others = any(one.coverage >= IN_FULL and not answers.attributes[one.attribute].person for one in said.asked)
    if entry is None or not said.has("who") or not title or others or not said.names.keys() <= {entry.id}:
        return None
    asked = [said.words[place].text for place in title]
    for name in (one for one, attribute in answers.attributes.items() if attribute.person):
        facts = (entry.facts[number] for number in entry.facts_about(name))
        if any(_has(text, asked, figure=False) for fact in facts for text in _texts(fact)):
            return answers.answer(said, entry, Rule.ATTRIBUTE, attribute=name)
    return None


def told_by_its_words(answers: Answers, said: Said) -> Decision | None:
    """Tell the fact of the entry shown last that has all that is asked, where no attribute is surely asked for."""
    entry = answers.entry(said.context.entry)
    if entry is None or said.names or not _is_short(said) or _is_another(answers, said, entry):
        return None
    sure = (answers.of_kind(one, entry) for one in said.asked if one.coverage >= IN_FULL)
    if any(sure) or said.has("else", "sets", "other"):  # "which others are in switzerland"
        return None
    told = said.left(said.places(*ABOUT_IT), said.courtesy)
    person = answers.attributes.get(said.context.attribute or "")
    if person and person.person and told <= frozenset(place for one in said.values for place in one.places):
        return None  # "is he swiss" is asked of who was named last, and not of the law that an association is under
    own = frozenset(place for place in told if not is_called(entry, said, (place,)))
    full = (one.places for one in said.asked if one.coverage >= IN_FULL and len(one.places) > 1)
    found = _facts_with(said, entry, own) if own.difference(*full) else []
    return _told(answers, said, entry, found[0]) if found else None


def doubted(answers: Answers, said: Said) -> Decision | None:
    """Tell again what was told last, with yes or no to what was believed instead: "i thought it was belgium"."""
    context, entry = said.context, answers.entry(said.context.entry)
    if entry is None or said.names or not said.has("doubt"):
        return None
    values = [one for one in said.values if one.kind in ("place", "year")]
    taken = said.places("doubt", "pronoun", "place", "article").union(*(one.places for one in values))
    if not said.asked_places <= taken or len(said.left(taken, said.courtesy)) > 1:
        return None
    known = answers.attributes.get(context.attribute or "")
    for one in values:
        alike = (name for name, other in answers.attributes.items() if other.type == one.kind)
        asked = context.attribute if known and known.type == one.kind else None
        if name := asked or next(filter(entry.facts_about, alike), None):
            return answers.whether(said, entry, Condition(name, value=one.value))
    told = context.attribute is not None and entry.facts_about(context.attribute)
    return answers.answer(said, entry, Rule.MOVE, attribute=context.attribute) if told else None


def dated(answers: Answers, said: Said) -> Decision | None:
    """Tell again what was told last with its year, where a year is asked for that the entry shown last cannot have."""
    context, entry = said.context, answers.entry(said.context.entry)
    if entry is None or context.attribute is None or said.names or len(said.left(said.asked_places)) > 1:
        return None
    year = [one for one in said.asked if answers.attributes[one.attribute].type == "year" and len(one.places) > 1]
    if not year or len(said.asked) > 1 or answers.fitting(said, entry):
        return None
    if not is_dated(answers, entry, context.attribute):
        return None
    return answers.answer(said, entry, Rule.MOVE, attribute=context.attribute)


def about_fresh(answers: Answers, said: Said) -> Decision | None:
    """Say that it is not known of what was just shown, where a fragment can hardly be about anything else."""
    entry, context = answers.entry(said.context.entry), said.context
    if entry is None or said.names or context.unanswered > PATIENCE or context.in_care or not _is_short(said):
        return None
    if (
        _is_another(answers, said, entry, half=False)
        or said.courtesy
        or said.has("list", "which", "sets", "other", "last", "oldest", "newest")
    ):
        return None
    left = said.left(said.places(*ABOUT_IT))
    bare = said.begins_question and all(word.grammar or word.asking for word in said.words)
    if bare and context.attribute and not said.asked:
        return answers.answer(said, entry, Rule.MOVE, attribute=context.attribute)
    hangs = said.has("pronoun", "and", "these")
    longest = SHORT if hangs or said.has("article", "count") else SHORTER
    known = any(one.form == said.words[place].text for place in left for one in said.query.tokens[place].expansions)
    alone = len(left) == 1 or (len(left) == LITTLE and (hangs or len(said.words) == LITTLE))
    if not known or not alone or len(said.words) > longest:
        return None
    return replace(answers.answer(said, entry, Rule.ABOUT), unknown=True)


def _is_short(said: Said) -> bool:
    return len(said.left(said.places(*ABOUT_IT), said.courtesy)) <= FEW


def _is_another(answers: Answers, said: Said, entry: Entry, *, half: bool = True) -> bool:
    """Return whether a message clearly is about something else than the entry shown last.

    ``half``: also where it has no more than half of a phrase of small talk.
    """
    found = answers.search(said)
    if isinstance(found, Chat):
        return True
    if found.rule in NAMED or found.floor:
        return not (isinstance(found, Answer) and found.entry is entry)
    best = found.candidates[0] if found.candidates else None
    marked = len(said.content) <= 1 and said.has("article", "pronoun")
    if best and best.entry.kind.built_in and said.content and not marked and (half or _is_most(best)):
        return True
    return isinstance(found, Answer) and found.entry is not entry and is_explained(said, found)


def _is_most(found: Candidate) -> bool:
    """Return whether more than half of a phrase of small talk is there: "tax exempt" is not about a tax return."""
    return not found.evidence or any(2 * len(one.meant) > len(words(one.phrase)) for one in found.evidence)


def _facts_with(said: Said, entry: Entry, places: frozenset[int]) -> list[int]:
    """Return the facts that have all the words at some places, those first that were not told last.

    A number that is asked for must stand in them.
    """
    if not places:
        return []
    attribute = said.context.attribute
    alike = entry.facts_about(attribute) if attribute else ()
    telling = said.has("count") or sum(said.query.tokens[place].weight for place in places) >= TELLING
    asked = [said.words[place].text for place in places]
    found = [
        number
        for number, fact in enumerate(entry.facts)
        if (telling or number in alike) and any(_has(text, asked, figure=said.has("count")) for text in _texts(fact))
    ]
    return sorted(found, key=lambda number: number in alike[:1])


def _texts(fact: Fact) -> Iterator[tuple[str, ...]]:
    return (words(text) for text in fact.text.values())


def _has(text: tuple[str, ...], asked: list[str], *, figure: bool) -> bool:
    known = {word.removesuffix("s") for word in text}
    figures = not figure or any(word.isdecimal() for word in text)
    return figures and all(word.removesuffix("s") in known for word in asked)


def _told(answers: Answers, said: Said, entry: Entry, number: int) -> Answer:
    """Return the answer with one fact of an entry."""
    about = entry.facts[number].about
    if not about:
        return replace(answers.answer(said, entry, Rule.ABOUT), fact=number)
    answer = answers.answer(said, entry, Rule.ATTRIBUTE, attribute=about[0])
    return replace(answer, facts=(number, *(one for one in answer.facts if one != number)))
