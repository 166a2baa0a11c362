"""The throttle looks at updates as they arrive and turns away what one chat sends too fast, after one polite notice.

As they arrive, not when their turn comes: what is turned away must not wait behind replies that wait for Telegram's own
limits, or a flood from one chat would stand before everybody else's questions. A cry for help, the command /help and
all that leads to the helplines are answered however much came before: a person in danger is never told only to wait.
Of many such at once the first and the last are: see ``urgent``.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.telegram_app.handlers import commands
from bot.telegram_app.handlers.addressed import Addressed, Asked, Commanded, Ignored, addressed
from bot.telegram_app.intake.rate_limit import (
    GROUP_PER_SECOND,
    INLINE_BURST,
    INLINE_PER_SECOND,
    MEMBER_BURST,
    MEMBER_PER_SECOND,
    RateLimit,
    Verdict,
)
from bot.telegram_app.intake.urgent import Kind, Urgent
from bot.telegram_app.outbox import delivery
from bot.telegram_app.outbox.sending import NOTICE
from bot.telegram_app.turn import lane
from bot.telegram_app.views import callbacks, messages, payloads

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

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
    help, and is asked in a thread; ``turned_away`` is told of each update that was.
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
        members: RateLimit | None = None,
        typing: RateLimit | None = None,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._notice = notice
        self._urgent = Urgent(is_cry)
        self._turned_away = turned_away
        self._chats = chats or RateLimit()
        self._groups = groups or RateLimit(per_second=GROUP_PER_SECOND)
        self._members = members or RateLimit(MEMBER_BURST, MEMBER_PER_SECOND)
        self._typing = typing or RateLimit(INLINE_BURST, INLINE_PER_SECOND)
        self._releasing: set[asyncio.Task[None]] = set()

    def admit(self, update: Update) -> Handle | Coroutine[None, None, Handle | None] | None:
        """Return what is to be done with an update that has just arrived; None: nothing.

        Of what is too much and may have to pass, that is only known once it was awaited, in the update's own task.
        """
        key = lane(update)
        if key is None:
            return self._handle
        wanted = None
        if not (update.inline_query or update.callback_query):
            wanted = addressed(update, self._bot.bot, commands.FOR_EVERYBODY)
        if isinstance(wanted, Ignored):
            return self._handle
        verdict = self._counted(update, key)
        if verdict is Verdict.HANDLE:
            return self._handle
        query = update.callback_query
        kind, text = _kind(wanted, query)
        if kind is None:
            return self._turn_away(update, verdict)
        sender = key, update.effective_user.id if update.effective_user else key
        return self._if_urgent(update, verdict, sender, kind, text)

    def _counted(self, update: Update, key: int) -> Verdict:
        """Count an update; in a group its member first, so that one of them cannot use up what all have together."""
        if update.inline_query:
            return self._typing.take(key)
        if key >= 0:
            return self._chats.take(key)
        member = update.effective_user
        if member and (verdict := self._members.take((key, member.id))) is not Verdict.HANDLE:
            return verdict
        return self._groups.take(key)

    async def _if_urgent(
        self, update: Update, verdict: Verdict, sender: tuple[int, int], kind: Kind, text: str
    ) -> Handle | None:
        if (not text or await self._urgent.is_cry(sender, text)) and await self._urgent.turn(sender, kind):
            return self._handle
        return self._turn_away(update, verdict)

    def _turn_away(self, update: Update, verdict: Verdict) -> Handle | None:
        self._turned_away()
        query = update.callback_query
        if query is not None and len(self._releasing) < RELEASES:
            # Beside the turns of its chat, for which it would have to wait.
            releasing = asyncio.create_task(_release(query))
            self._releasing.add(releasing)
            releasing.add_done_callback(self._releasing.discard)
        return self._tell if verdict is Verdict.NOTICE and update.effective_chat is not None else None

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


def _kind(wanted: Addressed | None, query: CallbackQuery | None) -> tuple[Kind | None, str]:
    """Return what an update may have to pass as, and the text in which a cry must be heard for that; None: it need not.

    A text that is a cry covers an earlier one, a command another, a button another: each shows what the other would.
    """
    if query is not None:
        leads = query.data is not None and callbacks.leads_to_helplines(query.data)
        return Kind.BUTTON if leads else None, ""
    match wanted:
        case Commanded(command="help", arguments="") | Commanded(command="start", arguments=payloads.HELPLINES):
            return Kind.COMMAND, ""
        case Commanded(command="help"):
            return Kind.CRY, ""
        case Commanded(arguments=text) | Asked(text=text) if text:
            return Kind.CRY, text
        case _:
            return None, ""
