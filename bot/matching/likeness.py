"""Likeness of a question to single phrases, by the letters of their words.

Words are cut into groups of three letters, their borders included, so that inflected, misspelt and compound words
still share most of them. The likeness of two texts is the cosine of their groups, the rarer ones weighing more.

Without it the development questions fall from 95.0 to 82.1 % (it carries most of the confidence); which entry is first
on the public sets changes by less than a point either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.matching.decision import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bot.matching.phrases import Phrase

_LONG = frozenset({Field.FACT, Field.SUMMARY})
"""Fields too long to be like a question as a whole."""

_NEAREST = 3
"""Phrases of an entry whose likeness is averaged."""


def groups(word: str) -> set[str]:
    """Return the groups of three letters of a word, borders as spaces."""
    bordered = f" {word} "
    return {bordered[at : at + 3] for at in range(len(bordered) - 2)} or {bordered}


class Likeness:
    """The letter groups of all short phrases. Immutable once built."""

    def __init__(self, entries: int, phrases: Sequence[Phrase]) -> None:
        self.numbers = [number for number, phrase in enumerate(phrases) if phrase.field not in _LONG]
        self.known: dict[str, int] = {}
        self._of_word: dict[str, tuple[int, ...]] = {}
        rows: list[set[int]] = []
        for number in self.numbers:
            row: set[int] = set()
            for word in phrases[number].words:
                found = self._of_word.get(word)
                if found is None:
                    found = tuple([self.known.setdefault(group, len(self.known)) for group in groups(word)])
                    self._of_word[word] = found
                row.update(found)
            rows.append(row)
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.start = np.concatenate([[0], np.cumsum(lengths)])
        self.rows = np.fromiter((group for row in rows for group in row), np.int32, int(lengths.sum()))
        uses = np.bincount(self.rows, minlength=len(self.known))
        self.idf = (np.log((1 + len(rows)) / (1 + uses)) + 1).astype(np.float32)
        squares = self.idf * self.idf
        norms = np.add.reduceat(squares[self.rows], self.start[:-1]) if rows else np.zeros(0, np.float32)
        self._scale = 1 / np.sqrt(norms)
        self._lengths = lengths
        self._begin: list[int] = self.start.tolist()
        owner = np.fromiter((phrases[number].entry for number in self.numbers), np.int64, len(rows))
        self._first: list[int] = np.searchsorted(owner, np.arange(entries + 1)).tolist()

    def vector(self, words: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the letter groups of a text that are known, and their weights in a vector of length one."""
        text: set[int] = set()
        for word in words:
            known = self._of_word.get(word)
            if known is None:
                known = tuple([self.known[group] for group in groups(word) if group in self.known])
            text.update(known)
        found = np.array(sorted(text), np.int64)
        weights = self.idf[found]
        length = float(np.sqrt(weights @ weights)) or 1.0
        return found, weights / np.float32(length)

    def nearest(
        self, entries: Sequence[int], vector: tuple[NDArray[np.int64], NDArray[np.float32]]
    ) -> list[tuple[float, float, int]]:
        """Return for each entry the mean likeness of its three nearest phrases, the highest, and that one's number.

        The number is -1 for an entry without short phrases.
        """
        spans = [(self._first[entry], self._first[entry + 1]) for entry in entries]
        full = [span for span in spans if span[1] > span[0]]
        if not full:
            return [(0.0, 0.0, -1)] * len(spans)
        dense = np.zeros(len(self.known) + 1, np.float32)
        dense[vector[0]] = vector[1] * self.idf[vector[0]]
        cells = dense[np.concatenate([self.rows[self._begin[first] : self._begin[last]] for first, last in full])]
        lengths = np.concatenate([self._lengths[first:last] for first, last in full])
        scale = np.concatenate([self._scale[first:last] for first, last in full])
        likeness: list[float] = (np.add.reduceat(cells, np.cumsum(lengths) - lengths) * scale).tolist()
        found = []
        at = 0
        for first, last in spans:
            own = likeness[at : at + last - first]
            at += last - first
            if own:
                best = max(own)
                top = sorted(own)[-_NEAREST:]
                found.append((sum(top) / len(top), best, self.numbers[first + own.index(best)]))
            else:
                found.append((0.0, 0.0, -1))
        return found
