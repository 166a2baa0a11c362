"""Which words of the help entries' phrases a word of a message can stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable

CORRECTED_FROM = 5
"""Letters from which a word may have one typing mistake (any): a wrong, missing, extra or swapped letter."""

SWAPPED_FROM = 4
"""Letters from which two neighbouring letters may be swapped."""

FREE_FIRST_LETTER_FROM = 7
"""Letters from which the mistake may be in the first letter."""

LONGEST = 40
"""A longer word is not looked up: nothing people type is."""

_SIGNS = re.compile(r"[*#]")
_STRETCHED = re.compile(r"(.)\1{2,}")


class CryWords:
    """The words of all phrases, numbered, with an index that finds them from a word of a message.

    A word that is itself one of the phrases' is never taken for a mistyped other one.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.numbers = {word: number for number, word in enumerate(sorted(set(words)))}
        self._whole: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._cores: dict[str, list[tuple[re.Pattern[str], int]]] = {}
        for word, number in self.numbers.items():
            if not _SIGNS.search(word):
                self._whole[word] = number
            elif word.endswith("*") and not _SIGNS.search(word[:-1]):
                self._beginnings[word[:-1]] = number
            else:
                self._cores.setdefault(max(_SIGNS.split(word), key=len), []).append((_shape(word), number))
        self._beginning_lengths = sorted({len(beginning) for beginning in self._beginnings})
        self._core_lengths = sorted({len(core) for core in self._cores})
        self._slips: dict[str, list[str]] = {}
        for word in self._whole:
            if len(word) >= SWAPPED_FROM:
                for shorter in {word, *_one_letter_less(word)}:
                    self._slips.setdefault(shorter, []).append(word)

    def meant(self, word: str) -> set[int]:
        """Return the numbers of the phrases' words that a normalised word of a message can stand for."""
        if len(word) > LONGEST:
            return set()
        numbers = self._exactly(word)
        if not numbers and (shrunk := _STRETCHED.sub(r"\1", word)) != word:
            word = shrunk
            numbers = self._exactly(word)
        if not numbers and len(word) >= SWAPPED_FROM:
            numbers = self._mistyped(word)
        return numbers

    def _exactly(self, word: str) -> set[int]:
        numbers: set[int] = set()
        if (whole := self._whole.get(word)) is not None:
            numbers.add(whole)
        for length in self._beginning_lengths:
            if length > len(word):
                break
            if (beginning := self._beginnings.get(word[:length])) is not None:
                numbers.add(beginning)
        for length in self._core_lengths:
            for start in range(len(word) - length + 1):
                for shape, number in self._cores.get(word[start : start + length], ()):
                    if shape.fullmatch(word):
                        numbers.add(number)
        return numbers

    def _mistyped(self, word: str) -> set[int]:
        near = {meant for key in (word, *_one_letter_less(word)) for meant in self._slips.get(key, ())}
        return {self._whole[meant] for meant in near if _is_slip(word, meant)}


def _shape(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word).replace(r"\*", ".*").replace(r"\#", r"\d"), re.DOTALL)


def _one_letter_less(word: str) -> set[str]:
    return {word[:index] + word[index + 1 :] for index in range(len(word))}


def _is_slip(typed: str, meant: str) -> bool:
    if OSA.distance(typed, meant, score_cutoff=1) > 1:
        return False
    if len(meant) < CORRECTED_FROM:
        return typed[0] == meant[0] and sorted(typed) == sorted(meant)
    return typed[0] == meant[0] or len(meant) >= FREE_FIRST_LETTER_FROM
