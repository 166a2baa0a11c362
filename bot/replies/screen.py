"""How much of a phone's screen a reply takes: an estimate, since only the phone itself knows.

The phone is a narrow one, 360 px wide (the commonest width of Android phones). There Telegram writes text of 16 px into
bubbles that leave some 310 px for it, and a letter of that size is 7.5 to 8 px wide on average in our languages: 40
to a line. A line is about 20 px high and a button with the gap above it about 42, so it counts as two lines.
"""

from __future__ import annotations

from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from bot.replies.reply import Folded, Heading, Item, Lead
from bot.replies.wording.glyphs import BULLET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.replies.reply import Block, Button, LinkButton, Reply

COLUMNS = 40
"""Characters on a line."""

BOLD_COLUMNS = 37
"""Characters on a line in bold."""

LINES = 22
"""Lines on a small phone's screen between the title above and the field to write in."""

ROW = 2
"""Lines that a row of buttons takes."""

ROW_COLUMNS = 36
"""Characters that fit into the labels of one row of buttons, all together: each button has as much as the others."""

SIDE_BY_SIDE = ROW_COLUMNS // 2
"""Characters of a label that has another one beside it."""

A_ROW = 3
"""Buttons in one row."""


def lines(reply: Reply) -> int:
    """Return the estimated lines of a reply with its links and buttons, without what is folded away."""
    shown = [block for block in reply.blocks if not isinstance(block, Folded)]
    close = sum(isinstance(above, Item) and isinstance(below, Item) for above, below in pairwise(shown))
    between = max(len(shown) - 1, 0) - close
    buttons = sum(1 for _ in link_rows(reply.links)) + len(reply.actions)
    return sum(map(_height, shown)) + between + ROW * buttons


def fits(reply: Reply) -> bool:
    """Tell whether a reply is one screen."""
    return lines(reply) <= LINES


def link_rows(links: Iterable[LinkButton]) -> Iterator[tuple[LinkButton, ...]]:
    """Yield links in rows: two beside each other where both are short enough to be read."""
    waiting: LinkButton | None = None
    for link in links:
        narrow = len(link.label) <= SIDE_BY_SIDE
        if waiting and narrow:
            yield waiting, link
            waiting = None
            continue
        if waiting:
            yield (waiting,)
        waiting = link if narrow else None
        if not narrow:
            yield (link,)
    if waiting:
        yield (waiting,)


def packed(buttons: Sequence[Button]) -> Iterator[tuple[Button, ...]]:
    """Yield buttons in rows, in their order, as many beside each other as can be read."""
    row: list[Button] = []
    for button in buttons:
        longest = max(len(one.label) for one in (*row, button))
        if row and (len(row) == A_ROW or longest * (len(row) + 1) > ROW_COLUMNS):
            yield tuple(row)
            row = []
        row.append(button)
    if row:
        yield tuple(row)


def _height(block: Block) -> int:
    text = f"{BULLET}{block.label}: {block.text} {block.url}" if isinstance(block, Item) else block.text
    columns = BOLD_COLUMNS if isinstance(block, Heading | Lead) else COLUMNS
    return sum(max(len(wrap(line, columns)), 1) for line in text.splitlines())
