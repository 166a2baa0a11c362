"""Tests of what is read of a long text."""

from __future__ import annotations

from bot.matching.text.sentences import telling

NOISE = "We met last week and had coffee. The budget was approved by all. "


def read(text: str, most: int = 400) -> str:
    """Return what is read of a text in which names have a capital."""
    return telling(text, most, str.split, {"where", "who"}, lambda found: any(word.isupper() for word in found))


def test_a_question_is_read_alone_if_it_names_somebody() -> None:
    """The rest of the text is left out."""
    assert read(f"{NOISE}Where is OMCT today? {NOISE}") == "Where is OMCT today?"


def test_who_it_is_about_is_read_with_it() -> None:
    """A question without a name comes with the sentence before it that has one."""
    assert read(f"{NOISE}This is about OMCT now. Where does it have its head office today? {NOISE}") == (
        "This is about OMCT now. Where does it have its head office today?"
    )


def test_a_request_without_a_mark() -> None:
    """Without a question mark, words of asking beside a name count."""
    assert read(f"{NOISE}\ntell me who leads OMCT. {NOISE}") == "tell me who leads OMCT."


def test_abbreviations_end_no_sentence() -> None:
    """Neither a small letter nor a figure behind a short word and a full stop is a new beginning."""
    asked = "Where is No. 24 of CRC, e.g. the one of 2019?"
    assert read(f"{NOISE}{asked} {NOISE}") == asked


def test_text_that_never_ends_is_parted() -> None:
    """Without any full stop the part with the question is read, and never more than what may be."""
    text = f"{'blah ' * 300}where is OMCT {'blah ' * 300}"
    assert "where is OMCT" in read(text)
    assert len(read(text)) <= 400
    assert read("x" * 5_000) == "x" * 400


def test_nothing_asks() -> None:
    """Then the beginning is read."""
    assert read(NOISE.replace("?", "") * 10).startswith("We met last week")
