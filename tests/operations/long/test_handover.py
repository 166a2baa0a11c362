"""Ten rolling restarts while people go on asking: how long they wait, by the way in which the bot is restarted."""

from __future__ import annotations

import asyncio
import random
import statistics
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPError

from tests.operations.process import GARDEN, PATIENCE, Bot, Site, free_port, site

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long

SHIPPED = GARDEN.parents[2] / "knowledge"
RESTARTS = 10
EVERY = 1.0
"""Seconds between two questions."""
QUIET = 3
"""Questions between two restarts."""
TOGETHER = 4
"""Questions while both processes run, where the new one must be ready before the old one is told to end."""
SOON = 2.0
"""Seconds within which people should be answered, whatever is restarted."""
WAYS = ("one after the other", "at once", "overlapped")
QUESTIONS = ("what does unicef do", "what does omct do")
ANSWERS = ("UNICEF", "OMCT")


class Asking:
    """A new person asks every second; each is answered in the end, and about what was asked."""

    def __init__(self, place: Site) -> None:
        self.waited: dict[str, list[float]] = defaultdict(list)
        """Seconds until the first reply, by what went on when it was asked."""
        self.meanwhile = "quiet"
        self.questions = 0
        self._place = place
        self._asked: dict[int, tuple[float, int, str]] = {}
        self._more = asyncio.Event()
        self._dice = random.Random(3)  # noqa: S311  (a fixed seed is the point)

    async def run(self, enough: asyncio.Event) -> None:
        """Ask until ``enough``, and wait for the last replies."""
        loop, stop_listening = asyncio.get_running_loop(), self._place.world.listen(self._look)
        started = loop.time()
        try:
            while not enough.is_set():
                subject = self.questions % len(QUESTIONS)
                chat = self._place.ask(1, QUESTIONS[subject])[0]
                self._asked[chat] = loop.time(), subject, self.meanwhile
                self.questions += 1
                self._more.set()
                await asyncio.sleep(max(0.0, started + self.questions * EVERY - loop.time()))
            await self._place.answered(list(self._asked))
        finally:
            stop_listening()

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        for chat in [chat for chat in self._asked if self._place.replies()[chat]]:
            asked, subject, meanwhile = self._asked.pop(chat)
            self.waited[meanwhile].append(now - asked)
            assert ANSWERS[subject] in self._place.texts(chat)[0]

    async def go_on(self, questions: int) -> None:
        """Let so many more questions be asked, and go on at some moment between two."""
        until = self.questions + questions
        while self.questions < until:
            self._more.clear()
            await self._more.wait()
        await asyncio.sleep(self._dice.uniform(0.1, 0.9) * EVERY)


async def _start(place: Site) -> Bot:
    """Start a bot with an address of its own: two of them run at the same time, as in containers."""
    place.port = free_port()
    return await place.start()


async def _ready(place: Site) -> None:
    """Wait until the bot that was started last says that it is ready."""
    client = AsyncHTTPClient()
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError, HTTPError):  # it does not listen yet, or says 503
                await client.fetch(f"http://127.0.0.1:{place.port}/ready")
                return
            await asyncio.sleep(0.1)


async def _restart(place: Site, old: Bot, way: str, asking: Asking) -> tuple[Bot, float]:
    """Let a new bot take the place of an old one; return it, and for how many seconds nobody was there to answer."""
    loop = asyncio.get_running_loop()
    if way == "overlapped":
        new = await _start(place)
        await _ready(place)
        await asking.go_on(TOGETHER)
        assert await old.stop() == 0
        return new, 0.0
    told = loop.time()
    if way == "at once":
        new = await _start(place)
        assert await old.stop() == 0
    else:
        assert await old.stop() == 0
        new = await _start(place)
    await _ready(place)
    return new, loop.time() - told


async def test_ten_rolling_restarts(tmp_path: Path) -> None:
    """All get the answer to what they asked, within two seconds of when there is somebody to answer."""
    async with site(tmp_path) as place:
        place.knowledge = SHIPPED
        bot = await _start(place)
        await place.answered(place.ask(1))
        asking, enough = Asking(place), asyncio.Event()
        running = asyncio.create_task(asking.run(enough))
        gaps = dict.fromkeys(WAYS, 0.0)
        await asking.go_on(QUIET)
        for number in range(RESTARTS):
            way = asking.meanwhile = WAYS[number % len(WAYS)]
            bot, gap = await _restart(place, bot, way, asking)
            gaps[way] = max(gap, gaps[way])
            await asking.go_on(QUIET)
            asking.meanwhile = "quiet"
            await asking.go_on(1)
        enough.set()
        await running
        await place.settled()
        assert await bot.stop() == 0
        twice = sum(count - 1 for count in place.replies().values())
    print(_figures(asking, gaps), f"0 lost, {twice} answered twice", sep="\n")  # noqa: T201  (the figures)
    assert sum(map(len, asking.waited.values())) == asking.questions
    assert {way: max(asking.waited[way]) for way in WAYS if max(asking.waited[way]) > gaps[way] + SOON} == {}


def _figures(asking: Asking, gaps: dict[str, float]) -> str:
    every = {**asking.waited, "all": [seconds for waits in asking.waited.values() for seconds in waits]}
    return "".join(
        f"\n{way}: {len(waits)} questions, median {statistics.median(waits) * 1000:.0f} ms, "
        f"longest {max(waits):.1f} s, within {SOON:.0f} s {sum(wait <= SOON for wait in waits) / len(waits):.1%}"
        + (f"; nobody there for {gaps[way]:.1f} s at the most" if way in gaps else "")
        for way, waits in every.items()
    )
