"""Telegram's published flood limits, as token buckets: refused calls say when to try again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.standin.rules import limits
from bot.standin.rules.refusal import too_many

if TYPE_CHECKING:
    from bot.standin.chats import Chat
    from bot.standin.clock import Clock


@dataclass(slots=True)
class _Bucket:
    """Fills with ``rate`` tokens a second up to ``size``; a message takes one."""

    rate: float
    size: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Return the seconds until there is a token (0: there is one)."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.tokens) / self.rate)


class Flood:
    """Counts messages per chat and overall (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chats: dict[int, _Bucket] = {}
        self._overall = self._bucket(limits.FLOOD_OVERALL, limits.FLOOD_OVERALL)

    def count(self, chat: Chat) -> None:
        """Count one message to ``chat``, or raise ApiError 429 with the seconds to wait."""
        now = self._clock()
        bucket = self._chats.get(chat.id)
        if bucket is None:
            group = chat.type != "private"
            rate = limits.FLOOD_GROUP / 60 if group else limits.FLOOD_CHAT
            bucket = self._chats[chat.id] = self._bucket(rate, limits.FLOOD_GROUP if group else limits.FLOOD_CHAT_BURST)
        wait = max(bucket.wait(now), self._overall.wait(now))
        if wait > 0:
            raise too_many(math.ceil(wait))
        bucket.tokens -= 1
        self._overall.tokens -= 1

    def _bucket(self, rate: float, size: float) -> _Bucket:
        return _Bucket(rate, size, size, self._clock())
