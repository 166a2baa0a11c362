"""Questions for something about an entry that is named or described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Chat, Choose, NoMatch, Rule
from bot.matching.dialogue.answers import COMPARED, NAMED
from bot.matching.dialogue.rules.wording import is_called
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.attributes import Asked
    from bot.matching.dialogue.said import Said

EXACT = 1.0
"""Confidence that the search vouches for where the whole message is a phrase of one entry."""

SURE = 0.9
"""Confidence from which what the whole message finds counts before what its words find without those that ask."""

NEAR_ENOUGH = 0.7
"""Share of the first score from which a candidate that has what is asked for is meant instead."""

FURTHER = 2
"""Words that may stand beside the name of the only entry that something can be asked about..."""

ASKED_IN_FULL = 4
"""...and beside all the words of one way to ask for it: "I have just done my degree, could I work for PRI"."""

IN_FULL = 0.9
"""Coverage of a way to ask that is there in full."""

NAME_WORDS = 2
"""Words of a name that stand for it in a longer message, though they are not all of it, or have slips."""


def whole_phrase(answers: Answers, said: Said) -> Decision | None:
    """Answer what the whole message is called, where that is no question about what was shown."""
    found = answers.search(said)
    valued = any(one.value for one in said.asked)
    talk = isinstance(found, Chat) and found.floor >= EXACT and not said.context.pending
    if talk and not valued and not said.has("pronoun"):
        return found  # "how old are you" is no question about what was shown
    follows = said.context.pending or (said.context.entry and (said.asked or said.values))
    counts = said.context.condition and said.has("count", "list") and not said.left(said.places("count", "list"))
    if follows or counts or valued or (said.asked and len(said.words) == 1):
        return None
    if found.rule not in (Rule.EXACT, Rule.ELSEWHERE) or found.floor < EXACT:
        return None
    return None if isinstance(found, Answer) and answers.fitting(said, found.entry) else found


def about_only_named(answers: Answers, said: Said) -> Decision | None:
    """Answer what is asked about the one entry that is named, or side by side about those that are compared."""
    if not _asks_about_another(said):
        return None
    plain = answers.search(said, said.excluded)
    only = _only_named(answers, said)
    asked = answers.fitting(said, only) if only else None
    if only and asked:
        return answers.tell(said, only, asked, like=plain)
    if several := _several_named(answers, said):
        asked = answers.fitting(said, several[0])
        if asked and not answers.attributes[asked.attribute].workers:
            return answers.answer(said, several[0], Rule.NAMED, asked=asked, like=plain, beside=several[1:])
    if isinstance(plain, Answer) and plain.beside:
        asked = answers.fitting(said, plain.entry)
        return answers.answer(said, plain.entry, Rule.NAMED, asked=asked, like=plain, beside=plain.beside)
    return None


def about_named(answers: Answers, said: Said) -> Decision | None:
    """Answer what is asked about an entry that the message names among other things, or describes."""
    plain = answers.search(said, said.excluded)
    if not _asks_about_another(said) or (plain.rule is Rule.ELSEWHERE and _is_asked_of_last(answers, said, plain)):
        return None
    if plain.rule is Rule.EXACT or (plain.rule in (*NAMED, Rule.ELSEWHERE) and not isinstance(plain, Answer | Choose)):
        asked = answers.fitting(said, plain.entry) if isinstance(plain, Answer) else None
        return answers.tell(said, plain.entry, asked, like=plain) if asked and isinstance(plain, Answer) else plain
    about = having(answers, said, plain) if not said.names and not answers.lists.have(said.asked[0].attribute) else None
    searched = _without_asking(answers, said, plain)
    asked = answers.fitting(said, searched.entry) if isinstance(searched, Answer) else None
    if about or not isinstance(searched, Answer) or asked is None:
        return about or having(answers, said, searched)
    if said.context.entry and searched.rule not in NAMED and _may_be_the_last(said, searched.entry):
        return None
    if not _is_meant(answers, said, searched, asked):
        return _described(answers, said, plain if isinstance(plain, Answer) else searched, asked)
    return answers.tell(said, searched.entry, asked, like=searched)


def _is_asked_of_last(answers: Answers, said: Said, plain: Decision) -> bool:
    """Return whether what is asked of nobody as well is asked about the entry shown last: "where do i give to them"."""
    last = answers.entry(said.context.entry)
    return plain.floor < EXACT and last is not None and said.has("pronoun") and bool(answers.fitting(said, last))


def _is_meant(answers: Answers, said: Said, searched: Answer, asked: Asked) -> bool:
    """Return whether what is asked may be answered about an entry that the search found.

    Of one that is neither named nor was shown, but only described, nothing is told that leads to it: whoever asks whom
    to call about a prison did not ask for the e-mail address of an organisation. Of a subject only what is known is.
    """
    entry = searched.entry
    if entry not in answers.lists.entries and entry.id not in said.names:
        certain = asked.coverage >= IN_FULL and (searched.rule in NAMED or entry.id in said.context.seen)
        return certain or bool(entry.facts_about(asked.attribute))
    left = said.left(asked.places, *(one.places for one in said.values))
    called = [place for place in left if is_called(entry, said, (place,))]  # "Pénal Reforme International"
    by_name = len(called) > min(len(left) / 2, NAME_WORDS - 1)
    return searched.rule in NAMED or entry.id in {*said.names, *said.context.seen} or by_name


def _described(answers: Answers, said: Said, searched: Answer, asked: Asked) -> Answer:
    """Return what the search found; where somebody asks whom to turn to, rather the subject that is described."""
    instead = {name for attribute in answers.attributes.values() for name in attribute.instead}
    if not answers.attributes[asked.attribute].link and asked.attribute not in instead:
        return searched
    for candidate in searched.candidates:
        if candidate.score < NEAR_ENOUGH * searched.candidates[0].score or searched.rule in NAMED:
            break
        if candidate.entry.kind.subjects:
            return answers.answer(said, candidate.entry, Rule.CONFIDENT, like=searched)
    return searched


def _asks_about_another(said: Said) -> bool:
    """Return whether something is asked, and the message says more than that and a reference to what was said."""
    there = (one.places for one in said.values if one.kind == "place" and said.context.entry)
    known = said.places("pronoun", "these", "and", "correction")
    return bool(said.asked) and bool(said.left(said.asked_places, known, *there))


def _only_named(answers: Answers, said: Said) -> Entry | None:
    """Return the one entry that is named, where the message says hardly more than that and what is asked."""
    named = answers.known(said.names)
    values = (one.places for one in said.values)
    left = said.left(said.asked_places, *said.names.values(), *values)
    if len(named) != 1 or named[0] not in answers.lists.entries:
        return None
    places = said.names[named[0].id]
    acronyms = {word for acronym in named[0].acronyms for word in words(acronym)}
    meant = {one.form for place in places for one in said.query.tokens[place].expansions if not one.same}
    if len(places) == 1 and acronyms.isdisjoint(meant):
        return None if left else named[0]
    in_full = any(one.coverage >= IN_FULL for one in said.asked)
    return named[0] if len(left) <= (ASKED_IN_FULL if in_full else FURTHER) else None


def _several_named(answers: Answers, said: Said) -> tuple[Entry, ...]:
    """Return the few entries that are named beside each other, in their order, where hardly more is said than that."""
    names = sorted(said.names, key=lambda name: min(said.names[name]))
    named = answers.known(names)
    left = said.left(said.asked_places, *said.names.values(), *(one.places for one in said.values))
    if not 1 < len(named) <= COMPARED or len(left) > FURTHER or any(one not in answers.lists.entries for one in named):
        return ()
    return tuple(named)


def _without_asking(answers: Answers, said: Said, plain: Decision) -> Decision:
    """Return what the words find that do not ask for anything, unless all of them find something else for certain."""
    searched = answers.search(said, said.asked_places | said.excluded)
    if not isinstance(plain, Answer):
        return searched
    same = isinstance(searched, Answer) and searched.entry is plain.entry
    named = isinstance(searched, Answer) and searched.entry.id in said.names
    return searched if same or (named and plain.confidence < SURE) else plain


def _may_be_the_last(said: Said, found: Entry) -> bool:
    """Return whether the entry shown last may be meant, and not the one that is described."""
    left = said.left(said.asked_places, said.places("pronoun", "these", "and", "correction", "sets"))
    return said.has("pronoun") or (len(left) <= 1 and not is_called(found, said, left))


def having(answers: Answers, said: Said, searched: Decision) -> Decision | None:
    """Answer about the best candidate that has what is asked for, where it is about as good as the first.

    The words that ask may be those that tell which: "how many children are in detention". What is no longer in force
    is only meant where nothing else is: whoever asks what to cite wants what holds.
    """
    if said.has("pronoun") and said.context.entry:
        return None
    named = frozenset(place for places in said.names.values() for place in places)
    plain = answers.search(said, (said.excluded | named))
    for found in (searched, plain):
        if not isinstance(found, Answer | Choose) and not _is_asked_in_care(said, found):
            continue
        near = [one.entry for one in found.candidates if one.score >= NEAR_ENOUGH * found.candidates[0].score]
        for entry in sorted(near, key=lambda one: one.status == "historic" and one.id not in said.names):
            for asked in said.asked:
                fits = answers.attributes[asked.attribute].fits(entry.kind)
                own = fits and not answers.lists.have(asked.attribute)
                if asked.value is None and own and entry.facts_about(asked.attribute):
                    return answers.answer(said, entry, Rule.ATTRIBUTE, asked=asked, like=found)
    return None


def _is_asked_in_care(said: Said, found: Decision) -> bool:
    """Return whether somebody in care asks clearly for something: "from what age can he be tried"."""
    asks = said.begins_question or not {"?", "؟"}.isdisjoint(said.question.text)
    full = asks and any(one.coverage >= IN_FULL for one in said.asked)
    return said.context.in_care and full and isinstance(found, NoMatch) and found.entry is None
