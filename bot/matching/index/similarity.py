"""Similarity of a question to single phrases, by the letters of their words.

Words are cut into groups of three letters, their borders included, so that inflected, misspelt and compound words
still share most of them. The similarity of two texts is the cosine of their groups, the rarer ones weighing more.

It carries most of the confidence; which entry is first on the public sets changes by less than a point without it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.decision import Field
from bot.matching.index.csr import SparseRows
from bot.matching.text.normalise import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bot.matching.index.phrases import Phrase
    from bot.matching.index.vocabulary import Vocabulary
    from bot.matching.tuning import Tuning

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
        self.numbers: list[int] = numbers.tolist()
        self.known: dict[str, int] = {}
        self._of_word: dict[str, tuple[int, ...]] = {}
        words, phrase = vocabulary.in_order
        words, phrase = words[short[phrase]], (short.cumsum(dtype=np.int32) - 1)[phrase[short[phrase]]]
        self.rows = self._rows(words, phrase, list(vocabulary.features))
        uses = np.bincount(self.rows.features, minlength=len(self.known))
        self.idf = (np.log((1 + len(numbers)) / (1 + uses)) + 1).astype(np.float32)
        squares = self.idf * self.idf
        none = np.zeros(0, np.float32)
        norms = np.add.reduceat(squares[self.rows.features], self.rows.start[:-1]) if len(numbers) else none
        self._scale = 1 / np.sqrt(norms)
        self._lengths = self.rows.lengths
        self._cells = self.rows.features
        self._begin: list[int] = self.rows.start.tolist()
        owner = np.fromiter((phrases[number].entry for number in self.numbers), np.int64, len(numbers))
        self._first: list[int] = np.searchsorted(owner, np.arange(entries + 1)).tolist()

    def _rows(self, words: NDArray[np.int32], phrase: NDArray[np.int32], texts: Sequence[str]) -> SparseRows:
        """Return the letter groups of each phrase, and note those of each word."""
        used, place = np.unique(words, return_inverse=True)
        for number in used.tolist():
            text = texts[number]
            self._of_word[text] = tuple([self.known.setdefault(group, len(self.known)) for group in groups(text)])
        lengths = np.fromiter(map(len, self._of_word.values()), np.int64, len(used))
        of_words = SparseRows(
            np.concatenate([[0], np.cumsum(lengths)]),
            np.fromiter(chain.from_iterable(self._of_word.values()), np.int32, int(lengths.sum())),
        )
        cells = of_words.features[of_words.chosen(place)]
        return SparseRows.of(np.repeat(phrase, lengths[place]), cells, len(self.numbers), len(self.known))

    def letters(self, words: Iterable[str]) -> NDArray[np.int64]:
        """Return the letter groups of a text that are known."""
        text: set[int] = set()
        for word in words:
            known = self._of_word.get(word)
            if known is None:
                known = tuple([self.known[group] for group in groups(word) if group in self.known])
            text.update(known)
        return np.array(sorted(text), np.int64)

    def nearest(self, entries: Sequence[int], letters: NDArray[np.int64]) -> list[tuple[float, int]]:
        """Return for each entry the mean similarity of its nearest phrases, and the number of the very nearest.

        The number is -1 for an entry without short phrases.
        """
        spans = [(self._first[entry], self._first[entry + 1]) for entry in entries]
        full = [span for span in spans if span[1] > span[0]]
        if not full:
            return [(0.0, -1)] * len(spans)
        dense = np.zeros(len(self.known) + 1, np.float32)
        weights = self.idf[letters]
        dense[letters] = weights * weights / np.sqrt(weights @ weights)
        cells = np.concatenate([self._cells[self._begin[first] : self._begin[last]] for first, last in full])
        lengths = np.concatenate([self._lengths[first:last] for first, last in full])
        scale = np.concatenate([self._scale[first:last] for first, last in full])
        # "clip" only spares a check: no cell is beyond the table.
        similarity = np.add.reduceat(dense.take(cells, mode="clip"), lengths.cumsum() - lengths) * scale
        found = []
        at = 0
        for first, last in spans:
            own = similarity[at : at + last - first]
            at += last - first
            if not len(own):
                found.append((0.0, -1))
                continue
            apart = len(own) - self._averaged
            top: list[float] = sorted((np.partition(own, apart)[apart:] if apart > 0 else own).tolist(), reverse=True)
            found.append((sum(top) / len(top), self.numbers[first + int(own.argmax())]))
        return found
