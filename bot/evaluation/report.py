"""Evaluation: how well labelled questions are answered, counted by kind and language."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from bot.editions.judging import Outcome, outcome
from bot.matching.decision import Question
from bot.matching.query.explanation import reason
from bot.replies import answer_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.evaluation.questions import LabelledQuestion
    from bot.matching.decision import Decision
    from bot.matching.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question, what was decided, and how that is judged. ``best``: the answer is the one that is labelled best."""

    question: LabelledQuestion
    decision: Decision
    outcome: Outcome
    best: bool
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Verdicts counted: how many of each outcome."""

    asked: int = 0
    best: int = 0
    labelled_best: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def right(self) -> float:
        """The share that is right, from 0 to 1; 1 where nothing was asked."""
        return self.outcomes[Outcome.RIGHT] / self.asked if self.asked else 1.0


class Report:
    """All verdicts on one file of questions, and the ways to count them."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self.verdicts = tuple(verdicts)

    @property
    def total(self) -> Tally:
        """Everything counted together."""
        return tally(self.verdicts)

    @property
    def misses(self) -> tuple[Verdict, ...]:
        """Every verdict that is not right."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome is not Outcome.RIGHT)

    def by(self, group: Callable[[LabelledQuestion], str]) -> dict[str, Tally]:
        """Count by a property of the question, in the order in which its values first occur."""
        groups: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            groups.setdefault(group(verdict.question), []).append(verdict)
        return {name: tally(verdicts) for name, verdicts in groups.items()}

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            **_counts(self.total),
            "by_kind": {name: _counts(counted) for name, counted in self.by(lambda q: q.kind).items()},
            "by_language": {name: _counts(counted) for name, counted in self.by(lambda q: q.lang).items()},
            "by_kind_and_language": {
                name: _counts(counted) for name, counted in self.by(lambda q: f"{q.kind} {q.lang}").items()
            },
            "median_ms": round(median(verdict.milliseconds for verdict in self.verdicts), 3),
            "misses": [_miss(verdict) for verdict in self.misses],
        }

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of a terminal."""
        yield from _table("kind", self.by(lambda q: q.kind))
        yield ""
        yield from _table("language", self.by(lambda q: q.lang))
        yield ""
        yield from self._cross_table()
        for verdict in self.misses:
            yield _miss_line(verdict)
        yield ""
        yield from _table("", {"all": self.total})

    def _cross_table(self) -> Iterator[str]:
        cells = self.by(lambda q: f"{q.kind} {q.lang}")
        languages = list(self.by(lambda q: q.lang))
        yield f"{'right of asked':14}" + "".join(f"{language:>9}" for language in languages)
        for kind in self.by(lambda q: q.kind):
            counted = [cells.get(f"{kind} {language}") for language in languages]
            shown = (f"{cell.outcomes[Outcome.RIGHT]}/{cell.asked}" if cell else "" for cell in counted)
            yield f"{kind:14}{''.join(f'{cell:>9}' for cell in shown)}".rstrip()
        yield ""


def evaluate(questions: Iterable[LabelledQuestion], matcher: Matcher) -> Report:
    """Answer every question as if its writer's Telegram were set to its language, and judge the decisions."""
    return Report(_verdict(question, matcher) for question in questions)


def _verdict(question: LabelledQuestion, matcher: Matcher) -> Verdict:
    start = time.perf_counter()
    decision = matcher.decide(Question(question.q, asker_language=question.lang))
    milliseconds = (time.perf_counter() - start) * 1000
    judged = outcome(decision, question.accepted, together=question.wants_all)
    best = question.best is not None and answer_json.entries(decision)[:1] == [question.best]
    return Verdict(question, decision, judged, best, milliseconds)


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Count verdicts."""
    known = tuple(verdicts)
    labelled = [verdict for verdict in known if verdict.question.best and not verdict.question.wants_help]
    return Tally(
        asked=len(known),
        best=sum(verdict.best for verdict in labelled),
        labelled_best=len(labelled),
        outcomes=Counter(verdict.outcome for verdict in known),
    )


def _counts(counted: Tally) -> dict[str, float]:
    by_outcome = {str(known).replace(" ", "_"): counted.outcomes[known] for known in Outcome}
    return {
        "questions": counted.asked,
        **by_outcome,
        "right_share": round(counted.right, 4),
        "best": counted.best,
        "with_best": counted.labelled_best,
    }


def _table(heading: str, groups: dict[str, Tally]) -> Iterator[str]:
    if heading:
        columns = "".join(f"{known:>{len(known) + 2}}" for known in Outcome)
        yield f"{heading:14}{'asked':>6}{'right %':>9}{columns}  best of labelled"
    for name, counted in groups.items():
        columns = "".join(f"{counted.outcomes[known]:>{len(known) + 2}}" for known in Outcome)
        best = f"{counted.best}/{counted.labelled_best}" if counted.labelled_best else ""
        yield f"{name:14}{counted.asked:>6}{counted.right:>9.1%}{columns}  {best}".rstrip()


def _miss(verdict: Verdict) -> dict[str, Any]:
    question, decision = verdict.question, verdict.decision
    return {
        "outcome": str(verdict.outcome),
        "kind": question.kind,
        "lang": question.lang,
        "q": question.q,
        "accept": list(question.accept),
        "best": question.best,
        "decision": answer_json.kind(decision),
        "entries": answer_json.entries(decision),
        "choices": answer_json.choices(decision),
        "confidence": round(decision.confidence, 4),
        "reason": reason(decision),
    }


def _miss_line(verdict: Verdict) -> str:
    miss = _miss(verdict)
    got = " ".join([miss["decision"], *(miss["entries"] or miss["choices"])])
    wanted = " ".join(miss["accept"]) or miss["best"] or "none"
    asked = f"[{miss['kind']} {miss['lang']}] {miss['q']!r}"
    return f"{miss['outcome']}: {asked} got {got}; accepted: {wanted}; {miss['reason']}"
