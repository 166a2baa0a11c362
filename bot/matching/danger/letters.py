"""What the score sees of a message: groups of two to five letters, inside words and across them, and a few signs.

Each group is counted in one of the cells of a table, which is found by arithmetic on the code points: no list of groups
is kept, and a language, a spelling or a word that nobody thought of has its cells as well. Different groups may share
one. The signs belong to no language: length, emojis, laughter, a question mark, capitals, an age, a year, a quotation;
each has several cells, as one would be lost among hundreds of groups.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bot.knowledge.entry import SCORE_CELLS
from bot.matching.text.normalise import MAX_CHARACTERS, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LARGEST = 5
"""Letters of the largest group; three or four instead lose up to a point, six gain nothing."""

WINDOW = 240
"""Characters that are judged at once: a cry at the end of a long message is not outweighed by what stands before it."""

_STEP = WINDOW // 2
_EACH = 8
"""Cells of one sign. With one instead 9 points fewer cries are heard at the high mark (cross-fitted)."""

_FACTOR = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - SCORE_CELLS.bit_length() + 1)
_EMOJIS = 0x1F000
"""Symbols from here on."""

_LENGTHS = 7
"""Lengths that are told apart, two words each; the last stands for all longer messages."""

_SHORTEST_CAPITALS = 7
_PATTERNS = {
    "question": re.compile(r"[?؟？]"),
    "call": re.compile(r"[!！]"),
    "pause": re.compile(r"\.\.\.|…"),
    "laughter": re.compile(r"(\w\w)\1|(\w)\2{3}", re.IGNORECASE),
    "age": re.compile(r"(?<!\d)1[0-7](?!\d)"),
    "year": re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"),
    "quotation": re.compile(r'["«»“”„]'),
}


def windows(text: str) -> Iterator[NDArray[np.int64]]:
    """Yield the different cells of each part of a message, in order; the parts of a long one overlap."""
    text = text[:MAX_CHARACTERS]
    words = normalise(text)
    signs = _signs(text, words.count(" ") + 1)
    start = 0
    while True:
        yield _cells(words[start : start + WINDOW], signs)
        if start + WINDOW >= len(words):
            return
        start += _STEP


def cells(text: str) -> NDArray[np.int64]:
    """Return the different cells of the first part of a message, in order: nearly always of all of it."""
    return next(windows(text))


def _cells(words: str, signs: tuple[int, ...]) -> NDArray[np.int64]:
    points = np.frombuffer(f" {words} ".encode("utf-32-le"), np.uint32).astype(np.uint64)
    found = []
    groups = points
    for size in range(2, min(LARGEST, len(points)) + 1):
        groups = groups[:-1] * _FACTOR + points[size - 1 :]
        found.append(groups + np.uint64(size))
    hashed = np.concatenate(found) * _MIX >> _SHIFT
    return different(np.concatenate([np.array(signs, np.int64), hashed.astype(np.int64)]))


def different(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cells, each once, in order; a third of the time that ``np.unique`` takes for so few."""
    ordered = np.sort(cells)
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _signs(text: str, words: int) -> tuple[int, ...]:
    names = [f"length {min(words // 2, _LENGTHS)}"]
    names += [name for name, pattern in _PATTERNS.items() if pattern.search(text)]
    if text.upper() == text != text.lower() and len(text) >= _SHORTEST_CAPITALS:
        names.append("capitals")
    elif text[:1].isupper():
        names.append("capital")
    emojis = () if text.isascii() else sorted({sign for sign in text if _is_emoji(sign)})
    names += ["emojis", *emojis] if emojis else []
    return tuple(cell for name in names for cell in _cells_of(name))


def _is_emoji(sign: str) -> bool:
    return ord(sign) >= _EMOJIS and unicodedata.category(sign) == "So"


@lru_cache(1024)
def _cells_of(sign: str) -> tuple[int, ...]:
    return tuple(zlib.crc32(f"{sign} {number}".encode()) % SCORE_CELLS for number in range(_EACH))
