"""Fitting the danger score: how rarity, heights and folds work, on messages made for it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.matching.danger.letters import cells
from tests.accuracy import hearing, hearing_fit
from tests.accuracy.hearing import CALM, DANGER, Message

if TYPE_CHECKING:
    from pathlib import Path

CRIES = ("he hits me every night", "my uncle hits me", "please help they hit us again")
QUIET = ("which law bans hitting children", "my thesis is on courts", "where is the office of unicef")


def made_up() -> list[Message]:
    """Return cries and quiet messages by one author."""
    return [Message("one", "en", DANGER, text) for text in CRIES] + [Message("one", "en", CALM, text) for text in QUIET]


def test_what_stands_in_all_messages_counts_for_nothing() -> None:
    """The rarer a cell, the more it counts; messages that take no part do not make it less rare."""
    rows = hearing_fit._packed([np.array([0, 1]), np.array([0]), np.array([0, 1])])
    rarity = hearing_fit._rarity(rows, np.array([1.0, 1.0, 0.0]), 3)
    assert rarity[0] == pytest.approx(0.0)
    assert rarity[0] < rarity[1] < rarity[2]


def test_a_height_is_the_median_of_the_authors() -> None:
    """One author whose jokes all sound like cries does not move it."""
    scores = np.concatenate([np.linspace(0, 1, 101), np.linspace(0, 1, 101), np.full(1000, 9.0)])
    authors = np.repeat(["one", "two", "joker"], [101, 101, 1000])
    assert hearing_fit._height(scores, authors, 0.05) == pytest.approx(0.95)


def test_the_fit_tells_cries_from_quiet_messages_and_is_the_same_twice() -> None:
    """Its scores part what it was fitted to, and the same messages give the same weights."""
    asked = made_up()
    rows = hearing_fit._packed([cells(message.text) for message in asked])
    first, second = (hearing_fit._fit(rows, *hearing_fit._wanted(asked)) for _ in range(2))
    scores = hearing_fit._scores(rows, first)
    assert scores[: len(CRIES)].min() > scores[len(CRIES) :].max()
    assert np.array_equal(first.weights, second.weights)


def test_every_author_is_left_out_once() -> None:
    """Cross-fitting scores every message by a model that has seen nothing of its author."""
    asked = [Message(file.stem, "en", DANGER, "") for file in sorted(hearing.FOLDER.glob("*.yaml"))]
    left_out = np.array(list(hearing_fit._folds(asked)))
    assert left_out.sum(axis=0).tolist() == [1] * len(asked)


def test_one_changed_message_is_another_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest in the file tells that a labelled message was changed since."""
    shutil.copytree(hearing.FOLDER, tmp_path / "danger")
    monkeypatch.setattr(hearing_fit, "FOLDER", tmp_path / "danger")
    before = hearing_fit.digest()
    changed = tmp_path / "danger" / "first.yaml"
    changed.write_text(changed.read_text("utf-8").replace("wardrobe", "cupboard", 1), "utf-8")
    assert hearing_fit.digest() != before
