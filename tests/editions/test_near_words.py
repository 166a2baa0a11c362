"""Words at one typo's distance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.editions.checks.near_words import MAX_SHARING, SHORTEST, near_words


def test_near_words() -> None:
    """A letter more, less, another or two exchanged is near; short words, numbers and two typos are not."""
    near = near_words(["prison", "prisons", "poison", "prisno", "prise", "dci", "pri", "2010a", "2011a"])
    assert set(near["prison"]) == {"prisons", "poison", "prisno"}
    assert not {"dci", "pri", "2010a"} & set(near)


@given(st.sets(st.text("abc", min_size=SHORTEST, max_size=8), max_size=30))
def test_all_pairs_are_found(words: set[str]) -> None:
    """The short way finds exactly the pairs that comparing all with all finds."""
    expected = {(one, other) for one in words for other in words if OSA.distance(one, other) == 1}
    assert {(one, other) for one, others in near_words(words).items() for other in others} == expected


def test_numbered_names_are_no_likeness() -> None:
    """A family of names that differ in one letter does not make thousands of pairs."""
    family = [f"cheese{chr(0x0430 + n)}" for n in range(MAX_SHARING + 1)]
    assert near_words(family) == {}
