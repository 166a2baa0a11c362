"""Tests of stems and of the one way of writing romanised Hindi."""

from __future__ import annotations

import pytest

from bot.matching.text.stems import romanised, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("بالفرنسيه", "الفرنسيه"), ("английском", "английский"), ("офисы", "офисов"), ("बने", "बना"), ("सदस्यों", "सदस्य")],
)
def test_words_of_one_stem(one: str, other: str) -> None:
    """What is joined to a word, and how it ends, changes no stem."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["kites", "का", "он", "كتب"])
def test_what_has_no_ending_stays(word: str) -> None:
    """Words in Latin letters and short words are their own stems."""
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [("kahan", "kaha"), ("kahaan", "kaha"), ("mein", "me"), ("nahin", "nahi"), ("woh", "vo"), ("phir", "fir")],
)
def test_romanised_hindi_has_one_spelling(one: str, other: str) -> None:
    """Long vowels, nasals and breaths are written or left out as one likes."""
    assert romanised(one) == romanised(other)
