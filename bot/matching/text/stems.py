"""Stems where words carry much with them, and one spelling of words that are written in many ways.

Arabic articles, prepositions and pronouns are written joined to a word; they are taken off in the manner of Larkey's
"light10". Russian and Hindi words lose the ending of their case, number and gender. Nothing inside a word changes.
Hindi typed in Latin letters has no spelling: "kahan", "kaha" and "kahaan" are one word, and ``romanised`` writes it in
one way.
"""

from __future__ import annotations

import re

_ARABIC = re.compile("[\u0621-\u064a]+")
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_BEHIND = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")
LEAST = 3
"""Letters of a stem."""

_CYRILLIC = re.compile("[\u0430-\u0451]+")
_RUSSIAN = re.compile(
    "(?:ого|ому|ему|его|ыми|ими|ами|ями|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ом|ем|ым|им|ых|их|ах|ях"
    "|ов|ев|ам|ям|а|я|о|е|ы|и|у|ю|ь)$"
)
_RUSSIAN_LEAST = 4

_DEVANAGARI = re.compile("[\u0900-\u097f]+")
_HINDI = re.compile("(?:ियों|ियां|ाओं|ुओं|[ािीुूेैोौ]ं?)$")
_HINDI_LEAST = 2
"""Signs of a stem: a Hindi letter has its vowel as a sign of its own."""

_SPELLINGS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("ph"), "f"),
    (re.compile("w"), "v"),
    (re.compile("z"), "j"),
    (re.compile("[ae]i"), "e"),
    (re.compile("[ao]u"), "o"),
    (re.compile("(?<=[aeiou])[nhm]$"), ""),
)
"""How letters of romanised Hindi stand for one another, in order; a nasal or breath at the end may be left out."""


def stem(word: str) -> str:
    """Return an Arabic, Russian or Hindi word without what is joined to it or how it ends; any other as it is."""
    if word.isascii():
        return word
    if _ARABIC.fullmatch(word):
        return _arabic(word)
    for script, ending, least in ((_CYRILLIC, _RUSSIAN, _RUSSIAN_LEAST), (_DEVANAGARI, _HINDI, _HINDI_LEAST)):
        if script.fullmatch(word):
            short = ending.sub("", word)
            return short if len(short) >= least else word
    return word


def romanised(word: str) -> str:
    """Return the one way of writing a word of romanised Hindi."""
    word = word.replace("ee", "i").replace("oo", "u")
    for letters, written in _SPELLINGS:
        word = letters.sub(written, word)
    return word


def _arabic(word: str) -> str:
    for prefix in _BEFORE:
        if word.startswith(prefix) and len(word) - len(prefix) >= LEAST:
            word = word[len(prefix) :]
            break
    for suffix in _BEHIND:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST:
            return word[: -len(suffix)]
    return word
