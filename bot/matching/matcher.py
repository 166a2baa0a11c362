"""The matcher: an index over the entries, and the decisions made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Candidate, Decision, Question


class Matcher:
    """Immutable once built; safe to use from several threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        raise NotImplementedError

    def decide(self, question: Question) -> Decision:
        """Decide how to answer; never raises, whatever the text."""
        raise NotImplementedError

    def search(self, question: Question, limit: int = 50) -> tuple[Candidate, ...]:
        """Rank entries for a list of results (inline mode); the last word is taken as a prefix if ``as_typed``."""
        raise NotImplementedError
