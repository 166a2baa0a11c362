"""What happens when handling an update fails: a line in the log, and a word to whoever waits for an answer."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import BadRequest, TelegramError

from bot.telegram_app.handlers import commands
from bot.telegram_app.handlers.addressed import Ignored, addressed
from bot.telegram_app.outbox import delivery
from bot.telegram_app.outbox.sending import NOTICE
from bot.telegram_app.turn import note_failure
from bot.telegram_app.views import messages

if TYPE_CHECKING:
    from bot.telegram_app.handlers.responder import CurrentResponder
    from bot.telegram_app.ptb_types import Context

_LOGGER = logging.getLogger(__name__)


class Failures:
    """Sees to updates whose handlers raised something."""

    def __init__(self, current: CurrentResponder) -> None:
        self._current = current

    async def failed(self, update: object, context: Context) -> None:
        """Log what went wrong and where in the program, without anything that a person wrote; then say sorry."""
        error = context.error
        if error is None:
            return
        note_failure()
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-6:]))
        _LOGGER.error("An update could not be handled: %s at %s", type(error).__name__, where)
        # Where Telegram could not be reached, or did not let the bot write, it would not take an apology either.
        if isinstance(update, Update) and (not isinstance(error, TelegramError) or isinstance(error, BadRequest)):
            try:
                await self._apologise(update, context)
            except TelegramError as failure:
                _LOGGER.info("An apology was not sent (%s).", type(failure).__name__)

    async def _apologise(self, update: Update, context: Context) -> None:
        """Answer a new message for the bot with a notice, and a button with nothing; all else is let be."""
        if update.callback_query is not None:
            await delivery.acknowledge(update.callback_query)
            return
        message = update.message
        if message is None or isinstance(addressed(update, context.bot.bot, commands.FOR_EVERYBODY), Ignored):
            return
        composer = self._current.responder.composer
        reply = composer.failed(composer.language_for(message.from_user.language_code if message.from_user else None))
        await context.bot.send_message(
            chat_id=message.chat_id,
            message_thread_id=message.message_thread_id if message.is_topic_message else None,
            text=messages.text(reply),
            rate_limit_args=NOTICE,
        )
