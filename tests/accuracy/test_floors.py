"""The figures are those that were recorded: none has fallen, and no rise is left to be lost again.

The grid takes longest and is measured with all others by ``python -m tests.accuracy`` (``.ci/steps/beside/accuracy``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accuracy import dialogues, floors, lists
from tests.accuracy.figures import of_questions
from tests.accuracy.questions import FILES

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions.edition import Edition

SMALL = {"all": {"asked": 20, "right": 0.9}, "name": {"asked": 10, "right": 0.9}}
LARGE = {"all": {"asked": 1000, "right": 0.9, "wrong": 0.05}}


@pytest.mark.parametrize("file", FILES)
def test_questions_are_answered_as_well_as_recorded(shipped: Edition, file: str) -> None:
    """Right, wrong and false answers, by kind."""
    found = list(floors.differences(file, of_questions(file, shipped.matcher), floors.floors()))
    assert not found, "\n".join(found)


def test_lists_are_as_good_as_recorded() -> None:
    """By kind and language."""
    found = list(floors.differences("lists", lists.figures(list(lists.asked())), floors.floors()))
    assert not found, "\n".join(found)


def test_dialogues_are_as_good_as_recorded(shipped: Edition) -> None:
    """By language, place and condition."""
    measured = dialogues.figures(list(dialogues.held_with(shipped)))
    found = list(floors.differences("dialogues", measured, floors.floors()))
    assert not found, "\n".join(found)


# The floors themselves


def differences(figures: dict[str, dict[str, float]], recorded: dict[str, dict[str, float]]) -> list[str]:
    """Return what differs from a record of one set."""
    return list(floors.differences("set", figures, {"set": recorded}))


def test_a_fall_is_a_difference() -> None:
    """Of a share that should be high, and of one that should be low."""
    (fall,) = differences({"all": {**LARGE["all"], "right": 0.88}}, LARGE)
    assert fall == "set, all: right 88.0%, was 90.0%: a fall"
    (worse,) = differences({"all": {**LARGE["all"], "wrong": 0.07}}, LARGE)
    assert worse.endswith("a fall")


def test_a_rise_has_to_be_recorded() -> None:
    """The message says by which command."""
    (rise,) = differences({"all": {**LARGE["all"], "right": 0.92}}, LARGE)
    assert rise == f"set, all: right 92.0%, was 90.0%: better than recorded; record it: {floors.RECORD}"
    (rarer,) = differences({"all": {**LARGE["all"], "wrong": 0.03}}, LARGE)
    assert "record it" in rarer


def test_a_point_and_a_half_is_no_difference() -> None:
    """Nor is one question of few."""
    assert not differences({"all": {**LARGE["all"], "right": 0.885}}, LARGE)
    assert not differences({**SMALL, "name": {"asked": 10, "right": 0.8}}, SMALL)
    assert differences({**SMALL, "name": {"asked": 10, "right": 0.7}}, SMALL)


def test_other_questions_are_a_difference() -> None:
    """One more question, a kind that has gone, a kind that is new."""
    assert differences({"all": {**LARGE["all"], "asked": 1001}}, LARGE)
    assert len(differences({"all": SMALL["all"]}, SMALL)) == 1
    assert len(differences(SMALL, {"all": SMALL["all"]})) == 1


def test_what_is_recorded_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets that were not measured keep their figures."""
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.yaml")
    floors.record({"one": SMALL, "two": LARGE})
    floors.record({"two": SMALL})
    assert floors.floors() == {"one": SMALL, "two": SMALL}
    assert not list(floors.differences("two", SMALL, floors.floors()))
