"""Words of cries: typing mistakes are forgiven where they cannot be another word."""

from __future__ import annotations

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


@given(st.text(max_size=60))
def test_any_word_can_be_looked_up(word: str) -> None:
    """No word makes it fail."""
    _meant(word)
