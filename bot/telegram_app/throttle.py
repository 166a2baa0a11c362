"""The throttle stands before all handlers and turns away what one chat sends too fast, after one polite notice."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.replies.rendering import html
from bot.telegram_app import commands
from bot.telegram_app.groups import Ignored, addressed
from bot.telegram_app.rate_limit import INLINE_BURST, INLINE_PER_SECOND, RateLimit, Verdict
from bot.telegram_app.sending import NOTICE
from bot.telegram_app.workers import lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.replies.reply import Reply
    from bot.telegram_app.context import Context

_LOGGER = logging.getLogger(__name__)


class Throttle:
    """Counts what is meant for the bot. ``notice`` gives the words for a language; ``turned_away`` is told of each."""

    def __init__(
        self,
        notice: Callable[[str | None], Reply],
        *,
        turned_away: Callable[[], None] = lambda: None,
        chats: RateLimit | None = None,
        typing: RateLimit | None = None,
    ) -> None:
        self._notice = notice
        self._turned_away = turned_away
        self._chats = chats or RateLimit()
        self._typing = typing or RateLimit(INLINE_BURST, INLINE_PER_SECOND)

    async def check(self, update: Update, context: Context) -> None:
        """Let an update pass to the handlers, or raise ApplicationHandlerStop."""
        key = lane(update)
        if key is None or self._is_not_for_us(update, context):
            return
        verdict = (self._typing if update.inline_query else self._chats).take(key)
        if verdict is Verdict.HANDLE:
            return
        self._turned_away()
        if verdict is Verdict.NOTICE and update.effective_chat is not None:
            await self._tell(update, context)
        raise ApplicationHandlerStop

    @staticmethod
    def _is_not_for_us(update: Update, context: Context) -> bool:
        if update.inline_query or update.callback_query:
            return False
        return isinstance(addressed(update, context.bot.bot, commands.FOR_EVERYBODY), Ignored)

    async def _tell(self, update: Update, context: Context) -> None:
        user, chat = update.effective_user, update.effective_chat
        reply = self._notice(user.language_code if user else None)
        if chat is None or update.guest_message:
            return
        try:
            await context.bot.send_message(chat_id=chat.id, text=html(reply), rate_limit_args=NOTICE)
        except TelegramError as failure:
            _LOGGER.info("A notice was not sent (%s).", type(failure).__name__)
