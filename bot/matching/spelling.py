"""Neighbours of a misspelt word in the vocabulary.

Words that differ by one letter share a form with one letter left out; words of seven letters and more that differ by
two share a form with two left out near the beginning. Both kinds of forms are kept as sorted numbers, so a look-up
costs the same however large the vocabulary is, and every candidate is verified by its true distance
(optimal string alignment: two neighbouring letters swapped are one slip).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD = 7
"""Two letters are left out only among the first seven: a table of 29 forms a word instead of a quadratic number."""
_LOW = 0xFFFFFFFF


def budget(length: int) -> int:
    """Return how many slips a word of ``length`` letters may have."""
    if length < 3:  # noqa: PLR2004
        return 0
    return 1 if length < 5 else 2  # noqa: PLR2004


class Speller:
    """Finds the words of a vocabulary that a typed word may have meant. Numbers of words are their positions."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._words = vocabulary
        near: list[int] = []
        far: list[int] = []
        for number, word in enumerate(vocabulary):
            if len(word) < 3 or word.isdigit():  # noqa: PLR2004
                continue
            near.extend(crc32(form.encode()) << 32 | number for form in _one_out(word))
            if len(word) >= 5:  # noqa: PLR2004
                far.extend(crc32(form.encode()) << 32 | number for form in _two_out(word[:_HEAD]))
        self._near = array("Q", sorted(near))
        self._far = array("Q", sorted(far))

    def neighbours(self, word: str, limit: int = 8) -> list[tuple[int, float]]:
        """Return up to ``limit`` words of the vocabulary with their cost, cheapest first.

        The cost is the number of slips; a wrong first letter costs half a slip more, and in short words a whole one.
        """
        allowed = budget(len(word))
        if not allowed or word.isdigit():
            return []
        found = self._verified(word, self._looked_up(self._near, _one_out(word)), 1, allowed)
        if allowed > 1 and not found:
            found = self._verified(word, self._looked_up(self._far, _two_out(word[:_HEAD])), 2, allowed)
        found.sort(key=lambda pair: pair[1])
        return found[:limit]

    def _looked_up(self, table: array[int], forms: Iterator[str]) -> set[int]:
        found: set[int] = set()
        end = len(table)
        for form in forms:
            key = crc32(form.encode()) << 32
            first = bisect_left(table, key)
            for at in range(first, min(end, first + 64)):
                if table[at] >> 32 != key >> 32:
                    break
                found.add(table[at] & _LOW)
        return found

    def _verified(self, word: str, numbers: set[int], most: int, allowed: int) -> list[tuple[int, float]]:
        found = []
        for number in sorted(numbers):
            meant = self._words[number]
            slips = OSA.distance(word, meant, score_cutoff=most)
            if slips > most:
                continue
            cost = float(slips)
            if meant[0] != word[0]:
                cost += 1.0 if min(len(word), len(meant)) < 5 else 0.5  # noqa: PLR2004
            if cost <= max(allowed, 1.5 if len(word) > 4 else 1.0) and not meant.isdigit():  # noqa: PLR2004
                found.append((number, cost))
        return found


def _one_out(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _two_out(head: str) -> Iterator[str]:
    yield head
    for i in range(len(head)):
        yield head[:i] + head[i + 1 :]
    for i, j in combinations(range(len(head)), 2):
        yield head[:i] + head[i + 1 : j] + head[j + 1 :]
