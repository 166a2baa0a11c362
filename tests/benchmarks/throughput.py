"""Updates a second of the whole bot with a folder, beside bare python-telegram-bot echoes, in one run.

    python -m tests.benchmarks.throughput --updates 1000 --rounds 5 --out build/benchmarks

The whole bot answers the shipped folder's labelled questions (``tests/accuracy/questions/lay_questions.yaml``), each of
another person. One echo says the question again, the other sends what the bot would send in the median: a card with its
buttons. All handle as many updates at once, and are processes of their own before the same kind of stand-in for
Telegram; they take turns, and the ratio of each pair is what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from telegram import User

from bot.editions.answering import Answerer
from bot.editions.compilation import compile_folder
from bot.matching.decision import Question
from bot.telegram_app.turn import AT_ONCE
from bot.telegram_app.views import messages
from bot.telegram_app.views.keyboards import Trail
from bot.telegram_app.views.response import place_of
from tests.accuracy.questions import questions
from tests.benchmarks.report import progress, table, write
from tests.operations.process import Bot, Site, site

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE, SENTENCE, CARD = "the whole bot", "echo of the question", "echo of a card"
WARM = 300
"""Updates before it is measured: connections are open then, code is warm, and each question was asked once."""


class Course(NamedTuple):
    """What is asked of all: the folder of the whole bot, its questions, and its median answer as an echo sends it."""

    knowledge: Path
    questions: tuple[str, ...]
    card: str

    def asked(self, place: Site, count: int) -> list[int]:
        """Let so many new people ask one question each, the same in every run; returns their chats."""
        return [chat for text in islice(cycle(self.questions), count) for chat in place.ask(1, text)]


def course(knowledge: Path) -> Course:
    """Return what is asked, with the answer whose text is the median of all."""
    asked = tuple(dict.fromkeys(one.q for one in questions("lay_questions")))
    answerer = Answerer(compile_folder(knowledge, thorough=False), "en")
    me = User(1, "bot", is_bot=True, username="measured_bot", supports_inline_queries=True)
    answers = [answerer.answer(Question(text=text)) for text in asked]
    sent = [messages.private(one.reply, me, Trail(here=place_of(one.decision))) for one in answers]
    median = sorted(sent, key=lambda one: len(one.text))[len(sent) // 2]
    buttons = median.markup.to_dict() if median.markup else None
    return Course(knowledge, asked, json.dumps({"text": median.text, "buttons": buttons}))


async def _start(place: Site, name: str, asked: Course) -> Bot:
    if name == WHOLE:
        return await place.start()
    echoed = {"ECHOED": asked.card} if name == CARD else {}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.bare_echo"),
        env=place.environment() | {"AT_ONCE": str(AT_ONCE)} | echoed,
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


async def rate(name: str, updates: int, asked: Course) -> tuple[float, float]:
    """Return updates answered a second, and the processor time of the bot for one in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        async with site(Path(folder)) as place:
            place.faulty.url = place.door.url  # no faults wanted: straight to the door
            place.knowledge = asked.knowledge
            bot = await _start(place, name, asked)
            await place.answered(asked.asked(place, WARM))
            loop = asyncio.get_running_loop()
            started, used = loop.time(), _cpu(bot.process)
            await place.answered(asked.asked(place, updates))
            seconds, used = loop.time() - started, _cpu(bot.process) - used
            await bot.stop()
            return updates / seconds, used / updates * 1000


async def compare(updates: int, rounds: int, asked: Course) -> str:
    """Return the table."""
    rates: dict[str, list[float]] = {WHOLE: [], SENTENCE: [], CARD: []}
    used: dict[str, list[float]] = {name: [] for name in rates}
    for number in range(rounds):
        for name, measured in rates.items():
            progress(f"round {number + 1} of {rounds}: {name}")
            updates_a_second, milliseconds = await rate(name, updates, asked)
            measured.append(updates_a_second)
            used[name].append(milliseconds)
    rows = [
        (name, statistics.median(measured), min(measured), max(measured), statistics.median(used[name]))
        for name, measured in rates.items()
    ]
    lines = [table(("", "updates/s, median", "min", "max", "CPU ms/update, median"), rows), ""]
    for name in (SENTENCE, CARD):
        pairs = [whole / bare for whole, bare in zip(rates[WHOLE], rates[name], strict=True)]
        spent = [whole / bare for whole, bare in zip(used[WHOLE], used[name], strict=True)]
        lines.append(
            f"Beside the {name}, by pair: updates/s {statistics.median(pairs):.2f} "
            f"({min(pairs):.2f} to {max(pairs):.2f}), processor time {statistics.median(spent):.2f}."
        )
    return "\n".join(lines)


async def memory(steps: Sequence[int], asked: Course) -> str:
    """Return the memory of one process of the whole bot after so many updates in all."""
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with site(Path(folder)) as place:
            place.faulty.url = place.door.url
            place.knowledge = asked.knowledge
            bot = await _start(place, WHOLE, asked)
            done = 0
            for step in steps:
                while done < step:
                    some = min(1000, step - done)
                    await place.answered(asked.asked(place, some))
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
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge").resolve(), help="the folder to answer from")
    parser.add_argument("--memory", nargs="*", type=int, default=[], help="also report memory after so many updates")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    chosen = parser.parse_args(arguments)
    asked = course(chosen.knowledge.resolve())
    parts = ["# Throughput", "", asyncio.run(compare(chosen.updates, chosen.rounds, asked))]
    if chosen.memory:
        parts += ["", asyncio.run(memory(chosen.memory, asked))]
    write(chosen.out, "throughput.md", "\n".join(parts))


if __name__ == "__main__":
    main()
