"""A Reply as plain text or as Telegram's HTML; both say the same, character for character, between the markup.

Telegram's HTML needs only ``&``, ``<`` and ``>`` escaped (and the quotation mark inside an attribute), and allows a
handful of tags (Bot API, "HTML style"). Links and buttons are a keyboard there, so only the plain text lists them.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.replies.bidi import isolate
from bot.replies.reply import Folded, Heading, Item, Lead, NoneOfThese, Paragraph, Quiet, Share, Show

if TYPE_CHECKING:
    from bot.replies.reply import Block, Button, Reply

BULLET = "• "


def plain(reply: Reply) -> str:
    """Return the whole reply as text: the body, then the links with their addresses, then what can be tapped."""
    links = [f"{link.label}{_colon(reply.language)}{link.url}" for link in reply.links]
    rows = ["  ".join(f"→ {button.label}" for button in row if _worth_listing(button)) for row in reply.actions]
    parts = (body(reply), "\n".join(links), "\n".join(filter(None, rows)))
    return "\n\n".join(part for part in parts if part)


def body(reply: Reply) -> str:
    """Return the text of a message, as a reader sees it: what a length limit is measured on."""
    return _join(reply.blocks, [_text(block, reply.language) for block in reply.blocks])


def html(reply: Reply) -> str:
    """Return the body as Telegram's HTML, every text in it escaped."""
    return _join(reply.blocks, [_markup(block, reply.language) for block in reply.blocks])


def _colon(language: str) -> str:
    # French sets a no-break space before it.
    return "\u00a0: " if language == "fr" else ": "


def _worth_listing(button: Button) -> bool:
    # Sharing, and turning a card into another language, mean nothing where nothing can be tapped.
    return not (
        isinstance(button.action, Share | NoneOfThese)
        or (isinstance(button.action, Show) and button.action.language is not None)
    )


def _join(blocks: tuple[Block, ...], rendered: list[str]) -> str:
    """Put list lines close together, everything else apart by an empty line."""
    if not rendered:
        return ""
    parts = [rendered[0]]
    for (above, below), text in zip(pairwise(blocks), rendered[1:], strict=True):
        parts.append("\n" if isinstance(above, Item) and isinstance(below, Item) else "\n\n")
        parts.append(text)
    return "".join(parts)


def _text(block: Block, language: str) -> str:
    match block:
        case Item(text=text, label=label, url=url):
            label = isolate(label, language)
            return BULLET + _colon(language).join(part for part in (label, " ".join(filter(None, (text, url)))) if part)
        case Heading(text=text):
            return isolate(text, language)
        case Lead(text=text) | Paragraph(text=text) | Folded(text=text) | Quiet(text=text):
            return text


def _markup(block: Block, language: str) -> str:
    match block:
        case Item(text=text, label=label, url=url):
            label = f"<b>{escape(isolate(label, language), quote=False)}</b>" if label else ""
            address = escape(url, quote=False)
            linked = f'<a href="{escape(url)}">{address}</a>' if url else ""
            behind = " ".join(filter(None, (escape(text, quote=False), linked)))
            return BULLET + _colon(language).join(part for part in (label, behind) if part)
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
