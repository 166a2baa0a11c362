"""The updates in flight: taken from Telegram, and not forgotten there before they were handled.

One ledger for both ways in which updates come. An update is *held* until its handling has ended: by polling the offset
stays below it, by webhook its delivery is not answered. The only exception is made for the others' sake, when held ones
keep Telegram from bringing more (see ``early_acknowledgement``).
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import Update

from bot.telegram_app.intake.early_acknowledgement import Waiting, in_the_way
from bot.telegram_app.intake.poison import STARTS, PoisonGuard
from bot.telegram_app.tasks import Stopped, unless_stopped
from bot.telegram_app.turn import lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram.ext import ExtBot

    from bot.telegram_app.intake.workers import Workers
    from bot.telegram_app.turn import Outcome

_LOGGER = logging.getLogger(__name__)

REMEMBERED = 1000
"""Numbers of handled updates kept, so that what comes twice is handled once: ten times what Telegram brings at once."""
CAREFUL = 2.0
"""Seconds that an update which may have killed the last processes is watched alone, before the next is started."""
FINISHING = 3.0
"""Seconds that updates in work get to end once the bot is told to stop: a bot should end within five."""


@dataclass(frozen=True, slots=True)
class Flight:
    """An update in work. ``confirmed`` tells, once it is known, whether Telegram may forget the update."""

    task: asyncio.Task[Outcome]
    waiting: Waiting
    confirmed: asyncio.Future[bool]

    def confirm(self, *, handled: bool = True) -> None:
        """Settle whether Telegram may forget it; what was settled before stays."""
        if not self.confirmed.done():
            self.confirmed.set_result(handled)


class InFlight:
    """Hands updates to the workers, each once, however often it comes. Without ``guard`` no update is suspected."""

    def __init__(self, bot: ExtBot[Any], workers: Workers, guard: PoisonGuard | None = None) -> None:
        self._bot = bot
        self._workers = workers
        self._guard = guard or PoisonGuard(None)
        self._flights: dict[int, Flight] = {}
        self._handled: dict[int, None] = {}  # the last ones, in order
        self._ended = asyncio.Event()
        self._alone = asyncio.Lock()
        self._finishing = False

    def __contains__(self, number: int) -> bool:
        return number in self._flights or number in self._handled

    def __len__(self) -> int:
        return len(self._flights)

    def held(self) -> set[int]:
        """Return the numbers of the updates in work that Telegram must not forget."""
        return {number for number, flight in self._flights.items() if not flight.confirmed.done()}

    def take(self, raw: dict[str, Any]) -> Flight | None:
        """Start handling an update unless it is in work; None where that is over, or it cannot be read.

        ``raw``: the update as Telegram sends it, with a whole number as its ``update_id``.
        """
        number = raw["update_id"]
        if number not in self:
            try:
                update = Update.de_json(raw, self._bot)
            except Exception:  # noqa: BLE001  (whatever the parser trips over: it would come again for ever)
                _LOGGER.error("Update %s could not be read and is passed over.", number)  # noqa: TRY400  (no content)
                self._remember(number)
            else:
                self._start(number, update)
        return self._flights.get(number)

    async def take_first(self, updates: Sequence[dict[str, Any]], stop: asyncio.Event) -> None:
        """Take what comes first after a start; one by one where the last processes died with some of these in work.

        Raises Stopped where ``stop`` is set before the last of these was started.
        """
        numbers = [raw["update_id"] for raw in updates]
        if not any(self._guard.suspect(number) for number in numbers):
            self._guard.begin(numbers)
            for raw in updates:
                self.take(raw)
                await asyncio.sleep(0)
            return
        _LOGGER.warning("The last processes died with the same updates in work: these are started one by one.")
        for raw in updates:
            await unless_stopped(self._take_alone(raw), stop)

    async def take_watched(self, raw: dict[str, Any]) -> Flight | None:
        """Do as ``take`` for an update that may be among the first after a start, and comes by itself.

        Raises Stopped where the bot is told to stop before its turn.
        """
        number = raw["update_id"]
        if number in self:
            return self._flights.get(number)
        if self._guard.suspect(number):
            return await self._take_alone(raw)
        self._guard.begin([number])
        return self.take(raw)

    async def _take_alone(self, raw: dict[str, Any]) -> Flight | None:
        """Take an update, and watch it for a moment before the next that is taken so; what had its chances is over."""
        number = raw["update_id"]
        async with self._alone:
            if self._finishing:
                raise Stopped
            if number in self:
                return self._flights.get(number)
            if self._guard.given_up(number):
                _LOGGER.error("Update %s was in work when the bot died %s times: given up.", number, STARTS)
                self._remember(number)
                return None
            self._guard.begin([number])
            if (flight := self.take(raw)) is not None:
                await asyncio.wait([flight.task], timeout=CAREFUL)
            return flight

    def make_way(self, now: float, *, moves: bool = False) -> None:
        """Let go what keeps Telegram from bringing others; ``now`` is the event loop's time.

        ``moves``: something new still comes, but little.
        """
        waiting = {number: flight.waiting for number, flight in self._flights.items()}
        go = in_the_way(waiting, self.held(), now, moves=moves)
        for number in go:
            self._flights[number].confirm()
        if go:
            _LOGGER.warning("%d updates wait for Telegram and are confirmed before their end, for the others.", len(go))

    async def one_more_ended(self) -> None:
        """Wait until one more update has ended."""
        self._ended.clear()
        await self._ended.wait()

    async def finish(self, seconds: float) -> None:
        """Let what is in work end; after ``seconds`` the rest is cancelled. It is still held then, and comes again."""
        self._finishing = True
        if not self._flights:
            return
        _, unfinished = await asyncio.wait([flight.task for flight in self._flights.values()], timeout=seconds)
        for task in unfinished:
            task.cancel()  # noted as ended with the loop's next turn: whoever asks at once what is held sees it there
        if lost := len(self) - len(self.held()):
            _LOGGER.error("Confirmed without a reply, as their chats had to wait: %d updates.", lost)

    def _start(self, number: int, update: Update) -> None:
        loop = asyncio.get_running_loop()
        task = self._workers.submit(update)
        self._flights[number] = Flight(task, Waiting(lane(update), loop.time()), loop.create_future())
        task.add_done_callback(lambda _: self._end(number))

    def _end(self, number: int) -> None:
        flight = self._flights.pop(number)
        flight.confirm(handled=not flight.task.cancelled())
        self._remember(number)

    def _remember(self, number: int) -> None:
        self._guard.end(number)
        self._handled[number] = None
        if len(self._handled) > REMEMBERED:
            del self._handled[next(iter(self._handled))]
        self._ended.set()
