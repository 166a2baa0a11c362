"""Terms: the named numbers that a score or a confidence is the sum of.

They are rounded before they are added, not afterwards, so what is printed is what was compared: the terms of a score
add up to it to the last digit, and those of a confidence to its log-odds.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGITS = 3
"""Decimal places of every term, score and confidence."""


class Term(NamedTuple):
    """One part of a sum."""

    name: str
    value: float


def term(name: str, value: float) -> Term:
    """Return a term, rounded."""
    return Term(name, round(value, DIGITS) + 0.0)  # no negative zero


def total(terms: Iterable[Term]) -> float:
    """Return the sum of rounded terms, without the noise of adding floats."""
    return round(sum([one.value for one in terms]), DIGITS)


def logistic(terms: Iterable[Term]) -> float:
    """Return the probability, 0 to 1, of log-odds that are the sum of these terms."""
    return round(1 / (1 + math.exp(-total(terms))), DIGITS)
