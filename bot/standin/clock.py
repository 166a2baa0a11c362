"""Time in the simulated world."""

from __future__ import annotations

from collections.abc import Callable

Clock = Callable[[], float]
"""Returns the Unix time in seconds; ``time.time`` is one."""


class ManualClock:
    """A clock that stands still until it is moved, for tests of what expires."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
