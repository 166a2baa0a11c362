"""Stems where words carry others with them: Arabic articles, prepositions and pronouns are written joined to a word.

A light stemmer in the manner of Larkey's "light10": only what is joined is taken off, nothing inside a word changes.
"""

from __future__ import annotations

import re

_ARABIC = re.compile("[\u0621-\u064a]+")
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_BEHIND = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")
LEAST = 3
"""Letters of a stem."""


def stem(word: str) -> str:
    """Return an Arabic word without what is joined to it; any other word as it is."""
    if not _ARABIC.fullmatch(word):
        return word
    for prefix in _BEFORE:
        if word.startswith(prefix) and len(word) - len(prefix) >= LEAST:
            word = word[len(prefix) :]
            break
    for suffix in _BEHIND:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST:
            return word[: -len(suffix)]
    return word
