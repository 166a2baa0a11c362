"""Floors that ratchet: what was measured stands in ``floors.yaml``, and any other figure is reported.

A fall is a loss that somebody has to mend or to stand for; a rise is recorded, so that it cannot be lost unseen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tests.accuracy.figures import ASKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.accuracy.figures import Figures

FILE = Path(__file__).with_name("floors.yaml")
RECORD = "python -m tests.accuracy --record"
TOLERANCE = 0.015
"""Difference of a share that passes; of few questions, one of them (the last digit differs between processors)."""
BETTER_HIGH = frozenset({"right", "first line", "heard", "reached"})
"""Shares that should be high; all others should be low."""
_HEAD = f"""\
# What was measured, by set and kind: shares from 0 to 1. Written by `{RECORD}`, never by hand;
# tests/accuracy/test_floors.py fails where a share falls, and where a rise is not recorded here.
"""


def floors() -> dict[str, Figures]:
    """Return what was recorded, by set."""
    found: dict[str, Figures] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def record(measured: Mapping[str, Figures]) -> None:
    """Write what was measured; sets that were not measured stay as they are."""
    known = floors() if FILE.exists() else {}
    known.update(measured)
    lines = [_HEAD]
    for name, figures in known.items():
        lines.append(f"\n{name}:\n")
        for kind, shares in figures.items():
            values = ", ".join(f"{key}: {value:g}" for key, value in shares.items())
            lines.append(f"  {kind}: {{{values}}}\n")
    FILE.write_text("".join(lines), encoding="utf-8")


def differences(name: str, measured: Figures, recorded: Mapping[str, Figures]) -> Iterator[str]:
    """Yield a line for every share of a set that is not what was recorded, whichever way."""
    known = recorded.get(name, {})
    for kind in {**known, **measured}:
        was, now = known.get(kind, {}), measured.get(kind, {})
        if was.get(ASKED) != now.get(ASKED):
            yield f"{name}, {kind}: {now.get(ASKED, 0):g} questions, {was.get(ASKED, 0):g} were recorded; {RECORD}"
            continue
        for share, value in now.items():
            change = value - was.get(share, 0.0)
            if abs(change) <= max(TOLERANCE, 1 / now[ASKED]) + 1e-4 or share == ASKED:  # shares have four digits
                continue
            better = (change > 0) is (share in BETTER_HIGH)
            verdict = f"better than recorded; record it: {RECORD}" if better else "a fall"
            yield f"{name}, {kind}: {share} {value:.1%}, was {was.get(share, 0.0):.1%}: {verdict}"
