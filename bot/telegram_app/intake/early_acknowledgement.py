"""Which updates are let go, so that a few chats do not keep Telegram from bringing what everybody else asks.

Telegram brings about a hundred updates that were not confirmed, and no more. Where all of them wait for chats that may
not be written to yet, some are confirmed before their end. They stay in work, in memory: a kill while they wait loses
their replies, and nothing else is ever confirmed before it was handled. So only those go that stand before others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

QUEUED = 3
"""Updates of one chat in work, above which it is a flood."""
FLOODED = 1.0
"""Seconds that a flood may hold up the others: what somebody would wait who asks one question."""
LET_GO = 30.0
"""Seconds that any other update may. Chat after chat: if Telegram fails for all, letting all go would help nobody."""
MOST = 1000
"""Updates let go and not handled yet, above which no more are."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update in work: whose turn it takes (see ``workers.lane``), and since when, on the event loop's clock."""

    lane: int | None
    since: float


def in_the_way(in_work: Mapping[int, Waiting], held: Collection[int], now: float, *, moves: bool = False) -> set[int]:
    """Return which of the ``held`` updates are to be let go now that nothing new comes; all are by number.

    ``moves``: something does, but little. Then only floods are let go.
    """
    if not held or len(in_work) - len(held) >= MOST:
        return set()
    queued = Counter(update.lane for update in in_work.values())
    since: dict[int | None, float] = {}
    for update in in_work.values():
        since[update.lane] = min(update.since, since.get(update.lane, update.since))
    lanes = {lane for lane, count in queued.items() if count > QUEUED and now - since[lane] > FLOODED}
    oldest = in_work[min(held)]
    if now - oldest.since > LET_GO and not moves:
        lanes.add(oldest.lane)
    return {number for number in held if in_work[number].lane in lanes}
