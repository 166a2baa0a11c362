"""The throttle looks at updates as they arrive and turns away what one chat sends too fast, after one polite notice.

As they arrive, not when their turn comes: what is turned away must not wait behind replies that wait for Telegram's own
limits, or a flood from one chat would stand before everybody else's questions. A cry for help, the command /help and
all that leads to the helplines always pass: a person in danger is never told only to wait.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.telegram_app.handlers import commands
from bot.telegram_app.handlers.addressed import Addressed, Asked, Commanded, Ignored, addressed
from bot.telegram_app.intake.rate_limit import GROUP_PER_SECOND, INLINE_BURST, INLINE_PER_SECOND, RateLimit, Verdict
from bot.telegram_app.outbox import delivery
from bot.telegram_app.outbox.sending import NOTICE
from bot.telegram_app.turn import lane
from bot.telegram_app.views import callbacks, messages, payloads

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import CallbackQuery, Update
    from telegram.ext import ExtBot

    from bot.replies.reply import Reply
    from bot.telegram_app.intake.workers import Handle

_LOGGER = logging.getLogger(__name__)

RELEASES = 32
"""Buttons of those turned away that are answered at once; of a flood the rest goes on turning in its sender's app."""


class Throttle:
    """Counts what is meant for the bot.

    ``handle`` handles what passes. ``notice`` gives the words for a language; ``is_cry`` tells whether a text asks for
    help; ``turned_away`` is told of each update that was.
    """

    def __init__(
        self,
        bot: ExtBot[Any],
        handle: Handle,
        notice: Callable[[str | None], Reply],
        *,
        is_cry: Callable[[str], bool] = lambda _text: False,
        turned_away: Callable[[], None] = lambda: None,
        chats: RateLimit | None = None,
        groups: RateLimit | None = None,
        typing: RateLimit | None = None,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._notice = notice
        self._is_cry = is_cry
        self._turned_away = turned_away
        self._chats = chats or RateLimit()
        self._groups = groups or RateLimit(per_second=GROUP_PER_SECOND)
        self._typing = typing or RateLimit(INLINE_BURST, INLINE_PER_SECOND)
        self._releasing: set[asyncio.Task[None]] = set()

    def admit(self, update: Update) -> Handle | None:
        """Return what is to be done with an update that has just arrived; None: nothing."""
        key = lane(update)
        if key is None:
            return self._handle
        wanted = None
        if not (update.inline_query or update.callback_query):
            wanted = addressed(update, self._bot.bot, commands.FOR_EVERYBODY)
        if isinstance(wanted, Ignored):
            return self._handle
        verdict = self._limit(update, key).take(key)
        query = update.callback_query
        if verdict is Verdict.HANDLE or self._is_urgent(wanted, query):
            return self._handle
        self._turned_away()
        if query is not None and len(self._releasing) < RELEASES:
            # Beside the turns of its chat, for which it would have to wait.
            releasing = asyncio.create_task(_release(query))
            self._releasing.add(releasing)
            releasing.add_done_callback(self._releasing.discard)
        return self._tell if verdict is Verdict.NOTICE and update.effective_chat is not None else None

    def _limit(self, update: Update, key: int) -> RateLimit:
        if update.inline_query:
            return self._typing
        return self._groups if key < 0 else self._chats  # ids of groups are negative

    def _is_urgent(self, wanted: Addressed | None, query: CallbackQuery | None) -> bool:
        if query is not None:
            return query.data is not None and callbacks.leads_to_helplines(query.data)
        match wanted:
            case Commanded(command="help") | Commanded(command="start", arguments=payloads.HELPLINES):
                return True
            case Commanded(arguments=text) | Asked(text=text):
                return bool(text) and self._is_cry(text)
            case _:
                return False

    async def _tell(self, update: Update) -> None:
        user, chat = update.effective_user, update.effective_chat
        reply = self._notice(user.language_code if user else None)
        if chat is None or update.guest_message:
            return
        try:
            await self._bot.send_message(chat_id=chat.id, text=messages.text(reply), rate_limit_args=NOTICE)
        except TelegramError as failure:
            _LOGGER.info("A notice was not sent (%s).", type(failure).__name__)


async def _release(query: CallbackQuery) -> None:
    """Let a person's app know that nothing will come of a button."""
    try:
        await delivery.acknowledge(query)
    except TelegramError as failure:
        _LOGGER.info("A button was not answered (%s).", type(failure).__name__)
