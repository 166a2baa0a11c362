"""Neighbours of a misspelt word in the vocabulary.

Words that differ by one letter share a form with one letter left out; words of five letters and more that differ by two
share a form with two left out among their first seven. Both kinds of forms are kept as sorted hashes, so a look-up
costs nearly the same however large the vocabulary is, and every candidate is verified by its true distance (optimal
string alignment: two neighbouring letters swapped are one slip).

The hash of a word is the sum of its letters times the powers of an odd base, modulo 2^64. As the base has an inverse,
the hash of a word without a letter follows from the sums before and behind that letter, for all words at once.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

from bot.matching.tuning import DEFAULT, Spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


ONE_SLIP = Spelling(slips=1)
"""For words that may have one slip and no more."""

_LONGEST = 32
"""Letters of the longest word that is corrected: the width of the tables."""

_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_POWERS = tuple(pow(_BASE, power, 1 << 64) for power in range(_LONGEST + 1))


class Speller:
    """Finds the words of a vocabulary that a typed word may have meant. Numbers of words are their positions."""

    def __init__(self, vocabulary: Sequence[str], tuned: Spelling = DEFAULT.spelling) -> None:
        self._words = vocabulary
        self._tuning = tuned
        if not tuned.slips:
            vocabulary = ()
        lengths = np.fromiter(map(len, vocabulary), np.int64, len(vocabulary))
        usable = np.flatnonzero((lengths >= tuned.shortest - 1) & (lengths <= _LONGEST))
        letters = np.array([vocabulary[number] for number in usable.tolist()], f"<U{_LONGEST}")
        codes = letters.view(np.uint32).reshape(len(usable), _LONGEST).astype(np.uint64)
        before = np.zeros((len(usable), _LONGEST + 1), np.uint64)
        np.cumsum(codes * np.array(_POWERS[:_LONGEST], np.uint64), axis=1, out=before[:, 1:])
        self._near = _table(usable, *_one_out(before, lengths[usable]))
        twice = (lengths[usable] >= tuned.two_from) & (tuned.slips > 1)
        self._far = _table(
            usable[twice], *_two_out(before[twice, : tuned.head + 1], np.minimum(lengths[usable][twice], tuned.head))
        )

    def neighbours(self, word: str) -> list[tuple[int, float]]:
        """Return the words of the vocabulary that a word may be a slip of, with their cost, cheapest first.

        The cost is the number of slips, one in words of three and four letters and up to two in longer ones. A wrong
        first letter (unless it is swapped with the second) costs half a slip more, and in words of three letters is
        one too many.
        """
        if not self._tuning.shortest <= len(word) <= _LONGEST or word.isdigit():
            return []
        before = _sums(word)
        found = self._verified(word, self._looked_up(self._near, _one_out_of(before)), 1)
        if not found and self._tuning.slips > 1 and len(word) >= self._tuning.two_from:
            found = self._verified(word, self._looked_up(self._far, _two_out_of(before[: self._tuning.head + 1])), 2)
        found.sort(key=lambda pair: (pair[1], pair[0]))
        return found[: self._tuning.neighbours]

    def sharing(self, word: str) -> set[int]:
        """Return the words that share a form with one letter left out: all that are one slip away, and more."""
        return self._looked_up(self._near, _one_out_of(_sums(word)))

    def _verified(self, word: str, numbers: set[int], most: int) -> list[tuple[int, float]]:
        found = []
        tuned = self._tuning
        dearest = 2.0 if len(word) >= tuned.two_from else 1.0 + tuned.wrong_first * (len(word) > tuned.shortest)
        for number in numbers:
            meant = self._words[number]
            slips = OSA.distance(word, meant, score_cutoff=most)
            if slips > most or meant.isdigit():
                continue
            cost = float(slips)
            if meant[0] != word[0] and meant[:2] != word[1::-1]:
                cost += tuned.wrong_first
            if cost <= dearest:
                found.append((number, cost))
        return found

    def _looked_up(self, table: NDArray[np.uint64], forms: list[int]) -> set[int]:
        wanted = np.array(forms, np.uint64) & np.uint64(_MASK - _NUMBER)
        first = np.searchsorted(table, wanted, side="left")
        last = np.minimum(
            np.searchsorted(table, wanted | np.uint64(_NUMBER), side="right"), first + self._tuning.same_form
        )
        found: set[int] = set()
        for low, high in zip(first.tolist(), last.tolist(), strict=True):
            if high > low:
                found.update((table[low:high] & np.uint64(_NUMBER)).tolist())
        return found


_NUMBER = (1 << 24) - 1
"""The last bits of a cell of a table: the number of the word. The others are the first bits of a form's hash."""


def _table(numbers: NDArray[np.int64], hashes: NDArray[np.uint64], valid: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return the cells of all forms, sorted."""
    cells: NDArray[np.uint64] = hashes & np.uint64(_MASK - _NUMBER) | numbers.astype(np.uint64)[:, None]
    return np.sort(cells[valid])


def _one_out(before: NDArray[np.uint64], lengths: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    whole = before[:, -1:]
    without = before[:, :-1] + (whole - before[:, 1:]) * np.uint64(_INVERSE)
    valid = np.arange(_LONGEST) < lengths[:, None]
    return np.hstack([whole, without]), np.hstack([np.ones_like(valid[:, :1]), valid])


def _two_out(before: NDArray[np.uint64], lengths: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    inverse, twice = np.uint64(_INVERSE), np.uint64(_INVERSE * _INVERSE & _MASK)
    head = before.shape[1] - 1
    whole = before[:, -1]
    hashes, valid = [whole], [lengths > 0]
    for i in range(head):
        hashes.append(before[:, i] + (whole - before[:, i + 1]) * inverse)
        valid.append(lengths > i)
    for i, j in combinations(range(head), 2):
        middle = (before[:, j] - before[:, i + 1]) * inverse
        hashes.append(before[:, i] + middle + (whole - before[:, j + 1]) * twice)
        valid.append(lengths > j)
    return np.stack(hashes, axis=1), np.stack(valid, axis=1)


def _sums(word: str) -> list[int]:
    sums = [0]
    for letter, power in zip(word, _POWERS, strict=False):
        sums.append(sums[-1] + ord(letter) * power & _MASK)
    return sums


def _one_out_of(before: list[int]) -> list[int]:
    whole = before[-1]
    return [whole, *(a + (whole - b) * _INVERSE & _MASK for a, b in pairwise(before))]


def _two_out_of(before: list[int]) -> list[int]:
    whole = before[-1]
    forms = _one_out_of(before)
    twice = _INVERSE * _INVERSE & _MASK
    for i, j in combinations(range(len(before) - 1), 2):
        middle = (before[j] - before[i + 1]) * _INVERSE
        forms.append(before[i] + middle + (whole - before[j + 1]) * twice & _MASK)
    return forms
