"""One slip of the finger in a name, made at random with a fixed seed, in any script."""

from __future__ import annotations

from random import Random

ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "ئءؤرىةوزظ",
)
"""Keyboards: a key is mistaken for the one before or after it."""


def _beside() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in ROWS:
        for index, letter in enumerate(row):
            found[letter] = row[max(0, index - 1) : index] + row[index + 1 : index + 2]
    return found


BESIDE = _beside()
"""Letter -> the keys beside it; empty for signs that no keyboard has (Chinese), which are left out or swapped."""


def slipped(name: str, seed: str) -> str:
    """Return ``name`` after one slip: two letters swapped, one left out, doubled, or taken from the key beside.

    Every letter may be hit, the first too; digits and signs are left alone. A name that a slip cannot change, such as
    one without letters, comes back as it was.
    """
    chance = Random(f"{seed} {name}")  # noqa: S311  (slips have to be the same in every run)
    places = [index for index, sign in enumerate(name) if sign.isalpha()]
    chance.shuffle(places)
    for at in places:
        ways = ["swap", "drop", "double", "beside"]
        chance.shuffle(ways)
        for way in ways:
            result = _slip(name, at, way, chance)
            if result.casefold() != name.casefold():
                return result
    return name


def _slip(name: str, at: int, way: str, chance: Random) -> str:
    before, letter, after = name[:at], name[at], name[at + 1 :]
    keys = BESIDE.get(letter.casefold(), "")
    match way:
        case "swap" if after[:1].isalpha():
            return before + after[0] + letter + after[1:]
        case "drop":
            return before + after
        case "double" if keys:
            return before + letter + letter + after
        case "beside" if keys:
            return before + chance.choice(keys) + after
    return name
