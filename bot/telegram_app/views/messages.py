"""A Reply as a Telegram message: its text, always within the limits, and its buttons, for each surface."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.limits import GROUP_TEXT, MESSAGE_TEXT
from bot.replies.reply import Browse, Folded, Item, Quiet, Show
from bot.telegram_app.views import keyboards
from bot.telegram_app.views.html import html
from bot.telegram_app.views.truncation import fitted

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup, User

    from bot.replies.reply import Block, Reply
    from bot.telegram_app.views.keyboards import Trail


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is sent: text in Telegram's HTML, and buttons."""

    text: str
    markup: InlineKeyboardMarkup | None


def private(reply: Reply, me: User, trail: Trail) -> Outgoing:
    """Return the reply in full, for a chat with one person."""
    return Outgoing(text(reply), keyboards.private(reply, me, trail))


def group(reply: Reply, me: User, trail: Trail) -> Outgoing:
    """Return the reply in short, for a chat in which others talk; the rest is behind a button."""
    blocks: tuple[Block, ...] = tuple(block for block in reply.blocks if not isinstance(block, Folded | Quiet))
    if isinstance(trail.here, Browse):
        blocks = (*reply.blocks[:1], *_listed(reply))
    return Outgoing(text(replace(reply, blocks=blocks), GROUP_TEXT), keyboards.group(reply, me, trail))


def elsewhere(reply: Reply, me: User, trail: Trail) -> Outgoing:
    """Return the reply in full with links only, for a chat that the bot is not a member of."""
    return Outgoing(text(reply), keyboards.elsewhere(reply, me, trail))


def _listed(reply: Reply) -> tuple[Item, ...]:
    """Return what the buttons of a list name, for where they are not shown: its entries, else its parts."""
    buttons = [button for row in reply.actions for button in row]
    entries = [button for button in buttons if isinstance(button.action, Show)]
    parts = [button for button in buttons if isinstance(button.action, Browse) and button.action.kind]
    return tuple(Item(button.label) for button in entries or parts)


def text(reply: Reply, limit: int = MESSAGE_TEXT) -> str:
    """Return the reply as HTML whose text has at most ``limit`` UTF-16 code units."""
    return html(fitted(reply, limit))
