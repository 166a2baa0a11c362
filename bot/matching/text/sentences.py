"""What of a long message is read: the sentences that ask, and those that name what they ask about.

People paste e-mails and whole pages, with their question anywhere in them. The rest of such a text names much that
nobody asked about, so it is left out wherever a sentence asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_ENDS = re.compile(r"[?؟!।…\n]+\s*|\.(?=\s)\s*(?![\d\s])(?=[^a-zà-öø-ÿа-яё])")
"""Behind a sentence; a full stop before a figure or a small letter ends none ("No. 24")."""

_ASKS = ("?", "؟")
_SHORT = 6
"""Words of a question that hardly says what is asked: "can you help me with that?"."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    marked: bool
    asks: bool
    names: bool
    words: int


def telling(
    text: str,
    most: int,
    split: Callable[[str], Sequence[str]],
    asking: Collection[str],
    names: Callable[[Sequence[str]], bool],
) -> str:
    """Return at most ``most`` characters of a text: what asks wherever it stands, and what names whom that is about.

    ``split``: returns the words of a text; ``asking``: words that begin a question; ``names``: whether some words name
    anything. Text in which nothing asks is cut off at its end.
    """
    sentences = [_read(part, split, asking, names) for part in _parts(text, most, split, asking)]
    marked = [number for number, one in enumerate(sentences) if one.marked]
    asks = marked or [number for number, one in enumerate(sentences) if one.asks and one.names]
    asks = asks or [number for number, one in enumerate(sentences) if one.asks]
    short = [number for number in asks if sentences[number].words <= _SHORT]
    beside = [at for number in short for at in (number + 1, number - 1) if 0 <= at < len(sentences)]
    order = [*reversed(asks), *beside]
    if not any(sentences[number].names for number in asks):
        last = asks[-1] if asks else 0
        named = [number for number, one in enumerate(sentences) if one.names]
        order += sorted(named, key=lambda number: (number > last, abs(number - last)))
    kept: set[int] = set()
    left = most
    for number in dict.fromkeys(order or range(len(sentences))):
        length = len(sentences[number].text) + 1
        if length <= left:
            kept.add(number)
            left -= length
    return " ".join(sentences[number].text for number in sorted(kept)) or text[:most]


def _read(
    text: str, split: Callable[[str], Sequence[str]], asking: Collection[str], names: Callable[[Sequence[str]], bool]
) -> _Sentence:
    found = split(text)
    asks = not set(found).isdisjoint(asking)
    return _Sentence(text, text.rstrip().endswith(_ASKS), asks, names(found), len(found))


def _parts(text: str, most: int, split: Callable[[str], Sequence[str]], asking: Collection[str]) -> list[str]:
    """Return the sentences of a text; what is too long for one is parted between words, before those that ask."""
    parts: list[str] = []
    start = 0
    for end in [*(found.end() for found in _ENDS.finditer(text)), len(text)]:
        sentence = text[start:end].strip()
        start = end
        if len(sentence) <= most // 2:
            parts += [sentence] if sentence else []
            continue
        piece: list[str] = []
        length = 0
        for word in sentence.split():
            begins = length > most // 8 and not set(split(word)).isdisjoint(asking)
            if piece and (begins or length + len(word) > most // 4):
                parts.append(" ".join(piece))
                piece, length = [], 0
            piece.append(word[:most])
            length += len(word) + 1
        parts.append(" ".join(piece))
    return parts
