"""Workers: updates are handled side by side up to a limit, in order within a chat, each within a time budget."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Update

    Handle = Callable[[Update], Awaitable[None]]

_LOGGER = logging.getLogger(__name__)

AT_ONCE = 64
"""Updates handled at once. Enough to keep 30 messages a second going (Telegram's overall limit for a bot) when each
takes two seconds."""

BUDGET = 30.0
"""Seconds an update may be worked on. Calls of Telegram and waits between them are not counted: they have limits of
their own (see ``sending.POLICY``), or a slow network would cost people their replies. Nor is reading the knowledge
again, which takes as long as the folder is large."""

INLINE_LIFETIME = 10.0
"""Seconds after which an inline query is not worth answering: Telegram refuses late answers, people have typed on."""


class Outcome(StrEnum):
    """How the handling of an update ended."""

    DONE = "done"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    TOO_OLD = "too_old"
    TURNED_AWAY = "turned_away"


@dataclass(slots=True)
class _Turn:
    """The update being worked on in the current task: its deadline and the slot it holds."""

    deadline: asyncio.Timeout
    slots: asyncio.Semaphore
    waits: int = 0  # one in another, or side by side: the clock stands until the last has ended
    left: float = 0.0  # seconds, while it stands
    failed: bool = False


_turn: ContextVar[_Turn | None] = ContextVar("turn", default=None)


@asynccontextmanager
async def off_the_clock(*, holding_slot: bool = False) -> AsyncIterator[None]:
    """Wait for Telegram, or do long work elsewhere, without spending the update's time budget.

    Nor is a slot held that another chat could use, unless ``holding_slot``: a call under way is work.
    """
    turn = _turn.get()
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
    turn = _turn.get()
    if turn is not None:
        turn.failed = True


def lane(update: Update) -> int | None:
    """Return whose turn it is: the chat of a message or of a button, else the person, else None (no order to keep)."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    if update.effective_user is not None:
        return update.effective_user.id
    return None


class Workers:
    """Handles updates as ``admit`` says, which is asked when one arrives; what is not admitted takes no turn.

    The handling may raise: that is logged without the update's content, and the update is done.
    """

    def __init__(
        self,
        admit: Callable[[Update], Handle | None],
        *,
        at_once: int = AT_ONCE,
        budget: float = BUDGET,
        ended: Callable[[Update, Outcome, float], None] = lambda *_: None,
    ) -> None:
        self._admit = admit
        self._slots = asyncio.Semaphore(at_once)
        self._budget = budget
        self._ended = ended
        self._last_in_lane: dict[int, asyncio.Task[Outcome]] = {}

    def submit(self, update: Update) -> asyncio.Task[Outcome]:
        """Start handling ``update`` after those of its chat that came before; the task ends when it was handled."""
        name = f"update {update.update_id}"
        try:
            handle = self._admit(update)
        except Exception:
            _LOGGER.exception("Update %s could not be admitted.", update.update_id)
            return asyncio.create_task(self._end(update, Outcome.FAILED), name=name)
        if handle is None:
            return asyncio.create_task(self._end(update, Outcome.TURNED_AWAY), name=name)
        key = lane(update)
        before = None if key is None else self._last_in_lane.get(key)
        task = asyncio.create_task(self._work(update, handle, before), name=name)
        if key is not None:
            self._last_in_lane[key] = task
            task.add_done_callback(lambda done: self._leave(key, done))
        return task

    def _leave(self, key: int, task: asyncio.Task[Outcome]) -> None:
        if self._last_in_lane.get(key) is task:
            del self._last_in_lane[key]

    async def _end(self, update: Update, outcome: Outcome) -> Outcome:
        self._ended(update, outcome, 0.0)
        return outcome

    async def _work(self, update: Update, handle: Handle, before: asyncio.Task[Outcome] | None) -> Outcome:
        loop = asyncio.get_running_loop()
        arrived = loop.time()
        if before is not None:
            await asyncio.wait([before])
        await self._slots.acquire()
        try:
            if update.inline_query is not None and loop.time() - arrived > INLINE_LIFETIME:
                outcome = Outcome.TOO_OLD
            else:
                outcome = await self._within_budget(update, handle)
        finally:
            self._slots.release()
        self._ended(update, outcome, loop.time() - arrived)
        return outcome

    async def _within_budget(self, update: Update, handle: Handle) -> Outcome:
        try:
            async with asyncio.timeout(self._budget) as deadline:
                turn = _Turn(deadline, self._slots)
                token = _turn.set(turn)
                try:
                    await handle(update)
                finally:
                    _turn.reset(token)
        except TimeoutError:
            _LOGGER.warning("Update %s took more than %.0f s and was given up.", update.update_id, self._budget)
            return Outcome.TIMED_OUT
        except Exception:
            _LOGGER.exception("Update %s could not be handled.", update.update_id)
            return Outcome.FAILED
        return Outcome.FAILED if turn.failed else Outcome.DONE
