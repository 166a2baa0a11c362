"""Messages that hang on what was said: "the second one", "and omct?", "no, the Swiss one"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Choose, Condition, Move, NoMatch, Rule
from bot.matching.dialogue.answers import NAMED
from bot.matching.dialogue.moves import ORDINAL
from bot.matching.dialogue.rules.wording import is_called, is_explained
from bot.matching.dialogue.said import rest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

OTHER = -1
"""In place of a number: "the other one"."""

FEW = 3
"""Words of a message that is nothing but a number."""

MOST_CHOICES = 50
"""Numbers above this pick nothing."""

CHOICES = 4
"""Entries offered after a correction that says too little."""

NO = frozenset({"no", "non", "nein", "нет", "لا", "नहीं", "nahi", "nao"})
"""Words of refusal that a correction begins with."""

AMONG = 0.7
"""Share of the first score from which one of those that were just spoken of is meant."""


def picked(answers: Answers, said: Said) -> Decision | None:
    """Open what "the second one", "2", "the last" or "the other one" means."""
    number, places = _number(said)
    further = said.places("sets", "pronoun", "other", "and")
    if number is None or said.names or said.left(places, said.asked_places, further):
        return None
    meant = _other(said) if number == OTHER else _at(answers, said, number)
    if meant is None and len(said.words) > len(places) + 1:  # "who was first" picks nothing where nothing was listed
        return None
    if meant is None:
        return answers.chat(said, Move.NOTHING, () if number == OTHER else said.context.choices)
    others = tuple(one for one in said.asked if one.places.isdisjoint(places))  # "segunda" is no slip
    return answers.direct(replace(said, asked=others), answers.entries[meant], Rule.PICKED)


def _other(said: Said) -> str | None:
    """Return what else was spoken of than the entry shown last: a choice, the entry before it, a candidate."""
    context = said.context
    shown = tuple(reversed(context.trail))
    chosen_from = not context.entry or context.entry in context.choices
    options = (*context.choices, *shown) if chosen_from else (*shown, *context.choices)
    options = (*options, *context.candidates)
    return next((one for one in options if one != context.entry), None)


def _at(answers: Answers, said: Said, number: int) -> str | None:
    """Return the choice with a number, counted from 1, or what has that number in the series just spoken of."""
    context = said.context
    if number <= len(context.choices):
        return context.choices[number - 1]
    spoken_of = [one for one in (context.entry, *context.choices, *context.candidates) if one]
    siblings = (answers.identifiers.sibling(one, str(number)) for one in spoken_of)
    return next((one for one in siblings if one), None)


def _number(said: Said) -> tuple[int | None, frozenset[int]]:
    """Return which of the choices is meant, counted from 1, and the words that say so."""
    if said.has("other"):
        return OTHER, said.places("other")
    if said.has("last"):
        return max(1, len(said.context.choices)), said.places("last")
    by_age = said.places("oldest", "newest")  # "which was founded first"
    ordinals = [move for move in said.moves if move.startswith(ORDINAL) and not said.places(move) <= by_age]
    if len(ordinals) == 1:
        return int(ordinals[0].removeprefix(ORDINAL)), said.places(ordinals[0])
    figures = [place for place, word in enumerate(said.words) if word.text.isdecimal()]
    if len(figures) == 1 and not said.left(figures) and len(said.words) <= FEW:
        number = int(said.words[figures[0]].text)
        return (number if 1 <= number <= MOST_CHOICES else None), frozenset(figures)
    return None, frozenset()


def and_another(answers: Answers, said: Said) -> Decision | None:
    """Answer the same about another entry: "and omct?", "what about tdh"; or about the one just asked back for."""
    alone = (
        len(said.names) == 1 and len(said.left(*said.names.values(), said.courtesy)) <= 1 and not said.begins_question
    )
    if said.context.pending and alone and not said.asked:
        return answers.direct(said, answers.entries[next(iter(said.names))], Rule.NAMED)
    spoken = said.context.entry or said.context.choices
    if not spoken or not said.begins_with("and") or (said.asked and not said.names):
        return None
    there = frozenset(place for one in said.values if one.kind == "place" for place in one.places)
    if there and not said.left(there, *said.names.values()):
        return _there(answers, said)
    taken = said.places("and", "place", "these", "sets").union(said.courtesy, *said.names.values())
    beside = [word for place, word in enumerate(said.words) if place not in taken and not word.grammar]
    if said.names and (said.left(taken) or len(beside) > 1):  # "and is crin a un thing" asks something else
        return None
    behind = [place for place in _behind(said, "and") if place not in said.places("and")]
    searched = answers.engine.search(said.question, rest_of(said.query, behind))
    if not isinstance(searched, Answer) or searched.beside or _is_weak(said, searched):
        return None
    return answers.direct(said, searched.entry, searched.rule, like=searched)


def _is_weak(said: Said, searched: Answer) -> bool:
    """Return whether another entry is found by some words only, and the one shown last may be meant: "and the fee?"."""
    if searched.rule in NAMED or said.context.entry in (None, searched.entry.id):
        return False
    return not is_explained(said, searched)


def _there(answers: Answers, said: Said) -> Decision | None:
    """Answer whether another entry is in the place that is named beside it: "and pri in uganda?"."""
    places = [one for one in said.values if one.kind == "place"]
    attribute = said.context.condition.attribute if said.context.condition else said.context.attribute
    by_place = attribute in answers.lists.place_attributes
    if len(said.names) != 1 or len(places) != 1 or said.left(places[0].places, *said.names.values()):
        return None
    entry = answers.entries[next(iter(said.names))]
    condition = Condition(attribute or "", value=places[0].value)
    return answers.whether(said, entry, condition) if by_place and not entry.kind.built_in else None


def about_person(answers: Answers, said: Said) -> Decision | None:
    """Admit that something is not known of the person who was just named: "who was before her", "does he speak french".

    How to reach them is how to reach the organisation.
    """
    entry, person = answers.entry(said.context.entry), _person(answers, said)
    if entry is None or person is None or not said.has("person") or said.names:
        return None
    if len(said.left(said.asked_places, said.places("person"))) > FEW:
        return None  # "my daughters rights were violated, can she complain" is about somebody else
    others = tuple(one for one in said.asked if one.places.isdisjoint(said.places("person")))
    asked = answers.fitting(replace(said, asked=others), entry)
    if asked and (asked.attribute == person or asked.attribute in answers.reach):
        return None
    return replace(answers.answer(said, entry, Rule.ATTRIBUTE, attribute=person), unknown=True)


def about_somebody(answers: Answers, said: Said) -> Decision | None:
    """Admit the same where it may be asked of the person or of the organisation: "est-il suisse", "es suizo"."""
    entry, person = answers.entry(said.context.entry), _person(answers, said)
    values = frozenset(place for one in said.values for place in one.places)
    may_be = said.has("perhaps") or (values and not said.left(values) and not said.has("place", "and"))
    if entry is None or person is None or not may_be or said.names or len(said.words) == 1:
        return None
    if answers.search(said).rule in (*NAMED, Rule.ELSEWHERE):
        return None
    return replace(answers.answer(said, entry, Rule.ATTRIBUTE, attribute=person), unknown=True)


def how(answers: Answers, said: Said) -> Decision | None:
    """Tell again where a thing is done that was asked for last: "how do i apply" after "do they have jobs"."""
    entry, attribute = answers.entry(said.context.entry), answers.attributes.get(said.context.attribute or "")
    if entry is None or attribute is None or not attribute.link or not said.begins_asking or said.names or said.asked:
        return None
    if len(said.left(said.courtesy)) > 1 or not isinstance(answers.search(said), NoMatch | Choose):
        return None
    return answers.answer(said, entry, Rule.MOVE, attribute=said.context.attribute)


def _person(answers: Answers, said: Said) -> str | None:
    """Return the attribute that a person was just named by; to ask how to reach them changes nothing in it."""
    context, entry = said.context, answers.entry(said.context.entry)
    persons = [name for name, attribute in answers.attributes.items() if attribute.person]
    if entry is None or context.attribute not in (*persons, *answers.reach):
        return None
    return next((name for name in persons if entry.facts_about(name)), None)


def corrected(answers: Answers, said: Said) -> Decision | None:
    """Answer about what was meant instead: "no i meant the swiss one", "not that, the judges"."""
    refused = said.begins_with("correction") or (bool(said.words) and said.words[0].text in NO)
    if not refused or not (said.context.entry or said.context.choices):
        return None
    places = _behind(said, "correction") if said.has("correction") else range(1, len(said.words))
    query = rest_of(said.query, places)
    if said.has("other") and not said.left(said.places("other", "correction"), said.courtesy, range(1)):
        meant = answers.entry(_other(said))
        return answers.direct(said, meant, Rule.PICKED) if meant else answers.chat(said, Move.NOTHING)
    if not query.tokens or (not said.has("correction") and said.content.isdisjoint(places)):
        return None
    options = [one for one in (*said.context.choices, *said.context.candidates) if one != said.context.entry]
    options = [one for one in dict.fromkeys(options) if not answers.entries[one].kind.built_in]
    content = said.content.intersection(places) - said.courtesy
    called = _called(answers, said, content)
    described = called or _described(answers, said, options)
    if described:
        said = replace(said, asked=()) if called else said  # "the association" is a name here, and asks for nothing
        return answers.direct(said, described, Rule.PICKED)
    searched = answers.engine.search(said.question, query)
    last = answers.entry(said.context.entry)
    meant = searched.entry if isinstance(searched, Answer) else None
    if searched.rule not in NAMED and not (meant and last and meant.kind == last.kind):
        meant = _among(answers, said, searched, options) or meant
    if meant:
        return answers.direct(said, meant, Rule.PICKED, like=searched)
    entries = tuple(answers.known(options))[:CHOICES]
    return Choose(question=said.question, rule=Rule.CLOSE, confidence=0.5, entries=entries) if entries else None


def _called(answers: Answers, said: Said, places: Collection[int]) -> Entry | None:
    """Return the only one of what can be listed whose names have all these words: "the judges"."""
    found = [one for one in answers.lists.entries if is_called(one, said, places)] if places else []
    return found[0] if len(found) == 1 else None


def _among(answers: Answers, said: Said, searched: Decision, options: Sequence[str]) -> Entry | None:
    """Return a good candidate that was just spoken of, else the first of the kind that was just spoken of."""
    near = [one.entry for one in searched.candidates if one.score >= AMONG * searched.candidates[0].score]
    last = answers.entry(said.context.entry)
    spoken_of = [one for one in near if one.id in options]
    alike = [one for one in near if last and one.kind == last.kind and one is not last]
    return next(iter((*spoken_of, *alike)), None)


def _described(answers: Answers, said: Said, options: Sequence[str]) -> Entry | None:
    """Return the only one of the options that has a value the message names: "the swiss one"."""
    conditions = answers.lists.conditions(replace(said, moves={**said.moves, "place": []}))
    found = answers.lists.having(conditions, answers.known(options)) if conditions else ()
    return found[0] if len(found) == 1 else None


def _behind(said: Said, *moves: str) -> range:
    """Return the places behind the moves that the message begins with."""
    begins = {0, said.start}
    found = (one for move in moves for one in said.moves.get(move, ()) if begins & one.places)
    first = max((max(one.places) for one in found), default=-1)
    return range(first + 1, len(said.words))
