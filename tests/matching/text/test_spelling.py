"""The speller: every neighbour is found, nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.matching.text.spelling import Speller
from bot.matching.tuning import Spelling

WORDS = sorted({"harbour", "lantern", "lanterns", "kite", "kites", "union", "ilfed", "kmu", "to", "12345", "фонарь"})
LETTERS = st.text(st.sampled_from("abcdé"), min_size=1, max_size=9)


def meant(typed: str, vocabulary: list[str]) -> dict[str, float]:
    """Return the neighbours of a word with their cost."""
    return {vocabulary[number]: cost for number, cost in Speller(vocabulary, Spelling(neighbours=99)).neighbours(typed)}


def test_slips() -> None:
    """Missing, doubled, wrong and swapped letters; a wrong first letter costs more."""
    assert meant("lantrn", WORDS) == {"lantern": 1.0}
    assert meant("lantern", WORDS) == {"lantern": 0.0, "lanterns": 1.0}
    assert meant("harbuor", WORDS) == {"harbour": 1.0}
    assert meant("nion", WORDS) == {"union": 1.5}
    assert meant("uinon", WORDS) == {"union": 1.0}
    assert meant("фонраь", WORDS) == {"фонарь": 1.0}


def test_budget() -> None:
    """One slip in short words, two in longer ones, none in numbers and in words of two letters."""
    assert meant("lentrn", WORDS) == {"lantern": 2.0}
    assert meant("kixx", WORDS) == {}
    assert meant("xmu", WORDS) == {}
    assert meant("12346", WORDS) == {}
    assert meant("ot", WORDS) == {}
    assert meant("x" * 40, WORDS) == {}


@given(LETTERS, st.sets(LETTERS, max_size=12))
def test_every_word_one_slip_away_is_found(typed: str, words: set[str]) -> None:
    """What a comparison with each word finds, the tables find, and the distances are true."""
    vocabulary = sorted(words)
    found = meant(typed, vocabulary)
    for word, cost in found.items():
        assert int(cost) == OSA.distance(typed, word)
    if len(typed) >= 5:
        near = {word for word in words if len(word) >= 2 and OSA.distance(typed, word) <= 1}
        assert near <= set(found)


def test_no_vocabulary() -> None:
    """An empty folder has no neighbours."""
    assert Speller(()).neighbours("lantern") == []
