"""How fast and how well the engine finds entries among 14 to 100,000, beside peers in the same run.

    python -m tests.benchmarks.scale --sizes 14 1000 10000 100000 --out build/benchmarks

Latency is CPU time of the calling thread, so that other work on the machine does not count. Methods take turns in
blocks of questions; with ``--block 1`` question by question, as a bot is asked between other work. Build time and
memory are taken in a fresh process for each method.
"""

# ruff: noqa: PLC0415  (matplotlib is heavy: it is imported when a plot is drawn)
from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.editions.releasing import give_back
from tests.benchmarks.figures import quantile, share
from tests.benchmarks.peers import Method, Shipped, scale_peers
from tests.benchmarks.report import progress, table, write
from tests.benchmarks.synthetic import KINDS, synthetic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.benchmarks.documents import Asked, Document, QuestionSet

SHIPPED = "this engine"
BLOCK = 25
"""Questions a method answers before it is the next one's turn."""


LONGEST_IN = 10_000
"""Entries up to which long messages are measured: it takes an engine of its own."""


@dataclass(slots=True)
class Timing:
    """What a method did in a run."""

    method: str
    seconds: list[float] = field(default_factory=list)
    ranks: list[tuple[Asked, list[str]]] = field(default_factory=list)

    def microseconds(self, at: float) -> float:
        """Return a quantile of the latency."""
        return 1e6 * quantile(self.seconds, at)

    def recall(self, count: int, kind: str | None = None) -> float:
        """Return how often the wanted entry was among the first ``count``, in percent, of a kind or of all in scope."""
        chosen = [
            (asked, ids) for asked, ids in self.ranks if asked.want is not None and (kind is None or asked.kind == kind)
        ]
        return share([asked.want in ids[:count] for asked, ids in chosen])


def methods() -> dict[str, Callable[[Sequence[Document]], Method]]:
    """Return everything that is measured, the shipped engine first."""
    return {SHIPPED: Shipped, **scale_peers()}


def race(questions: QuestionSet, budget: float, only: Sequence[str] | None = None, block: int = BLOCK) -> list[Timing]:
    """Let all methods answer the same questions in turns; a method stops when its ``budget`` (CPU seconds) is spent."""
    built: dict[str, Method] = {}
    for name, build in methods().items():
        if only is None or name in only:
            progress(f"{questions.name}: building {name}")
            built[name] = build(questions.documents)
    for method in built.values():
        for asked in questions.asked[:3]:
            method.rank(asked.text, 5)
    gc.collect()
    gc.freeze()
    timings = {name: Timing(name) for name in built}
    for start in range(0, len(questions.asked), block):
        if start % (BLOCK * 8) == 0:
            progress(f"{questions.name}: {start} of {len(questions.asked)} questions")
        for name, method in built.items():
            timing = timings[name]
            for asked in questions.asked[start : start + block]:
                if sum(timing.seconds) > budget:
                    break
                before = time.thread_time()
                ranking = method.rank(asked.text, 5)
                timing.seconds.append(time.thread_time() - before)
                timing.ranks.append((asked, [id_ for id_, _ in ranking]))
    gc.unfreeze()
    return list(timings.values())


def longest_message(documents: Sequence[Document], repeats: int = 30) -> dict[str, float]:
    """Return how many times longer 4,096 characters take than ten ordinary words, by what they consist of."""
    engine = Shipped(documents)
    words = [word for document in documents[:2000] for text in document.short_texts() for word in text.lower().split()]
    ten = " ".join(words[:10])
    texts = {
        "one token": "x" * 4096,
        "unknown words": " ".join(f"qx{number}z" for number in range(2000))[:4096],
        "known words": " ".join(words[:2000])[:4096],
        "combining marks": "a" + "\u0301" * 4095,
        "digits": "1234567890" * 409,
    }

    def median(text: str) -> float:
        taken = []
        for _ in range(repeats):
            before = time.thread_time()
            engine.decide(text)
            taken.append(time.thread_time() - before)
        return quantile(taken, 0.5)

    base = median(ten)
    return {name: median(text) / base for name, text in texts.items()}


def footprint(size: int, name: str) -> tuple[float, float]:
    """Return CPU seconds to build a method over ``size`` entries, and MiB gained, measured in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--footprint", name, "--sizes", str(size)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  (our own module)
    result = json.loads(output.splitlines()[-1])
    return result["seconds"], result["mib"]


def _print_footprint(size: int, name: str) -> None:
    documents = synthetic(size, questions=6).documents
    gc.collect()
    memory = _resident()
    before = time.process_time()
    kept = methods()[name](documents)
    seconds = time.process_time() - before
    kept.rank("anything", 1)
    gc.collect()
    give_back()
    print(json.dumps({"seconds": seconds, "mib": _resident() - memory}))  # noqa: T201  (read by the parent)


def _resident() -> float:
    """Return the resident memory of this process in MiB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _markdown(size: int, timings: Sequence[Timing], prints: dict[str, tuple[float, float]]) -> str:
    base = timings[0].microseconds(0.5)
    rows = []
    for timing in timings:
        seconds, mib = prints.get(timing.method, (float("nan"), float("nan")))
        rows.append(
            (
                timing.method,
                len(timing.seconds),
                timing.microseconds(0.5),
                timing.microseconds(0.99),
                timing.microseconds(0.5) / base,
                *(f"{timing.recall(1, kind):.1f} / {timing.recall(5, kind):.1f}" for kind in KINDS[:-1]),
                timing.recall(1),
                f"{seconds:.2f}",
                f"{mib:.0f}",
            )
        )
    head = ("method", "questions", "median µs", "p99 µs", "× engine", *(f"{kind} @1 / @5" for kind in KINDS[:-1]))
    return f"## {size:,} entries\n\n" + table((*head, "all @1", "build s", "MiB"), rows) + "\n"


def plot(results: dict[int, Sequence[Timing]], path: Path) -> None:
    """Draw median latency and recall over the number of entries."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (latency, recall) = plt.subplots(1, 2, figsize=(12, 5))
    sizes = sorted(results)
    for number, name in enumerate(name for name in methods() if any(t.method == name for t in results[sizes[0]])):
        chosen = {size: next((t for t in results[size] if t.method == name and t.seconds), None) for size in sizes}
        there = [(size, timing) for size, timing in chosen.items() if timing is not None]
        width = 2.5 if number == 0 else 1.2
        latency.plot([size for size, _ in there], [t.microseconds(0.5) for _, t in there], marker="o", linewidth=width)
        recall.plot(
            [size for size, _ in there], [t.recall(1) for _, t in there], marker="o", linewidth=width, label=name
        )
    latency.set(xscale="log", yscale="log", title="median CPU time of a question, µs", xlabel="entries")
    recall.set(xscale="log", title="right entry first, % of questions in scope", xlabel="entries")
    recall.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[14, 1000, 10_000, 100_000])
    parser.add_argument("--questions", type=int, default=1200)
    parser.add_argument("--budget", type=float, default=20.0, help="CPU seconds for each method and size")
    parser.add_argument("--block", type=int, default=BLOCK, help="questions that a method answers in its turn")
    parser.add_argument("--only", nargs="+", help="names of the methods to run (default: all)")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--footprint", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.footprint:
        _print_footprint(chosen.sizes[0], chosen.footprint)
        return
    results: dict[int, Sequence[Timing]] = {}
    asked = f"{chosen.questions:,} questions at most, {chosen.budget:g} CPU seconds a method, {chosen.block} in a turn"
    parts = ["# Scale", "", f"Made-up entries of 15 phrases; {asked}. Latency is CPU time of the thread.", ""]
    for size in chosen.sizes:
        questions = synthetic(size, chosen.questions)
        results[size] = race(questions, chosen.budget, chosen.only, chosen.block)
        progress(f"{questions.name}: build time and memory")
        prints = {timing.method: footprint(size, timing.method) for timing in results[size]}
        parts.append(_markdown(size, results[size], prints))
        longest = longest_message(questions.documents) if size <= LONGEST_IN else {}
        ratios = ", ".join(f"{name} {ratio:.1f}" for name, ratio in longest.items())
        if ratios:
            parts.append(f"4,096 characters against ten words, times as long: {ratios}.\n")
    write(chosen.out, "scale.md", "\n".join(parts))
    plot(results, chosen.out / "scale.png")


if __name__ == "__main__":
    main()
