"""A Reply as plain text: for a terminal, for a pipe, and to measure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.replies.reply import Folded, Heading, Item, Lead, NoneOfThese, Paragraph, Quiet, Share, Show
from bot.replies.wording.bidi import isolate
from bot.replies.wording.glyphs import ARROW, BULLET, colon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.replies.reply import Block, Button, Reply


def plain(reply: Reply) -> str:
    """Return the whole reply as text: the body, then the links with their addresses, then what can be tapped."""
    links = [f"{link.label}{colon(reply.language)}{link.url}" for link in reply.links]
    rows = ["  ".join(f"{ARROW}{button.label}" for button in row if _worth_listing(button)) for row in reply.actions]
    parts = (body(reply), "\n".join(links), "\n".join(filter(None, rows)))
    return "\n\n".join(part for part in parts if part)


def body(reply: Reply) -> str:
    """Return the text of a message, as a reader sees it: what a length limit is measured on."""
    return joined(reply.blocks, [_text(block, reply.language) for block in reply.blocks])


def joined(blocks: Iterable[Block], rendered: Sequence[str]) -> str:
    """Join blocks as they were rendered: list lines close together, everything else apart by an empty line."""
    if not rendered:
        return ""
    parts = [rendered[0]]
    for (above, below), text in zip(pairwise(blocks), rendered[1:], strict=True):
        parts.append("\n" if isinstance(above, Item) and isinstance(below, Item) else "\n\n")
        parts.append(text)
    return "".join(parts)


def _worth_listing(button: Button) -> bool:
    # Sharing, and turning a card into another language, mean nothing where nothing can be tapped.
    return not (
        isinstance(button.action, Share | NoneOfThese)
        or (isinstance(button.action, Show) and button.action.language is not None)
    )


def _text(block: Block, language: str) -> str:
    match block:
        case Item(text=text, label=label, url=url):
            behind = " ".join(filter(None, (text, url)))
            return BULLET + colon(language).join(filter(None, (isolate(label, language), behind)))
        case Heading(text=text):
            return isolate(text, language)
        case Lead(text=text) | Paragraph(text=text) | Folded(text=text) | Quiet(text=text):
            return text
