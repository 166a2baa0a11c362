"""Whole visits as people live them, readable, and replayed word for word.

Each file in ``transcripts`` is a visit; ``replaying`` says how it is written. Where a change of words or behaviour is
wanted, ``KEEP_TRANSCRIPTS=1 pytest tests/telegram_app/test_transcripts.py`` writes the files anew, to be read before
they are committed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.telegram_app.replaying import Replay

if TYPE_CHECKING:
    from tests.telegram_app.conftest import Visit

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_a_visit_goes_as_written(visit: Visit, path: Path) -> None:
    """The same words and taps lead to the same messages and buttons."""
    written = path.read_text(encoding="utf-8")  # noqa: ASYNC240  (a test may wait for a small file)
    now = await Replay(visit, written).run()
    if os.environ.get("KEEP_TRANSCRIPTS"):
        path.write_text(now, encoding="utf-8")  # noqa: ASYNC240  (same)
    else:
        assert now == written
