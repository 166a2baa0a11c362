"""Weights that tell the entries apart, corrected where the entries' own phrases would be confused.

Each entry starts with the average of its phrases (words, pairs of words and letter groups, the rarer ones weighing
more). Then every short phrase is looked up among all entries, and those whose own entry does not lead by a margin a few
times more: each time their words are moved towards the own entry and away from the best rival. The result is still a
plain table of weights.

Without it 3.8 points fewer are right on CLINC150 (4.0 with typos), 1.9 on BANKING77 (2.9), and 91.2 instead of 95.0 %
of the development questions; SOFMattress, with 16 phrases an entry, is within its standard error. Keywords must take
part: without them 80 instead of 85 % of 1,360 questions about the shipped knowledge were right, most of them written
by others than the engine's and the entries' authors. One pass instead of three costs three points there.

Folders whose table would be large have few phrases for each entry, and go without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.matching.phrases import FIELD_WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.matching.likeness import Likeness
    from bot.matching.phrases import Phrase
    from bot.matching.vocabulary import Vocabulary

_PASSES = 3
_MARGIN = 0.5
_STEP = 0.2
_TOGETHER = 32
"""Phrases looked up at once."""
_MOST_CELLS = 16_000_000
"""Features times entries above which there is no table (64 MB)."""


class Correction:
    """The table of weights; ``empty`` where the folder goes without. Immutable once built."""

    def __init__(
        self, entries: int, phrases: Sequence[Phrase], vocabulary: Vocabulary, likeness: Likeness, *, wanted: bool
    ) -> None:
        words = vocabulary.size
        size = words + len(likeness.known)
        self.empty = not wanted or size * entries > _MOST_CELLS or not likeness.numbers
        self._offset = words
        if self.empty:
            return
        rows = [vocabulary.row(number) for number in likeness.numbers]
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        letters = np.diff(likeness.start)
        start = np.concatenate([[0], np.cumsum(lengths + letters)])
        features = np.empty(int(start[-1]), np.int64)
        is_word = _alternating(lengths, letters)
        features[is_word] = np.fromiter((feature for row in rows for feature in row), np.int64, int(lengths.sum()))
        features[~is_word] = likeness.rows + words
        uses = np.bincount(features, minlength=size)
        self._idf = (np.log((1 + len(rows)) / (1 + uses)) + 1).astype(np.float32)
        values = self._idf[features]
        values /= np.repeat(np.sqrt(np.add.reduceat(values * values, start[:-1])), np.diff(start))
        owner = np.fromiter((phrases[number].entry for number in likeness.numbers), np.int64, len(rows))
        counts = np.fromiter(
            (FIELD_WEIGHTS[phrases[number].field] for number in likeness.numbers), np.float32, len(rows)
        )
        cells = features * entries + np.repeat(owner, np.diff(start))
        table = np.bincount(cells, values * np.repeat(counts, np.diff(start)), minlength=size * entries)
        table = table.reshape(size, entries)
        norm = np.sqrt((table * table).sum(0))
        norm[norm == 0] = 1
        table = (table / norm).astype(np.float32)
        self._table = _corrected(table, owner, start, features, values.astype(np.float32))

    def scores(
        self, features: NDArray[np.int64], vector: tuple[NDArray[np.int64], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        """Return the weight of a question in every entry, about -1 to 1."""
        found = np.concatenate([features, vector[0] + self._offset])
        values = self._idf[found]
        length = np.sqrt(float(values @ values)) or 1.0
        scores: NDArray[np.float32] = (values / np.float32(length)) @ self._table[found]
        return scores


def _alternating(words: NDArray[np.int64], letters: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which cells of the rows are words, where each row has its words first."""
    lengths = np.stack([words, letters], axis=1).ravel()
    return np.repeat(np.tile([True, False], len(words)), lengths)


def _corrected(
    table: NDArray[np.float32],
    owner: NDArray[np.int64],
    start: NDArray[np.int64],
    features: NDArray[np.int64],
    values: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return the average of the table over passive-aggressive passes through the phrases (Crammer et al., 2006).

    A few phrases are looked up together, which changes little and takes a fraction of the time.
    """
    entries = table.shape[1]
    if entries < 2:  # noqa: PLR2004  (nothing to tell apart)
        return table
    late = np.zeros_like(table)
    flat, flat_late = table.reshape(-1), late.reshape(-1)
    shuffle = np.random.default_rng(0)
    steps = 0
    short = np.arange(len(owner))
    for _ in range(_PASSES):
        order = shuffle.permutation(short)
        lacked = np.zeros(len(owner), np.bool_)
        for first in range(0, len(order), _TOGETHER):
            chosen = order[first : first + _TOGETHER]
            lengths = start[chosen + 1] - start[chosen]
            begin = np.cumsum(lengths) - lengths
            cells = np.repeat(start[chosen] - begin, lengths) + np.arange(int(lengths.sum()))
            rows, weights = features[cells], values[cells]
            scores = np.add.reduceat(table[rows] * weights[:, None], begin, axis=0)
            here, own = np.arange(len(chosen)), owner[chosen]
            leads = scores[here, own].copy()
            scores[here, own] = -np.inf
            rival = scores.argmax(1)
            lacking = _MARGIN - leads + scores[here, rival]
            lacked[chosen] = lacking > 0
            moves = np.clip(lacking / 2, 0, _STEP).astype(np.float32)  # rows have length one
            change = np.repeat(moves, lengths) * weights
            towards, away = rows * entries + np.repeat(own, lengths), rows * entries + np.repeat(rival, lengths)
            np.add.at(flat, towards, change)
            np.subtract.at(flat, away, change)
            change *= steps
            np.add.at(flat_late, towards, change)
            np.subtract.at(flat_late, away, change)
            steps += 1
        short = np.flatnonzero(lacked)
    return table - late / np.float32(max(steps, 1))
