"""Rate limit: how much one chat may ask for before it is told once to slow down."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

BURST = 20
"""Updates that a chat may send at once. A person who reads the answers never gets there."""
PER_SECOND = 1.0
"""Updates a second beyond the burst: what Telegram lets the bot send into one chat."""
GROUP_PER_SECOND = 20 / 60
"""The same for a group, where all members together have one bucket."""
MEMBER_BURST = BURST / 2
MEMBER_PER_SECOND = GROUP_PER_SECOND / 2
"""One member's share of a group's bucket at the most: half is left for the others."""
INLINE_BURST = 60
"""Keystrokes of a fast typist for several seconds."""
INLINE_PER_SECOND = 15.0
CHATS = 10_000
"""Chats (or members) remembered; the one silent longest is forgotten first, which only gives it a fresh burst."""


class Verdict(Enum):
    """What to do with an update."""

    HANDLE = "handle"
    NOTICE = "notice"  # say once that it was too much
    DROP = "drop"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    told: bool = False


class RateLimit:
    """A bucket of tokens for each chat, member of a group or typing person; never more than ``chats`` of them."""

    def __init__(
        self,
        burst: float = BURST,
        per_second: float = PER_SECOND,
        *,
        chats: int = CHATS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._chats = chats
        self._clock = clock
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def take(self, chat: Hashable) -> Verdict:
        """Count an update of ``chat`` and say what to do with it; one notice until the bucket is full again."""
        now = self._clock()
        bucket = self._buckets.get(chat)
        if bucket is None:
            bucket = self._buckets[chat] = _Bucket(self._burst, now)
            if len(self._buckets) > self._chats:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(chat)
        bucket.tokens = min(self._burst, bucket.tokens + max(0.0, now - bucket.filled_at) * self._per_second)
        bucket.filled_at = now
        if bucket.tokens >= self._burst:
            bucket.told = False
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return Verdict.HANDLE
        if bucket.told:
            return Verdict.DROP
        bucket.told = True
        return Verdict.NOTICE
