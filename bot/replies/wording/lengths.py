"""How long a text is, and cutting it at the end of a sentence or of a word."""

from __future__ import annotations

import re

from bot.replies.wording.glyphs import ELLIPSIS

_SENTENCE_END = re.compile(r"(?<=[.!?…؟।。])(?<!\b\w\.)\s+")


def units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units: an emoji counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sentences(text: str) -> list[str]:
    """Split running text after the full stops of the scripts we write; an initial ("U. N.") ends none."""
    return [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence]


def first_sentence(text: str, limit: int) -> str:
    """Return the first sentence, cut at a word if it is longer than ``limit`` units."""
    return shorten(next(iter(sentences(text)), ""), limit)


def split_at(text: str, limit: int) -> tuple[str, str]:
    """Return as many whole sentences as fit into ``limit`` units, at least one, and the rest."""
    whole = sentences(text)
    if units(text) <= limit or not whole:
        return text, ""
    used, count = units(whole[0]), 1
    while count < len(whole) and used + 1 + units(whole[count]) <= limit:
        used += 1 + units(whole[count])
        count += 1
    return " ".join(whole[:count]), " ".join(whole[count:])


def shorten(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` units: whole sentences if any fit, else cut after a word."""
    if units(text) <= limit:
        return text
    kept, _ = split_at(text, limit - 2)
    if units(kept) <= limit - 2:
        return f"{kept} {ELLIPSIS}"
    return cut(text, limit)


def cut(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` units, cut after a word if one ends in the second half: for names."""
    if units(text) <= limit:
        return text
    kept = text
    while units(kept) + 1 > limit:
        # Every step removes at least the excess halved, since a character has at most two units.
        kept = kept[: len(kept) - max(1, (units(kept) + 1 - limit) // 2)]
    if not kept:
        return ELLIPSIS if limit > 0 else ""
    at_word, space, _ = kept.rpartition(" ")
    return f"{at_word.rstrip() if space and 2 * units(at_word) >= limit else kept}{ELLIPSIS}"
