"""The connections to the HTTP door: how many there may be, how long one may be silent, and which one gives way.

Anybody who reaches the door can open connections and say nothing, and there are only so many. So one that has shown
the webhook's secret stays before one that has not, and one that carries a delivery is never closed for another.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram_app.monitoring.discretion import OFTEN

if TYPE_CHECKING:
    from tornado.iostream import IOStream

_LOGGER = logging.getLogger(__name__)

MOST = 256
"""Connections at once: Telegram uses 100 at the most, the others are for whoever asks for health and metrics."""
SILENT = 10.0
"""Seconds in which a new connection must have brought the headers of a request."""


@dataclass(slots=True)
class _Visitor:
    deadline: asyncio.TimerHandle
    proven: bool = False  # has brought a delivery with the secret
    delivering: bool = False  # carries one now


class Visitors:
    """Counts connections and closes those that are too many or say nothing."""

    def __init__(self, *, most: int = MOST, silent: float = SILENT) -> None:
        self._most = most
        self._silent = silent
        self._visitors: dict[IOStream, _Visitor] = {}  # in the order in which they came

    def __len__(self) -> int:
        return len(self._visitors)

    def came(self, stream: IOStream) -> bool:
        """Take a new connection in; False if there is no room for it, and nothing that could give way."""
        if len(self._visitors) >= self._most and not self.give_way():
            return False
        deadline = asyncio.get_running_loop().call_later(self._silent, self._close, stream)
        self._visitors[stream] = _Visitor(deadline)
        return True

    def give_way(self) -> bool:
        """Close the oldest connection that carries no delivery, strangers first; False if all carry one."""
        idle = [stream for stream, visitor in self._visitors.items() if not visitor.delivering]
        oldest = next((stream for stream in idle if not self._visitors[stream].proven), next(iter(idle), None))
        if oldest is None:
            return False
        _LOGGER.warning("There are too many connections at LISTEN: the oldest one that says nothing is closed.",
                        extra=OFTEN)  # fmt: skip
        self._close(oldest)
        return True

    def asks(self, stream: IOStream) -> None:
        """Note that a connection has brought a request."""
        if visitor := self._visitors.get(stream):
            visitor.deadline.cancel()

    def delivers(self, stream: IOStream) -> None:
        """Note that a connection carries a delivery with the secret from now on."""
        if visitor := self._visitors.get(stream):
            visitor.proven = visitor.delivering = True

    def delivered(self, stream: IOStream) -> None:
        """Note that the delivery was answered."""
        if visitor := self._visitors.get(stream):
            visitor.delivering = False

    def left(self, stream: IOStream) -> None:
        """Forget a connection that is closed."""
        if visitor := self._visitors.pop(stream, None):
            visitor.deadline.cancel()

    def _close(self, stream: IOStream) -> None:
        self.left(stream)
        stream.close()
