"""The sending policy in docs/operations.md is the one in the program."""

from __future__ import annotations

import re
from pathlib import Path

from bot.telegram_app.outbox.sending import ONCE, OTHERWISE, POLICY, Patience

DOCUMENT = Path(__file__).parents[2] / "docs" / "operations.md"
ROW = re.compile(r"^\| (?:`(\w+)`|(all others|notices)) \| (\d+) \| (yes|no) \| (.+) \|$", re.MULTILINE)


def test_the_table_in_the_document_is_the_programs() -> None:
    """Each row says what the program does, in the program's order."""
    written = {
        call or others: Patience(float(seconds), waits == "yes", why)
        for call, others, seconds, waits, why in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    }
    assert written == POLICY | {"all others": OTHERWISE, "notices": ONCE}
    assert list(written)[: len(POLICY)] == list(POLICY)
