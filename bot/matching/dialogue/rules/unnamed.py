"""Questions for something about no entry that is named: the one that was just shown, or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Chat, Choose, NoMatch, Rule
from bot.matching.dialogue.answers import NAMED
from bot.matching.dialogue.rules.asking import IN_FULL, SURE, having
from bot.matching.dialogue.rules.placing import whether_in
from bot.matching.dialogue.rules.wording import is_called, is_explained
from bot.matching.dialogue.said import rest_of

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

CLEARLY = 0.82
"""Coverage of what is asked of nobody: less is another word that begins alike."""

NEARLY = 0.85
"""Coverage of what is asked about the entry shown last beside two words or more that nothing is known of."""

MEANT = 0.75
"""Confidence from which something asked of nobody is what the folder itself has words for: giving money."""

FEW = 3
"""Words that nothing is known of in a question about the entry shown last."""

MANY = 4
"""Words that nothing is known of from which a message says too much for its "it" to be the entry shown last."""

OF = frozenset({"of", "de", "du", "del", "di", "do", "da", "von"})
"""Words before whose address or head is asked for."""

WHICH = 4
"""Entries offered where something is asked of nobody."""


def about_last(answers: Answers, said: Said) -> Decision | None:
    """Answer what is asked about the entry shown last: "when did they start", "and the address?"."""
    taken = said.asked_places
    moves = said.places("pronoun", "these", "and", "sets", "resume")
    left = said.left(taken, *(one.places for one in said.values), moves, said.courtesy)
    entry = _spoken_of(answers, said)
    if not entry or not said.asked or not (asked := answers.fitting(said, entry)) or _of_a_stranger(said, left):
        return None
    hangs = (said.has("pronoun") and len(left) <= MANY) or said.context.pinned or not left
    if not hangs and len(left) <= FEW:
        searched = answers.search(said, (taken | said.excluded))
        called = isinstance(searched, Answer) and is_called(searched.entry, said, left)
        unclear = searched.rule not in NAMED and len(left) <= 1 and not called
        misfit = isinstance(searched, Answer) and len(left) <= 1 and answers.fitting(said, searched.entry) is None
        asks = len(left) <= 1 or (asked.coverage >= NEARLY and len(asked.places) > 1)
        hangs = unclear or misfit or (asks and isinstance(searched, NoMatch) and searched.entry is None)
    return answers.tell(said, entry, asked) if hangs else None


def of_nobody(answers: Answers, said: Said) -> Decision | None:
    """Answer as the folder does what is asked in full of nobody: "i would like to donate for children in prison"."""
    asked = next(iter(said.asked), None)
    if asked is None or asked.coverage < IN_FULL or asked.value is not None or said.names or said.context.in_care:
        return None
    link = answers.attributes[asked.attribute].link
    found = answers.search(said)
    theirs = isinstance(found, Answer) and answers.attributes[asked.attribute].fits(found.entry.kind)
    if not link or answers.entry(said.context.entry) or theirs or isinstance(found, Chat):
        return None  # of a subject nobody can ask it: money is given to organisations, not to detention
    own = answers.engine.search(said.question, rest_of(said.query, asked.places))
    talk = isinstance(own, Chat) or own.rule is Rule.ELSEWHERE
    return own if talk and own.confidence >= MEANT else None


def _of_a_stranger(said: Said, left: frozenset[int]) -> bool:
    """Return whether something is asked of what nobody here knows: "siège social de renault"."""
    return any(
        place and said.words[place - 1].text in OF and not said.words[place].text.isdecimal()
        for place in left - said.places(*said.moves)
        if not said.query.tokens[place].is_known
    )


def _spoken_of(answers: Answers, said: Said) -> Entry | None:
    """Return the entry shown last, or one shown before that can have what is asked: "its president" is of no topic."""
    last = answers.entry(said.context.entry)
    if last is None or not said.asked or answers.fitting(said, last) or not said.has("pronoun", "and"):
        return last
    earlier = (one for one in reversed(answers.known(said.context.trail)) if one.kind.main)
    return next((one for one in earlier if answers.fitting(said, one)), last)


def about_which(answers: Answers, said: Said) -> Decision | None:
    """Ask back whose phone number is wanted, where nothing was shown that it could be about."""
    taken = said.asked_places
    last = answers.entry(said.context.entry)
    if len(said.asked) != 1 or said.asked[0].value is not None or (last and answers.fitting(said, last)):
        return None
    if said.left(taken, said.places("pronoun", "and")) or said.asked[0].coverage < CLEARLY:
        return None
    searched = answers.search(said, said.courtesy if said.thanks else frozenset())
    small_talk = isinstance(searched, Chat) or (searched.rule is Rule.ELSEWHERE and len(said.words) > 1)
    own = said.context.in_care and isinstance(searched, Answer) and searched.confidence >= SURE
    if searched.rule in NAMED or own or (small_talk and searched.confidence >= MEANT):
        return searched
    asked = said.asked[0].attribute
    if last and last.kind.proper_names and said.has("pronoun"):
        return answers.answer(said, last, Rule.ATTRIBUTE, attribute=asked) if answers.lists.have(asked) else None
    if not answers.lists.have(asked):
        return having(answers, said, searched)
    choices = [entry for entry in answers.known(said.context.choices) if answers.fitting(said, entry)]
    known = [entry for entry in answers.lists.entries if entry.facts_about(asked)]
    offered = choices or known or answers.lists.entries
    return Choose(
        question=said.question, rule=Rule.WHICH, confidence=1.0, entries=tuple(offered[:WHICH]), attribute=asked
    )


def about_it(answers: Answers, said: Said) -> Decision | None:
    """Answer a question about the entry shown last that no attribute covers: "do they visit prisons"."""
    entry = answers.entry(said.context.entry)
    if not entry or not (said.has("pronoun") or said.context.pinned) or said.names:
        return None
    searched = answers.engine.search(replace(said.question, about=entry.id), said.query)
    if isinstance(searched, Answer) and searched.entry is entry:
        known = searched.fact is not None or searched.link is not None or not said.content
        places = [one for one in said.values if one.kind == "place"]
        if not known and len(places) == 1 and said.has("place") and answers.lists.place_attributes:
            return whether_in(answers, said, entry, places[0].value)
        plain = answers.search(said)
        sure = isinstance(plain, Answer) and plain.confidence >= SURE and is_explained(said, plain)
        if not known and not said.context.pinned and (sure or len(said.content) > MANY):
            return None  # "can they keep him with grown men" is another subject
        return replace(searched, unknown=not known, brief=searched.fact is None and entry.id in said.context.seen)
    return searched if isinstance(searched, Chat) else None
