"""Which entries use a feature, what it is worth in each, and in which phrases it stands.

The worth of a feature in an entry is a smoothed log-odds ratio: how much more often the entry's phrases have it than
those of all others. A rare word that one entry alone uses is worth most; one that all use is worth nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.index.csr import packed

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.matching.index.phrases import Phrase
    from bot.matching.index.vocabulary import Vocabulary
    from bot.matching.tuning import Tuning


class Postings:
    """Sparse tables, immutable once built.

    ``rarity``: feature -> logarithm of how few entries use it. ``most``: feature -> the most it is worth anywhere.
    ``unknown``: the rarity of a word that no entry uses.
    """

    def __init__(self, entries: int, phrases: Sequence[Phrase], vocabulary: Vocabulary, tuning: Tuning) -> None:
        self.entries = entries
        self._most = tuning.postings.entries
        size = vocabulary.size
        features = vocabulary.rows.features
        numbers = np.repeat(np.arange(len(phrases), dtype=np.int32), vocabulary.rows.lengths)
        order = np.argsort(features, kind="stable")
        features, numbers = features[order], numbers[order]
        self._phrase_start: array[int] = packed("I", np.searchsorted(features, np.arange(size + 1)))
        self._in_phrases: array[int] = packed("I", numbers)

        owner = np.fromiter((phrase.entry for phrase in phrases), np.int64, len(phrases))
        weight = np.fromiter((tuning.fields.of(phrase.field) for phrase in phrases), np.float64, len(phrases))
        of, entry, count = _summed(features, owner[numbers], weight[numbers], max(entries, 1))
        total = np.bincount(of, count, minlength=size)[of] if len(of) else count
        background = tuning.postings.prior * (total + 0.5) / (weight.sum() + 1)
        worth = np.log(1 + count / background) - np.log(1 - count / (total + background))
        start = np.searchsorted(of, np.arange(size + 1))
        self._start: array[int] = packed("I", start)
        self._entry = entry.astype(np.int32)
        self._worth = worth.astype(np.float32)
        users = np.diff(start)
        filled = users > 0
        most = np.zeros(size, np.float32)
        if len(of):
            most[filled] = np.maximum.reduceat(self._worth, start[:-1][filled])
        self._champions = {feature: self._best(feature) for feature in np.flatnonzero(users > self._most).tolist()}
        searched = len(np.unique(owner))
        self.rarity: array[float] = packed(
            "d", np.log((searched + 1) / (users + 0.5)).clip(tuning.postings.least_rarity)
        )
        self.unknown = float(np.log((searched + 1) / 0.5))
        self.most: array[float] = packed("f", most)
        self.usual = float(np.median(most)) if size else 1.0
        self._spans = [(0, 0)] * entries
        starts = np.flatnonzero(np.diff(owner, prepend=-1)).tolist()
        for first, last in zip(starts, [*starts, len(phrases)][1:], strict=True):
            self._spans[phrases[first].entry] = (first, last)

    def _best(self, feature: int) -> NDArray[np.int64]:
        first, last = self._start[feature], self._start[feature + 1]
        best: NDArray[np.int64] = np.argpartition(-self._worth[first:last], self._most)[: self._most]
        best.sort()
        return best + first

    def length(self, feature: int) -> int:
        """Return how many entries ``of`` returns for a feature."""
        return min(self._start[feature + 1] - self._start[feature], self._most)

    def of(self, feature: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the entries that use a feature and what it is worth in each, those in which it is worth most."""
        best = self._champions.get(feature)
        if best is not None:
            return self._entry[best], self._worth[best]
        first, last = self._start[feature], self._start[feature + 1]
        return self._entry[first:last], self._worth[first:last]

    def among(self, feature: int, entries: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return those of ``entries`` (in ascending order) that use a feature, and what it is worth in each."""
        first, last = self._start[feature], self._start[feature + 1]
        users = self._entry[first:last]
        at = users.searchsorted(entries)
        kept = users.take(at, mode="clip") == entries
        return entries[kept], self._worth[first:last][at[kept]]

    def span(self, entry: int) -> range:
        """Return the numbers of the phrases of an entry."""
        return range(*self._spans[entry])

    def phrases_with(self, feature: int, entry: int) -> Sequence[int]:
        """Return the numbers of the phrases of an entry in which a feature stands."""
        low, high = self._spans[entry]
        last = self._phrase_start[feature + 1]
        first = bisect_left(self._in_phrases, low, self._phrase_start[feature], last)
        return self._in_phrases[first : bisect_left(self._in_phrases, high, first, last)]


def _summed(
    features: NDArray[np.int32], owners: NDArray[np.int64], weights: NDArray[np.float64], entries: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Sum the weights of each pair of feature and entry; the pairs come sorted."""
    key = features.astype(np.int64) * entries + owners
    order = np.argsort(key, kind="stable")
    key, weights = key[order], weights[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    count = np.add.reduceat(weights, first) if len(first) else weights
    return key[first] // entries, key[first] % entries, count
