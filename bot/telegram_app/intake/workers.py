"""Workers: updates are handled side by side up to a limit, in order within a chat, each within a time budget."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING

from bot.telegram_app.turn import AT_ONCE, Outcome, lane, within

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update

    Handle = Callable[[Update], Awaitable[None]]
    Admitted = Handle | Coroutine[None, None, Handle | None] | None

_LOGGER = logging.getLogger(__name__)

BUDGET = 30.0
"""Seconds an update may be worked on. Calls of Telegram and waits between them are not counted: they have limits of
their own (see ``sending.POLICY``), or a slow network would cost people their replies. Nor is reading the knowledge
again, which takes as long as the folder is large."""

INLINE_LIFETIME = 10.0
"""Seconds after which an inline query is not worth answering: Telegram refuses late answers, people have typed on."""


class Workers:
    """Handles updates as ``admit`` says, which is asked when one arrives; what is not admitted takes no turn.

    Where that takes a while it returns a coroutine, and the update takes its turn once that has an answer.
    The handling may raise: that is logged without the update's content, and the update is done.
    """

    def __init__(
        self,
        admit: Callable[[Update], Admitted],
        *,
        at_once: int = AT_ONCE,
        budget: float = BUDGET,
        ended: Callable[[Update, Outcome, float], None] = lambda *_: None,
    ) -> None:
        self._admit = admit
        self._slots = asyncio.Semaphore(at_once)
        self._budget = budget
        self._ended = ended
        self._last_in_lane: dict[int | None, asyncio.Task[Outcome]] = {}

    def submit(self, update: Update) -> asyncio.Task[Outcome]:
        """Start handling ``update`` after those of its chat that came before; the task ends when it was handled.

        Never raises, whatever the update says.
        """
        name = f"update {update.update_id}"
        try:
            key, admitted = lane(update), self._admit(update)
        except Exception:
            _LOGGER.exception("Update %s could not be admitted.", update.update_id)
            return asyncio.create_task(self._end(update, Outcome.FAILED), name=name)
        if admitted is None:
            return asyncio.create_task(self._end(update, Outcome.TURNED_AWAY), name=name)
        if isinstance(admitted, Coroutine):
            return asyncio.create_task(self._consider(update, key, admitted), name=name)
        task = asyncio.create_task(self._work(update, admitted, self._last_in_lane.get(key)), name=name)
        self._join(key, task)
        return task

    async def _consider(
        self, update: Update, key: int | None, admitted: Coroutine[None, None, Handle | None]
    ) -> Outcome:
        try:
            handle = await admitted
        except Exception:
            _LOGGER.exception("Update %s could not be admitted.", update.update_id)
            return await self._end(update, Outcome.FAILED)
        if handle is None:
            return await self._end(update, Outcome.TURNED_AWAY)
        before, task = self._last_in_lane.get(key), asyncio.current_task()
        if task is not None:
            self._join(key, task)
        return await self._work(update, handle, before)

    def _join(self, key: int | None, task: asyncio.Task[Outcome]) -> None:
        if key is not None:
            self._last_in_lane[key] = task
            task.add_done_callback(lambda done: self._leave(key, done))

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
            async with within(self._budget, self._slots) as turn:
                await handle(update)
        except TimeoutError:
            _LOGGER.warning("Update %s took more than %.0f s and was given up.", update.update_id, self._budget)
            return Outcome.TIMED_OUT
        except Exception:
            _LOGGER.exception("Update %s could not be handled.", update.update_id)
            return Outcome.FAILED
        return Outcome.FAILED if turn.failed else Outcome.DONE
