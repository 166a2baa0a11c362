"""Numbered things: matched by their number, or said to be missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.entry import Entry
from bot.matching.dialogue.identifiers import Identifiers
from bot.matching.text.normalise import words


def entry(name: str, **names: str) -> Entry:
    """Return an entry that is called so, with further names by alias."""
    return Entry.model_validate(
        {
            "id": "-".join(words(name)),
            "kind": "instrument",
            "name": {"en": name},
            "aliases": {"en": list(names.values())},
            "summary": {"en": "A paper."},
        }
    )


KNOWN = Identifiers(
    [
        entry("General Comment No. 10", short="GC 10"),
        entry("General Comment No. 24", short="GC 24"),
        entry("Resolution 1997/30"),
        entry("Form I-130"),
        entry("Rules of 1985"),
    ]
)


def named(text: str) -> list[tuple[str | None, str]]:
    """Return the entries that a text names by number, each with how it is called."""
    return [(one.entry, one.text) for one in KNOWN.named(words(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("general comment 24", "general-comment-no-24"),
        ("General Comment no. 10?", "general-comment-no-10"),
        ("genral coment 24", "general-comment-no-24"),
        ("gnrl coment 24", None),
        ("what does gc24 say", "general-comment-no-24"),
        ("resolution 1997/30", "resolution-1997-30"),
    ],
)
def test_a_numbered_thing_is_found_by_its_number(text: str, found: str | None) -> None:
    """With or without "No.", joined to its letters, and with a slip in each long word; two in one are another word."""
    assert [one for one, _ in named(text)] == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "called"),
    [("general comment 12", "General Comment No. 12"), ("GC25", "GC 25"), ("resolution 1997/31", "Resolution 1997/31")],
)
def test_another_number_is_missing_and_no_slip(text: str, called: str) -> None:
    """It is called what was asked for; nothing near is taken instead."""
    assert named(text) == [(None, called)]


def test_a_year_in_a_name_makes_no_series() -> None:
    """Rules of another year need not be missing."""
    assert named("rules of 1990") == []


def test_what_is_missing_has_siblings() -> None:
    """Those of the same series, which may be offered."""
    (found,) = KNOWN.named(words("gc 99"))
    assert found.siblings == ("general-comment-no-10", "general-comment-no-24")


def test_the_next_of_a_series_is_found_by_its_number_alone() -> None:
    """After one was spoken of: "and number 10?"."""
    assert KNOWN.sibling("general-comment-no-24", "10") == "general-comment-no-10"
    assert KNOWN.sibling("general-comment-no-24", "99") is None
    assert KNOWN.sibling("rules-of-1985", "10") is None


@given(st.text(max_size=60))
def test_whatever_is_written_the_places_are_those_of_its_words(text: str) -> None:
    """No text breaks it."""
    message = words(text)
    assert all(one.places <= set(range(len(message))) for one in KNOWN.named(message))
