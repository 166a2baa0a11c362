"""Buttons: what happens when one is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from bot.replies.measuring import shorten
from bot.replies.rendering import body
from bot.replies.reply import NoneOfThese
from bot.telegram_app import callbacks, delivery, messages
from bot.telegram_app.keyboards import Trail
from bot.telegram_app.limits import CALLBACK_ANSWER

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage, Update

    from bot.telegram_app.callbacks import Press
    from bot.telegram_app.context import Context
    from bot.telegram_app.desk import Desk, FrontDesk, Response
    from bot.telegram_app.journal import Observer


class Buttons:
    """Does what buttons ask for. All they need is in their data, so old ones work after a restart or a reload."""

    def __init__(self, front: FrontDesk, decided: Observer) -> None:
        self._front = front
        self._decided = decided

    async def pressed(self, update: Update, context: Context) -> None:
        """Change the message with the button in place, or answer with a new one; tell if neither can be."""
        query = update.callback_query
        if query is None:
            return
        desk = self._front.desk
        press = callbacks.decode(query.data, desk.references) if query.data else None
        response = desk.at(press.action, press.language) if press else None
        if press is None or response is None:
            language = desk.language(press.language if press else None, query.from_user.language_code)
            gone = body(desk.composer.gone(language))
            await delivery.acknowledge(query, shorten(gone, CALLBACK_ANSWER))
            return
        try:
            if query.message:
                await self._show(query.message, press, response, desk, context)
        finally:
            await delivery.acknowledge(query)

    async def _show(
        self, message: MaybeInaccessibleMessage, press: Press, response: Response, desk: Desk, context: Context
    ) -> None:
        self._decided("button", response)
        me, chat = context.bot.bot, message.chat
        trail = Trail(response.here, press.back, desk.name(press.back, press.language))
        if isinstance(press.action, NoneOfThese):
            trail = Trail()
        if chat.type != ChatType.PRIVATE:
            await delivery.amend(context.bot, chat.id, message.message_id, messages.group(response.reply, me, trail))
            return
        outgoing = messages.private(response.reply, me, trail)
        if press.fresh or not await delivery.amend(context.bot, chat.id, message.message_id, outgoing):
            topic = getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", False) else None
            await delivery.say(context.bot, chat.id, outgoing, topic=topic)
