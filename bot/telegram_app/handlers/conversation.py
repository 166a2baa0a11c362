"""Messages: questions and commands, in private chats, in groups, and from chats that the bot is a guest of."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.matching.decision import Question
from bot.telegram_app.handlers import commands
from bot.telegram_app.handlers.addressed import Asked, Commanded, Ignored, Surface, Unreadable, addressed, message_of
from bot.telegram_app.handlers.edit_tracker import EditTracker
from bot.telegram_app.handlers.responder import Response
from bot.telegram_app.intake.workers import off_the_clock
from bot.telegram_app.outbox import delivery
from bot.telegram_app.views import articles, keyboards, messages
from bot.telegram_app.views.keyboards import Trail

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from telegram import Message, Update, User

    from bot.editions.store import Reload
    from bot.telegram_app.decision_log import Observer
    from bot.telegram_app.handlers.addressed import Addressed
    from bot.telegram_app.handlers.responder import CurrentResponder, Responder
    from bot.telegram_app.ptb_types import Context

_LOGGER = logging.getLogger(__name__)


class Conversation:
    """Answers messages. Keeps nothing between two of them but which answer belongs to which question."""

    def __init__(
        self,
        current: CurrentResponder,
        administrators: Collection[int],
        reload: Callable[[], Awaitable[Reload]],
        decided: Observer,
    ) -> None:
        self._current = current
        self._administrators = frozenset(administrators)
        self._reload = reload
        self._decided = decided
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
        if self._is_for_administrators(message, wanted):
            async with delivery.typing(context.bot, message.chat_id):
                response = await self._reloaded(message)
        else:
            response = self._response(message, wanted, me)
        if update.guest_message:
            await delivery.show_to_guest(context.bot, message.guest_query_id or "", articles.article(response, me))
        else:
            await self._send(message, response, context, in_group=_surface(wanted) is Surface.GROUP)

    async def _send(self, message: Message, response: Response, context: Context, *, in_group: bool) -> None:
        """Send a response where the message was written; in a group as an answer to it."""
        answer = await delivery.say(
            context.bot,
            message.chat_id,
            _outgoing(response, context.bot.bot, in_group=in_group),
            topic=message.message_thread_id if message.is_topic_message else None,
            quoting=message.message_id if in_group else None,
        )
        if answer:
            self._answered.remember(message, answer)

    async def _edited(self, message: Message, wanted: Addressed, context: Context) -> None:
        """Change the answer to a question that was changed, if it is still known; else say nothing."""
        answer = self._answered.answer_to(message)
        if answer is None or not isinstance(wanted, Asked | Commanded) or self._is_for_administrators(message, wanted):
            return
        me = context.bot.bot
        response = self._response(message, wanted, me)
        outgoing = _outgoing(response, me, in_group=wanted.surface is Surface.GROUP)
        await delivery.amend(context.bot, message.chat_id, answer, outgoing)

    def _response(self, message: Message, wanted: Addressed, me: User) -> Response:
        responder = self._current.responder
        language = message.from_user.language_code if message.from_user else None
        match wanted:
            case Asked(_, text) if text.strip():
                response = _answer(text, message, me, responder)
            case Asked():
                response = responder.how_to_ask(responder.language(language))
            case Commanded(_, command, arguments):
                response = commands.response(command, arguments, responder, language)
            case _:
                response = Response(responder.composer.text_only(responder.language(language)))
        self._decided(_surface(wanted), response)
        return response

    def _is_for_administrators(self, message: Message, wanted: Addressed) -> bool:
        return (
            isinstance(wanted, Commanded)
            and wanted.surface is Surface.PRIVATE
            and wanted.command in commands.FOR_ADMINISTRATORS
            and message.from_user is not None
            and message.from_user.id in self._administrators
        )

    async def _reloaded(self, message: Message) -> Response:
        """Read the knowledge again and report; questions that come meanwhile are answered from what there is."""
        async with off_the_clock():  # given up half-way it would be swapped in all the same, and nobody told
            outcome = await self._reload()
        responder = self._current.responder
        language = responder.language(message.from_user.language_code if message.from_user else None)
        return Response(responder.composer.reload_report(outcome, language))


def _answer(text: str, message: Message, me: User, responder: Responder) -> Response:
    """Answer a question; a reply to a card is about that card's entry, and in its language if it has none itself."""
    language = message.from_user.language_code if message.from_user else None
    about = None
    if message.reply_to_message and (target := keyboards.subject(message.reply_to_message, me)):
        about = responder.references.entry(target.name)
        language = target.language or language
    return responder.answer(Question(text=text, asker_language=language, about=about))


def _surface(wanted: Addressed) -> Surface:
    return wanted.surface if isinstance(wanted, Asked | Commanded) else Surface.PRIVATE


def _outgoing(response: Response, me: User, *, in_group: bool) -> messages.Outgoing:
    render = messages.group if in_group else messages.private
    return render(response.reply, me, Trail(here=response.here, try_inline=response.try_inline))
