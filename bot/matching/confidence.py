"""Confidence: how likely it is that the first entry is meant, and the thresholds that decide with it.

The weights are a logistic regression, target "the first entry is right", over three public question sets, clean and
misspelt, with and without a quarter of their entries withheld, and over held-back questions, unrelated questions and
near misses put to the shipped knowledge; the sets weigh by the root of their size. Cross-fitted (each family of sets
judged by the others) it ranks right before wrong with an AUROC of 0.86 to 0.92.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.matching.ranking import Ranked
    from bot.matching.reading import Reading

ANSWER = 0.55
"""Answer from here on. On the development questions 0.45 answers three of 28 foreign questions and offers one, 0.55 one
and three, 0.6 none and four; right answers are 95.4, 94.2 and 93.3 %."""

OFFER = 0.35
"""Offer choices from here on, say no below. Share of questions answered or offered with the right entry first, and
of foreign questions declined: at 0.3 89 % and 76 % (CLINC150), 72 % and 64 % (SOFMattress); at 0.35 88 % and 80 %,
71 % and 66 %; at 0.45 87 % and 84 %, 68 % and 80 %."""

_WEIGHTS = {"words": 0.38, "explained": 0.77, "likeness": 4.29, "content": 0.83, "ahead": 3.64, "open": -1.59}
_BIAS = -5.68
_SHARPNESS = 4.0
"""Scores are compared as ``exp(4 * score)``."""


def features(reading: Reading, ranked: list[Ranked], *, by_question: bool) -> dict[str, float]:
    """Return what confidence is judged by.

    ``words``, ``explained`` and ``likeness`` are those of the first entry, ``ahead`` its share of all entries'
    exponential scores, ``content`` the logarithm of how many words with content the question has, ``open`` what is left
    unexplained unless the nearest phrase is itself a question (``by_question``): a name or a keyword alone should
    explain everything.
    """
    first = ranked[0]
    content = sum(1 for slot in reading.slots if not slot.filler)
    return {
        "words": first.words,
        "explained": first.explained,
        "likeness": first.likeness,
        "content": math.log1p(content),
        "open": 0.0 if by_question else 1 - first.explained,
        "ahead": 1 / sum(math.exp(_SHARPNESS * (one.score - first.score)) for one in ranked),
    }


def confidence(reading: Reading, ranked: list[Ranked], *, by_question: bool) -> float:
    """Return the probability that the first entry is what the question is about."""
    if not ranked:
        return 0.0
    found = features(reading, ranked, by_question=by_question)
    return 1 / (1 + math.exp(-_BIAS - sum(weight * found[name] for name, weight in _WEIGHTS.items())))
