"""Conversations as test data: the files of ``tests/dialogues``, judged turn by turn as ``jjbot evaluate`` does.

What the conditions of a turn mean stands at ``bot.evaluation.dialogues.Turn``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.evaluation.dialogues import Turn, played, read_dialogues
from tests.accuracy.figures import counted
from tests.accuracy.shipped import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.editions.edition import Edition
    from bot.evaluation.dialogues import TurnVerdict
    from tests.accuracy.figures import Figures

FOLDER = Path(__file__).parents[1] / "dialogues"
CONDITIONS = tuple(name for name in Turn.model_fields if name != "q")


def held_with(edition: Edition) -> Iterator[TurnVerdict]:
    """Hold every dialogue, each in a chat of its own, and judge the replies that have conditions."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for dialogue in read_dialogues(path):
            yield from (verdict for verdict in played(dialogue, edition, DEFAULT_LANGUAGE) if verdict.turn.judged)


def figures(found: Sequence[TurnVerdict]) -> Figures:
    """Return the share that is right: of all turns, of each condition, of first and later turns, by language."""
    turns = [(one, {"right": one.right}) for one in found]
    by_condition = counted(row for one in found for row in _conditions(one))
    by_place = counted(("first turn" if one.number == 1 else "later turn", right) for one, right in turns)
    return by_condition | by_place | counted((one.dialogue.lang, right) for one, right in turns)


def _conditions(verdict: TurnVerdict) -> Iterator[tuple[str, dict[str, bool]]]:
    """Yield each condition of a turn, and whether it holds."""
    failed = {condition.partition(" ")[0] for condition in verdict.failed}
    for name in CONDITIONS:
        if name in verdict.turn.model_fields_set:
            yield name, {"right": name not in failed}


def missed(verdict: TurnVerdict) -> str:
    """Return who asked what, which conditions failed, and what was got instead."""
    record, turn = verdict.answered.record, verdict.turn
    got = " ".join([record["decision"], *(record["entries"] or record["choices"])[:3], record["attribute"] or ""])
    said = " ".join(record["text"].split())[:120]
    asked = f"[{verdict.dialogue.lang}, {verdict.dialogue.who}] {verdict.number}. {turn.q!r}"
    return f"{asked}: not {'; '.join(verdict.failed)}; got {got.strip()}: {said}"
