"""What was said just before, in each conversation: in this process only, for minutes, and of so many at the most."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from bot.matching.context import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MINUTES = 15.0
"""Minutes without a message after which a conversation is over: about as long as people wait before they go on."""

MOST = 10_000
"""Conversations remembered; the one silent longest is forgotten first. They take about 7 MB."""

MOST_TURNS = 1024
"""Turns remembered for messages that are edited: one for each answer that an edit can still change."""

_BEGINNING = Context()

_Key = TypeVar("_Key", bound="Hashable")
_Value = TypeVar("_Value")


class Fading(Generic[_Key, _Value]):
    """Values that are gone ``seconds`` after they were put, by a ``clock`` that never goes back; ``most`` of them."""

    def __init__(self, clock: Callable[[], float], seconds: float, most: int) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._kept: OrderedDict[_Key, tuple[_Value, float]] = OrderedDict()  # by the time they were put

    def get(self, key: _Key) -> _Value | None:
        """Return the value, or None where there is none (any more)."""
        self.sweep()
        kept = self._kept.get(key)
        return kept[0] if kept else None

    def put(self, key: _Key, value: _Value) -> None:
        """Keep a value from now on, in place of any other of this key."""
        self._kept.pop(key, None)
        self._kept[key] = (value, self._clock())
        self.sweep()
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, key: _Key) -> None:
        """Drop the value, if there is one."""
        self._kept.pop(key, None)

    def sweep(self) -> None:
        """Drop what has had its time; somebody has to call this where nobody puts and gets."""
        over = self._clock() - self._seconds
        while self._kept and next(iter(self._kept.values()))[1] <= over:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


class Turn(NamedTuple):
    """The context that a message was answered in, and the one that its answer left behind."""

    before: Context
    after: Context


class Memory:
    """The context of each conversation, by any key: on Telegram ``(chat id, user id)``.

    A group shares nothing: two people in it are two conversations. ``clock`` is in seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, minutes: float = MINUTES, most: int = MOST) -> None:
        self._contexts: Fading[Hashable, Context] = Fading(clock, minutes * 60, most)
        self.turns: Fading[tuple[int, int], Turn] = Fading(clock, minutes * 60, min(most, MOST_TURNS))
        """The turn of each question, by its chat and message id: an edited one is answered as the first version was."""

    def get(self, key: Hashable) -> Context:
        """Return what was said just before; an empty context where that is too long ago, or nothing was said."""
        return self._contexts.get(key) or _BEGINNING

    def put(self, key: Hashable, context: Context) -> None:
        """Keep the context until the next message, or until its time is over."""
        self._contexts.put(key, context)

    def forget(self, key: Hashable) -> None:
        """Let a conversation begin anew."""
        self._contexts.forget(key)

    def sweep(self) -> None:
        """Drop what has had its time, also while nobody writes."""
        self._contexts.sweep()
        self.turns.sweep()

    def __len__(self) -> int:
        return len(self._contexts)
