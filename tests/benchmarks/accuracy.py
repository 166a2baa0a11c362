"""How often the right entry comes first, clean and with typos, beside peers, and what the shipped thresholds do.

    python -m tests.benchmarks.accuracy FOLDER [FOLDER ...] --out build/benchmarks

Each folder holds ``train.jsonl`` and ``validation.jsonl`` (see the README beside this file).
"""

# ruff: noqa: PLC0415  (matplotlib is heavy: it is imported when a plot is drawn)
from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Chat, Choose
from tests.benchmarks.choosing import chosen_sets
from tests.benchmarks.documents import Asked, QuestionSet
from tests.benchmarks.figures import matthews, reliability, share, standard_error
from tests.benchmarks.peers import HAVE_TYPO_MECHANISM, Method, Shipped, accuracy_peers
from tests.benchmarks.report import progress, table, write
from tests.benchmarks.typos import with_typos

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.matching.decision import Decision

SHIPPED = "this engine"
SLOW_SAMPLE = 400
"""Questions tried with a method that scans every string; the others get all."""
SLOW = frozenset({"rapidfuzz WRatio", "rapidfuzz token_set", "SQLite FTS5 words", "SQLite FTS5 trigram"})
TYPO_SEED = 11


@dataclass(frozen=True, slots=True)
class Row:
    """A method's figures on one set, in percent; ``error`` is one standard error of the clean figure."""

    method: str
    clean: float
    typos: float
    error: float
    questions: int


@dataclass(frozen=True, slots=True)
class AtThresholds:
    """What the shipped thresholds make of a set, in percent (``calibration``: expected error, 0 to 1)."""

    right_first: float
    offered: float
    declined: float | None
    mcc: float
    calibration: float
    bins: list[tuple[float, float, int]]


def corrupted(asked: Sequence[Asked], seed: int = TYPO_SEED) -> list[Asked]:
    """Return the same questions with slips of the finger, the same ones for the same seed."""
    rng = random.Random(seed)  # noqa: S311  (a fixed seed is the point)
    return [Asked(with_typos(question.text, rng), question.want, question.kind) for question in asked]


def first_right(method: Method, asked: Sequence[Asked]) -> list[bool]:
    """Return for each question whether the wanted entry came first."""
    return [any(id_ == question.want for id_, _ in method.rank(question.text, 1)) for question in asked]


def shown_first(decision: Decision) -> str | None:
    """Return the id that the person sees first: the card, else the first choice, else None."""
    match decision:
        case Answer():
            return decision.entry.id
        case Choose():
            return decision.entries[0].id
        case Chat() if decision.entry is not None:
            return decision.entry.id
    return None


def at_thresholds(engine: Shipped, asked: Sequence[Asked]) -> AtThresholds:
    """Return what people would have been shown."""
    decisions = [(question, engine.decide(question.text)) for question in asked]
    inside = [(question, decision) for question, decision in decisions if question.want is not None]
    outside = [decision for question, decision in decisions if question.want is None]
    rated = [
        (
            decision.confidence,
            bool(decision.candidates) and decision.candidates[0].entry.id == question.want,
        )
        for question, decision in decisions
    ]
    error, bins = reliability(rated)
    return AtThresholds(
        right_first=share([shown_first(decision) == question.want for question, decision in inside]),
        offered=share([isinstance(decision, Choose) for _, decision in inside]),
        declined=share([shown_first(decision) is None for decision in outside]) if outside else None,
        mcc=matthews([(question.want, shown_first(decision)) for question, decision in decisions]),
        calibration=error,
        bins=bins,
    )


def measure(questions: QuestionSet, slow_sample: int = SLOW_SAMPLE) -> tuple[list[Row], AtThresholds]:
    """Measure the engine and its peers on one set."""
    inside = [question for question in questions.asked if question.want is not None]
    typed = corrupted(inside)
    sample = random.Random(TYPO_SEED).sample(range(len(inside)), min(slow_sample, len(inside)))  # noqa: S311
    progress(f"{questions.name}: building {SHIPPED}")
    engine = Shipped(questions.documents)
    rows = [_row(SHIPPED, engine, inside, typed)]
    for name, build in accuracy_peers().items():
        progress(f"{questions.name}: {name}")
        some = sample if name in SLOW else range(len(inside))
        rows.append(_row(name, build(questions.documents), [inside[at] for at in some], [typed[at] for at in some]))
    progress(f"{questions.name}: thresholds")
    return rows, at_thresholds(engine, questions.asked)


def _row(name: str, method: Method, clean: Sequence[Asked], typed: Sequence[Asked]) -> Row:
    hits = first_right(method, clean)
    return Row(name, share(hits), share(first_right(method, typed)), standard_error(hits), len(clean))


def _markdown(name: str, rows: Sequence[Row], shipped: AtThresholds) -> str:
    body = [
        (
            row.method,
            row.clean,
            row.typos,
            row.error,
            row.questions,
            "" if row.method == SHIPPED or row.method in HAVE_TYPO_MECHANISM else "none",
        )
        for row in sorted(rows, key=lambda row: -row.clean)
    ]
    head = ("method", "first, clean %", "first, typos %", "standard error", "questions", "typo mechanism")
    declined = "no questions out of scope" if shipped.declined is None else f"{shipped.declined:.1f} % declined"
    verdict = (
        f"At the shipped thresholds: the right entry shown first for {shipped.right_first:.1f} % of the questions in "
        f"scope (a choice offered for {shipped.offered:.1f} %); out of scope: {declined}; MCC {shipped.mcc:.1f}; "
        f"expected calibration error {shipped.calibration:.3f}."
    )
    return "\n".join((f"## {name}", "", table(head, body), "", verdict, ""))


def plot(results: Sequence[tuple[str, Sequence[Row], AtThresholds]], path: Path) -> None:
    """Draw clean and typo figures by method, and the reliability of the confidence."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(len(results), 2, figsize=(12, 3.6 * len(results)), squeeze=False)
    for (bars, curve), (name, rows, shipped) in zip(axes, results, strict=True):
        ordered = sorted(rows, key=lambda row: row.clean)
        places = range(len(ordered))
        bars.barh([place + 0.2 for place in places], [row.clean for row in ordered], height=0.4, label="clean")
        bars.barh([place - 0.2 for place in places], [row.typos for row in ordered], height=0.4, label="typos")
        bars.set_yticks(list(places), [row.method for row in ordered])
        bars.set(title=f"{name}: right entry first, %", xlim=(0, 100))
        bars.legend(loc="lower right")
        curve.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
        curve.plot([row[0] for row in shipped.bins], [row[1] for row in shipped.bins], marker="o")
        curve.set(title=f"{name}: reliability", xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark from the command line."""
    sets, out = chosen_sets(__doc__, arguments)
    results = [(questions.name, *measure(questions)) for questions in sets]
    write(out, "accuracy.md", "\n".join(_markdown(*result) for result in results))
    plot(results, out / "accuracy.png")


if __name__ == "__main__":
    main()
