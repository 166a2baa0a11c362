"""A case: everything that the rules may look at, of one question."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bot.knowledge.kinds import ELSEWHERE
from bot.matching.decision import Field
from bot.matching.query.confidence import Support, confidence_terms
from bot.matching.query.evidence import matched_phrases
from bot.matching.terms import logistic
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Question
    from bot.matching.index.index import Index
    from bot.matching.query.analysis import Query
    from bot.matching.query.evidence import MatchedPhrases
    from bot.matching.query.names import Mention
    from bot.matching.query.ranking import Ranked
    from bot.matching.terms import Term
    from bot.matching.tuning import Tuning


@dataclass(frozen=True, eq=False)
class Case:
    """One question on its way to a decision. Frozen; what costs something is worked out when a rule first asks.

    ``ranked``: the entries looked at closely, best first. ``mentions``: the names in the question, by entry number.
    """

    index: Index
    question: Question
    query: Query
    ranked: Sequence[Ranked]
    mentions: Mapping[int, Mention]
    _matched: dict[int, MatchedPhrases] = field(default_factory=dict, repr=False)

    @property
    def tuning(self) -> Tuning:
        """The numbers to decide with."""
        return self.index.tuning

    @property
    def first(self) -> Entry | None:
        """The entry that ranks first."""
        return self.entry(self.ranked[0].entry) if self.ranked else None

    def entry(self, number: int) -> Entry:
        """Return an entry by its number."""
        return self.index.entries[number]

    @cached_property
    def scores(self) -> Mapping[int, float]:
        """The score of each entry that is ranked, by number."""
        return {one.entry: one.score for one in self.ranked}

    @cached_property
    def coverage(self) -> Mapping[int, float]:
        """The share of the question that each ranked entry explains, by number."""
        return {one.entry: one.coverage for one in self.ranked}

    @property
    def top(self) -> float:
        """The best score; 0 where nothing is ranked."""
        return self.ranked[0].score if self.ranked else 0.0

    @cached_property
    def content(self) -> float:
        """What the question says beside its way of asking: the sum of the rarities of its words."""
        return sum(token.weight for token in self.query.tokens if not token.filler)

    @cached_property
    def compares(self) -> bool:
        """Whether the words ask about several at once ("or", "difference between")."""
        return any(token.text in languages().compare for token in self.query.tokens)

    @cached_property
    def confidence_terms(self) -> tuple[Term, ...]:
        """What the confidence that the first entry is meant is made of; nothing where there is none to judge."""
        if not self.ranked or self._figures_only():
            return ()
        return confidence_terms(self.query, self.ranked, self._support(), self.tuning.confidence)

    @cached_property
    def confidence(self) -> float:
        """How likely the first entry is meant, by its terms alone: 0 to 1, in thousandths."""
        return logistic(self.confidence_terms) if self.confidence_terms else 0.0

    @cached_property
    def by_a_slip(self) -> bool:
        """Whether all that the first entry has of the question is one short word that would be mistyped.

        "azotea" is a roof, and one letter from a word for blows.
        """
        shared: set[int] = set().union(*self._shared)
        alone = self.query.tokens[shared.pop()] if len(shared) == 1 else None
        return alone is not None and not alone.is_known and len(alone.text) < self.tuning.rules.slip_alone

    def matched(self, entry: int) -> MatchedPhrases:
        """Return the phrases of an entry that have words of the question."""
        if entry not in self._matched:
            self._matched[entry] = matched_phrases(entry, self.query, self.index)
        return self._matched[entry]

    def _figures_only(self) -> bool:
        """Return whether the question says nothing but figures: they stand in facts of all kinds."""
        return self.content > 0 and all(token.filler or token.text.isdigit() for token in self.query.tokens)

    def _support(self) -> Support:
        first, shared = self.ranked[0], self._shared
        return Support(
            allies=self._allies(),
            by_question=first.nearest >= 0 and self.index.phrases[first.nearest].field is Field.QUESTION,
            foreign=self.entry(first.entry).kind == ELSEWHERE,
            matched=len(set().union(*shared)),
            together=max(map(len, shared), default=0),
        )

    @cached_property
    def _shared(self) -> list[set[int]]:
        """The words with content that each phrase of the first entry has of the question, by their numbers."""
        tokens, function = self.query.tokens, languages().function
        return [  # "ant" is hardly "an"
            {number for number, form in found.items() if not tokens[number].filler and form not in function}
            for found in self.matched(self.ranked[0].entry).values()
        ]

    def _allies(self) -> set[int]:
        """Return the entries that lead to the same organisation as the first one: a subject and who works on it."""
        lead = self._lead(self.ranked[0].entry)
        return {one.entry for one in self.ranked if self._lead(one.entry) == lead}

    def _lead(self, number: int) -> str:
        entry = self.entry(number)
        return entry.organisations[0].id if entry.organisations else entry.id
