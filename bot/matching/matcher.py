"""The matcher: an index over the entries, and the decisions made with it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind, pick
from bot.matching.danger.detector import DangerDetector
from bot.matching.decision import Candidate, Chat, Help, NoMatch, Rule
from bot.matching.index.index import Index
from bot.matching.index.phrases import written
from bot.matching.index.synonyms import Synonyms
from bot.matching.query.analysis import Analyser
from bot.matching.query.ranking import rank
from bot.matching.query.rules import Decider
from bot.matching.text.languages import languages
from bot.matching.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision, Question
    from bot.matching.tuning import Tuning

_NOT_LISTED = frozenset({Kind.HELP, Kind.SMALLTALK, Kind.ELSEWHERE})
"""Kinds that are no results of a search: there is nothing to show or to share."""


class Matcher:
    """Immutable once built; safe to use from several threads.

    ``synonyms``: language -> groups of words that mean nearly the same (see ``bot.matching.index.synonyms``).
    ``phrases``: all that the entries say, as written. ``unheard``: phrases of help entries that cannot be read, as
    ``(entry id, language, phrase, reason)``.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        tuning: Tuning = DEFAULT,
        synonyms: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._cries = DangerDetector(entries)
        self.unheard = self._cries.faults
        self.phrases = written(entries)
        self._helps = any(entry.kind is Kind.HELP for entry in entries)
        self._index = Index(entries, self.phrases, tuning)
        vocabulary = self._index.vocabulary
        self._analyser = Analyser(vocabulary, self._index.postings, Synonyms(synonyms, vocabulary, tuning), tuning)
        self._decider = Decider(self._index)

    def decide(self, question: Question) -> Decision:
        """Decide how to answer; never raises, whatever the text."""
        cry = self._cries.heard(question.text) if self._helps else None
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
        query = self._analyser.analyse(question.text)
        if not query.tokens:
            return NoMatch(question=question, rule=Rule.EMPTY)
        asked_in = languages().help.get(query.text)
        if asked_in is not None:
            language = asked_in[0] if len(asked_in) == 1 else None
            return Chat(question=question, rule=Rule.BARE_HELP, language=language, entry=None, confidence=1.0)
        return self._decider.decide(question, query, rank(query, self._index))

    def search(self, question: Question, limit: int = 50) -> tuple[Candidate, ...]:
        """Rank entries for a list of results (inline mode); the last word is taken as a prefix if ``as_typed``.

        Entries whose name begins with what was typed come first, organisations before all others while it is only a few
        letters; among equals organisations, then short names. Small talk and what is not covered are left out.
        """
        query = self._analyser.analyse(question.text, as_typed=question.as_typed)
        found = []
        for one in rank(query, self._index, max(limit, self._index.tuning.ranking.listed)):
            candidate = Candidate(self._index.entries[one.entry], round(one.score, 2))
            if candidate.entry.kind not in _NOT_LISTED and (one.coverage or one.words):
                begins = question.as_typed and self._index.is_called(one.entry, query.text)
                early = (
                    len(query.text) <= self._index.tuning.ranking.early
                    and candidate.entry.kind is not Kind.ORGANISATION
                )
                found.append((not begins, early, *_tie_broken(candidate), candidate))
        found.sort(key=lambda row: row[:-1])
        return tuple(row[-1] for row in found[:limit])


def _tie_broken(candidate: Candidate) -> tuple[float, bool, int, str]:
    entry = candidate.entry
    return -candidate.score, entry.kind is not Kind.ORGANISATION, len(pick(entry.name)[1]), entry.id
