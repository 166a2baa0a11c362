"""Fitting a reply into one message: what matters least gives way first, and nothing is cut inside markup."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.replies.plain import body
from bot.replies.reply import Folded, Heading, Item, Lead, Paragraph, Quiet
from bot.replies.wording.lengths import shorten, units

if TYPE_CHECKING:
    from bot.replies.reply import Block, Reply

GIVES_WAY = (Folded, Item, Paragraph, Lead, Quiet, Heading)
"""Kinds of block, the most dispensable first; within a kind the last block gives way first."""

LEAST = 40
"""Units below which a shortened text says nothing any more, so that the block goes altogether."""


def fitted(reply: Reply, limit: int) -> Reply:
    """Return ``reply`` with a body of at most ``limit`` UTF-16 units."""
    while (excess := units(body(reply)) - limit) > 0:
        if len(reply.blocks) == 1:
            return replace(reply, blocks=(Paragraph(shorten(body(reply), limit)),))
        reply = replace(reply, blocks=_relieved(reply.blocks, excess))
    return reply


def _relieved(blocks: tuple[Block, ...], excess: int) -> tuple[Block, ...]:
    """Shorten or drop the block that gives way first; always leaves less text or fewer blocks."""
    kind = next(kind for kind in GIVES_WAY if any(isinstance(block, kind) for block in blocks))
    index = max(index for index, block in enumerate(blocks) if isinstance(block, kind))
    block = blocks[index]
    room = units(block.text) - excess
    kept = (replace(block, text=shorten(block.text, room)),) if room >= LEAST else ()
    return (*blocks[:index], *kept, *blocks[index + 1 :])
