"""Intake by long polling that loses nothing.

Telegram keeps an update until a later ``getUpdates`` names a higher ``offset``: that confirms everything below it. So
the offset asked for is always the number of the oldest update whose handling has not ended: a kill at any moment
repeats at most what was in work. While something is in work the next call comes when that oldest one has ended, or
else after ``SAME_OFFSET_PAUSE``; what comes twice is recognised by its number.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram_app.intake.early_acknowledgement import Waiting, in_the_way
from bot.telegram_app.intake.poison import STARTS
from bot.telegram_app.outbox.sending import seconds_asked_for
from bot.telegram_app.turn import lane

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram.ext import ExtBot

    from bot.telegram_app.intake.poison import PoisonGuard
    from bot.telegram_app.intake.workers import Workers
    from bot.telegram_app.turn import Outcome

_LOGGER = logging.getLogger(__name__)

LONG_POLL = 50
"""Seconds that Telegram holds an empty answer back (its own maximum)."""
SAME_OFFSET_PAUSE = 0.55
"""Seconds between two calls with one offset: asked again within 0.5 s Telegram returns the first update only."""
BATCH = 100
"""Updates in one answer (Telegram's maximum), and so unconfirmed ones at once."""
REMEMBERED = 10 * BATCH
"""Numbers of handled updates kept to recognise what comes again."""
AHEAD = 32
"""Updates in work below which more are fetched as soon as the oldest has ended."""
FIRST_BACK_OFF, LONGEST_BACK_OFF = 0.5, 30.0
"""Seconds between calls after failures: doubled from the first to the longest."""
CAREFUL = 2.0
"""Seconds that an update which may have killed the last processes is watched alone, before the next is started."""
FINISHING = 3.0
"""Seconds that updates in work get to end once the bot is told to stop."""
CONFIRMING = 1.0
"""Seconds for the last call, which confirms them: with FINISHING less than the five in which a bot should end."""
FORGET_AFTER = 24 * 3600.0
"""Seconds without updates after which the offset is dropped: Telegram then numbers from a new random start (a week)."""


class Polling:
    """Fetches updates, hands them to the workers, confirms them once they were handled."""

    def __init__(
        self,
        bot: ExtBot[Any],
        workers: Workers,
        attempts: PoisonGuard,
        *,
        allowed_updates: Sequence[str],
        polled: Callable[[], None] = lambda: None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._workers = workers
        self._attempts = attempts
        self._allowed = list(allowed_updates)
        self._polled = polled
        self._pause = pause
        self._in_work: dict[int, asyncio.Task[Outcome]] = {}
        self._waiting: dict[int, Waiting] = {}  # of those in work: whose turn they take, and since when
        self._let_go: set[int] = set()  # of those in work: confirmed before their end
        self._handled: dict[int, None] = {}  # the last ones, in order: an answer may bring them again
        self._highest: int | None = None  # of those started
        self._first = True
        self._moved = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop``; then let what is in work end, and confirm it.

        Raises telegram.error.InvalidToken when Telegram refuses the token.
        """
        loop = asyncio.get_running_loop()
        stopping = asyncio.create_task(stop.wait())
        back_off, last_update = FIRST_BACK_OFF, loop.time()
        try:
            while not stop.is_set():
                fetching = asyncio.create_task(self._fetch())
                await asyncio.wait([fetching, stopping], return_when=asyncio.FIRST_COMPLETED)
                if not fetching.done():
                    fetching.cancel()
                    await asyncio.wait([fetching])
                    break
                try:
                    updates = fetching.result()
                except InvalidToken:
                    raise
                except TelegramError as failure:
                    pausing = asyncio.ensure_future(self._get_over(failure, back_off))
                    await asyncio.wait([pausing, stopping], return_when=asyncio.FIRST_COMPLETED)
                    pausing.cancel()
                    back_off = min(2 * back_off, LONGEST_BACK_OFF)
                    continue
                back_off = FIRST_BACK_OFF
                self._polled()
                if updates:
                    last_update = loop.time()
                elif not self._in_work and loop.time() - last_update > FORGET_AFTER:
                    self._highest = None
                await self._take(updates, stopping)
                await self._until_worth_asking(stopping)
        finally:
            stopping.cancel()
            await self._finish()

    def _offset(self) -> int | None:
        """Return the number of the oldest update in work, or of the next one to come; None: whatever there is."""
        if held := self._held():
            return min(held)
        return None if self._highest is None else self._highest + 1

    def _held(self) -> set[int]:
        """Return the numbers of the updates in work that must not be confirmed yet."""
        return self._in_work.keys() - self._let_go

    async def _fetch(self) -> list[dict[str, Any]]:
        """Ask for what is not confirmed yet; wait for something new only if nothing is in work."""
        timeout = 0 if self._held() else LONG_POLL
        data = {"timeout": timeout, "offset": self._offset(), "limit": BATCH, "allowed_updates": self._allowed}
        self._moved.clear()
        # The public get_updates parses the updates together: one that it cannot parse would take the others with it.
        try:
            result: Any = await self._bot._post("getUpdates", data, read_timeout=timeout + 10)  # noqa: SLF001
            return [update for update in result if isinstance(update["update_id"], int)]
        except (KeyError, TypeError, AttributeError) as odd:
            raise TelegramError("getUpdates was answered with something that is not Telegram's") from odd

    async def _get_over(self, failure: TelegramError, back_off: float) -> None:
        """Wait after a failed call; a webhook in the way is removed first."""
        if isinstance(failure, Conflict) and "webhook" in failure.message.casefold():
            _LOGGER.warning("Telegram says that a webhook is set for this token (409): it is removed.")
            try:
                await self._bot.delete_webhook()
            except TelegramError as refusal:
                _LOGGER.warning("The webhook was not removed (%s), tried again soon.", type(refusal).__name__)
            await self._pause(back_off)
        else:
            await self._pause(_pause_after(failure, back_off))

    async def _take(self, updates: list[dict[str, Any]], stopping: asyncio.Task[Any]) -> None:
        """Start handling what is new."""
        numbers = [update["update_id"] for update in updates]
        new = [update for update in updates if not self._seen(update["update_id"])]
        if len(updates) == BATCH and not new:
            self._make_way()
        careful = self._first and any(self._attempts.suspect(number) for number in numbers)
        if self._first and updates:
            self._first = False
            if not careful:
                self._attempts.begin(numbers)
                self._end_attempts_with(self._start(new), numbers)
                return
        if not careful:
            self._start(new)
            return
        _LOGGER.warning("The last processes died with the same updates in work: these are started one by one.")
        for update in new:
            if stopping.done():
                return
            number = update["update_id"]
            if self._attempts.given_up(number):
                _LOGGER.error("Update %s was in work when the bot died %s times: given up.", number, STARTS)
                self._reach(number)
                self._ended(number)
                self._attempts.end([number])
                continue
            self._attempts.begin([number])
            tasks = self._start([update])
            self._end_attempts_with(tasks, [number])
            if tasks:
                await asyncio.wait([*tasks, stopping], timeout=CAREFUL, return_when=asyncio.FIRST_COMPLETED)

    def _make_way(self) -> None:
        """Stop holding what keeps Telegram from giving out others."""
        more = in_the_way(self._waiting, self._held(), asyncio.get_running_loop().time())
        self._let_go |= more
        if more:
            _LOGGER.warning(
                "%d updates wait for Telegram and are confirmed before their end, for the others.", len(more)
            )

    def _seen(self, number: int) -> bool:
        return number in self._in_work or number in self._handled

    def _start(self, updates: list[dict[str, Any]]) -> list[asyncio.Task[Outcome]]:
        tasks = []
        for raw in updates:
            number = raw["update_id"]
            self._reach(number)
            try:
                update = Update.de_json(raw, self._bot)
            except Exception:  # noqa: BLE001  (whatever the parser trips over, the others must go on)
                _LOGGER.error("Update %s could not be read and is passed over.", number)  # noqa: TRY400  (no content)
                self._ended(number)
                continue
            task = self._workers.submit(update)
            self._in_work[number] = task
            self._waiting[number] = Waiting(lane(update), asyncio.get_running_loop().time())
            task.add_done_callback(lambda _, number=number: self._ended(number))  # type: ignore[misc]
            tasks.append(task)
        return tasks

    def _end_attempts_with(self, tasks: list[asyncio.Task[Outcome]], numbers: list[int]) -> None:
        """Forget the noted updates once all of them were handled."""
        waiting = set(tasks)

        def done(task: asyncio.Task[Outcome]) -> None:
            waiting.discard(task)
            if not waiting:
                self._attempts.end(numbers)

        for task in tasks:
            task.add_done_callback(done)
        if not tasks:
            self._attempts.end(numbers)

    def _reach(self, number: int) -> None:
        self._highest = number if self._highest is None else max(self._highest, number)

    def _ended(self, number: int) -> None:
        oldest = number == min(self._held(), default=number)
        self._in_work.pop(number, None)
        self._waiting.pop(number, None)
        self._let_go.discard(number)
        self._handled[number] = None
        if len(self._handled) > REMEMBERED:
            del self._handled[next(iter(self._handled))]
        if oldest:
            self._moved.set()

    async def _until_worth_asking(self, stopping: asyncio.Task[Any]) -> None:
        """Wait until the oldest update in work has ended and there is room, or the pause for one offset is over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + SAME_OFFSET_PAUSE
        while (held := self._held()) and not stopping.done():
            if self._moved.is_set() and len(held) <= AHEAD:
                return
            left = until - loop.time()
            if left <= 0:  # also if all that Telegram gives out is held: only asking tells that nothing new comes
                return
            moved = asyncio.create_task(self._moved.wait())
            await asyncio.wait([moved, stopping], timeout=left, return_when=asyncio.FIRST_COMPLETED)
            moved.cancel()
            if len(held) > AHEAD:
                self._moved.clear()

    async def _finish(self) -> None:
        """Let what is in work end, then confirm what was handled."""
        if self._in_work:
            _, unfinished = await asyncio.wait(list(self._in_work.values()), timeout=FINISHING)
            for task in unfinished:
                task.cancel()  # not confirmed, so it will come again
            if self._let_go:
                _LOGGER.error("Confirmed without a reply, as their chats had to wait: %d updates.", len(self._let_go))
        if self._highest is None:
            return
        data = {"timeout": 0, "offset": self._offset(), "limit": 1, "allowed_updates": self._allowed}
        try:
            async with asyncio.timeout(CONFIRMING):
                await self._bot._post("getUpdates", data)  # noqa: SLF001  (see _fetch)
        except (TelegramError, TimeoutError) as failure:
            _LOGGER.info("The last updates could not be confirmed (%s): they will come again.", type(failure).__name__)


def _pause_after(failure: TelegramError, back_off: float) -> float:
    """Log what a failed call means and return the seconds to wait before the next."""
    if isinstance(failure, RetryAfter):
        return seconds_asked_for(failure)
    if isinstance(failure, Conflict):
        _LOGGER.error("Telegram says that another process fetches updates with this token (409): stop the other one.")
        return LONGEST_BACK_OFF / 3
    _LOGGER.warning("Updates could not be fetched (%s), next try in %.1f s.", type(failure).__name__, back_off)
    return back_off
