"""What the bot's memory is under the limits of the systemd unit, while the shipped knowledge is edited and reloaded.

    python -m tests.benchmarks.reloads --reloads 50

Run from the top of a checkout, best as root: only then is the memory bounded, see ``tests.operations.confined``.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.report import progress
from tests.operations.confined import UNIT, Unit, memory_group
from tests.operations.process import Bot, Site, site

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Path(__file__).parents[2] / "knowledge"
QUESTION = "what does unicef do"
ASKED = 3
"""People who ask after each reload."""
MIB = 1 << 20


@dataclass(slots=True)
class Run:
    """A run's figures, in bytes. ``bounded``: whether the kernel kept the memory below the unit's limit."""

    unit: Unit
    bounded: bool
    started: int = 0
    after: list[int] = field(default_factory=list)
    peak: int = 0
    tasks: int = 0
    files: int = 0
    status: int | None = None

    def __str__(self) -> str:
        """Return the figures in one line."""
        late = statistics.median(self.after[len(self.after) // 2 :])
        return (
            f"{len(self.after)} reloads: {self.started / MIB:.0f} MiB after the start, "
            f"{late / MIB:.0f} between reloads, {max(self.after) / MIB:.0f} at the most, "
            f"{self.peak / MIB:.0f} at the peak of a reload; the unit allows "
            f"{self.unit.memory / MIB:.0f} ({'enforced' if self.bounded else 'only compared'}); at the most "
            f"{self.tasks} threads of {self.unit.tasks}, {self.files} files of {self.unit.files}; "
            f"exit status {self.status}"
        )


def confined() -> tuple[str, ...]:
    """Return what starts a program under the unit."""
    return (sys.executable, "-m", "tests.operations.confined", str(UNIT))


def _status(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _look(run: Run, process: int) -> int:
    """Note what the process uses and return its memory."""
    status = _status(process)
    run.peak = max(run.peak, int(status["VmHWM"].split()[0]) * 1024)
    run.tasks = max(run.tasks, int(status["Threads"]))
    run.files = max(run.files, len(list(Path(f"/proc/{process}/fd").iterdir())))
    return int(status["VmRSS"].split()[0]) * 1024


async def _reload(place: Site, bot: Bot, number: int) -> None:
    """Edit the folder and have it read; raises AssertionError where the bot ends instead."""
    text = f"id: made_up\nname: Made up\nkeywords: {{en: [edit {number}]}}\nsummary: {{en: Edited {number} times.}}\n"
    (place.knowledge / "made_up.yaml").write_text(f"{text}kind: topic\n", encoding="utf-8")
    done = sum("reloaded" in line for line in bot.lines)
    bot.process.send_signal(signal.SIGHUP)
    line = await bot.logged("reloaded", after=done)
    assert "not reloaded" not in line, bot.lines[-3:]


async def measured(folder: Path, reloads: int, said: Callable[[str], None] = lambda _: None) -> Run:
    """Run the bot as the unit would, in ``folder``; edit, reload and ask, and end it in order."""
    unit = Unit.read()
    knowledge = folder / "knowledge"
    shutil.copytree(SHIPPED, knowledge)
    with memory_group(unit.memory) as group:
        run = Run(unit, bounded=group is not None)
        async with site(folder / "data") as place:
            place.knowledge, place.before = knowledge, confined()
            place.extra = {
                "LOG_LEVEL": "INFO",
                "GROUP": str(group or ""),
                "PYTHONPATH": ":".join(filter(None, sys.path)),
            }
            bot = await place.start()
            await place.answered(place.ask(ASKED))
            run.started = _look(run, bot.process.pid)
            for number in range(reloads):
                await _reload(place, bot, number)
                await place.answered(place.ask(ASKED, QUESTION))
                run.after.append(_look(run, bot.process.pid))
                said(f"reload {number + 1}: {run.after[-1] / MIB:.0f} MiB, at the most {run.peak / MIB:.0f}")
            run.status = await bot.stop()
    return run


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reloads", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = asyncio.run(measured(Path(folder), options.reloads, progress))
    sys.stdout.write(f"{run}\n")


if __name__ == "__main__":
    main()
