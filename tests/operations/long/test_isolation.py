"""One slow chat, and a large reload: how much longer everybody else waits."""

from __future__ import annotations

import asyncio
import statistics
from typing import TYPE_CHECKING, Any

import pytest

from tests.operations.faults import Plan
from tests.operations.load import run_load
from tests.operations.process import QUESTION, site

if TYPE_CHECKING:
    from pathlib import Path

    from bot.standin.chats import User
    from bot.standin.world import World

pytestmark = pytest.mark.long

SLOW = 3.0
"""Seconds that each message to the slow chat takes at Telegram."""
QUESTIONS = 60
EVERY = 0.1
"""Seconds between two questions of others: a quarter of what Telegram's limits let a bot send."""


@pytest.mark.parametrize(("by_webhook", "allowed"), [(False, 0.6), (True, 0.05)], ids=["polling", "webhook"])
async def test_one_slow_chat_delays_nobody_else(tmp_path: Path, *, by_webhook: bool, allowed: float) -> None:
    """Other chats' median delay grows by less than 0.6 s by polling, and by 50 ms by webhook."""
    slow: set[int] = set()

    def seconds(method: str, given: dict[str, Any]) -> float:
        return SLOW if method == "sendMessage" and int(given["chat_id"]) in slow else 0.0

    async with site(tmp_path, Plan(seconds=seconds), by_webhook=by_webhook) as place:
        bot = await place.start()
        await place.answered(place.ask(20))
        somebody = place.world.user("Somebody")
        slow.add(place.world.private(somebody).id)
        alone: list[float] = []
        beside: list[float] = []
        for _ in range(2):  # in turns, as other work on the machine comes and goes
            alone += await run_load(place, QUESTIONS, EVERY)
            talking = asyncio.create_task(_keep_talking(place.world, somebody))
            beside += await run_load(place, QUESTIONS, EVERY)
            talking.cancel()
            await place.settled()
        await bot.stop()
    grown = statistics.median(beside) - statistics.median(alone)
    print(  # noqa: T201  (the figure)
        f"\nmedian delay alone {statistics.median(alone) * 1000:.0f} ms, beside a slow chat "
        f"{statistics.median(beside) * 1000:.0f} ms: {grown * 1000:+.0f} ms"
    )
    assert grown < allowed


async def _keep_talking(world: World, somebody: User) -> None:
    """Let somebody ask as often as a reply takes, so that one is always under way."""
    while True:
        world.ask(somebody, QUESTION)
        await asyncio.sleep(SLOW)
