"""Facts by their words: the word itself is worth more than another form, and that more than another meaning."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.index.facts import FactWords, Weighed
from tests.matching.entries import entry

LEAGUE = entry(
    "glow",
    "Glow League",
    facts=(
        {"text": {"en": "Keepers answer letters."}},
        {"text": {"en": "Keepers are answering bells."}},
        {"text": {"en": "Nobody replies."}},
    ),
    acronyms=("GLOWL",),
)
FACTS = FactWords((LEAGUE, entry("mute", "Mute Club")))


def test_the_word_itself_counts_most() -> None:
    """A fact with the word is ahead of one with another form, and that of one with a word of the same meaning."""
    having = FACTS.having("glow", "answer", ["replies"])
    assert having[0] > having[1] > having[2] > 0


def test_names_and_entries() -> None:
    """Words of names are known with all that a word may be, and only entries that have facts are there."""
    assert FACTS.is_name("glow", ("glowed", "league"))
    assert not FACTS.is_name("glow", ("answer",))
    assert FACTS.acronyms == {"glowl"}
    assert "glow" in FACTS
    assert "mute" not in FACTS


def test_what_is_asked_for_keeps_its_fact() -> None:
    """One word of another fact does not take the place of the fact that is asked for; two and the rest do."""
    one = Weighed(frozenset({0}), [0.0, 4.0], [0.0, 4.0], [0.0, 1.0], total=4.0, rest=4.0)
    two = Weighed(frozenset({0}), [0.0, 4.0], [0.0, 4.0], [0.0, 2.0], total=4.0, rest=4.0)
    assert one.best(0, 0.5, asked=True) is None
    assert two.best(0, 0.5, asked=True) == 1
    assert one.best(None, 0.5, asked=False) == 1


@given(st.text(max_size=12), st.lists(st.text(max_size=8), max_size=3))
def test_any_word_is_looked_up(text: str, others: list[str]) -> None:
    """Whatever is typed, facts are those of the entry, each worth at most all of the word."""
    assert all(number in range(3) and 0 < worth <= 1 for number, worth in FACTS.having("glow", text, others).items())
