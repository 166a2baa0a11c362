"""Which words of the help entries' phrases a word of a message can stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from bot.matching.text.spelling import ONE_SLIP, Speller

if TYPE_CHECKING:
    from collections.abc import Iterable

CORRECTED_FROM = 5
"""Letters from which a word may have one typing mistake (any): a wrong, missing, extra or swapped letter."""

SWAPPED_FROM = 4
"""Letters from which two neighbouring letters may be swapped."""

FREE_FIRST_LETTER_FROM = 7
"""Letters from which the mistake may be in the first letter."""

KEY = 3
"""Letters of a word with signs by which it is found; more would find fewer that do not fit, but miss short ones."""

LONGEST = 40
"""A longer word is not looked up: nothing people type is."""

JOINED = "وفبلكس"
"""Arabic words of one letter that are written together with the next word: and, so, in, to, as, will."""

JOINED_FROM = 4
"""Letters of a word from which the first may be a joined one."""

MASKED = str.maketrans("013457", "oieast")
"""Letters that people write as digits: "k1ll", "r4ped"."""

_DIGIT_INSIDE = re.compile(r"(?<=[^\W\d_])[013457]+(?=[^\W\d_])")
_SIGNS = re.compile(r"[*#]")
_DOUBLED = re.compile(r"(.)\1+")


class PatternWords:
    """The words of all phrases, numbered, with an index that finds them from a word of a message.

    A word that is itself one of the phrases', or one of ``ordinary``, is never taken for a mistyped other one.
    """

    def __init__(self, words: Iterable[str], ordinary: Iterable[str] = ()) -> None:
        self.numbers = {word: number for number, word in enumerate(sorted(set(words)))}
        self._ordinary = frozenset(ordinary)
        self._whole: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._endings: dict[str, int] = {}
        self._shapes: dict[str, list[tuple[_Shape, int]]] = defaultdict(list)
        for word, number in self.numbers.items():
            if not _SIGNS.search(word):
                self._whole[word] = number
            elif word.endswith("*") and not _SIGNS.search(word[:-1]):
                self._beginnings[word[:-1]] = number
            elif word.startswith("*") and not _SIGNS.search(word[1:]):
                self._endings[word[1:]] = number
            else:
                longest = max(_SIGNS.split(word), key=len)
                self._shapes[longest[:KEY]].append((_Shape(word), number))
        self._beginning_lengths = sorted({len(beginning) for beginning in self._beginnings})
        self._ending_lengths = sorted({len(ending) for ending in self._endings})
        self._key_lengths = sorted({len(key) for key in self._shapes})
        self._squeezed: dict[str, list[int]] = defaultdict(list)
        for word, number in self._whole.items():
            if _DOUBLED.search(word):
                self._squeezed[_DOUBLED.sub(r"\1", word)].append(number)
        self._mistakable = [word for word in self._whole if len(word) >= SWAPPED_FROM]
        self._speller = Speller(self._mistakable, ONE_SLIP)

    def meant(self, word: str) -> set[int]:
        """Return the numbers of the phrases' words that a normalised word of a message can stand for.

        That depends on nothing but the word, so that it can be kept; whoever calls changes nothing in it.
        """
        if len(word) > LONGEST:
            return set()
        if "*" in word:  # "r*ped": each star is any letter
            masked = re.compile(re.escape(word).replace(r"\*", "."))
            return {number for whole, number in self._whole.items() if masked.fullmatch(whole)}
        numbers = self._exactly(word)
        if not numbers and _DIGIT_INSIDE.search(word):
            numbers = self._exactly(word.translate(MASKED))
        if len(word) >= JOINED_FROM and word[0] in JOINED:
            numbers |= self._exactly(word[1:])
        if not numbers and word not in self._ordinary:  # "killl" and "mee" are "kill" and "me", whatever was doubled
            once = _DOUBLED.sub(r"\1", word)
            numbers = {*self._squeezed.get(once, ()), *([self._whole[once]] if once in self._whole else ())}
        if not numbers and len(word) >= SWAPPED_FROM and word not in self._ordinary:
            numbers = self._mistyped(word)
        return numbers

    def _exactly(self, word: str) -> set[int]:
        size = len(word)
        found = [self._whole.get(word)]
        found += [self._beginnings.get(word[:length]) for length in self._beginning_lengths if length <= size]
        found += [self._endings.get(word[-length:]) for length in self._ending_lengths if length <= size]
        numbers = {number for number in found if number is not None}
        for length in self._key_lengths:
            for start in range(size - length + 1):
                if shapes := self._shapes.get(word[start : start + length]):
                    numbers.update(number for shape, number in shapes if shape.fits(word))
        return numbers

    def _mistyped(self, word: str) -> set[int]:
        near = (self._mistakable[number] for number in self._speller.sharing(word))
        return {self._whole[meant] for meant in near if _is_slip(word, meant)}


class _Shape:
    """A word with signs, as the pieces between its stars.

    Each piece is looked for behind the one before, where it comes first: no other place could leave more room for the
    rest, so that none is ever tried again, however many stars there are.
    """

    def __init__(self, word: str) -> None:
        first, *others = word.split("*")
        self._first, self._middle = _piece(first), [_piece(piece) for piece in others[:-1] if piece]
        self._last = _piece(others[-1]) if others else None
        self._last_size = len(others[-1]) if others else 0

    def fits(self, word: str) -> bool:
        """Tell whether a normalised word of a message is of this shape."""
        if self._last is None:
            return self._first.fullmatch(word) is not None
        found = self._first.match(word)
        for piece in self._middle:
            if found is None:
                return False
            found = piece.search(word, found.end())
        at = len(word) - self._last_size
        return found is not None and found.end() <= at and self._last.match(word, at) is not None


def _piece(piece: str) -> re.Pattern[str]:
    return re.compile(re.escape(piece).replace(r"\#", r"\d"))


def _is_slip(typed: str, meant: str) -> bool:
    if OSA.distance(typed, meant, score_cutoff=1) > 1:
        return False
    if len(meant) < CORRECTED_FROM:
        return typed[0] == meant[0] and sorted(typed) == sorted(meant)
    return typed[0] == meant[0] or len(meant) >= FREE_FIRST_LETTER_FROM
