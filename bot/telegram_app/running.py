"""Running the bot on Telegram by long polling."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from typing import TYPE_CHECKING

from telegram.error import InvalidToken
from telegram.ext import Updater

from bot.editions.shelf import NothingToServe, Shelf
from bot.telegram_app import logs, startup
from bot.telegram_app.application import ALLOWED_UPDATES, build

if TYPE_CHECKING:
    from bot.settings import Settings

_LOGGER = logging.getLogger(__name__)

NOT_STARTED = 2
"""Exit status when a setting or the knowledge keeps the bot from starting."""


def run(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM; return the exit status."""
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
    return 0


def _refuse(line: str) -> int:
    sys.stderr.write(f"jjbot: {line}\n")
    return NOT_STARTED


async def _until_told_to_stop(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
            loop.add_signal_handler(number, stop.set)
    await serve(settings, stop)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run until ``stop``; the settings must hold a token.

    Raises NothingToServe where the knowledge has errors and there is no earlier edition, InvalidToken where Telegram
    refuses the token.
    """
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    logs.configure(settings.log_level, settings.log_format, secrets=(token,))
    shelf = await asyncio.to_thread(Shelf.open, settings.knowledge_dir, settings.data_dir)
    application = build(settings, shelf)
    async with application:
        for line in await startup.shortcomings(application.bot, polling=True):
            _LOGGER.warning("%s", line)
        info = shelf.edition.catalogue.bot
        await startup.register(application.bot, info, settings.default_language, settings.admin_ids)
        async with Updater(application.bot, application.update_queue) as updater:
            await application.start()
            await updater.start_polling(allowed_updates=list(ALLOWED_UPDATES), bootstrap_retries=-1)
            await stop.wait()
            await updater.stop()
            await application.stop()
