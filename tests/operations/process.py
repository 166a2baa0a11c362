"""The whole bot as a process of its own, before a stand-in for Telegram in the process of the test."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.simulator.door import Door
from bot.simulator.webhook import Delivery
from bot.simulator.world import World
from tests.operations.faults import FaultyDoor, Plan

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GARDEN = Path(__file__).parents[1] / "telegram_app" / "garden"
QUESTION = "what do you know about hedges"
PATIENCE = 120.0
"""Seconds that a test waits for the bot; machines are shared."""


@dataclass(slots=True)
class Site:
    """A world, its door with faults, and what is needed to start a bot before it."""

    world: World
    door: Door
    faulty: FaultyDoor
    data: Path
    knowledge: Path = GARDEN
    port: int = 0
    by_webhook: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    _people: int = 0

    def environment(self) -> dict[str, str]:
        """Return the settings of the bot."""
        settings = {
            "TELEGRAM_BOT_TOKEN": self.world.token,
            "TELEGRAM_API_URL": self.faulty.url,
            "KNOWLEDGE_DIR": str(self.knowledge),
            "DATA_DIR": str(self.data),
            "LISTEN": f"127.0.0.1:{self.port}",
            "HEALTH": "on",
            "LOG_LEVEL": "WARNING",
        }
        if self.by_webhook:
            settings["WEBHOOK_URL"] = f"http://127.0.0.1:{self.port}/updates"
        clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        return clean | settings | self.extra

    async def start(self) -> asyncio.subprocess.Process:
        """Start a bot."""
        with (self.data / "log.txt").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                env=self.environment(),
                cwd=Path(__file__).parents[2],
                stdout=asyncio.subprocess.DEVNULL,
                stderr=log,
            )

    def log(self) -> str:
        """Return what all bots of this site have logged."""
        return (self.data / "log.txt").read_text(encoding="utf-8", errors="replace")

    def ask(self, count: int, text: str = QUESTION) -> list[int]:
        """Let ``count`` new people ask one question each; returns their chats."""
        chats = []
        for _ in range(count):
            self._people += 1
            person = self.world.user(f"P{self._people}")
            chats.append(self.world.ask(person, text).chat.id)
        return chats

    def replies(self) -> Counter[int]:
        """Return how many messages each chat got."""
        return Counter(
            int(given["chat_id"])
            for method, given, error in self.world.calls
            if method == "sendMessage" and error is None
        )

    async def answered(self, chats: list[int], patience: float = PATIENCE) -> None:
        """Wait until each of these chats got a message."""
        await self.door.until(lambda: set(chats) <= self.replies().keys(), "a reply to everybody", patience)

    async def settled(self, patience: float = PATIENCE) -> None:
        """Wait until every update is confirmed."""
        await self.door.settled(patience)


def free_port() -> int:
    """Return a port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def site(
    data: Path, plan: Plan | None = None, *, by_webhook: bool = False, flood_limits: bool = False
) -> AsyncIterator[Site]:
    """Open a world."""
    world = World(flood_limits=flood_limits)
    async with Door(world) as door, FaultyDoor(door, plan) as faulty, Delivery(world):
        yield Site(world, door, faulty, data, port=free_port(), by_webhook=by_webhook)


async def stop(process: asyncio.subprocess.Process, number: signal.Signals = signal.SIGTERM) -> int:
    """End a bot and return its exit status."""
    if process.returncode is None:
        process.send_signal(number)
    return await asyncio.wait_for(process.wait(), 30)
