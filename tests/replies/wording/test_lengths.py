"""Lengths are counted as Telegram counts them, and texts are cut where sentences end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.wording.lengths import cut, first_sentence, sentences, shorten, split_at, units

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(TEXT)
def test_units_are_utf_16_code_units(text: str) -> None:
    """The measure is what an encoder to UTF-16 would write."""
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(TEXT, st.integers(1, 200))
def test_a_shortened_text_is_never_too_long(text: str, limit: int) -> None:
    """Whatever the script, the limit holds, and a text that fits is untouched."""
    short = shorten(text, limit)
    assert units(short) <= limit
    assert (short == text) == (units(text) <= limit)


@given(TEXT, st.integers(1, 200))
def test_nothing_is_lost_by_splitting(text: str, limit: int) -> None:
    """The two halves hold every word, in order."""
    shown, rest = split_at(text, limit)
    assert f"{shown} {rest}".split() == text.split()


def test_a_text_is_cut_after_a_whole_sentence() -> None:
    """What remains is a sentence, and the ellipsis says that there was more."""
    assert shorten("One two. Three four. Five six.", 22) == "One two. Three four. …"


def test_a_single_long_sentence_is_cut_after_a_word() -> None:
    """No word is broken in the middle."""
    assert shorten("one two three four five", 12) == "one two…"


@given(TEXT, st.integers(1, 200))
def test_a_cut_name_is_never_too_long(text: str, limit: int) -> None:
    """And one that fits is untouched."""
    assert units(cut(text, limit)) <= limit
    assert (cut(text, limit) == text) == (units(text) <= limit)


def test_a_name_is_cut_after_a_word_but_keeps_most_of_what_there_is_room_for() -> None:
    """A full stop ends no name, and a very long word is broken rather than left out."""
    assert cut("Dr. Ada Lovelace Institute", 20) == "Dr. Ada Lovelace…"
    assert cut("ACR · Donaudampfschifffahrtsgesellschaft", 20) == "ACR · Donaudampfsch…"


def test_initials_end_no_sentence() -> None:
    """An abbreviated name is not a full stop."""
    assert sentences("The U. N. works. It does!") == ["The U. N. works.", "It does!"]


def test_sentences_of_other_scripts_end_with_their_own_stops() -> None:
    """Arabic and Hindi have their own marks."""
    assert sentences("هل هذا صحيح؟ نعم.") == ["هل هذا صحيح؟", "نعم."]
    assert sentences("यह एक है। यह दो है।") == ["यह एक है।", "यह दो है।"]


def test_the_first_sentence_of_nothing_is_nothing() -> None:
    """An entry without a summary has an empty description."""
    assert first_sentence("", 100) == ""
