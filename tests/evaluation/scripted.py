"""A matcher that decides as it was told, and remembers what it was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.editions.edition import Edition
from bot.matching.decision import NoMatch, Question, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.knowledge.catalogue import Catalogue
    from bot.matching.decision import Decision

ASKED = Question("?")


class Matcher:
    """Decides by the text of a question alone."""

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        self._decisions = decisions
        self.asked: list[Question] = []

    def decide(self, question: Question) -> Decision:
        """Return the decision of that name, asked by this question; an honest no to any other."""
        self.asked.append(question)
        return replace(self._decisions.get(question.text, NoMatch(question=ASKED, rule=Rule.WEAK)), question=question)


def edition(catalogue: Catalogue, matcher: Matcher) -> Edition:
    """Return an edition that this matcher decides for."""
    return Edition(catalogue, matcher, "scripted")  # type: ignore[arg-type]  # only decide() is called
