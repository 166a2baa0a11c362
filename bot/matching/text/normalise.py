"""One way of writing text, the same for entries and questions.

``normalise`` folds what people type differently but mean alike: case, width, accents of Latin, Greek and Cyrillic,
Arabic vowel signs and letter variants, Hebrew points, dotted acronyms, apostrophes, invisible characters. A star in the
middle of a word stays: it masks a letter. Marks that are part of the spelling (the vowel signs of Hindi, Bengali, Thai)
stay. ``words`` splits the result; runs of scripts written without spaces become pairs of neighbouring characters.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

MAX_CHARACTERS = 4096
"""Text behind this many characters is not read (the longest message that Telegram delivers)."""

MOST_REPEATED = 4
"""Words of a cry that is said over and over: "please help me now"."""

_CACHED_BELOW = 0x3000
"""Replacements of code points below this are kept: all alphabets, so the table cannot grow with what people send."""

_LETTERS = str.maketrans(
    {
        # Latin letters that Unicode does not decompose
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
        # Arabic letters that are typed for one another, and Persian forms of Arabic ones
        "ى": "ي", "ی": "ي", "ة": "ه", "ۀ": "ه", "ک": "ك", "ـ": None, "ٱ": "ا",
        # Hindi: the two signs of a nasal vowel; the dot under borrowed consonants is often left out
        "ँ": "ं", "़": None,
        # a call for help in one sign
        "🆘": " sos ",
        # kept for the second stage
        "'": "'", ".": ".", "*": "*",
    }
)  # fmt: skip

_DROPPED_MARKS = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # accents
    "\u0591-\u05bd\u05bf-\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"  # Arabic vowel signs, hamza above and below
    "\ufe00-\ufe0f"  # emoji or text style
)
_DROPPED_MARK = re.compile(f"[{_DROPPED_MARKS}]")
_STACKED_MARKS = re.compile(f"([{_DROPPED_MARKS}]{{3}})[{_DROPPED_MARKS}]+")
_APOSTROPHES = re.compile("[’‘ʼʹ´`＇‛′]")
_DOTTED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W\d_]))?")
_POSSESSIVE = re.compile(r"'s(?!\w)")
_STRETCHED = re.compile(r"(?<!\w)([^\W\d_])\1{2,}(?!\w)|([^\W\d_])\2{2,}")
"""A letter three times or more: "helpppp", "sooo". No word of the languages asked in has one."""
_OUTSIDE_STARS = re.compile(r"(?<![^\W\d_])(?<!\*)\*+|\*+(?!\*)(?![^\W\d_])")
"""Stars that mask no letter of a word ("f*** off", "*bold*"); one in the middle of a word does ("r*ped")."""
_CONTRACTION = re.compile(r"'(?=(?:t|re|ve|ll|m|d)(?!\w))")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")


class _Replacements(dict[int, str | int | None]):
    """What ``str.translate`` puts in place of a code point; worked out from its category when first met."""

    def __missing__(self, code: int) -> str | int | None:
        replacement = _replacement(chr(code))
        if code < _CACHED_BELOW:
            self[code] = replacement
        return replacement


def _replacement(character: str) -> str | None:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] in "LN":
        return character
    if category[0] == "M":
        return None if _DROPPED_MARK.match(character) else character
    if category == "Cf" or (category == "Cc" and not character.isspace()):
        return None  # zero-width and direction marks, soft hyphens, control characters
    return " "


_TABLE = _Replacements(_LETTERS)


def normalise(text: str) -> str:
    """Return the words of ``text``, folded and separated by single spaces; never raises; idempotent."""
    text = text[:MAX_CHARACTERS]
    if text.isascii():
        text = text.lower().replace("`", "'").translate(_TABLE)
    else:
        text = _STACKED_MARKS.sub(r"\1", _APOSTROPHES.sub("'", text))  # sorting marks is quadratic in their number
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = text.replace("и\u0306", "й")  # a letter of its own in Cyrillic; all other accents go
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
    text = _STRETCHED.sub(_shortened, text)
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text).replace(".", " ")
    if "*" in text:
        text = _OUTSIDE_STARS.sub(" ", text)
    if "'" in text:
        text = _CONTRACTION.sub("", _POSSESSIVE.sub("", text)).replace("'", " ")
    return " ".join(text.split())


def _shortened(found: re.Match[str]) -> str:
    """Return a stretched letter once; "www", "iii" and "AAA" stay what they are."""
    return found[2] or found[0]


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` as they are compared; unspaced scripts give pairs of characters."""
    return split(normalise(text))


def split(normalised: str) -> tuple[str, ...]:
    """Return the words of a text that ``normalise`` returned."""
    if normalised.isascii() or not _UNSPACED_RUN.search(normalised):
        return tuple(normalised.split())
    spaced = _UNSPACED_RUN.sub(lambda found: f" {_pairs(found[0])} ", normalised)
    return tuple(spaced.split())


def without_repeats(message: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with what is said over and over said twice, and once where nothing else is said.

    "please please please stop" says "please please stop", and "help me help me" says "help me".
    """
    for length in range(1, min(MOST_REPEATED, len(message) // 2) + 1):
        times, rest = divmod(len(message), length)
        if not rest and message == message[:length] * times:
            return message[:length]
    kept: list[str] = []
    for word in message:
        kept.append(word)
        for length in range(1, min(MOST_REPEATED, len(kept) // 3) + 1):
            if kept[-length - 1] != word:
                continue
            said = kept[-length:]
            if kept[-2 * length : -length] == said == kept[-3 * length : -2 * length]:
                del kept[-length:]
                break
    return tuple(kept)


def is_unspaced(word: str) -> bool:
    """Return whether a word is of a script that is written without spaces, and so a pair of characters."""
    return not word.isascii() and _UNSPACED_RUN.fullmatch(word) is not None


def _pairs(run: str) -> str:
    return " ".join(map("".join, pairwise(run))) or run
