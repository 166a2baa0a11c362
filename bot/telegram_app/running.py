"""Running the bot on Telegram, from the settings to the exit status."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import InvalidToken

from bot.editions.store import EditionStore, NothingToServe
from bot.telegram_app.application import assemble
from bot.telegram_app.intake.door.http_server import CannotListen
from bot.telegram_app.monitoring import logs
from bot.telegram_app.tasks import Stopped, aside, unless_stopped

if TYPE_CHECKING:
    from bot.settings import Settings

_LOGGER = logging.getLogger(__name__)

NOT_STARTED = 2
"""Exit status when a setting or the knowledge keeps the bot from starting."""

AT_ONCE = 1
"""Exit status after a second signal: what was in work was dropped (Telegram brings it again)."""


def run(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM; return the exit status. SIGHUP reads the knowledge again."""
    if settings.telegram_bot_token is None:
        return _refuse("TELEGRAM_BOT_TOKEN: there is no token; get one from BotFather and set it, or put it into .env")
    try:
        asyncio.run(_until_told_to_stop(settings))
    except NothingToServe as nothing:
        for finding in nothing.findings:
            sys.stderr.write(f"{finding}\n")
        return _refuse(f"{settings.knowledge_dir}: {nothing}; mend it and start again")
    except InvalidToken:
        return _refuse("TELEGRAM_BOT_TOKEN: Telegram refuses this token; copy it from BotFather again")
    except CannotListen as reason:
        return _refuse(f"LISTEN: {settings.listen} cannot be used: {reason}; choose another address")
    return 0


def _refuse(line: str) -> int:
    sys.stderr.write(f"jjbot: {line}\n")
    return NOT_STARTED


async def serve(settings: Settings, stop: asyncio.Event, reload: asyncio.Event | None = None) -> None:
    """Run until ``stop``; the settings must hold a token. Each time ``reload`` is set the knowledge is read again.

    Raises NothingToServe where the knowledge has errors and there is no earlier edition, InvalidToken where Telegram
    refuses the token, CannotListen where LISTEN cannot be used.
    """
    secrets = (settings.telegram_bot_token, settings.webhook_secret)
    logs.configure(
        settings.log_level,
        settings.log_format,
        secrets=tuple(secret.get_secret_value() for secret in secrets if secret is not None),
    )
    opening = aside(partial(EditionStore.open, settings.knowledge_dir, settings.data_dir))
    try:
        store = await unless_stopped(opening, stop)
    except Stopped:
        return
    await assemble(settings, store).serve(stop, reload)


async def _until_told_to_stop(settings: Settings) -> None:
    stop, reload = asyncio.Event(), asyncio.Event()

    def end() -> None:
        if stop.is_set():
            _LOGGER.warning("Told twice to stop: stopping at once.")
            logging.shutdown()
            os._exit(AT_ONCE)
        _LOGGER.info("Told to stop: finishing what is in work.")
        stop.set()

    loop = asyncio.get_running_loop()
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end)
        loop.add_signal_handler(signal.SIGHUP, reload.set)
    except (AttributeError, NotImplementedError):
        _LOGGER.info("This system has no signals for an event loop: Ctrl-C ends the bot, /reload reloads.")
    await serve(settings, stop, reload)
