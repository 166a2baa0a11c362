"""The fact that has the words of a question is told first, where something else was taken for what is asked."""

from __future__ import annotations

import pytest

from bot.knowledge.attributes import Attribute
from bot.matching.decision import Answer, Question
from bot.matching.matcher import Matcher
from tests.kinds import TOPIC
from tests.matching.entries import ENTRIES, entry

TEXT = {"en": "x"}
ATTRIBUTES = {
    name: Attribute(label=TEXT, what=TEXT, kinds=("organisation",), asks={"en": asks})
    for name, asks in (
        ("publications", ("reports",)),
        ("members", ("how many members",)),
        ("countries", ("which countries",)),
        ("jobs", ("vacancies",)),
        ("founded", ("founded",)),
    )
}
LANTERN = entry(
    "glow",
    "Glow League",
    facts=(
        {"about": ["publications"], "text": {"en": "The Glow League prints a yearbook of candle moulds."}},
        {"text": {"en": "Lighthouse keepers send it reports on fog every third winter."}},
        {"about": ["members"], "text": {"en": "Forty clubs belong to the Glow League."}},
        {"about": ["countries", "members"], "text": {"en": "Its clubs are in nine lands."}},
        {"about": ["founded"], "text": {"en": "The Glow League began in 1850."}},
        {"text": {"en": "Young snuffers are formed by it, so that they trim wicks."}},
        {"text": {"en": "The wick council has sextons and bakers."}},
        {"text": {"en": "In Tromso it mends sledges with the Kite Makers Union."}},
        {"text": {"en": "Paraffin should be taxed, it says."}},
    ),
    acronyms=("GLOWL",),
)
PARAFFIN = entry("paraffin", "Paraffin taxes", TOPIC)
MATCHER = Matcher((*ENTRIES, LANTERN, PARAFFIN), attributes=ATTRIBUTES)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("what reports does the glow league print", 0),
        ("reports of the glow league", 0),
        ("when do lighthouse keepers send reports on fog to the glow league", 1),
        ("how many members and which countries has the glow league", 3),
        ("how many members has the glow league", 2),
        ("when was the glow league founded", 4),
        ("which snuffers are formed by the glow league", 5),
        ("how many members sit on the wick council of glowl", 6),
        ("what does the glow league mend with the kite makers union in tromso", 7),
        ("where does the kite makers union mend sledges with the glow league", 7),
        ("should paraffin be taxed according to the glow league", 8),
        ("what says the glow league on paraffin taxes", 8),
    ],
)
def test_the_fact_with_the_words_leads(text: str, first: int) -> None:
    """A question in the words of another fact gets that; one for an attribute alone gets the attribute's."""
    decision = MATCHER.decide(Question(text))
    assert isinstance(decision, Answer)
    assert decision.entry.id == "glow"
    assert (decision.facts or (decision.fact,))[0] == first


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("vacancies at the glow league in winter", False),
        ("vacancies for lighthouse keepers at the glow league", True),
    ],
)
def test_one_word_of_a_fact_is_no_answer_to_what_nothing_is_known_of(text: str, told: bool) -> None:
    """What is asked for and not on record is said to be unknown, unless a fact has two other words."""
    decision = MATCHER.decide(Question(text))
    assert isinstance(decision, Answer)
    assert bool(decision.facts) is told


def test_two_that_are_compared_stay_two() -> None:
    """What is asked of two of a kind is told of both, though a fact of one names the other."""
    decision = MATCHER.decide(Question("how many members have the glow league and the kite makers union"))
    assert isinstance(decision, Answer)
    assert decision.beside
