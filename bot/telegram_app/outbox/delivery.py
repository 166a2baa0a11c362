"""What the bot does at Telegram: sending, editing, answering. Refusals that are part of everyday life end here.

Repeating after failures is not done here but once for all calls, by the rate limiter of the application.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from telegram import ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from telegram import CallbackQuery, InlineQueryResultArticle, InlineQueryResultsButton, Message
    from telegram.ext import ExtBot

    from bot.telegram_app.views.messages import Outgoing

_LOGGER = logging.getLogger(__name__)

TYPING = 4.5
"""Seconds after which Telegram is told again that the bot is typing; it shows that for five."""

UNCHANGED = "message is not modified"
"""The same button pressed twice: the message already says it."""

EXPIRED = ("query is too old", "query_id_invalid", "query id is invalid")
"""The person has gone on typing, or the network was slow."""

UNREACHABLE = (
    *("chat not found", "user is deactivated", "peer_id_invalid", "message thread not found"),
    *("have no rights", "not enough rights", "need administrator rights"),
    *("chat_write_forbidden", "chat_restricted", "topic_closed"),
)
"""Nobody is there to read it any more, or the group does not let the bot write."""

UNEDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""The message was deleted, or is too old."""


def _is(error: BadRequest, *texts: str) -> bool:
    return any(text in error.message.casefold() for text in texts)


@contextmanager
def _reaching(what: str) -> Iterator[None]:
    """Pass over that nobody is there; other refusals are raised."""
    try:
        yield
    except Forbidden:
        _LOGGER.info("%s found nobody: blocked, or put out of the group.", what)
    except BadRequest as error:
        if not _is(error, *UNREACHABLE):
            raise
        _LOGGER.info("%s found nobody: %s", what, error.message)


@contextmanager
def _in_time(what: str) -> Iterator[None]:
    """Pass over that an answer came too late; other refusals are raised."""
    try:
        yield
    except BadRequest as error:
        if not _is(error, *EXPIRED):
            raise
        _LOGGER.debug("%s was answered too late.", what)


async def say(
    bot: ExtBot[Any], chat_id: int, outgoing: Outgoing, *, topic: int | None = None, quoting: int | None = None
) -> Message | None:
    """Send a message, into a topic and as the answer to a message where they are given; None if nobody is there."""
    quotation = None
    if quoting is not None:  # the whole message, so no part of it has a parse mode
        quotation = ReplyParameters(message_id=quoting, allow_sending_without_reply=True, quote_parse_mode=None)
    with _reaching("A reply"):
        return await bot.send_message(
            chat_id=chat_id,
            message_thread_id=topic,
            text=outgoing.text,
            reply_markup=outgoing.markup,
            reply_parameters=quotation,
        )
    return None


@asynccontextmanager
async def typing(bot: ExtBot[Any], chat_id: int) -> AsyncIterator[None]:
    """Show that the bot is typing for as long as the block takes."""

    async def show() -> None:
        while True:
            # Only a courtesy: if it fails, the answer itself tells what there is to tell.
            with suppress(TelegramError):
                await bot.send_chat_action(chat_id=chat_id, action=ChatAction.TYPING)
            await asyncio.sleep(TYPING)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.wait([showing])


async def amend(bot: ExtBot[Any], chat_id: int, message_id: int, outgoing: Outgoing) -> bool:
    """Change a message of the bot's in place; False if it cannot be changed any more."""
    try:
        with _reaching("A change"):
            await bot.edit_message_text(
                chat_id=chat_id, message_id=message_id, text=outgoing.text, reply_markup=outgoing.markup
            )
    except BadRequest as error:
        if not _is(error, UNCHANGED, *UNEDITABLE):
            raise
        return _is(error, UNCHANGED)
    return True


async def acknowledge(query: CallbackQuery, notice: str | None = None) -> None:
    """Tell the person's app that the button worked, with a short notice if there is one."""
    with _in_time("A button"):
        await query.answer(text=notice)


async def show_results(
    bot: ExtBot[Any],
    query_id: str,
    results: Sequence[InlineQueryResultArticle],
    *,
    cache_time: int,
    is_personal: bool,
    next_offset: str = "",
    button: InlineQueryResultsButton | None = None,
) -> None:
    """Answer an inline query; too late is a normal thing, as people go on typing."""
    with _in_time("An inline query"):
        await bot.answer_inline_query(
            inline_query_id=query_id,
            results=results,
            cache_time=cache_time,
            is_personal=is_personal,
            # Left out when empty: with Defaults set, python-telegram-bot 22.8 turns any empty text into "[]".
            next_offset=next_offset or None,
            button=button,
        )


async def show_to_guest(bot: ExtBot[Any], guest_query_id: str, result: InlineQueryResultArticle) -> None:
    """Answer a message of a chat that the bot is not in."""
    try:
        with _in_time("A guest message"):
            await bot.answer_guest_query(guest_query_id=guest_query_id, result=result)
    except Forbidden:
        _LOGGER.info("An answer to a guest message was not wanted there.")
