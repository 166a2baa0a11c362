"""A Reply in Telegram's HTML: between the markup it says what the plain text says, character for character.

Telegram's HTML needs only ``&``, ``<`` and ``>`` escaped (and the quotation mark inside an attribute), and allows a
handful of tags (Bot API, "HTML style"). Links and buttons are a keyboard there.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.replies.plain import joined
from bot.replies.reply import Folded, Heading, Item, Lead, Paragraph, Quiet
from bot.replies.wording.bidi import isolate
from bot.replies.wording.glyphs import BULLET, colon

if TYPE_CHECKING:
    from bot.replies.reply import Block, Reply


def html(reply: Reply) -> str:
    """Return the body as Telegram's HTML, every text in it escaped."""
    return joined(reply.blocks, [_markup(block, reply.language) for block in reply.blocks])


def _markup(block: Block, language: str) -> str:
    match block:
        case Item(text=text, label=label, url=url):
            label = f"<b>{escape(isolate(label, language), quote=False)}</b>" if label else ""
            address = escape(url, quote=False)
            linked = f'<a href="{escape(url)}">{address}</a>' if url else ""
            behind = " ".join(filter(None, (escape(text, quote=False), linked)))
            return BULLET + colon(language).join(filter(None, (label, behind)))
        case Heading(text=text):
            return f"<b>{escape(isolate(text, language), quote=False)}</b>"
        case Lead(text=text):
            return f"<b>{escape(text, quote=False)}</b>"
        case Paragraph(text=text):
            return escape(text, quote=False)
        case Folded(text=text):
            return f"<blockquote expandable>{escape(text, quote=False)}</blockquote>"
        case Quiet(text=text):
            return f"<i>{escape(text, quote=False)}</i>"
