"""Questions about a text: its number, what its articles say, who wrote it; and of a subject, which nobody wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, NoMatch, Rule
from bot.matching.dialogue.answers import NAMED
from bot.matching.text.languages import languages
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry, Fact
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

LIKELY = 0.7
"""Share of the first score from which a text is meant that no conversation tells."""

NEAR = 2
"""Words between an article and its number."""

BESIDE = 2
"""Words that may stand beside a number for it to be what the message is about."""


def numbered(answers: Answers, said: Said) -> Decision | None:
    """Answer about a thing that is told by its number, or say that this number is not here."""
    if len(said.numbered) != 1:
        return None
    one = said.numbered[0]
    searched = answers.search(said)
    if searched.rule is Rule.EXACT or len(said.left(one.places, said.asked_places)) > BESIDE:
        return None
    if one.entry is None:
        nearest = tuple(answers.known(one.siblings))
        return NoMatch(question=said.question, rule=Rule.IDENTIFIER, confidence=1.0, missing=one.text, nearest=nearest)
    entry = answers.entries[one.entry]
    asked = answers.fitting(said, entry)
    other = isinstance(searched, Answer) and searched.entry is not entry and searched.rule in NAMED
    if entry.kind.built_in or (other and not asked):
        return None
    return answers.answer(said, entry, Rule.ATTRIBUTE if asked else Rule.NAMED, asked=asked, like=searched)


def article(answers: Answers, said: Said) -> Decision | None:
    """Answer what an article says, or which one is about something, by what is known of the text that is meant."""
    asked = next((one for one in said.asked if answers.attributes[one.attribute].part), None)
    if asked is None or said.has("count"):
        return None
    asks = (words(text) for texts in answers.attributes[asked.attribute].asks.values() for text in texts)
    called = {found[0] for found in asks if len(found) == 1}
    number = _number(said, asked.places)
    of_last = said.context.entry and said.left(asked.places, said.courtesy)
    if number is None and not said.begins_question and not of_last:
        return None
    entry = _meant(answers, said, asked.attribute, number, called)
    if entry is None:
        return None
    numbers = [(at, _numbers(fact, called)) for at, fact in enumerate(entry.facts)]
    facts = tuple(at for at, known in numbers if (number in known if number else known))
    answer = answers.answer(said, entry, Rule.ATTRIBUTE, attribute=asked.attribute)
    return replace(answer, facts=_nearest(answers, said, entry, facts))


def _number(said: Said, places: frozenset[int]) -> str | None:
    """Return the number beside the word for an article."""
    near = (
        word.text
        for at, word in enumerate(said.words)
        if word.text.isdecimal() and any(abs(at - place) <= NEAR for place in places)
    )
    return next(near, None)


def _meant(answers: Answers, said: Said, attribute: str, number: str | None, called: set[str]) -> Entry | None:
    """Return the text that is meant: the one named or shown last, or one that the entry shown last has to do with."""
    fits = answers.attributes[attribute].fits
    context = said.context
    named = [one for one in answers.known(said.names) if fits(one.kind)]
    shown = [one for one in answers.known(reversed(context.trail)) if fits(one.kind)]
    last = answers.entry(context.entry)
    near = [one for one in answers.entries.values() if last and fits(one.kind) and _works_on(last, one)]
    known = [one for one in near if any(number in _numbers(fact, called) for fact in one.facts)]
    if named:
        return named[0]
    if last and fits(last.kind):
        return last
    searched = answers.search(said)
    likely = [one.entry for one in searched.candidates if one.score >= LIKELY * searched.candidates[0].score]
    found = sorted((one for one in likely if fits(one.kind)), key=lambda one: one not in near)
    return next(iter((*known, *found, *shown)), None)


def _works_on(entry: Entry, text: Entry) -> bool:
    """Return whether an entry is the first that has to do with a text."""
    return bool(text.organisations) and text.organisations[0].id == entry.id


def _numbers(fact: Fact, called: set[str]) -> frozenset[str]:
    """Return the numbers of the articles that a fact names: "(articles 37 and 40)"."""
    return frozenset(number for text in fact.text.values() for number in _named(words(text), called))


def _named(text: Sequence[str], called: set[str]) -> Iterator[str]:
    joined = languages().function
    for at, word in enumerate(text):
        if word in called or word.removesuffix("s") in called:
            behind = at + 1
            while behind < len(text) and text[behind].isdecimal():
                yield text[behind]
                behind += 2 if behind + 1 < len(text) and text[behind + 1] in joined else len(text)


def _nearest(answers: Answers, said: Said, entry: Entry, facts: tuple[int, ...]) -> tuple[int, ...]:
    """Return some facts, that first which has most of the words of the message."""
    searched = answers.engine.search(replace(said.question, about=entry.id), said.query)
    nearest = searched.fact if isinstance(searched, Answer) and searched.entry is entry else None
    return tuple(sorted(facts, key=lambda at: at != nearest))


def unwritten(answers: Answers, said: Said) -> Decision | None:
    """Say that it is not known who wrote what was last told of a subject, or when: "who wrote that", "when"."""
    entry = answers.entry(said.context.entry)
    if not entry or entry.kind.built_in or not said.asked or said.names or answers.fitting(said, entry):
        return None
    if said.left(said.asked_places, said.places("pronoun", "and"), said.courtesy):
        return None
    if not all(_is_of_texts(answers, one.attribute) for one in said.asked if one.value is None):
        return None
    return replace(answers.answer(said, entry, Rule.ATTRIBUTE), unknown=True)


def _is_of_texts(answers: Answers, attribute: str) -> bool:
    """Return whether something is asked of texts as of organisations, or of texts alone: when it was made, by whom."""
    alike = {one.like for one in answers.attributes.values() if one.like}
    return attribute in alike or not answers.lists.have(attribute)
