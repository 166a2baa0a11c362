"""Similarity of a question to single phrases, by the letters of their words.

Words are cut into groups of three letters, their borders included, so that inflected, misspelt and compound words
still share most of them. The similarity of two texts is the cosine of their groups, the rarer ones weighing more.

It carries most of the confidence; which entry is first on the public sets changes by less than a point without it.
"""

from __future__ import annotations

from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.decision import Field
from bot.matching.index.csr import SparseRows, packed
from bot.matching.text.normalise import is_unspaced

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bot.matching.index.phrases import Phrase
    from bot.matching.index.vocabulary import Vocabulary
    from bot.matching.tuning import Tuning

_LISTED = 1.8
"""Times that it takes to add up a cell of the list of a letter group rather than one of the phrases of an entry."""

_LONG = frozenset({Field.FACT, Field.SUMMARY})
"""Fields too long to be like a question as a whole."""


def groups(word: str) -> tuple[str, ...]:
    """Return the groups of three letters of a word, borders as spaces; of a pair of unspaced characters also each.

    Each once and always in the same order: their numbers, and with them the sums of a ranking, depend on it.
    """
    bordered = f" {word} "
    found = [bordered[at : at + 3] for at in range(len(bordered) - 2)]
    return tuple(dict.fromkeys([*found, *(word if is_unspaced(word) else ())])) or (bordered,)


class Similarity:
    """The letter groups of all short phrases. Immutable once built."""

    def __init__(self, entries: int, phrases: Sequence[Phrase], vocabulary: Vocabulary, tuning: Tuning) -> None:
        self._averaged = tuning.ranking.nearest
        short = np.fromiter((phrase.field not in _LONG for phrase in phrases), np.bool_, len(phrases))
        numbers = np.flatnonzero(short)
        self.numbers: array[int] = packed("I", numbers)
        self.known: dict[str, int] = {}
        self._features = vocabulary.features
        words, phrase = vocabulary.in_order
        words, phrase = words[short[phrase]], (short.cumsum(dtype=np.int32) - 1)[phrase[short[phrase]]]
        self.rows = self._rows(words, phrase, list(vocabulary.features))
        uses = np.bincount(self.rows.features, minlength=len(self.known))
        self.idf = (np.log((1 + len(numbers)) / (1 + uses)) + 1).astype(np.float32)
        squares = self.idf * self.idf
        none = np.zeros(0, np.float32)
        norms = np.add.reduceat(squares[self.rows.features], self.rows.start[:-1]) if len(numbers) else none
        self._scale = 1 / np.sqrt(norms)
        self._lengths = self.rows.lengths.astype(np.int32)
        self._cells = self.rows.features
        self._begin: array[int] = packed("I", self.rows.start)
        self._uses = uses
        self._lists: array[int] = packed("I", np.concatenate([[0], np.cumsum(uses)]))
        self._listed = np.repeat(np.arange(len(numbers), dtype=np.int32), self._lengths)
        self._listed = self._listed[np.argsort(self._cells, kind="stable")]
        owner = np.fromiter((phrases[number].entry for number in self.numbers), np.int64, len(numbers))
        self._first: array[int] = packed("I", np.searchsorted(owner, np.arange(entries + 1)))

    def _rows(self, words: NDArray[np.int32], phrase: NDArray[np.int32], texts: Sequence[str]) -> SparseRows:
        """Return the letter groups of each phrase, and note those of each word."""
        used, place = np.unique(words, return_inverse=True)
        add, known = self.known.setdefault, self.known
        found = [[add(group, len(known)) for group in groups(texts[number])] for number in used.tolist()]
        lengths = np.fromiter(map(len, found), np.int64, len(used))
        start = np.concatenate([[0], np.cumsum(lengths)])
        of_words = SparseRows(start, np.fromiter(chain.from_iterable(found), np.int32, int(start[-1])))
        self._word_begin: array[int] = packed("I", start[np.searchsorted(used, np.arange(len(texts) + 1))])
        self._word_groups: array[int] = packed("I", of_words.features)
        cells = of_words.features[of_words.chosen(place)]
        return SparseRows.of(np.repeat(phrase, lengths[place]), cells, len(self.numbers), len(self.known))

    def letters(self, words: Iterable[str]) -> NDArray[np.int64]:
        """Return the letter groups of a text that are known."""
        text: set[int] = set()
        for word in words:
            feature = self._features.get(word)
            begin, end = (0, 0) if feature is None else self._word_begin[feature : feature + 2]
            if begin < end:
                text.update(self._word_groups[begin:end])
            else:
                text.update([self.known[group] for group in groups(word) if group in self.known])
        return np.array(sorted(text), np.int64)

    def nearest(self, entries: Sequence[int], letters: NDArray[np.int64]) -> tuple[NDArray[np.float64], list[int]]:
        """Return for each entry the mean similarity of its nearest phrases, and the number of the very nearest.

        These are 0 and -1 for an entry without short phrases.
        """
        similar, numbers = np.zeros(len(entries)), [-1] * len(entries)
        spans = [(self._first[entry], self._first[entry + 1]) for entry in entries]
        filled = [place for place, (first, last) in enumerate(spans) if last > first]
        if not filled:
            return similar, numbers
        full = [spans[place] for place in filled]
        likeness = self._likeness(full, letters)
        counts = [last - first for first, last in full]
        bounds = list(pairwise(accumulate(counts, initial=0)))
        total = np.zeros(len(full))
        for place in range(self._averaged):
            # Not by sorting: of thousands of phrases three an entry are wanted.
            top = [start + int(likeness[start:end].argmax()) for start, end in bounds]
            if place == 0:
                for at, best, (start, _), (first, _) in zip(filled, top, bounds, full, strict=True):
                    numbers[at] = self.numbers[first + best - start]
            total += likeness[top].clip(0)
            likeness[top] = -1
        similar[filled] = total / np.minimum(counts, self._averaged)
        return similar, numbers

    def _likeness(self, spans: Sequence[tuple[int, int]], letters: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the similarity of the phrases in these spans, one span after the other.

        Either the letter groups of these phrases are added up, or of all phrases those that have a group of the text:
        whichever are fewer.
        """
        weights = self.idf[letters]
        weights = weights * weights / np.sqrt(weights @ weights)
        likeness: NDArray[np.float32]
        scale = np.concatenate([self._scale[first:last] for first, last in spans])
        uses = self._uses[letters]
        if 0 < _LISTED * int(uses.sum()) < sum(self._begin[last] - self._begin[first] for first, last in spans):
            lists = [self._listed[self._lists[letter] : self._lists[letter + 1]] for letter in letters.tolist()]
            every = np.bincount(np.concatenate(lists), weights.astype(np.float64).repeat(uses), len(self.numbers))
            likeness = np.concatenate([every[first:last] for first, last in spans]).astype(np.float32)
        else:
            likeness = self._added(spans, weights, letters)
        likeness *= scale
        return likeness

    def _added(
        self, spans: Sequence[tuple[int, int]], weights: NDArray[np.float32], letters: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return what the letter groups of each phrase in these spans add up to."""
        dense = np.zeros(len(self.known) + 1, np.float32)
        dense[letters] = weights
        cells = np.concatenate([self._cells[self._begin[first] : self._begin[last]] for first, last in spans])
        lengths = np.concatenate([self._lengths[first:last] for first, last in spans])
        # "clip" only spares a check: no cell is beyond the table.
        added: NDArray[np.float32] = np.add.reduceat(dense.take(cells, mode="clip"), lengths.cumsum() - lengths)
        return added
