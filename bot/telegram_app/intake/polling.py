"""Intake by long polling that loses nothing.

Telegram keeps an update until a later ``getUpdates`` names a higher ``offset``: that confirms everything below it. So
the offset asked for is always the number of the oldest update that is held: a kill at any moment repeats at most what
was in work. While something is held the next call comes when the oldest one has ended, or else after
``SAME_OFFSET_PAUSE``; what comes twice is recognised by its number. The last call of all only confirms, and is left out
where there is nothing to confirm or another process has taken over: it would end the call of the next one (409).
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram_app.intake.handover import Handover
from bot.telegram_app.intake.in_flight import FINISHING
from bot.telegram_app.monitoring.discretion import OFTEN
from bot.telegram_app.outbox.answers import is_number
from bot.telegram_app.outbox.sending import seconds_asked_for
from bot.telegram_app.tasks import BackOff, Stopped, unless_stopped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram.ext import ExtBot

    from bot.telegram_app.intake.in_flight import InFlight

_LOGGER = logging.getLogger(__name__)

LONG_POLL = 50
"""Seconds that Telegram holds an empty answer back (its own maximum)."""
SAME_OFFSET_PAUSE = 0.55
"""Seconds between two calls with one offset: asked again within 0.5 s Telegram returns the first update only."""
BATCH = 100
"""Updates in one answer (Telegram's maximum), and so unconfirmed ones at once."""
FEW = 25
"""New ones in a full answer, below which what is held keeps others from coming."""
AHEAD = 32
"""Updates held below which more are fetched as soon as the oldest has ended."""
REFUSED_FOR = 10.0
"""Seconds for which a token must be refused, and nothing else be heard, before that is believed."""
LATER = 300.0
"""Seconds that polling waits at the most when Telegram says "later" (429)."""
CONFIRMING = 1.0
"""Seconds for the last call, which confirms: with FINISHING less than the five in which a bot should end."""
FORGET_AFTER = 24 * 3600.0
"""Seconds without updates after which the offset is dropped: Telegram then numbers from a new random start (a week)."""


class Polling:
    """Fetches updates and keeps the offset that confirms them. ``polled`` is told of each call that succeeded."""

    def __init__(
        self,
        bot: ExtBot[Any],
        in_flight: InFlight,
        *,
        allowed_updates: Sequence[str],
        polled: Callable[[], None] = lambda: None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._in_flight = in_flight
        self._allowed = list(allowed_updates)
        self._polled = polled
        self._pause = pause
        self._highest: int | None = None  # of those taken
        self._first = True
        self._confirmed: int | None = None  # the offset of the last call that Telegram has answered
        self._answered = False
        self._taken_over = False  # by another process, whose call ended the last one

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop``; then let what is in work end, and confirm it.

        Raises telegram.error.InvalidToken when Telegram goes on refusing the token.
        """
        _LOGGER.info("Fetching updates by polling.")
        try:
            with suppress(Stopped):
                await unless_stopped(self._remove_webhook(), stop)
                await self._poll(stop)
        finally:
            await self._finish()

    async def _poll(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        back_off, last_update, refused_for = BackOff(), loop.time(), 0.0
        handover = Handover(loop.time())
        while True:
            asked_for = self._offset()
            try:
                updates = await unless_stopped(self._fetch(asked_for), stop)
            except TelegramError as failure:
                if self._taken_over:
                    refused_for = 0.0
                    await unless_stopped(self._pause(_stand_back(handover, loop.time())), stop)
                    continue
                pause = back_off.pause()
                if not isinstance(failure, InvalidToken):
                    refused_for = 0.0
                elif refused_for >= REFUSED_FOR:
                    raise
                else:
                    refused_for += pause
                await unless_stopped(self._get_over(failure, pause), stop)
                continue
            back_off.reset()
            refused_for = 0.0
            self._polled()
            if updates:
                last_update = loop.time()
            elif not self._in_flight and loop.time() - last_update > FORGET_AFTER:
                self._highest = None
            await self._take(updates, stop)
            await unless_stopped(self._worth_asking(asked_for), stop)

    def _offset(self) -> int | None:
        """Return the number of the oldest update held, or of the next one to come; None: whatever there is."""
        following = None if self._highest is None else self._highest + 1
        return min(self._in_flight.held(), default=following)

    async def _fetch(self, offset: int | None) -> list[dict[str, Any]]:
        """Ask for what is not confirmed yet; wait for something new only if nothing is held.

        Nor does the first call wait: who waits for the bot to be ready learns at once that Telegram answers.
        """
        seconds = LONG_POLL if self._answered and not self._in_flight.held() else 0
        self._taken_over = False
        try:
            result = await self._get_updates(offset, seconds, BATCH)
        except Conflict as conflict:
            self._taken_over = "webhook" not in conflict.message.casefold()
            raise
        self._confirmed, self._answered = offset, True
        updates = [each for each in result if isinstance(each, dict) and is_number(each.get("update_id"))]
        if result and not updates:  # asked again at once, it would be the same
            raise TelegramError("getUpdates was answered with something that is not Telegram's")
        return updates

    async def _get_updates(self, offset: int | None, seconds: int, limit: int) -> Any:  # noqa: ANN401  (unparsed)
        # The public get_updates parses the updates together: one that it cannot parse would take the others with it.
        data = {"timeout": seconds, "offset": offset, "limit": limit, "allowed_updates": self._allowed}
        return await self._bot._post("getUpdates", data, read_timeout=seconds + 10)  # noqa: SLF001

    async def _take(self, updates: list[dict[str, Any]], stop: asyncio.Event) -> None:
        """Take what is new; where Telegram brings all that it does, and little of it is new, make way for others."""
        numbers = [update["update_id"] for update in updates]
        new = sum(number not in self._in_flight for number in numbers)
        if len(numbers) == BATCH and new < FEW:
            self._in_flight.make_way(asyncio.get_running_loop().time(), moves=new > 0)
        try:
            if self._first and updates:
                self._first = False
                await self._in_flight.take_first(updates, stop)
            else:
                for update in updates:
                    self._in_flight.take(update)
                    await asyncio.sleep(0)  # a hundred long ones would keep everything else waiting
        finally:  # told to stop, only some of them may have been taken
            taken = [number for number in numbers if number in self._in_flight]
            self._highest = max(taken if self._highest is None else [self._highest, *taken], default=None)

    async def _worth_asking(self, asked_for: int | None) -> None:
        """Wait until the oldest update held has ended and there is room, or the pause for one offset is over.

        That pause also ends if all that Telegram gives out is held: only asking tells that nothing new comes.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(SAME_OFFSET_PAUSE):
                while (held := self._in_flight.held()) and (min(held) == asked_for or len(held) > AHEAD):
                    await self._in_flight.one_more_ended()

    async def _get_over(self, failure: TelegramError, back_off: float) -> None:
        """Wait after a failed call; a webhook in the way is removed first."""
        if isinstance(failure, Conflict):
            _LOGGER.warning("Telegram says that a webhook is set for this token (409): it is removed.")
            await self._remove_webhook()
            await self._pause(back_off)
        else:
            await self._pause(_pause_after(failure, back_off))

    async def _remove_webhook(self) -> None:
        try:
            await self._bot.delete_webhook()
        except TelegramError as failure:
            _LOGGER.warning("A webhook that may be left over was not removed (%s).", type(failure).__name__)

    async def _finish(self) -> None:
        """Let what is in work end, then confirm what was handled, unless somebody else has been given it all."""
        await self._in_flight.finish(FINISHING)
        if self._highest is None or self._taken_over or self._offset() == self._confirmed:
            return
        try:
            async with asyncio.timeout(CONFIRMING):
                await self._get_updates(self._offset(), 0, 1)
        except (TelegramError, TimeoutError) as failure:
            _LOGGER.info("The last updates could not be confirmed (%s): they will come again.", type(failure).__name__)


def _pause_after(failure: TelegramError, back_off: float) -> float:
    """Log what a failed call means and return the seconds to wait before the next."""
    if isinstance(failure, RetryAfter):
        return min(seconds_asked_for(failure), LATER)
    _LOGGER.warning("Updates could not be fetched (%s), next try in %.1f s.", type(failure).__name__, back_off)
    return back_off


def _stand_back(handover: Handover, now: float) -> float:
    """Log that another process has ended the last call and return the seconds to wait before the next."""
    pause = handover.pause(now)
    if handover.is_mistake:
        _LOGGER.error(
            "Telegram says that another process fetches updates with this token (409): stop the other one.", extra=OFTEN
        )
    else:
        _LOGGER.info("Another process fetches updates with this token (409): it may be ending.", extra=OFTEN)
    return pause
