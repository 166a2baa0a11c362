"""The throttle stands before all handlers and turns away what one chat sends too fast, after one polite notice.

A cry for help, and the command /help, always pass: a person in danger is never told only to wait.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.replies.rendering import html
from bot.telegram_app import commands
from bot.telegram_app.groups import Addressed, Asked, Commanded, Ignored, addressed
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
    """Counts what is meant for the bot.

    ``notice`` gives the words for a language; ``is_cry`` tells whether a text asks for help; ``turned_away`` is told of
    each update that was.
    """

    def __init__(
        self,
        notice: Callable[[str | None], Reply],
        *,
        is_cry: Callable[[str], bool] = lambda _text: False,
        turned_away: Callable[[], None] = lambda: None,
        chats: RateLimit | None = None,
        typing: RateLimit | None = None,
    ) -> None:
        self._notice = notice
        self._is_cry = is_cry
        self._turned_away = turned_away
        self._chats = chats or RateLimit()
        self._typing = typing or RateLimit(INLINE_BURST, INLINE_PER_SECOND)

    async def check(self, update: Update, context: Context) -> None:
        """Let an update pass to the handlers, or raise ApplicationHandlerStop."""
        key = lane(update)
        wanted = None if update.inline_query or update.callback_query else _wanted(update, context)
        if key is None or isinstance(wanted, Ignored):
            return
        verdict = (self._typing if update.inline_query else self._chats).take(key)
        if verdict is Verdict.HANDLE or self._is_urgent(wanted):
            return
        self._turned_away()
        if verdict is Verdict.NOTICE and update.effective_chat is not None:
            await self._tell(update, context)
        raise ApplicationHandlerStop

    def _is_urgent(self, wanted: Addressed | None) -> bool:
        match wanted:
            case Commanded(command="help"):
                return True
            case Commanded(arguments=text) | Asked(text=text):
                return bool(text) and self._is_cry(text)
            case _:
                return False

    async def _tell(self, update: Update, context: Context) -> None:
        user, chat = update.effective_user, update.effective_chat
        reply = self._notice(user.language_code if user else None)
        if chat is None or update.guest_message:
            return
        try:
            await context.bot.send_message(chat_id=chat.id, text=html(reply), rate_limit_args=NOTICE)
        except TelegramError as failure:
            _LOGGER.info("A notice was not sent (%s).", type(failure).__name__)


def _wanted(update: Update, context: Context) -> Addressed:
    return addressed(update, context.bot.bot, commands.FOR_EVERYBODY)
