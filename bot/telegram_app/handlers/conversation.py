"""Messages: questions and commands, in private chats, in groups, and from chats that the bot is a guest of."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.matching.context import Context as Before
from bot.matching.decision import Question
from bot.telegram_app.handlers import commands
from bot.telegram_app.handlers.addressed import Asked, Commanded, Ignored, Surface, Unreadable, addressed, message_of
from bot.telegram_app.handlers.commands import Command, Given
from bot.telegram_app.handlers.contexts import conversation, pinned, shown_in
from bot.telegram_app.handlers.edit_tracker import EditTracker
from bot.telegram_app.memory import Turn
from bot.telegram_app.outbox import delivery
from bot.telegram_app.tasks import aside
from bot.telegram_app.turn import off_the_clock
from bot.telegram_app.views import articles, messages
from bot.telegram_app.views.keyboards import Trail
from bot.telegram_app.views.response import Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from telegram import Message, Update, User

    from bot.knowledge.finding import Reload
    from bot.telegram_app.handlers.addressed import Addressed
    from bot.telegram_app.handlers.responder import CurrentResponder, Responder
    from bot.telegram_app.memory import Memory
    from bot.telegram_app.monitoring.decision_log import Observer
    from bot.telegram_app.ptb_types import Context

_LOGGER = logging.getLogger(__name__)

READ_AT_ONCE = 400
"""Characters of a message that is answered at once: a pasted page takes many milliseconds, in which others have their
turn."""


class Conversation:
    """Answers messages, each in the light of those before.

    Between two of them it keeps which answer belongs to which question, and in ``memory`` what was said just before.
    """

    def __init__(
        self,
        current: CurrentResponder,
        administrators: Collection[int],
        reload: Callable[[], Awaitable[Reload]],
        decided: Observer,
        memory: Memory,
    ) -> None:
        self._current = current
        self._administrators = frozenset(administrators)
        self._reload = reload
        self._decided = decided
        self._memory = memory
        self._answered = EditTracker()

    async def message(self, update: Update, context: Context) -> None:
        """Answer a message that is meant for the bot with one message; ignore all others."""
        message, me = message_of(update), context.bot.bot
        wanted = addressed(update, me, commands.FOR_EVERYBODY)
        if message is None or isinstance(wanted, Ignored):
            _LOGGER.debug("A message was ignored: %s", wanted.reason if isinstance(wanted, Ignored) else "none")
            return
        if update.edited_message:
            await self._edited(message, wanted, context)
            return
        if self._answered.is_more_of_an_album(message) and isinstance(wanted, Unreadable):
            return
        if update.guest_message:
            response = await self._response(message, wanted, None, me, None)
            await delivery.show_to_guest(context.bot, message.guest_query_id or "", articles.article(response, me))
            return
        command, key = self._command(message, wanted), conversation(message, message.from_user)
        if command and command.anew:
            self._memory.forget(key)
        before = self._memory.get(key)
        if command and command.long:
            # Not given up half-way: what a reload has swapped in would go on, and nobody be told.
            async with delivery.typing(context.bot, message.chat_id), off_the_clock():
                response = await self._response(message, wanted, command, me, before)
        else:
            response = await self._response(message, wanted, command, me, before)
        if await self._sent(message, response, context, in_group=_surface(wanted) is Surface.GROUP):
            if response.after:
                self._memory.put(key, response.after)
            self._memory.turns.put((message.chat_id, message.message_id), Turn(before, response.after or before))

    async def _sent(self, message: Message, response: Response, context: Context, *, in_group: bool) -> bool:
        """Send a response where the message was written, in a group as an answer to it; tell whether it arrived."""
        answer = await delivery.say(
            context.bot,
            message.chat_id,
            _outgoing(response, context.bot.bot, in_group=in_group),
            topic=message.message_thread_id if message.is_topic_message else None,
            quoting=message.message_id if in_group else None,
        )
        if answer:
            self._answered.remember(message, answer)
        return answer is not None

    async def _edited(self, message: Message, wanted: Addressed, context: Context) -> None:
        """Change the answer to a question that was changed, if it is still known; else say nothing."""
        answer, command = self._answered.answer_to(message), self._command(message, wanted)
        if answer is None or not isinstance(wanted, Asked | Commanded) or (command and command.administrators):
            return
        me = context.bot.bot
        turn = self._memory.turns.get((message.chat_id, message.message_id)) or Turn(Before(), Before())
        response = await self._response(message, wanted, command, me, turn.before)
        outgoing = _outgoing(response, me, in_group=wanted.surface is Surface.GROUP)
        await delivery.amend(context.bot, message.chat_id, answer, outgoing)
        self._corrected(message, turn, response)

    def _corrected(self, message: Message, turn: Turn, response: Response) -> None:
        """Remember what an edited message leaves behind, unless something newer was said in its conversation."""
        key, after = conversation(message, message.from_user), response.after
        if after is None:
            return
        now = self._memory.get(key)
        if now is turn.after:
            # Whoever may be in danger is not out of it because the words are gone.
            after = replace(after, care=after.care or now.care)
            self._memory.put(key, after)
        self._memory.turns.put((message.chat_id, message.message_id), Turn(turn.before, after))

    async def _response(
        self, message: Message, wanted: Addressed, command: Command | None, me: User, before: Before | None
    ) -> Response:
        """Respond to a message; ``before`` is None where it belongs to no conversation."""
        language = message.from_user.language_code if message.from_user else None
        if isinstance(wanted, Commanded):
            given = Given(wanted.command, wanted.arguments, language, before or Before(), self._current, self._reload)
            if len(wanted.arguments) > READ_AT_ONCE:
                await aside(lambda: given.asked)
            response = await commands.response(command, given)
        elif isinstance(wanted, Asked) and len(wanted.text) > READ_AT_ONCE:
            response = await aside(partial(_answer, wanted, message, me, self._current.responder, before))
        else:
            response = _answer(wanted, message, me, self._current.responder, before)
        self._decided(_surface(wanted), response)
        return response

    def _command(self, message: Message, wanted: Addressed) -> Command | None:
        """Return the command that was given; None if there is none of this name for whoever gave it."""
        if not isinstance(wanted, Commanded):
            return None
        known = message.from_user is not None and message.from_user.id in self._administrators
        return commands.named(wanted.command, administrator=known and wanted.surface is Surface.PRIVATE)


def _answer(wanted: Addressed, message: Message, me: User, responder: Responder, before: Before | None) -> Response:
    """Answer a question; a reply to a card is about that card's entry, and in its language if it has none itself.

    Somebody who only mentioned the bot is told how to ask, and whoever sent anything but text that it reads text.
    """
    language = message.from_user.language_code if message.from_user else None
    if not isinstance(wanted, Asked):
        return Response(responder.composer.text_only(responder.language(language)))
    if not wanted.text.strip():
        return responder.how_to_ask(responder.language(language))
    about = None
    if message.reply_to_message and (shown := shown_in(message.reply_to_message, me, responder.references)):
        about, language = shown.entry, shown.language or language
        before = pinned(before or Before(), about, shown.language)
    return responder.answer(Question(text=wanted.text, asker_language=language, about=about, context=before))


def _surface(wanted: Addressed) -> Surface:
    return wanted.surface if isinstance(wanted, Asked | Commanded) else Surface.PRIVATE


def _outgoing(response: Response, me: User, *, in_group: bool) -> messages.Outgoing:
    render = messages.group if in_group else messages.private
    return render(response.reply, me, Trail(here=response.here, try_inline=response.try_inline))
