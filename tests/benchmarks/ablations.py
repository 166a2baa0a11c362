"""What each part of the engine adds: the same questions with and without it, with the error of the difference.

python -m tests.benchmarks.ablations FOLDER [FOLDER ...] --out build/benchmarks
"""

# ruff: noqa: PLC0415  (matplotlib is heavy: it is imported when a plot is drawn)
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.tuning import DEFAULT
from tests.benchmarks.accuracy import corrupted, first_right
from tests.benchmarks.choosing import chosen_sets
from tests.benchmarks.figures import paired, share
from tests.benchmarks.peers import Shipped
from tests.benchmarks.report import progress, table, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.documents import QuestionSet


PARTS = {
    "spelling": "spelling.slips",
    "spacing": "analysis.respaced",
    "similarity": "ranking.similarity",
    "classifier": "classifier.cells",
    "coverage": "ranking.coverage",
}
"""What can be left out -> the number that is 0 without it."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a part adds on one set, in points: with it minus without it; ``error`` is one standard error of that."""

    part: str
    kind: str
    without: float
    gain: float
    error: float


def gains(questions: QuestionSet) -> tuple[dict[str, float], list[Gain]]:
    """Return the figures of the whole engine, clean and with typos, and what each part adds to them."""
    inside = [question for question in questions.asked if question.want is not None]
    kinds = {"clean": inside, "typos": corrupted(inside)}
    progress(f"{questions.name}: all parts")
    whole = {kind: first_right(Shipped(questions.documents), asked) for kind, asked in kinds.items()}
    found = []
    for part, number in PARTS.items():
        progress(f"{questions.name}: without {part}")
        engine = Shipped(questions.documents, DEFAULT.having(number, 0))
        for kind, asked in kinds.items():
            hits = first_right(engine, asked)
            found.append(Gain(part, kind, share(hits), *paired(whole[kind], hits)))
    return {kind: share(hits) for kind, hits in whole.items()}, found


def _markdown(name: str, whole: dict[str, float], found: Sequence[Gain]) -> str:
    rows = [
        (
            gain.part,
            gain.kind,
            gain.without,
            f"{gain.gain:+.1f}",
            gain.error,
            "yes" if gain.gain > 2 * gain.error else "",
        )
        for gain in found
    ]
    head = ("without", "questions", "right first %", "gain of the part", "standard error", "over two errors")
    figures = ", ".join(f"{kind} {value:.1f} %" for kind, value in whole.items())
    return f"## {name}\n\nWith all parts: {figures}.\n\n{table(head, rows)}\n"


def plot(results: Sequence[tuple[str, Sequence[Gain]]], path: Path) -> None:
    """Draw the gains with their errors."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(results), figsize=(6 * len(results), 4), squeeze=False)
    for axis, (name, found) in zip(axes[0], results, strict=True):
        labels = [f"{gain.part}, {gain.kind}" for gain in found]
        axis.barh(labels, [gain.gain for gain in found], xerr=[2 * gain.error for gain in found])
        axis.axvline(0, color="grey", linewidth=0.8)
        axis.set(title=f"{name}: points gained (± two errors)")
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark from the command line."""
    sets, out = chosen_sets(__doc__, arguments)
    results = [(questions.name, *gains(questions)) for questions in sets]
    write(out, "ablations.md", "\n".join(_markdown(*result) for result in results))
    plot([(name, found) for name, _, found in results], out / "ablations.png")


if __name__ == "__main__":
    main()
