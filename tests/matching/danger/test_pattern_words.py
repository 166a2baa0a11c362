"""Words of cries: typing mistakes are forgiven where they cannot be another word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.danger.pattern_words import LONGEST, PatternWords

WORDS = ("die", "beat", "afraid", "stepfather", "scream*", "*ضرب*", "*ضربني", "19##", "looked")


def _meant(word: str) -> set[str]:
    words = PatternWords(WORDS, ordinary=("locked", "screen"))
    names = {number: name for name, number in words.numbers.items()}
    return {names[number] for number in words.meant(word)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("afraid", {"afraid"}),
        ("afriad", {"afraid"}),
        ("afrad", {"afraid"}),
        ("afrraid", {"afraid"}),
        ("afraiid", {"afraid"}),
        ("bfraid", set()),
        ("dstepfather", {"stepfather"}),
        ("tsepfather", {"stepfather"}),
        ("baet", {"beat"}),
        ("best", set()),
        ("dye", set()),
        ("dieee", {"die"}),
        ("looked", {"looked"}),
        ("locked", set()),
        ("screaming", {"scream*"}),
        ("scream", {"scream*"}),
        ("يضربوني", {"*ضرب*"}),
        ("يضربني", {"*ضرب*", "*ضربني"}),
        ("1987", {"19##"}),
        ("d*e", {"die"}),
        ("st*pf*ther", {"stepfather"}),
        ("d*ed", set()),
        ("d1e", {"die"}),
        ("b34t", {"beat"}),
        ("die1", set()),
        ("198", set()),
        ("x" * (LONGEST + 1), set()),
        ("", set()),
    ],
)
def test_meant(typed: str, meant: set[str]) -> None:
    """One mistake in a longer word, swapped letters in a shorter one, none in a short or an ordinary one; a mask."""
    assert _meant(typed) == meant


@pytest.mark.parametrize("count", [3, 20])
def test_stars_cost_no_more_than_letters(count: int) -> None:
    """However many stars a word of a phrase has, each of its pieces is looked for once in a word of a message.

    Tried in every place, twenty pieces in forty letters would take longer than anybody lives.
    """
    words = PatternWords(["a*" * count + "b", "*a" * count + "#", "a*" * count + "*z*a"])
    assert words.meant("a" * LONGEST) == set()
    assert words.meant("a" * (LONGEST - 1) + "b") == {words.numbers["a*" * count + "b"]}
    assert words.meant("a" * (LONGEST - 1) + "7") == {words.numbers["*a" * count + "#"]}


@given(st.text("ab1", max_size=8), st.text("ab*#", min_size=1, max_size=7).filter(lambda word: word.strip("*")))
def test_signs_mean_what_they_say(typed: str, word: str) -> None:
    """A star stands for any letters, or none, and a number sign for a digit, wherever they are."""
    meant = re.fullmatch(word.replace("*", ".*").replace("#", r"\d"), typed)
    found = PatternWords([word], ordinary=[typed]).meant(typed)
    if "*" in word or "#" in word:
        assert bool(found) == bool(meant)


@given(st.text(max_size=60))
def test_any_word_can_be_looked_up(word: str) -> None:
    """No word makes it fail."""
    _meant(word)
