"""Slips of the finger, made at random with a fixed seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, str]:
    at = {letter: (row, column) for row, letters in enumerate(_ROWS) for column, letter in enumerate(letters)}
    return {
        letter: "".join(
            other for other, (r, c) in at.items() if other != letter and abs(r - row) <= 1 and abs(c - column) <= 1
        )
        for letter, (row, column) in at.items()
    }


NEIGHBOURS = _neighbours()
"""Letter -> the letters around it on a QWERTY keyboard."""


def _slip(letters: list[str], rng: random.Random) -> None:
    places = [index for index, letter in enumerate(letters) if letter.isalpha()]
    if not places:
        return
    index = rng.choice(places)
    match rng.choice(("swap", "drop", "double", "neighbour")):
        case "swap" if index + 1 < len(letters) and letters[index + 1].isalpha():
            letters[index], letters[index + 1] = letters[index + 1], letters[index]
        case "drop" if len(places) > 1:
            del letters[index]
        case "double":
            letters.insert(index, letters[index])
        case _:
            letters[index] = rng.choice(NEIGHBOURS.get(letters[index].lower(), letters[index]))


def with_typos(text: str, rng: random.Random) -> str:
    """Return ``text`` with one slip per ten characters, at least one: swap, drop, double or neighbouring key."""
    letters = list(text)
    for _ in range(max(1, round(len(text) / 10))):
        _slip(letters, rng)
    return "".join(letters)


def word_with_typo(word: str, rng: random.Random) -> str:
    """Return ``word`` after one edit; every position is as likely, the first letter too."""
    index = rng.randrange(len(word))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    match rng.choice(("drop", "insert", "replace", "swap")):
        case "drop":
            return word[:index] + word[index + 1 :]
        case "insert":
            return word[:index] + letter + word[index:]
        case "swap" if index + 1 < len(word) and word[index] != word[index + 1]:
            return word[:index] + word[index + 1] + word[index] + word[index + 2 :]
        case _:
            return word[:index] + ("x" if letter == word[index] != "x" else letter) + word[index + 1 :]
