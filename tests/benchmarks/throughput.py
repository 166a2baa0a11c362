"""Updates a second of the whole bot, beside a bare python-telegram-bot echo with the same concurrency, in one run.

    python -m tests.benchmarks.throughput --updates 1000 --rounds 5 --out build/benchmarks

Both are processes of their own before the same kind of stand-in for Telegram; they take turns, and the ratio of each
pair is what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.telegram_app.turn import AT_ONCE
from tests.benchmarks.report import progress, table, write
from tests.operations.process import Bot, Site, site

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE, BARE = "the whole bot", "bare python-telegram-bot echo"


async def _start(place: Site, name: str) -> Bot:
    if name == WHOLE:
        return await place.start()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.bare_echo"),
        env=place.environment() | {"AT_ONCE": str(AT_ONCE)},
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    return Bot(process)


def _memory(process: asyncio.subprocess.Process) -> float:
    """Return the resident memory of a process in MiB (Linux)."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cpu(process: asyncio.subprocess.Process) -> float:
    """Return the seconds of processor time that a process has used (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def rate(name: str, updates: int) -> tuple[float, float]:
    """Return updates answered a second, and the processor time of the bot for one in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        async with site(Path(folder)) as place:
            place.faulty.url = place.door.url  # no faults wanted: straight to the door
            bot = await _start(place, name)
            await place.answered(place.ask(20))  # connections are open, code is warm
            loop = asyncio.get_running_loop()
            started, used = loop.time(), _cpu(bot.process)
            await place.answered(place.ask(updates))
            seconds, used = loop.time() - started, _cpu(bot.process) - used
            await bot.stop()
            return updates / seconds, used / updates * 1000


async def compare(updates: int, rounds: int) -> str:
    """Return the table."""
    rates: dict[str, list[float]] = {WHOLE: [], BARE: []}
    used: dict[str, list[float]] = {WHOLE: [], BARE: []}
    for number in range(rounds):
        for name, measured in rates.items():
            progress(f"round {number + 1} of {rounds}: {name}")
            updates_a_second, milliseconds = await rate(name, updates)
            measured.append(updates_a_second)
            used[name].append(milliseconds)
    pairs = [whole / bare for whole, bare in zip(rates[WHOLE], rates[BARE], strict=True)]
    rows = [
        (name, statistics.median(measured), min(measured), max(measured), statistics.median(used[name]))
        for name, measured in rates.items()
    ]
    ratio = f"Ratio by pair: median {statistics.median(pairs):.2f} ({min(pairs):.2f} to {max(pairs):.2f})."
    return table(("", "updates/s, median", "min", "max", "CPU ms/update, median"), rows) + f"\n\n{ratio}"


async def memory(steps: Sequence[int]) -> str:
    """Return the memory of one process of the whole bot after so many updates in all."""
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with site(Path(folder)) as place:
            place.faulty.url = place.door.url
            bot = await _start(place, WHOLE)
            done = 0
            for step in steps:
                while done < step:
                    some = min(1000, step - done)
                    await place.answered(place.ask(some))
                    place.forget()
                    done += some
                progress(f"{done} updates")
                rows.append((done, _memory(bot.process)))
            await bot.stop()
    return table(("updates", "resident MiB"), rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--updates", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", nargs="*", type=int, default=[], help="also report memory after so many updates")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    chosen = parser.parse_args(arguments)
    parts = ["# Throughput", "", asyncio.run(compare(chosen.updates, chosen.rounds))]
    if chosen.memory:
        parts += ["", asyncio.run(memory(chosen.memory))]
    write(chosen.out, "throughput.md", "\n".join(parts))


if __name__ == "__main__":
    main()
