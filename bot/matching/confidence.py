"""Confidence: how likely it is that the first entry is meant, and the thresholds that decide with it.

The weights are a logistic regression, target "the first entry is right", over three public question sets, clean and
misspelt, with and without a quarter of their entries withheld, and over held-back questions, unrelated questions and
near misses put to the shipped knowledge; the sets weigh by the root of their size. Judged on each family of sets by
the others it ranks right before wrong with an AUROC of 0.79 (SOFMattress) to 0.94 (CLINC150), 0.91 on questions about
the shipped knowledge. Tried without gain: the share of unknown or misspelt words, the correction's own score, the
nearest phrase alone; a fit to all sets at once answered twice as many foreign questions.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.matching.ranking import Ranked
    from bot.matching.reading import Reading

ANSWER = 0.55
"""Answer from here on. Of 1,360 questions about the shipped knowledge, a seventh of them foreign to it: at 0.4 92.0 %
right, 30 foreign ones answered and 4 offered something; at 0.45 91.3 %, 28 and 6; at 0.5 90.7 %, 18 and 16; at 0.55
90.2 %, 13 and 21; at 0.6 89.5 %, 11 and 23; at 0.65 88.5 %, 8 and 26."""

OFFER = 0.35
"""Offer choices from here on, say no below. On the same questions 21 foreign ones get an offer at 0.35, 28 at 0.3 and
17 at 0.4. Of the public sets' questions the right entry is shown first for 90 % (CLINC150; 79 of 100 foreign ones
declined) and 72 % (SOFMattress; 119 of 166)."""

_WEIGHTS = {"words": 1.0, "explained": 1.14, "likeness": 3.82, "content": 1.01, "ahead": 3.31, "open": -1.3}
_BIAS = -5.84
_SHARPNESS = 4.0
"""Scores are compared as ``exp(4 * score)``."""


def features(reading: Reading, ranked: list[Ranked], allies: Collection[int], *, by_question: bool) -> dict[str, float]:
    """Return what confidence is judged by.

    ``words``, ``explained`` and ``likeness`` are those of the first entry, ``ahead`` the share of all entries'
    exponential scores that it and its ``allies`` have (entries that lead to the same answer), ``content`` the logarithm
    of how many words with content the question has, ``open`` what is left unexplained unless the nearest phrase is
    itself a question (``by_question``): a name or a keyword alone should explain everything.
    """
    first = ranked[0]
    content = sum(1 for slot in reading.slots if not slot.filler)
    strengths = [math.exp(_SHARPNESS * (one.score - first.score)) for one in ranked]
    return {
        "words": first.words,
        "explained": first.explained,
        "likeness": first.likeness,
        "content": math.log1p(content),
        "open": 0.0 if by_question else 1 - first.explained,
        "ahead": sum(strength for one, strength in zip(ranked, strengths, strict=True) if one.entry in allies)
        / sum(strengths),
    }


def confidence(reading: Reading, ranked: list[Ranked], allies: Collection[int], *, by_question: bool) -> float:
    """Return the probability that the first entry is what the question is about."""
    if not ranked:
        return 0.0
    found = features(reading, ranked, allies, by_question=by_question)
    return 1 / (1 + math.exp(-_BIAS - sum(weight * found[name] for name, weight in _WEIGHTS.items())))
