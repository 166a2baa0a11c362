"""The matcher: an index over the entries, and the decisions made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.cries import Cries
from bot.matching.deciding import Decider
from bot.matching.decision import Candidate, Chat, Help, NoMatch, Rule
from bot.matching.index import Index
from bot.matching.languages import languages
from bot.matching.ranking import evidence, look_closely, rank
from bot.matching.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision, Question
    from bot.matching.ranking import Ranked
    from bot.matching.reading import Reading

_SHOWN = 5
"""Candidates of a decision."""

_CLOSELY = 8
"""Entries whose phrases are compared with the question one by one."""


class Matcher:
    """Immutable once built; safe to use from several threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._cries = Cries(entries)
        self._index = Index(entries)
        self._decider = Decider(self._index)

    def decide(self, question: Question) -> Decision:
        """Decide how to answer; never raises, whatever the text."""
        cry = self._cries.heard(question.text)
        if cry is not None:
            return Help(
                question=question,
                rule=Rule.CRY,
                language=cry.language,
                confidence=1.0,
                entry=cry.entry,
                country=self._cries.country(question.text),
                phrase=cry.phrase,
            )
        reading = read(question.text, self._index)
        if not reading.slots:
            return NoMatch(question=question, rule=Rule.EMPTY)
        if reading.text in languages().help:
            return Chat(question=question, rule=Rule.BARE_HELP, language=reading.language, entry=None, confidence=1.0)
        ranked = self._rank(reading)
        return self._decider.decide(question, reading, ranked, self._candidates(ranked, reading))

    def search(self, question: Question, limit: int = 50) -> tuple[Candidate, ...]:
        """Rank entries for a list of results (inline mode); the last word is taken as a prefix if ``as_typed``."""
        reading = read(question.text, self._index)
        if not reading.slots:
            return ()
        ranked = rank(reading, self._index)[:limit]
        return tuple(Candidate(self._index.entries[one.entry], round(one.score, 3)) for one in ranked)

    def _rank(self, reading: Reading) -> list[Ranked]:
        ranked = rank(reading, self._index)
        for one in ranked[:_CLOSELY]:
            look_closely(one, reading, self._index)
        return ranked

    def _candidates(self, ranked: list[Ranked], reading: Reading) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(self._index.entries[one.entry], round(one.score, 3), evidence(one, reading, self._index))
            for one in ranked[:_SHOWN]
        )
