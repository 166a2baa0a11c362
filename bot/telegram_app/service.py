"""The service: a running bot, from the first contact with Telegram to an orderly end."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.error import InvalidToken, TelegramError

from bot.telegram_app.tasks import BackOff, Stopped, unless_stopped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.telegram_app.intake.door.http_server import HttpServer
    from bot.telegram_app.intake.polling import Polling
    from bot.telegram_app.intake.registration import Registration
    from bot.telegram_app.memory import Memory
    from bot.telegram_app.monitoring.metrics import Metrics
    from bot.telegram_app.monitoring.readiness import Readiness
    from bot.telegram_app.ptb_types import App
    from bot.telegram_app.reloading import Reloading

_LOGGER = logging.getLogger(__name__)

LOOK = 0.05
"""Seconds between looks at whether the event loop comes to its work in time."""

FORGET = 60.0
"""Seconds between looks at which conversations are over."""


@dataclass(frozen=True, slots=True)
class Service:
    """One bot process: the parts that live as long as it does. ``door`` is None where nobody asks for it.

    ``introduce`` is what is told to Telegram and to administrators at the start, beside the first answers.
    """

    application: App
    intake: Polling | Registration
    door: HttpServer | None
    readiness: Readiness
    metrics: Metrics
    reloading: Reloading
    memory: Memory
    introduce: Callable[[], Awaitable[None]]

    async def serve(self, stop: asyncio.Event, reload: asyncio.Event | None = None) -> None:
        """Answer until ``stop`` is set, then finish what is in work. Each time ``reload`` is set: read the knowledge.

        Raises telegram.error.InvalidToken when Telegram refuses the token, and CannotListen when LISTEN cannot be used.
        """
        if self.door is not None:
            self.door.open()
        beside = [asyncio.create_task(self._watch_loop()), asyncio.create_task(self._forget())]
        if reload is not None:
            beside.append(asyncio.create_task(self.reloading.whenever(reload)))
        try:
            with suppress(Stopped):
                await self._reach(stop)
                beside.append(asyncio.create_task(self._introduce()))
                await self.intake.run(stop)
        finally:
            for task in beside:
                task.cancel()
            self.readiness.stopping()
            if self.door is not None:
                await self.door.close()
            await self.application.shutdown()

    async def _reach(self, stop: asyncio.Event) -> None:
        """Wait until Telegram answers, however long the network takes. Raises Stopped, and InvalidToken."""
        back_off = BackOff()
        while True:
            try:
                await unless_stopped(self.application.initialize(), stop)
            except InvalidToken:
                raise
            except TelegramError as failure:
                pause = back_off.pause()
                _LOGGER.warning("Telegram cannot be reached (%s), next try in %.1f s.", type(failure).__name__, pause)
                await unless_stopped(asyncio.sleep(pause), stop)
            else:
                return

    async def _introduce(self) -> None:
        try:
            await self.introduce()
        except Exception:
            _LOGGER.exception("Not all could be said at the start; questions are answered all the same.")

    async def _watch_loop(self) -> None:
        """Measure how late the event loop comes to its work: everybody's answer waits that long."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LOOK
            await asyncio.sleep(LOOK)
            self.metrics.stalled(loop.time() - due)

    async def _forget(self) -> None:
        """Let go of conversations that are over, also while nobody writes."""
        while True:
            await asyncio.sleep(FORGET)
            self.memory.sweep()
