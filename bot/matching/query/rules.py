"""Deciding: from the ranked entries to answer, choose, chat or an honest no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.knowledge.entry import ANY_LANGUAGE, Kind
from bot.matching.decision import Answer, Candidate, Chat, Choose, Field, NoMatch, Rule
from bot.matching.index.phrases import NAMING
from bot.matching.query.confidence import Support, confidence
from bot.matching.query.evidence import evidence, fact, matched_phrases
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision, Question
    from bot.matching.index.index import Index
    from bot.matching.query.analysis import Query
    from bot.matching.query.evidence import MatchedPhrases
    from bot.matching.query.names import Mention
    from bot.matching.query.ranking import Ranked

_NOT_ANSWERED = frozenset({Kind.SMALLTALK, Kind.ELSEWHERE})


_OF_NAMES = "en"
"""Language whose names say nothing about the language of a question."""

_NO_PROPER_NAME = _NOT_ANSWERED | {Kind.TOPIC}


class Decider:
    """Turns a ranking into a decision. Immutable once built."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._tuning = index.tuning
        self._numbers = {entry.id: number for number, entry in enumerate(index.entries)}

    def decide(self, question: Question, query: Query, ranked: list[Ranked]) -> Decision:
        """Decide by the exact table, then names, then the card replied to, then evidence."""
        case = _Case(self._index, question, query, ranked)
        exact = self._exact(case)
        if exact is not None:
            return case.settled(exact, Rule.EXACT, confidence=self._tuning.rules.exact)
        named = self._named(case)
        if named:
            if case.compares():  # who is covered first; who is not is told of as well
                named.sort(key=self._is_not_answered)
            return case.settled(
                named[0],
                Rule.NAMED,
                named[1 : self._tuning.rules.shown],
                confidence=max(case.confidence, self._tuning.rules.named),
            )
        chatting = (
            case.confidence >= self._tuning.confidence.answer
            and self._index.entries[ranked[0].entry].kind is Kind.SMALLTALK
        )
        about = self._numbers.get(question.about or "")
        if about is not None and not chatting:  # "thank you very much for this" is no question about the card
            return case.settled(about, Rule.ABOUT)
        if case.confidence >= self._tuning.confidence.answer:
            return case.settled(ranked[0].entry, Rule.CONFIDENT)
        offered = case.offered() if case.confidence >= self._tuning.confidence.offer else ()
        if not offered:
            return NoMatch(**case.base(Rule.WEAK))
        close = len(ranked) > 1 and ranked[1].score > self._tuning.rules.close * ranked[0].score
        return Choose(**case.base(Rule.CLOSE if close else Rule.UNSURE), entries=offered)

    def _exact(self, case: _Case) -> int | None:
        """Return the only entry that has the whole question as a phrase, or is the only one to be called so.

        A follow-up to a card ("contact?", "donate") is no phrase of another entry, unless it is small talk ("thanks").
        """
        phrases = [self._index.phrases[number] for number in self._index.exactly(case.query.text)]
        entries = {one.entry for one in phrases}
        if len(entries) > 1:
            entries = {one.entry for one in phrases if one.field in NAMING}
        if len(entries) != 1:
            return None
        entry = entries.pop()
        kind = self._index.entries[entry].kind
        if case.question.about and (kind is Kind.ELSEWHERE or (not case.content and kind is not Kind.SMALLTALK)):
            return None
        return entry

    def _named(self, case: _Case) -> list[int]:
        """Return the entries that the question names, best first; several only if it names them by different words."""
        tokens = case.query.tokens
        scores = {one.entry: one.score for one in case.ranked}
        explained = {one.entry: one.coverage for one in case.ranked}
        top = case.ranked[0].score if case.ranked else 0.0
        chosen: list[int] = []
        taken: set[int] = set()
        together = self._named_in_full(case)
        for entry, mention in sorted(case.mentions.items(), key=lambda item: (-item[1].weight, item[0])):
            own = {token for token in mention.tokens if not tokens[token].filler}
            near = 0.0 if entry in together else self._nearness(self._index.entries[entry].kind, mention)
            if entry not in scores or mention.coverage < self._tuning.names.part or not own - taken:
                continue
            shared = sum(tokens[token].weight for token in own & taken)
            if shared and not (case.compares() and shared < self._tuning.names.shared * mention.weight):
                continue  # but "Beijing Rules or Havana Rules" names two
            if scores[entry] < near * top:
                continue
            chosen.append(entry)
            taken |= own
        chosen.sort(key=lambda entry: -scores[entry])
        if len(chosen) > 1 and (len(together.intersection(chosen)) > 1 or case.compares()):
            return chosen
        share = sum(tokens[token].weight for token in taken) / case.content if case.content else 0.0
        return [
            entry
            for entry in chosen
            if (
                scores[entry] >= self._tuning.names.near_top * top
                and max(share, explained[entry]) >= self._tuning.names.content
            )
            or (share > self._tuning.names.full_content and case.in_full(entry))
            or (share > self._tuning.names.acronym_content and scores[entry] == top and case.by_acronym(entry))
        ]

    def _named_in_full(self, case: _Case) -> set[int]:
        """Return the entries whose proper names stand in the question word for word, if several do; no subjects."""
        found = {
            entry
            for entry, mention in case.mentions.items()
            if mention.whole and self._index.entries[entry].kind not in _NO_PROPER_NAME
        }
        return found if len(found) > 1 else set()

    def _is_not_answered(self, number: int) -> bool:
        return self._index.entries[number].kind in _NOT_ANSWERED

    def _nearness(self, kind: Kind, mention: Mention) -> float:
        """Return the share of the first score that an entry named like this must have."""
        if kind is Kind.TOPIC:
            return self._tuning.names.next_to_top
        return (
            self._tuning.names.not_far
            if kind is not Kind.ELSEWHERE and mention.coverage >= self._tuning.names.nearly_all
            else self._tuning.names.near_top
        )


class _Case:
    """One question on its way to a decision."""

    def __init__(self, index: Index, question: Question, query: Query, ranked: list[Ranked]) -> None:
        self._tuning = index.tuning
        self.index, self.question, self.query, self.ranked = index, question, query, ranked
        self.content = sum(token.weight for token in query.tokens if not token.filler)
        self.mentions: dict[int, Mention] = index.names.mentions(query)
        self._matched: dict[int, MatchedPhrases] = {}
        self.confidence = (
            confidence(query, ranked, self._support(), self._tuning.confidence)
            if ranked and not self._figures_only()
            else 0.0
        )

    def _figures_only(self) -> bool:
        """Return whether the question says nothing but figures: they stand in facts of all kinds."""
        return self.content > 0 and all(token.filler or token.text.isdigit() for token in self.query.tokens)

    def _support(self) -> Support:
        first = self.ranked[0]
        tokens, function = self.query.tokens, languages().function
        shared = [  # "ant" is hardly "an"
            {number for number, form in found.items() if not tokens[number].filler and form not in function}
            for found in self.matched(first.entry).values()
        ]
        return Support(
            allies=self._allies(),
            by_question=first.nearest >= 0 and self.index.phrases[first.nearest].field is Field.QUESTION,
            foreign=self.index.entries[first.entry].kind is Kind.ELSEWHERE,
            matched=len(set().union(*shared)),
            together=max(map(len, shared), default=0),
        )

    def _allies(self) -> set[int]:
        """Return the entries that lead to the same organisation as the first one: a subject and who works on it."""
        lead = self._lead(self.ranked[0].entry)
        return {one.entry for one in self.ranked if self._lead(one.entry) == lead}

    def _lead(self, number: int) -> str:
        entry = self.index.entries[number]
        return entry.organisations[0].id if entry.organisations else entry.id

    def compares(self) -> bool:
        """Return whether the words ask about several at once ("or", "difference between")."""
        return any(token.text in languages().compare for token in self.query.tokens)

    def in_full(self, entry: int) -> bool:
        """Return whether a name of several words stands in the question word for word."""
        mention = self.mentions[entry]
        return mention.whole and sum(1 for token in mention.tokens if not self.query.tokens[token].filler) > 1

    def by_acronym(self, entry: int) -> bool:
        """Return whether an acronym too long to be a coincidence stands in the question."""
        mention = self.mentions[entry]
        phrase = self.index.phrases[mention.phrase]
        return (
            phrase.field is Field.ACRONYM
            and mention.whole
            and len(phrase.words[0]) >= self._tuning.names.acronym_letters
        )

    def base(self, rule: Rule, sure: float | None = None, shown: Sequence[int] = ()) -> dict[str, Any]:
        """Return what all decisions share; the first candidate and those ``shown`` come with their evidence."""
        ranked = self.ranked[: self._tuning.rules.shown]
        explained = {one.entry for one in ranked[:1]} | set(shown)
        candidates = tuple(
            [
                Candidate(
                    self.index.entries[one.entry],
                    round(one.score, 3),
                    evidence(one, self.matched(one.entry), self.query, self.index) if one.entry in explained else (),
                )
                for one in ranked
            ]
        )
        margin = ranked[0].score - (ranked[1].score if len(ranked) > 1 else 0.0) if ranked else 0.0
        return {
            "question": self.question,
            "rule": rule,
            "language": self._language(),
            "candidates": candidates,
            "confidence": round(self.confidence if sure is None else sure, 3),
            "margin": round(margin, 3),
        }

    def matched(self, entry: int) -> MatchedPhrases:
        """Return the phrases of an entry that have words of the question."""
        found = self._matched.get(entry)
        if found is None:
            found = self._matched[entry] = matched_phrases(entry, self.query, self.index)
        return found

    def offered(self) -> tuple[Entry, ...]:
        """Return the entries worth offering; none if the best is small talk or not covered."""
        least = self._tuning.rules.offered * self.ranked[0].score
        close = [self.index.entries[one.entry] for one in self.ranked[: self._tuning.rules.shown] if one.score > least]
        if close[0].kind in _NOT_ANSWERED:
            return ()
        return tuple(entry for entry in close if entry.kind not in _NOT_ANSWERED)

    def settled(
        self, number: int, rule: Rule, beside: list[int] | None = None, confidence: float | None = None
    ) -> Decision:
        """Return the decision for one entry, by its kind."""
        entry = self.index.entries[number]
        if entry.kind is Kind.SMALLTALK:
            return Chat(**self.base(rule, confidence), entry=entry)
        if entry.kind is Kind.ELSEWHERE:
            return NoMatch(**self.base(Rule.ELSEWHERE, confidence), entry=entry)
        mention = self.mentions.get(number)
        named = mention.tokens if mention else frozenset[int]()
        shown = [self.index.entries[one] for one in beside or ()]
        left_out = {Kind.SMALLTALK} if self.compares() else _NOT_ANSWERED
        return Answer(
            **self.base(rule, confidence, (number, *(beside or ()))),
            entry=entry,
            beside=tuple(one for one in shown if one.kind not in left_out),
            fact=fact(self.matched(number), named, self.query, self.index),
            link=self._link(entry),
        )

    def _link(self, entry: Entry) -> str | None:
        offered = {link.use for link in entry.links}
        asked = [use for token in self.query.tokens for use in languages().links.get(token.text, ())]
        return next((use for use in asked if use in offered), None)

    def _language(self) -> str | None:
        """Return the language the question asks for or is in; of a bare phrase, the one language that has it.

        None where the asker's own language may well be meant: it has the words too ("police"). English names are used
        in all languages. A phrase that is only near tells it by a word as typed, if there is one: "rose" is no Spanish
        for being near "rosa".
        """
        if self.query.wanted or self.query.language:
            return self.query.wanted or self.query.language
        exact = [self.index.phrases[number] for number in self.index.exactly(self.query.text)]
        if not exact and self.ranked and self.ranked[0].nearest >= 0:
            nearest = self.index.phrases[self.ranked[0].nearest]
            known = {
                token.text for token in self.query.tokens if token.expansions and token.expansions[0].form == token.text
            }
            if not known or known & set(nearest.words):
                exact = [nearest]
        spoken = {one.language for one in exact}
        in_any = {ANY_LANGUAGE, self.question.asker_language} | {_OF_NAMES for one in exact if one.field in NAMING}
        if len(spoken) != 1 or spoken & in_any:
            return None
        found, askers = spoken.pop(), (self.question.asker_language or "").partition("-")[0]
        typed = [token.text for token in self.query.tokens if not token.filler]
        return found if self._words_of(askers, typed) < max(1, self._words_of(found, typed)) else None

    def _words_of(self, language: str, typed: Sequence[str]) -> int:
        """Return how many of the words stand in phrases of a language."""
        return len(self.index.words_by_language.get(language, frozenset()).intersection(typed))
