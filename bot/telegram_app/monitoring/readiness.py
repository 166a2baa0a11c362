"""Readiness: whether updates really flow, not only whether the process lives."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FRESH = 120.0
"""Seconds since the last successful poll after which the bot is not ready: more than two long polls of 50 s."""


@dataclass(frozen=True, slots=True)
class State:
    """A reading. ``age``: seconds since updates last came in, or could have; None: never yet."""

    ready: bool
    reason: str
    age: float | None
    revision: str
    standing_in: bool


class Readiness:
    """Beats with every poll that succeeds; by webhook every delivery is a beat, and silence is no illness."""

    def __init__(
        self,
        knowledge: Callable[[], tuple[str, bool]],
        *,
        by_webhook: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._knowledge = knowledge
        self._by_webhook = by_webhook
        self._clock = clock
        self._last: float | None = None
        self._registered = False
        self._undelivered = False
        self._stopping = False

    def beat(self) -> None:
        """Note that updates came in, or could have."""
        self._last = self._clock()
        self._undelivered = False

    @property
    def is_registered(self) -> bool:
        """Whether this process has registered the webhook."""
        return self._registered

    def registered(self, undelivered_for: float | None = None) -> None:
        """Note that Telegram knows where to deliver (webhook only).

        ``undelivered_for``: seconds since a delivery failed, if updates wait at Telegram; it counts unless one has come
        in since then, and until one does.
        """
        self._registered = True
        age = self._age()
        self._undelivered = undelivered_for is not None and (age is None or age > undelivered_for)

    def stopping(self) -> None:
        """Note that the bot is ending: it takes nothing new."""
        self._stopping = True

    def read(self) -> State:
        """Return how things are now."""
        revision, standing_in = self._knowledge()
        age = self._age()
        reason = self._illness(age)
        return State(not reason, reason or "updates flow", age, revision, standing_in)

    def _age(self) -> float | None:
        return None if self._last is None else self._clock() - self._last

    def _illness(self, age: float | None) -> str:
        if self._stopping:
            return "the bot is stopping"
        if self._by_webhook:
            if not self._registered:
                return "the webhook is not registered with Telegram yet"
            return "Telegram cannot deliver: the log says why" if self._undelivered else ""
        if age is None:
            return "no poll has succeeded yet"
        return f"the last successful poll is {age:.0f} s ago" if age > FRESH else ""
