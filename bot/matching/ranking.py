"""Ranking: the entries that a question may be about.

Bounded first: the postings of the question's words, the rarest words first, give a short list. Then, on the short
list alone, three kinds of evidence, each about 0 to 1, are added with fixed weights:

* words: what the question's words are worth in the entry, as a share of the most they could be worth;
* likeness: how like the question is to the entry's three nearest phrases, by letters;
* correction: the weights that tell the entries apart (small folders only).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.matching.index import Index
    from bot.matching.reading import Reading

SHORTLIST = 12
"""Entries that are looked at closely."""

BUDGET = 6_000
"""Postings read for one question, those of the rarest words first."""

WORDS = 0.5
LIKENESS = 1.0
CORRECTION = 2.0
"""Weights of the kinds of evidence; any between half and twice these were within a standard error."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its score and what the score is made of.

    ``explained``: the share of the question's content that the entry's words explain. ``best``: likeness of its nearest
    phrase ``nearest`` (-1 for none). ``points``: slot of the question -> what it adds, before likeness.
    """

    entry: int
    score: float
    words: float
    likeness: float
    correction: float
    explained: float
    best: float
    nearest: int


@dataclass(frozen=True, slots=True)
class _Use:
    """A feature of the question: in which slot, how far it is trusted."""

    feature: int
    slot: int
    trust: float


def rank(reading: Reading, index: Index, shortlist: int = SHORTLIST) -> list[Ranked]:
    """Return the entries that share anything with the question, best first, at most ``shortlist``."""
    uses, most = _uses(reading, index)
    vector = index.likeness.vector(_forms(reading))
    if not uses:
        return []
    entries = len(index.entries)
    owners, worth, which = _read(uses, index)
    total = np.bincount(owners, worth, minlength=entries) * (WORDS / most)
    corrected = None
    if not index.correction.empty:
        found = np.array(sorted({use.feature for use in uses if use.trust > 0}), np.int64)
        corrected = index.correction.scores(found, vector)
        total += CORRECTION * corrected
    candidates = np.flatnonzero(np.bincount(owners, minlength=entries))
    if len(candidates) > shortlist:
        candidates = np.sort(candidates[np.argpartition(-total[candidates], shortlist)[:shortlist]])
    place = np.full(entries, -1, np.int64)
    place[candidates] = np.arange(len(candidates))
    at = place[owners]
    kept = at >= 0
    rows = max(len(reading.slots), *(use.slot + 1 for use in uses))
    by_slot = np.zeros((rows, len(candidates)), np.float32)
    trusted = np.zeros_like(by_slot)
    slots = np.array([use.slot for use in uses])[which]
    trusts = np.array([use.trust for use in uses], np.float32)[which]
    by_slot[slots[kept], at[kept]] = worth[kept]
    trusted[slots[kept], at[kept]] = trusts[kept]
    words = by_slot.sum(0) / most
    weights = np.array([0.0 if slot.filler else slot.weight for slot in reading.slots], np.float32)
    explained = (
        weights @ trusted[: len(weights)] / max(float(weights.sum()), 1e-6)
        if weights.any()
        else np.ones(len(candidates))
    )
    likeness, best, nearest = index.likeness.nearest(candidates, vector)
    score = WORDS * words + LIKENESS * likeness
    correction = corrected[candidates] if corrected is not None else np.zeros(len(candidates), np.float32)
    score = score + CORRECTION * correction
    order = np.lexsort((candidates, -score))
    return [
        Ranked(
            int(candidates[i]),
            float(score[i]),
            float(words[i]),
            float(likeness[i]),
            float(correction[i]),
            float(explained[i]),
            float(best[i]),
            nearest[i],
        )
        for i in order
    ]


def _forms(reading: Reading) -> list[str]:
    return [slot.meanings[0].form if slot.meanings else slot.typed for slot in reading.slots]


def _uses(reading: Reading, index: Index) -> tuple[list[_Use], float]:
    """Return the features to look up, the least trusted first, and the most that all words could be worth."""
    postings = index.postings
    uses: list[_Use] = []
    most = 0.0
    for number, slot in enumerate(reading.slots):
        if not slot.meanings:
            most += postings.usual
            continue
        most += max(float(postings.most[feature]) for feature in slot.meanings[0].features)
        for meaning in slot.meanings:
            share = meaning.trust / len(meaning.features) ** 0.5
            uses.extend(_Use(feature, number, share) for feature in meaning.features)
    extra = len(reading.slots)
    for one, two in pairwise(reading.slots):
        if one.meanings and two.meanings:
            pair = index.vocabulary.pairs.get((one.meanings[0].features[-1], two.meanings[0].features[0]))
            if pair is not None:
                trust = one.meanings[0].trust * two.meanings[0].trust
                uses.append(_Use(pair, extra, trust))
                most += float(postings.most[pair])
                extra += 1
    uses.sort(key=lambda use: use.trust)
    return uses, most or 1.0


def _read(uses: list[_Use], index: Index) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
    """Read the postings within the budget: entries, worth times trust, and the position of the use."""
    lengths = [index.postings.length(use.feature) for use in uses]
    if sum(lengths) > BUDGET:
        left = BUDGET
        for position in sorted(range(len(uses)), key=lengths.__getitem__):
            left -= lengths[position]
            if left < 0:
                lengths[position] = 0
    owners = []
    worth = []
    for use, length in zip(uses, lengths, strict=True):
        if length:
            entries, values = index.postings.of(use.feature)
            owners.append(entries)
            worth.append(values * np.float32(use.trust))
    return np.concatenate(owners), np.concatenate(worth), np.repeat(np.arange(len(uses)), lengths)
