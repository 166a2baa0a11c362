"""The bot as ``deploy/jjbot.service`` would run it: with the unit's own system calls, memory, threads and files."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.reloads import QUESTION, confined, measured

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")]

RELOADS = 10


def test_ask(tmp_path: Path) -> None:
    """A question on the command line is answered."""
    command = (*confined(), sys.executable, "-m", "bot", "ask", QUESTION)
    environment = {"PYTHONPATH": ":".join(filter(None, sys.path)), "DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, "UNICEF" in done.stdout) == (0, True), done.stderr


async def test_ten_reloads_and_an_orderly_end(tmp_path: Path) -> None:
    """The shipped knowledge is edited and reloaded while people ask; then the bot ends with 0, within its limits."""
    run = await measured(tmp_path, RELOADS)
    print(f"\n{run}")  # noqa: T201  (the figures)
    assert run.status == 0
    assert len(run.after) == RELOADS
    assert run.peak <= run.unit.memory
    assert run.tasks <= run.unit.tasks
    assert run.files <= run.unit.files
