"""A small bot that repeats what it hears, before the stand-in for Telegram with faults put between."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.standin.server import Server
from bot.standin.world import World
from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.poison import PoisonGuard
from bot.telegram_app.intake.polling import Polling
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.outbox.answers import TelegramRequest
from bot.telegram_app.outbox.connections import connections
from bot.telegram_app.outbox.sending import Sending
from tests.operations.faults import FaultyDoor, Plan
from tests.operations.searching import PLANTED, searched

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from telegram import Update
    from telegram.ext import Application, ContextTypes

    Pause = Callable[[float], Coroutine[Any, Any, None]]

SPEED_UP = 50
"""Pauses before repeated calls are this many times shorter in tests."""


async def short(seconds: float) -> None:
    """Pause, but not for long."""
    await asyncio.sleep(seconds / SPEED_UP)


@dataclass(slots=True)
class Echo:
    """The world, the door with its faults, and the running bot."""

    world: World
    door: Server
    faulty: FaultyDoor
    application: Application[Any, Any, Any, Any, Any, Any]
    workers: Workers
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    before_reply: Callable[[Update], Any] | None = None

    def ask(self, count: int, chats: int = 10, prefix: str = "q") -> list[str]:
        """Let people write ``count`` messages in all, in turns; returns the texts."""
        texts = [f"{prefix}{number}" for number in range(count)]
        people = [self.world.user(f"{PLANTED}{number}", username=f"{PLANTED}{number}") for number in range(chats)]
        for number, text in enumerate(texts):
            person = people[number % chats]
            self.world.say(person, self.world.private(person), text)
        return texts

    def sent(self) -> list[str]:
        """Return the texts of all messages that Telegram accepted from the bot."""
        return [given["text"] for method, given, error in self.world.calls if method == "sendMessage" and error is None]


@asynccontextmanager
async def echo_bot(
    plan: Plan | None = None, *, flood_limits: bool = False, pause: Pause = short
) -> AsyncIterator[Echo]:
    """Set the bot up; nothing fetches updates yet. At the end its log is searched for what people are and wrote."""
    world = World(flood_limits=flood_limits)
    async with Server(world) as door, FaultyDoor(door, plan) as faulty:
        application = (
            ApplicationBuilder()
            .token(world.token)
            .base_url(f"{faulty.url}/bot")
            .request(connections())
            .get_updates_request(TelegramRequest(connection_pool_size=1))
            .rate_limiter(Sending(pause=pause))
            .build()
        )
        echo = Echo(world, door, faulty, application, Workers(lambda _: application.process_update))

        async def reply(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            if echo.before_reply is not None:
                result = echo.before_reply(update)
                if result is not None:
                    await result
            message = update.effective_message
            assert message is not None
            await message.reply_text(message.text or "")

        application.add_handler(MessageHandler(filters.TEXT, reply))
        share, faulty.plan.share = faulty.plan.share, 0.0
        await application.initialize()
        faulty.plan.share = share
        try:
            with searched(world):
                yield echo
        finally:
            faulty.plan.share = 0.0
            await application.shutdown()


@asynccontextmanager
async def polling(echo: Echo, attempts: Path | None = None) -> AsyncIterator[asyncio.Task[None]]:
    """Fetch updates while the block runs, and end in order."""
    in_flight = InFlight(echo.application.bot, echo.workers, PoisonGuard(attempts))
    poller = Polling(echo.application.bot, in_flight, allowed_updates=["message"], pause=short)
    task = asyncio.create_task(poller.run(echo.stop))
    try:
        yield task
    finally:
        echo.stop.set()
        await task
