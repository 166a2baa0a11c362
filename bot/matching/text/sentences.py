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

_STOP = r"(?<=\w{4})\.(?=\W)(?!\s*\d)|\.(?=\s+[^\da-zà-öø-ÿа-яё])"
_ENDS = re.compile(rf"""(?:[?؟!।…\n]|{_STOP})[?!.»”"')\]]*\s*""")
"""The end of a sentence. A full stop behind a short word ends none before a small letter or a figure ("No. 24")."""

_MARKED = re.compile(r"""[?؟]["»”')\].\s]*$""")
_SHORT = 6
"""Words of a question that names nobody, and so hardly says what is asked: "can you help me with that?"."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``marked``: it ends in a question mark. ``asking``: how many different words of asking it has."""

    text: str
    marked: bool
    asking: int
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

    ``split``: returns the words of a text; ``asking``: words of asking; ``names``: whether some words name anything.
    Of text in which nothing asks the beginning is returned.
    """
    sentences = [_read(part, split, asking, names) for part in _parts(text, most, split, asking)]
    asks = _asking(sentences)
    short = [number for number in asks if sentences[number].words <= _SHORT and not sentences[number].names]
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


def _asking(sentences: Sequence[_Sentence]) -> list[int]:
    """Return which sentences ask: those with a question mark, else those with most words of asking beside a name."""
    marked = [number for number, one in enumerate(sentences) if one.marked]
    if marked:
        return marked
    named = [(number, one) for number, one in enumerate(sentences) if one.names and one.asking]
    asking = named or [(number, one) for number, one in enumerate(sentences) if one.asking]
    most = max((one.asking for _, one in asking), default=0)
    return [number for number, one in asking if one.asking == most]


def _read(
    text: str, split: Callable[[str], Sequence[str]], asking: Collection[str], names: Callable[[Sequence[str]], bool]
) -> _Sentence:
    found = split(text)
    return _Sentence(text, bool(_MARKED.search(text)), len(set(found).intersection(asking)), names(found), len(found))


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
