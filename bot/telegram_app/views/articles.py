"""Inline results: a Reply as an article that is sent into any chat when it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InputTextMessageContent

from bot.limits import RESULT_DESCRIPTION, RESULT_TITLE
from bot.replies.reply import Show
from bot.replies.wording.glyphs import ELLIPSIS
from bot.replies.wording.lengths import shorten
from bot.telegram_app.views import messages
from bot.telegram_app.views.keyboards import Trail
from bot.telegram_app.views.references import digest
from bot.telegram_app.views.response import Compared

if TYPE_CHECKING:
    from telegram import User

    from bot.telegram_app.views.response import Response


def article(response: Response, me: User, *, title: str = "", description: str = "") -> InlineQueryResultArticle:
    """Return an article; its title and description are the reply's unless others are given."""
    reply = response.reply
    outgoing = messages.elsewhere(reply, me, Trail(here=response.here))
    return InlineQueryResultArticle(
        id=result_id(response),
        title=shorten((title or reply.title).strip(), RESULT_TITLE) or ELLIPSIS,
        description=shorten(description or reply.description, RESULT_DESCRIPTION) or None,
        input_message_content=InputTextMessageContent(message_text=outgoing.text),
        reply_markup=outgoing.markup,
    )


def result_id(response: Response) -> str:
    """Return an id that is the same whenever the same is shown, today and after a reload."""
    match response.here:
        case None:
            name = digest(response.reply.title)
        case Compared(entries):
            name = digest(" ".join(entries))
        case Show(entry):
            name = entry
        case place:
            name = digest(repr(place))
    return f"{name}.{response.reply.language}"
