"""Which fact of an entry has the words of a message: it is told before the one that a phrase for an attribute finds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Rule
from bot.matching.dialogue.answers import NAMED, PAIR
from bot.matching.dialogue.rules.asking import IN_FULL
from bot.matching.index.facts import ALONE, FactWords, Weighed

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.attributes import Asked
    from bot.matching.dialogue.said import Said
    from bot.matching.query.analysis import Token

SHARE = 0.45
"""Share of what a message says beside the name, by rarity, that the fact has which is told first..."""

DOUBTLESS = 0.8
"""...where the answer would be a yes or no..."""

BOTH = 0.6
"""...where a subject is named beside the organisation..."""

BARE = 0.55
"""...and where nothing is known to be asked for."""

VERBATIM = 0.98
"""Coverage of words that ask for an attribute as they stand, and in no other form: "what is it called" is no call."""

CALLED = 3.0
"""Rarity of the words of a name that name an entry by themselves."""

FEW = 2
"""Words of a name beside an acronym that may be what is asked about: all of the name has more."""

LEAST_SLIP = 7
"""Letters that a word has at least which may be a slip of another."""

NOWHERE = 0.5
"""How much a word counts that no fact has, where nothing is known to be asked for."""


class Telling:
    """Chooses facts by their words. Immutable once built."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._facts = FactWords(answers.entries.values())

    def led(self, decision: Decision, said: Said) -> Decision:
        """Return an answer about an entry that is named with the fact first that has clearly more of what is said."""
        if told := self._of_source(decision, said):
            return told
        if not isinstance(decision, Answer) or decision.full or decision.why:
            return decision
        beside = decision.beside
        if not beside and not decision.entry.kind.works and decision.rule is not Rule.EXACT:  # "CRC/C/GC/10"
            beside = tuple(one for one in self._answers.known(said.names) if one.id in self._facts and one.kind.works)
        told = self._of_both(decision, said, (decision.entry, *beside)) if beside else self._of_one(decision, said)
        return told or decision

    def _of_one(self, decision: Answer, said: Said) -> Answer | None:
        """Return the answer about one with another fact first, if one has clearly more of what is said."""
        entry, attribute = decision.entry, decision.attribute
        if entry.id not in self._facts or self._is_settled(decision, said) or not self._is_named(decision, said):
            return None
        first = decision.facts[0] if decision.facts else decision.fact
        share = DOUBTLESS if decision.condition else SHARE if attribute else BARE
        best = self._of_all(said, entry)
        if best is None and not decision.listed:
            best = self._weighed(said, entry, attribute).best(first, share, asked=attribute is not None)
        if best is None or best == first:
            return None
        if attribute is None:
            return replace(decision, fact=best, brief=False, unknown=False)
        facts = (best, *(number for number in decision.facts if number != best))
        return replace(decision, facts=facts, condition=None, verdict=None, unknown=False, listed=())

    def _of_both(self, decision: Answer, said: Said, named: tuple[Entry, ...]) -> Answer | None:
        """Return what one of the two that are named says of the other: "what does CRIN say on bail"."""
        workers = [entry for entry in named if entry.kind.works and entry.id in self._facts]
        if not workers or len(named) != PAIR or any(one.kind.built_in for one in named):
            return None
        told = [(self._weighed(said, worker, None), worker) for worker in workers]
        weighed, worker = max(told, key=lambda one: max(one[0].had))
        best = weighed.best(None, BOTH, asked=False)
        alike = named[0].kind.id == named[1].kind.id
        if best is None or (alike and not self._is_of_both(decision, said, weighed, worker, best)):
            return None
        return self._of_one_of_them(decision, worker, best)

    def _is_of_both(self, decision: Answer, said: Said, weighed: Weighed, worker: Entry, fact: int) -> bool:
        """Return whether a fact of one is what is asked about it and its like, and the two are not compared."""
        if any(_is_clear(one, said) for one in said.asked if one.attribute == decision.attribute):
            return False
        names = (places for name, places in said.names.items() if name != worker.id)
        rest = self._weighed(said, worker, None, frozenset(place for places in names for place in places))
        return weighed.had[fact] > rest.had[fact] >= max(BOTH * rest.total, ALONE)

    def _of_source(self, decision: Decision, said: Said) -> Answer | None:
        """Return what one says who is named as who says it: "according to UNICEF", where something else was found."""
        if "source" not in said.moves or (isinstance(decision, Answer) and decision.entry.kind.works):
            return None
        named = self._answers.engine.names(said.query).items()
        sources = [name for name, places in named if name in self._facts and places <= said.excluded]
        entry = self._answers.entries[sources[0]] if len(sources) == 1 else None
        best = self._weighed(said, entry, None).best(None, BARE, asked=False) if entry else None
        if entry is None or best is None:
            return None
        return self._of_one_of_them(self._answers.answer(said, entry, Rule.NAMED), entry, best)

    def _of_one_of_them(self, decision: Answer, entry: Entry, fact: int) -> Answer:
        """Return the answer about one entry alone, with nothing but a fact."""
        of_it = replace(decision, entry=entry, beside=(), attribute=None, facts=(), condition=None, verdict=None)
        return replace(of_it, fact=fact, link=None, unknown=False, brief=False)

    def _of_all(self, said: Said, entry: Entry) -> int | None:
        """Return the fact that is about all that is asked for: "in how many countries are the members"."""
        asked = {one.attribute for one in said.asked if one.value is None}
        facts = enumerate(entry.facts) if len(asked) > 1 else ()
        return next((number for number, fact in facts if asked.issubset(fact.about)), None)

    def _is_named(self, decision: Answer, said: Said) -> bool:
        """Return whether the message names an entry, or has so much of its name that it can only be meant."""
        if decision.entry.id in said.names or decision.rule in NAMED:
            return True
        tokens = (said.query.tokens[place] for place in said.content)
        return sum(token.weight for token in tokens if self._is_name(token, decision.entry)) >= CALLED

    def _is_settled(self, decision: Answer, said: Said) -> bool:
        """Return whether a place or a language is asked for, or in so many words a way to reach somebody."""
        known = self._answers.attributes
        if decision.condition and known[decision.condition.attribute].type in ("place", "language"):
            return True
        return bool(decision.attribute and self._is_reached_by(decision.attribute, said))

    def _is_reached_by(self, attribute: str, said: Said) -> bool:
        """Return whether a way to reach somebody, or a page of theirs, is asked for in so many words."""
        reached = attribute in self._answers.reach or self._answers.attributes[attribute].link
        clearly = (one for one in said.asked if one.attribute == attribute and one.coverage >= IN_FULL)
        return bool(reached) and any(one.coverage >= VERBATIM or not _is_own(one, said) for one in clearly)

    def _weighed(
        self, said: Said, entry: Entry, attribute: str | None, without: frozenset[int] = frozenset()
    ) -> Weighed:
        """Return how much of what is said, but for the words at some places, each fact of an entry has."""
        clearly = [one for one in said.asked if one.attribute == attribute and _is_clear(one, said)]
        asking = frozenset(place for one in clearly for place in one.places)
        about = frozenset(entry.facts_about(attribute)) if attribute else frozenset[int]()
        nothing = [0.0] * len(entry.facts)
        weighed = Weighed(about, nothing[:], nothing[:], nothing[:])
        names, near = self._named_places(said, entry)
        unknown = 1.0 if attribute else NOWHERE
        for place in said.left(names, said.courtesy, without):
            token = said.query.tokens[place]
            if token.filler:
                continue
            having = self._having(token, entry)
            if place not in near:
                known = token.weight * (1.0 if having else unknown if token.is_known else self._doubt(token, entry))
                weighed.total += known
                weighed.rest += known if place not in asking else 0.0
            for number, likeness in having.items():
                if place in asking and number not in about and likeness < 1:
                    continue
                weighed.had[number] += token.weight * likeness
                weighed.common[number] += 1
                weighed.beside[number] += token.weight * likeness if place not in asking else 0.0
        return weighed

    def _named_places(self, said: Said, entry: Entry) -> tuple[frozenset[int], frozenset[int]]:
        """Return the places of the entry's name, and those beside an acronym of words that other names of it have.

        Beside another name they are more of it, slips and all; beside an acronym they may be what is asked about: "the
        juvenile justice councils of the IJJO". They tell facts apart, but need not be in one.
        """
        tokens, named = said.query.tokens, set(said.names.get(entry.id, ()))
        alike = {place for place, token in enumerate(tokens) if token.filler or self._is_name(token, entry)}
        if not named:
            return frozenset(alike), frozenset()
        near = set()
        for step, place in ((1, max(named)), (-1, min(named))):
            while (place := place + step) in alike:
                near.add(place)
        short = len(named) == 1 and tokens[min(named)].text in self._facts.acronyms
        few = sum(not tokens[place].filler for place in near) <= FEW
        return (frozenset(named), frozenset(near)) if short and few else (frozenset(named | near), frozenset())

    def _is_name(self, token: Token, entry: Entry) -> bool:
        """Return whether a word is one of the entry's names, slips and all."""
        return self._facts.is_name(entry.id, (token.text, *(one.form for one in token.expansions)))

    def _having(self, token: Token, entry: Entry) -> dict[int, float]:
        """Return the facts that have a word with how alike it is there: itself, another form or meaning, or a slip."""
        slip = not token.is_known and len(token.text) >= LEAST_SLIP
        return self._facts.having(entry.id, token.text, [one.form for one in token.expansions if one.same or slip])

    def _doubt(self, token: Token, entry: Entry) -> float:
        """Return 1 for a short word that may be a slip of one in the facts and need not: "funded", "founded"."""
        return float(bool(self._facts.having(entry.id, token.text, [one.form for one in token.expansions])))


def _is_clear(asked: Asked, said: Said) -> bool:
    """Return whether words ask for an attribute, slips and all; one that is a word of its own may be like them only."""
    return asked.coverage >= IN_FULL or not _is_own(asked, said)


def _is_own(asked: Asked, said: Said) -> bool:
    """Return whether what asks is one word, and known as it stands: "formed" is no slip of "founded"."""
    return len(asked.places) == 1 and all(said.query.tokens[place].is_known for place in asked.places)
