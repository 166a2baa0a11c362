"""The whole bot as a process of its own, before a stand-in for Telegram in the process of the test."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bot.standin.server import Server
from bot.standin.world import World
from tests.operations.faults import FaultyDoor, Plan
from tests.operations.searching import PLANTED, found

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GARDEN = Path(__file__).parents[1] / "telegram_app" / "garden"
QUESTION = "what do you know about hedges"
PATIENCE = 120.0
"""Seconds that a test waits for the bot; machines are shared."""


class Bot:
    """A running ``jjbot run``; what it logs is read as it comes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._more = asyncio.Event()
        self._reading = asyncio.create_task(self._read())
        self._reading.add_done_callback(lambda _: self._more.set())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode("utf-8", "replace").rstrip())
            self._more.set()

    async def logged(self, text: str, after: int = 0) -> str:
        """Wait for a line that holds ``text``, the first but ``after``, and return it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self._more.clear()
                found = [line for line in self.lines if text in line]
                if len(found) > after:
                    return found[after]
                assert not self._reading.done(), (
                    f"the bot has ended with {await self.process.wait()}: {self.lines[-3:]}"
                )
                await self._more.wait()

    async def ended(self) -> int:
        """Wait for the end and return the exit status; all of the log is there then."""
        status = await asyncio.wait_for(self.process.wait(), PATIENCE)
        await self._reading
        return status

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return await self.ended()


@dataclass(slots=True)
class Site:
    """A world, its door with faults, and what is needed to start a bot before it."""

    world: World
    door: Server
    faulty: FaultyDoor
    data: Path
    knowledge: Path = GARDEN
    port: int = 0
    by_webhook: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    """A program that starts the bot, with its arguments."""
    bots: list[Bot] = field(default_factory=list)
    _people: int = 0
    _replies: Counter[int] = field(default_factory=Counter)
    _counted: int = 0

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
            settings["WEBHOOK_SECRET"] = f"of-world-{self.port}"  # one world's bot takes nothing of another's
        clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        return clean | settings | self.extra

    async def start(self) -> Bot:
        """Start a bot."""
        process = await asyncio.create_subprocess_exec(
            *(*self.before, sys.executable, "-m", "bot", "run"),
            env=self.environment(),
            cwd=Path(__file__).parents[2],
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        bot = Bot(process)
        self.bots.append(bot)
        return bot

    def ask(self, count: int, text: str = QUESTION) -> list[int]:
        """Let ``count`` new people ask one question each; returns their chats."""
        chats = []
        for _ in range(count):
            self._people += 1
            person = self.world.user(f"{PLANTED}{self._people}")
            chats.append(self.world.ask(person, text).chat.id)
        return chats

    def replies(self) -> Counter[int]:
        """Return how many messages each chat got."""
        # Asked after every change of the world, so it must not count all of them each time.
        for method, given, error in self.world.calls[self._counted :]:
            if method == "sendMessage" and error is None:
                self._replies[int(given["chat_id"])] += 1
        self._counted = len(self.world.calls)
        return self._replies

    def texts(self, chat: int) -> list[str]:
        """Return what the bot sent to a chat."""
        return [
            str(given["text"])
            for method, given, error in self.world.calls
            if method == "sendMessage" and error is None and int(given["chat_id"]) == chat
        ]

    def forget(self) -> None:
        """Drop what was counted so far, for runs so long that it would fill the memory."""
        self.world.calls.clear()
        self._replies.clear()
        self._counted = 0

    async def answered(self, chats: list[int], patience: float = PATIENCE) -> None:
        """Wait until each of these chats got a message."""
        missing = list(chats)

        def all_answered() -> bool:
            replies = self.replies()
            while missing and missing[-1] in replies:
                missing.pop()
            return not missing

        try:
            await self.door.until(all_answered, "a reply to everybody", patience)
        except TimeoutError as missed:
            missed.add_note("\n".join(line for bot in self.bots for line in bot.lines[-20:]))
            raise

    async def settled(self, patience: float = PATIENCE) -> None:
        """Wait until every update is confirmed."""
        await self.door.settled(patience)


# Test runs beside this one have neighbouring process numbers: their ports begin a hundred or so further on.
_ports = count(20_000 + os.getpid() * 97 % 10_000)


def free_port() -> int:
    """Return a port that nobody uses right now, another each time.

    It is none of those that systems give to outgoing connections: while a killed bot is started again its port must
    not become somebody else's.
    """
    for port in _ports:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("ports never end")


@asynccontextmanager
async def site(
    data: Path, plan: Plan | None = None, *, by_webhook: bool = False, flood_limits: bool = False
) -> AsyncIterator[Site]:
    """Open a world. At the end the logs of its bots are searched for what people are and wrote."""
    world = World(flood_limits=flood_limits)
    async with Server(world) as door, FaultyDoor(door, plan) as faulty:
        place = Site(world, door, faulty, data, port=free_port(), by_webhook=by_webhook)
        yield place
        lines = [line for bot in place.bots for line in bot.lines]
        assert found(world, lines) == []
        assert not any(world.token in line for line in lines)
