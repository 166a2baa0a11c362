"""What is measured: shares by set and kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.editions.judging import Outcome
from bot.matching.decision import Help, Question
from tests.accuracy.questions import judged, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.evaluation.questions import LabelledQuestion
    from bot.matching.decision import Decision
    from bot.matching.matcher import Matcher

ALL = "all"
ASKED = "asked"

Figures = dict[str, dict[str, float]]
"""Kind ("all" first) -> ``asked`` (how many) and shares of them from 0 to 1 by their names."""


def counted(rows: Iterable[tuple[str, Mapping[str, bool]]]) -> Figures:
    """Count rows of a kind and what is true of them; kinds in the order in which they first occur."""
    asked: Counter[str] = Counter()
    true: dict[str, Counter[str]] = {ALL: Counter()}
    for kind, facts in rows:
        for group in (ALL, kind):
            asked[group] += 1
            found = true.setdefault(group, Counter())
            for name, holds in facts.items():
                found[name] += holds
    return {
        kind: {ASKED: asked[kind], **{name: round(count / asked[kind], 4) for name, count in found.items()}}
        for kind, found in true.items()
        if asked[kind]
    }


def of_questions(file: str, matcher: Matcher) -> Figures:
    """Return the figures of a file of questions: shares that are right, wrong, and false answers."""
    return counted((question.kind, facts(question, _decided(question, matcher))) for question in questions(file))


def facts(question: LabelledQuestion, decision: Decision) -> dict[str, bool]:
    """Return what is true of one answer.

    ``right``; ``wrong``: something else was answered, or helplines where nobody needs them; ``false answers``: answered
    where nothing is accepted.
    """
    found = judged(question, decision)
    alarmed = isinstance(decision, Help) and not question.wants_help
    return {
        "right": found is Outcome.RIGHT,
        "wrong": found is Outcome.WRONG or alarmed,
        "false answers": found is Outcome.FALSE_ANSWER,
    }


def _decided(question: LabelledQuestion, matcher: Matcher) -> Decision:
    return matcher.decide(Question(question.q, asker_language=question.lang))
