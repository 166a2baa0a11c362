"""SIGKILL and SIGTERM under load: nobody is left without an answer."""

from __future__ import annotations

import asyncio
import random
import signal
from typing import TYPE_CHECKING

import pytest

from tests.operations.faults import Plan
from tests.operations.process import PATIENCE, site

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long

UPDATES = 200
MOMENTS = 20
WORLDS_AT_ONCE = 4
"""Kills under way at once: most of the time a bot starts, or waits for a slow send."""
SEND = 0.15
"""Seconds that each message takes at Telegram."""


def _slow_sends() -> Plan:
    return Plan(seconds=lambda method, _given: SEND if method == "sendMessage" else 0.0)


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
async def test_killed_at_twenty_random_moments(tmp_path: Path, *, by_webhook: bool) -> None:
    """After SIGKILL and a new start everybody has an answer, and only unconfirmed updates were answered twice."""
    room = asyncio.Semaphore(WORLDS_AT_ONCE)

    async def one(moment: int) -> int:
        async with room:
            return await _killed(tmp_path / str(moment), moment, by_webhook=by_webhook)

    twice = await asyncio.gather(*(one(moment) for moment in range(MOMENTS)))
    print(f"\n{MOMENTS} kills, {UPDATES} updates each: 0 unanswered, answered twice {sum(twice)} in all")  # noqa: T201


async def _killed(data: Path, moment: int, *, by_webhook: bool) -> int:
    """Kill a bot under load and start another; return how many people were answered twice."""
    async with site(data, _slow_sends(), by_webhook=by_webhook) as place:
        bot = await place.start()
        chats = place.ask(UPDATES)
        # Killed when a random share of the answers is out: a moment in the middle of the work, on any machine.
        enough = random.Random(moment).randrange(1, UPDATES)  # noqa: S311  (a fixed seed is the point)
        await place.door.until(lambda: len(place.replies()) >= enough, "the first replies", PATIENCE)
        await bot.stop(signal.SIGKILL)
        unconfirmed = {update["message"]["chat"]["id"] for update in place.world.pending}
        bot = await place.start()
        await place.answered(chats)
        await place.settled()
        await bot.stop()
        replies = place.replies()
        twice = {chat for chat, count in replies.items() if count > 1}
        assert set(chats) == replies.keys()
        assert twice <= unconfirmed
        assert max(replies.values()) <= 2
        return len(twice)


async def test_sigterm_under_load(tmp_path: Path) -> None:
    """SIGTERM in the middle of the work: exit 0 within five seconds, and the next start leaves nobody out."""
    async with site(tmp_path, _slow_sends()) as place:
        bot = await place.start()
        chats = place.ask(UPDATES)
        await place.door.until(lambda: len(place.replies()) >= 20, "the first replies", PATIENCE)
        loop = asyncio.get_running_loop()
        told = loop.time()
        assert await bot.stop(signal.SIGTERM) == 0
        assert loop.time() - told < 5
        bot = await place.start()
        await place.answered(chats)
        await place.settled()
        await bot.stop()
        assert place.replies().keys() == set(chats)
        assert max(place.replies().values()) == 1
