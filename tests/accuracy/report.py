"""What each mechanism adds and what each number does: ``python -m tests.accuracy report`` writes ``docs/tuning.md``."""

from __future__ import annotations

from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.matching.tuning import DEFAULT
from tests.accuracy import fit
from tests.accuracy.comparison import SETS, changed, hits
from tests.accuracy.retuning import retuned
from tests.benchmarks.figures import share
from tests.benchmarks.report import progress, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.accuracy.comparison import Differences, Hits

FILE = Path(__file__).parents[2] / "docs" / "tuning.md"
COMMAND = "python -m tests.accuracy report"


class Mechanism(NamedTuple):
    """Something that can be left out: by a number, set to ``off``."""

    name: str
    path: str
    off: float = 0


MECHANISMS = (
    Mechanism("likeness by letters", "ranking.similarity"),
    Mechanism("worth of the words", "ranking.words"),
    Mechanism("table that tells entries apart", "ranking.classifier"),
    Mechanism("corrections of that table", "classifier.passes"),
    Mechanism("coverage", "ranking.coverage"),
    Mechanism("less worth for the way of asking", "ranking.filler", 1.0),
    Mechanism("pairs of words", "vocabulary.paired", 1_000_000),
    Mechanism("facts are searched", "fields.fact"),
    Mechanism("summaries are searched", "fields.summary"),
    Mechanism("spelling", "spelling.slips"),
    Mechanism("spacing", "analysis.respaced"),
    Mechanism("synonyms", "synonyms.words"),
    Mechanism("names", "names.part", 2.0),
    Mechanism("slips in what names an attribute", "phrases.slip_from", 99),
    Mechanism("other endings of what names an attribute", "phrases.stem", 99),
    *(Mechanism(f"confidence: {name}", f"confidence.weights.{name}") for name in fit.NAMES),
)
NUMBERS = (
    *("fields.keyword", "fields.fact", "fields.summary", "postings.prior", "postings.least_rarity", "classifier.step"),
    *("ranking.words", "ranking.similarity", "ranking.classifier", "ranking.coverage", "ranking.filler"),
    *("spelling.wrong_first", "analysis.slip_trust", "synonyms.trust"),
    *("names.filler", "names.mention", "names.whole", "names.part", "names.content", "names.full_content"),
    *("names.acronym_content", "names.near_top", "names.not_far", "names.next_to_top"),
    *("confidence.answer", "confidence.offer", "confidence.sharpness"),
    *("phrases.function", "phrases.coverage", "phrases.whole", "phrases.slip"),
)
"""The weights, shares, trusts and thresholds that a person may want to move."""


class Number(NamedTuple):
    """A number with what it was moved to, and what that changed."""

    path: str
    value: float
    moves: Sequence[tuple[float, Differences]]


def run() -> None:
    """Measure everything and write ``docs/tuning.md``; about ten minutes of one core."""
    whole = hits(retuned(DEFAULT, rebuilt=False))
    mechanisms = []
    for one in MECHANISMS:
        progress(f"without {one.name}")
        mechanisms.append((one, changed(whole, {one.path: one.off})))
    numbers = []
    for path in NUMBERS:
        progress(path)
        value = shipped(path)
        numbers.append(Number(path, value, [(to, changed(whole, {path: to})) for to in moved(value)]))
    text = markdown(whole, mechanisms, numbers, fit.compared(fit.evidence()))
    FILE.write_text(text, encoding="utf-8")
    progress(f"written: {FILE.name}")


def shipped(path: str) -> float:
    """Return the value that a number is shipped with."""
    value: float = attrgetter(path)(DEFAULT)
    return value


def moved(value: float) -> tuple[float, float]:
    """Return half a number and the double; of a share, which is at most 1, the middle between it and 1."""
    return value / 2, (value + 1) / 2 if 0 < value < 1 else value * 2


def markdown(
    whole: Hits, mechanisms: Sequence[tuple[Mechanism, Differences]], numbers: Sequence[Number], confidence: str
) -> str:
    """Return ``docs/tuning.md``."""
    today = datetime.now(UTC).date()
    with_it = table(
        ("questions", "what", "asked", "right %"),
        [(name, SETS[name], len(found), share(found)) for name, found in whole.items()],
    )
    ordered = sorted(mechanisms, key=lambda row: sum(one.points for one in row[1].values()))
    adds = table(
        ("mechanism", "left out by", *whole),
        [
            (one.name, f"`{one.path}` = {one.off:g}", *(str(part.reversed()) for part in found.values()))
            for one, found in ordered
        ],
    )
    moves = table(
        ("number", "is", "moved to", *whole),
        [
            (f"`{number.path}`", f"{number.value:g}", f"{to:g}", *map(str, found.values()))
            for number in numbers
            for to, found in number.moves
        ],
    )
    return f"""# Tuning

Written by `{COMMAND}` on {today}; do not edit. Every tuned number stands in `bot/matching/tuning.py`.

{with_it}

Every figure below is a difference of points right on the same questions, ± one standard error; **bold** where it is
over two, which about one in twenty is by chance. Nothing is fitted again after a change. Empty: no question changes.

## Mechanisms: what each adds

{adds}

## Numbers: what moving one changes

To half of it and to the double (a share: half way to 1). Where nothing is bold, any value in between does as well.

{moves}

## Confidence

Fitted by `python -m tests.accuracy fit`; the rules stand at the top of `tests/accuracy/fit.py`.

{confidence}
"""
