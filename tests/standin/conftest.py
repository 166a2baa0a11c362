"""A world, its door, and the real HTTP client of python-telegram-bot in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import telegram
from telegram.request import HTTPXRequest

from bot.standin.clock import ManualClock
from bot.standin.server import Server
from bot.standin.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def clock() -> ManualClock:
    """Stand still until moved."""
    return ManualClock()


@pytest.fixture
def world(clock: ManualClock) -> World:
    """Hold nobody but the bot."""
    return World(clock)


@pytest.fixture
async def door(world: World) -> AsyncIterator[Server]:
    """Serve the world over HTTP."""
    async with Server(world) as door:
        yield door


@pytest.fixture
async def bot(door: Server) -> AsyncIterator[telegram.Bot]:
    """Be the real client (which needs no certificates here: loading them takes longer than a test)."""
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    async with telegram.Bot(
        door.world.token, base_url=f"{door.url}/bot", request=requests[0], get_updates_request=requests[1]
    ) as bot:
        yield bot
