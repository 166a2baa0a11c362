"""Phrases of help entries: the signs that editors write mean what the docstring says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.entry import Entry
from bot.matching.danger.detector import DangerDetector
from bot.matching.danger.patterns import patterns


def _hears(phrases: list[str], text: str) -> bool:
    entry = Entry.model_validate({"id": "help", "kind": "help", "name": {"en": "Help"}, "keywords": {"en": phrases}})
    return DangerDetector([entry]).heard(text) is not None


@pytest.mark.parametrize(
    ("phrase", "heard", "not_heard"),
    [
        ("police took my son", "the police they took away my little son", "my son took the police"),
        ("police took my son", "police took my one two three son", "police took one two three four my son"),
        ("he hits/beats me", "he always beats me", "he sees me"),
        ("he beat* me", "he was beating on me", "he be at me"),
        ("*ضرب*ني", "هو يضربني", "هو يضرب"),
        ("born in 20##", "born in 2011", "born in 1911"),
        ("he hits _me", "he hits me", "he hits and me"),
        ("call right_now/today", "call right now", "call right or now"),
        ("my dad + afraid", "afraid of him, of my dad", "afraid of the dark"),
        (
            "my dad + afraid",
            "my dad one two three four five six afraid",
            "my dad one two three four five six seven afraid",
        ),
        ("j'ai peur", "j’ai très peur", "peur j ai"),
        ("=raped/beaten", "Beatne!", "beaten again"),
        ("=dark thoughts/ideas", "dark ideas", "dark ideas about art"),
        ("won't let me out", "they wont let me get out", "they let me out"),
    ],
)
def test_signs(phrase: str, heard: str, not_heard: str) -> None:
    """Each sign admits what it should and no more."""
    assert _hears([phrase], heard)
    assert not _hears([phrase], not_heard)


def test_parts_stand_in_any_order() -> None:
    """Three parts joined by plus signs are heard in all six orders."""
    for text in ("a1 b2 c3", "a1 c3 b2", "b2 a1 c3", "b2 c3 a1", "c3 a1 b2", "c3 b2 a1"):
        assert _hears(["a1 + b2 + c3"], text)


def test_groups_stand_for_their_words_and_may_name_groups() -> None:
    """A group is used by its name, in a language and for all languages."""
    phrases = ["@father = dad/step_dad", "@parent = @father/mum", "my @parent hits me"]
    assert _hears(phrases, "my step dad hits me")
    assert _hears(phrases, "my mum hits me")
    assert not _hears(phrases, "my dog hits me")
    found, faults = patterns({"und": ("@who = he",), "en": ("@who hits",), "fr": ("@who frappe",)}, also={})
    assert len(found) == 2
    assert faults == []


def test_calm_phrases_may_use_the_groups_of_the_keywords() -> None:
    """Groups are named once for an entry."""
    found, faults = patterns({"en": ("@year ago",)}, also={"en": ("@year = 19##",)})
    assert [pattern.phrase for pattern in found] == ["@year ago"]
    assert faults == []


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("@who hits", "No group is called @who."),
        ("@loop hits", "The group @loop names itself."),
        ("a + b + c + d + e", "It has more than 4 parts joined by a plus."),
        ("!", "There is no word in it, or nothing on one side of a plus."),
        ("a + ?", "There is no word in it, or nothing on one side of a plus."),
        ("*", "There is no word in it, or nothing on one side of a plus."),
    ],
)
def test_what_cannot_be_read_is_reported(phrase: str, reason: str) -> None:
    """The reason says what to change."""
    _, faults = patterns({"en": ("@loop = @loop", phrase)}, also={})
    assert [(fault.language, fault.phrase, fault.reason) for fault in faults] == [("en", phrase, reason)]


@given(st.lists(st.text(alphabet="ab@/*#_+!= éض", max_size=12).filter(str.strip), max_size=6))
def test_no_phrase_makes_reading_or_hearing_fail(phrases: list[str]) -> None:
    """Whatever an editor types is a phrase or a fault."""
    _hears(phrases, "a b ab é ض a b")
