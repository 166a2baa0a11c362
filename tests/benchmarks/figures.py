"""Figures that sum up how well questions were answered."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Outcome = tuple[str | None, str | None]
"""What was wanted and what came first; None is "nothing answers it" and "nothing was answered"."""


def share(hits: Sequence[bool]) -> float:
    """Return the share of hits in percent; 0 where there is none to count."""
    return 100.0 * sum(hits) / len(hits) if hits else 0.0


def standard_error(hits: Sequence[bool]) -> float:
    """Return one standard error of ``share(hits)``, in points."""
    if not hits:
        return 0.0
    p = sum(hits) / len(hits)
    return 100.0 * math.sqrt(p * (1 - p) / len(hits))


def paired(with_it: Sequence[bool], without_it: Sequence[bool]) -> tuple[float, float]:
    """Return the difference of two shares of hits on the same questions in points, and one standard error of it."""
    count = len(with_it)
    differences = [int(one) - int(other) for one, other in zip(with_it, without_it, strict=True)]
    mean = sum(differences) / count
    spread = sum((difference - mean) ** 2 for difference in differences) / count
    return 100 * mean, 100 * math.sqrt(spread / count)


def matthews(outcomes: Sequence[Outcome]) -> float:
    """Return the multi-class Matthews correlation coefficient times 100, "none" as a class of its own.

    The formula of Gorodkin (2004), as in scikit-learn's ``matthews_corrcoef``.
    """
    wanted = Counter(want for want, _ in outcomes)
    given = Counter(got for _, got in outcomes)
    total = len(outcomes)
    correct = sum(want == got for want, got in outcomes)
    covariance = correct * total - sum(wanted[label] * given[label] for label in wanted)
    spread_wanted = total**2 - sum(count**2 for count in wanted.values())
    spread_given = total**2 - sum(count**2 for count in given.values())
    return 100.0 * covariance / math.sqrt(spread_wanted * spread_given) if spread_wanted and spread_given else 0.0


def reliability(rated: Sequence[tuple[float, bool]], bins: int = 10) -> tuple[float, list[tuple[float, float, int]]]:
    """Return the expected calibration error (0 to 1) and, by bin, mean confidence, share right and count."""
    rows: list[tuple[float, float, int]] = []
    for number in range(bins):
        inside = [
            (confidence, right)
            for confidence, right in rated
            if number / bins <= confidence < (number + 1) / bins or (number == bins - 1 and confidence >= 1)
        ]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            rows.append((mean, sum(right for _, right in inside) / len(inside), len(inside)))
    error = sum(abs(mean - right) * count for mean, right, count in rows) / max(1, len(rated))
    return error, rows


def quantile(values: Sequence[float], at: float) -> float:
    """Return the value below which a share ``at`` of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))] if ordered else 0.0
