"""SIGKILL and SIGTERM under load: nobody is left without an answer."""

from __future__ import annotations

import asyncio
import random
import signal
from typing import TYPE_CHECKING

import pytest

from tests.operations.faults import Plan
from tests.operations.process import site

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long

UPDATES = 200
SEND = 0.15
"""Seconds that each message takes at Telegram."""


def _slow_sends() -> Plan:
    return Plan(seconds=lambda method, _given: SEND if method == "sendMessage" else 0.0)


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("moment", range(20))
async def test_killed_at_a_random_moment(tmp_path: Path, moment: int, *, by_webhook: bool) -> None:
    """After SIGKILL and a new start everybody has an answer, and only unconfirmed updates were answered twice."""
    async with site(tmp_path, _slow_sends(), by_webhook=by_webhook) as place:
        bot = await place.start()
        chats = place.ask(UPDATES)
        # Killed when a random share of the answers is out: a moment in the middle of the work, on any machine.
        enough = random.Random(moment).randrange(1, UPDATES)  # noqa: S311  (a fixed seed is the point)
        await place.door.until(lambda: len(place.replies()) >= enough, "the first replies", 60)
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


async def test_sigterm_under_load(tmp_path: Path) -> None:
    """SIGTERM in the middle of the work: exit 0 within five seconds, and the next start leaves nobody out."""
    async with site(tmp_path, _slow_sends()) as place:
        bot = await place.start()
        chats = place.ask(UPDATES)
        await place.door.until(lambda: len(place.replies()) >= 20, "the first replies", 60)
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
