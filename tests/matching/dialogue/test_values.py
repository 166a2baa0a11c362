"""Values that messages name, and which entries have them."""

from __future__ import annotations

import pytest

from bot.knowledge.attributes import Attribute
from bot.matching.decision import Condition, Relation
from bot.matching.dialogue.phrasebook import Word
from bot.matching.dialogue.values import Values
from bot.matching.text.normalise import words
from tests.matching.entries import entry

TEXT = {"en": "x"}
ATTRIBUTES = {
    "founded": Attribute(label=TEXT, what=TEXT, type="year", kinds=("organisation",), asks={"en": ("founded",)}),
    "phone": Attribute(label=TEXT, what=TEXT, type="plain", kinds=("organisation",), asks={"en": ("phone",)}),
    "reports": Attribute(label=TEXT, what=TEXT, type="plain", kinds=("organisation",), asks={"en": ("reports",)}),
}
OLD = entry(
    "old",
    "Old Harbour Society",
    facts=(
        {"about": "founded", "value": "1984", "text": {"en": "It began in 1984."}},
        {"about": "phone", "value": "+1 202", "text": {"en": "Its number is +1 202."}},
        {"about": "reports", "text": {"en": "It prints reports."}},
    ),
)
NEW = entry(
    "new",
    "New Harbour Society",
    facts=(
        {"about": "founded", "value": "1990", "text": {"en": "It began in 1990."}},
        {"about": "phone", "text": {"en": "Its new number is not known."}},
    ),
)
VALUES = Values((OLD, NEW), ATTRIBUTES)


@pytest.mark.parametrize(
    ("text", "decade", "expected"),
    [
        ("in the 1980s", (), "1980"),
        ("in the 80s", (), "1980"),
        ("in the 20s", (), "2020"),
        ("dans les années 80", (2,), "1980"),
        ("en los años 1980", (2,), "1980"),
        ("in 1980", (), None),
        ("80 people", (), None),
        ("the 85s", (), None),
    ],
)
def test_a_decade_is_told_by_its_ending_or_a_word_beside_it(text: str, decade: tuple[int, ...], expected: str) -> None:
    """Of two digits the century is the one that people mean."""
    found = [one.value for one in VALUES.named([Word(one) for one in words(text)], decade) if one.kind == "decade"]
    assert found == ([expected] if expected else [])


def test_a_decade_holds_its_ten_years() -> None:
    """The first and the last of them, and no other."""
    holds = [VALUES.holds(one, Condition("founded", Relation.DURING, "1980")) for one in (OLD, NEW)]
    assert holds == [True, False]


def test_what_is_known_at_all_is_told_by_values_where_there_are_any() -> None:
    """A fact without one says that it is not known; of an attribute that never has any, a fact is enough."""
    assert VALUES.holds(OLD, Condition("phone", Relation.KNOWN))
    assert not VALUES.holds(NEW, Condition("phone", Relation.KNOWN))
    assert VALUES.holds(OLD, Condition("reports", Relation.KNOWN))
    assert not VALUES.holds(NEW, Condition("reports", Relation.KNOWN))
