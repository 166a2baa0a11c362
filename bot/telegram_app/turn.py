"""The turn of an update: its budget of time, its slot, and how it ends; for all that has a part in handling it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Update

AT_ONCE = 64
"""Updates handled at once. Enough to keep 30 messages a second going (Telegram's overall limit for a bot) when each
takes two seconds."""


class Outcome(StrEnum):
    """How the handling of an update ended."""

    DONE = "done"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    TOO_OLD = "too_old"
    TURNED_AWAY = "turned_away"


@dataclass(slots=True)
class Turn:
    """The update being worked on in the current task: its deadline and the slot it holds."""

    deadline: asyncio.Timeout
    slots: asyncio.Semaphore
    waits: int = 0  # one in another, or side by side: the clock stands until the last has ended
    left: float = 0.0  # seconds, while it stands
    failed: bool = False


_current: ContextVar[Turn | None] = ContextVar("turn", default=None)


@asynccontextmanager
async def within(budget: float, slots: asyncio.Semaphore) -> AsyncIterator[Turn]:
    """Let the block be an update's turn. Raises TimeoutError when ``budget`` seconds are over."""
    async with asyncio.timeout(budget) as deadline:
        turn = Turn(deadline, slots)
        token = _current.set(turn)
        try:
            yield turn
        finally:
            _current.reset(token)


@asynccontextmanager
async def off_the_clock(*, holding_slot: bool = False) -> AsyncIterator[None]:
    """Wait for Telegram, or do long work elsewhere, without spending the update's time budget.

    Nor is a slot held that another chat could use, unless ``holding_slot``: a call under way is work.
    """
    turn = _current.get()
    if turn is None:
        yield
        return
    loop = asyncio.get_running_loop()
    if not turn.waits:
        turn.left = (turn.deadline.when() or loop.time()) - loop.time()
        turn.deadline.reschedule(None)
    turn.waits += 1
    if not holding_slot:
        turn.slots.release()
    try:
        yield
    finally:
        if not holding_slot:
            await turn.slots.acquire()
        turn.waits -= 1
        if not turn.waits:
            turn.deadline.reschedule(loop.time() + turn.left)


def note_failure() -> None:
    """Let the update being worked on count as failed, though its handler returns: whoever calls has seen to it."""
    turn = _current.get()
    if turn is not None:
        turn.failed = True


def lane(update: Update) -> int | None:
    """Return whose turn it is: the chat of a message or of a button, else the person, else None (no order to keep).

    What is no whole number is no id, whatever an update says.
    """
    for whose in (update.effective_chat, update.effective_user):
        if whose is not None and type(whose.id) is int:
            return whose.id
    return None
