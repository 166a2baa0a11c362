"""Buttons: what happens when one is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from bot.limits import CALLBACK_ANSWER
from bot.replies.plain import body
from bot.replies.reply import NoneOfThese
from bot.replies.wording.lengths import shorten
from bot.telegram_app.handlers.contexts import conversation
from bot.telegram_app.outbox import delivery
from bot.telegram_app.views import callbacks, messages
from bot.telegram_app.views.keyboards import Trail

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage, Update

    from bot.telegram_app.handlers.responder import CurrentResponder, Responder
    from bot.telegram_app.memory import Memory
    from bot.telegram_app.monitoring.decision_log import Observer
    from bot.telegram_app.ptb_types import Context
    from bot.telegram_app.views.callbacks import Press
    from bot.telegram_app.views.response import Response


class Buttons:
    """Does what buttons ask for. All they need is in their data, so old ones work after a restart or a reload.

    What they show is remembered in ``memory`` as if it had been asked for in words.
    """

    def __init__(self, current: CurrentResponder, decided: Observer, memory: Memory) -> None:
        self._current = current
        self._decided = decided
        self._memory = memory

    async def pressed(self, update: Update, context: Context) -> None:
        """Change the message with the button in place, or answer with a new one; tell if neither can be."""
        query = update.callback_query
        if query is None:
            return
        responder = self._current.responder
        press = callbacks.decode(query.data, responder.references) if query.data else None
        key = conversation(query.message, query.from_user) if query.message else None
        before = self._memory.get(key) if key else None
        response = responder.at(press.action, press.language, before, query.from_user.language_code) if press else None
        if press is None or response is None:
            language = responder.language(press.language if press else None, query.from_user.language_code)
            gone = body(responder.composer.gone(language))
            await delivery.acknowledge(query, shorten(gone, CALLBACK_ANSWER))
            return
        try:
            if query.message:
                await self._show(query.message, press, response, responder, context)
            if key and response.after:
                self._memory.put(key, response.after)
        finally:
            await delivery.acknowledge(query)

    async def _show(
        self,
        message: MaybeInaccessibleMessage,
        press: Press,
        response: Response,
        responder: Responder,
        context: Context,
    ) -> None:
        self._decided("button", response)
        me, chat = context.bot.bot, message.chat
        trail = Trail(response.here, press.back, responder.name(press.back, press.language))
        if isinstance(press.action, NoneOfThese):
            trail = Trail()
        if chat.type != ChatType.PRIVATE:
            await delivery.amend(context.bot, chat.id, message.message_id, messages.group(response.reply, me, trail))
            return
        outgoing = messages.private(response.reply, me, trail)
        if press.fresh or not await delivery.amend(context.bot, chat.id, message.message_id, outgoing):
            topic = getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", False) else None
            await delivery.say(context.bot, chat.id, outgoing, topic=topic)
