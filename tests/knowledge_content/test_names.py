"""Every name, former name, acronym and alias finds its entry, clean and with one slip, in every language.

``names.yaml`` holds the names by language and the ids that answer them; its ``exceptions`` are names which are rightly
answered otherwise, each with its reason.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.editions.judging import Outcome, outcome
from bot.matching.decision import Answer, Question
from bot.replies import answer_json
from tests.knowledge_content.slips import slipped
from tests.knowledge_content.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.edition import Edition
    from bot.matching.decision import Decision

FILE = Path(__file__).with_name("names.yaml")
SLIPS = 3
"""Slips tried on every name."""
TOO_SHORT = 4
"""Letters under which a slip makes another acronym of an acronym."""
TYPOS_RIGHT = 0.97
"""Share of slipped names that must find their entry, over all languages that are written with letters."""
CHINESE_RIGHT = 0.75
"""The same for Chinese, where one sign of four lost or swapped is much of a name. Measured on the first run: 40/51."""


def names() -> Iterator[tuple[str, str, list[str]]]:
    """Yield language, name and accepted ids."""
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for language, by_name in listed["names"].items():
        for name, ids in by_name.items():
            if name not in listed["exceptions"]:
                yield language, name, ids


def given(decision: Decision) -> str:
    """Return a decision in one line."""
    entry = decision.entry.id if isinstance(decision, Answer) else ", ".join(answer_json.choices(decision))
    return f"{answer_json.kind(decision)} {entry}".strip()


@pytest.fixture(scope="module")
def table(shipped: Edition) -> Table:
    """Return how every name is answered. A slipped one may also get a subject that lists its entry first."""
    table = Table("names found, by language")
    for language, name, ids in names():
        decision = shipped.matcher.decide(Question(name, language))
        found = isinstance(decision, Answer) and decision.entry.id in ids
        table.count(language, "clean", None if found else f"{name}: {given(decision)}")
        if sum(sign.isalpha() for sign in name) < TOO_SHORT:
            continue
        for seed in range(1, SLIPS + 1):
            typed = slipped(name, str(seed))
            decision = shipped.matcher.decide(Question(typed, language))
            found = outcome(decision, ids) is Outcome.RIGHT
            table.count(language, "one slip", None if found else f"{typed} ({name}): {given(decision)}")
    print(f"\n{table}")  # noqa: T201  (the figures are what a reader of `pytest -s` wants)
    return table


def test_every_clean_name_finds_its_entry(table: Table) -> None:
    """No name in any language fails as it is written."""
    assert table.share(column="clean") == 1, table


def test_names_survive_a_slip_of_the_finger(table: Table) -> None:
    """Letters swapped, dropped, doubled or taken from the key beside: 97 in 100 still find their entry."""
    letters = [language for language, _ in table.asked if language != "zh"]
    asked = sum(table.asked[language, "one slip"] for language in set(letters))
    found = sum(table.right[language, "one slip"] for language in set(letters))
    assert found / asked >= TYPOS_RIGHT, table
    assert table.share(row="zh", column="one slip") >= CHINESE_RIGHT, table


def test_exceptions_have_a_reason_and_are_names() -> None:
    """An exception says in words why, and is one of the names."""
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    known = {name for by_name in listed["names"].values() for name in by_name}
    assert set(listed["exceptions"]) <= known
    assert all(isinstance(reason, str) and len(reason.split()) >= TOO_SHORT for reason in listed["exceptions"].values())


def test_a_slip_changes_one_place_and_is_the_same_every_time() -> None:
    """The same seed gives the same slip; a name without letters stays."""
    assert slipped("UNICEF", "1") == slipped("UNICEF", "1") != "UNICEF"
    assert slipped("1997/30", "1") == "1997/30"
    for _, name, _ in names():
        assert abs(len(slipped(name, "2")) - len(name)) <= 1
