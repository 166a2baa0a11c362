"""Two processes that fetch with one token: at a deployment the new one goes on, and the old one ends no call of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.telegram_app.intake.handover import BY_MISTAKE, HELD, NEW, OVER, STAND_BACK, Handover
from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.polling import Polling
from bot.telegram_app.tasks import FIRST_PAUSE
from tests.operations.conftest import Echo, echo_bot, polling

if TYPE_CHECKING:
    import pytest
    from telegram import Update

    from bot.standin.updates import Poll


def test_the_new_process_asks_again_at_once() -> None:
    """Whatever ends its calls in its first seconds, a process that was just started does not wait for long."""
    handover = Handover(began=100.0)
    assert [handover.pause(100.0 + second) for second in range(int(NEW))] == [FIRST_PAUSE] * int(NEW)


def test_the_old_process_stands_back() -> None:
    """A process that has fetched for long leaves the calls to a newer one, each time it has tried again."""
    handover = Handover(began=0.0)
    for moment in (NEW + 1, NEW + 1 + STAND_BACK, NEW + 1 + 2 * STAND_BACK):
        assert handover.pause(moment) == STAND_BACK


def test_the_new_process_goes_on_however_long_the_other_one_stays() -> None:
    """While the older one tries now and then only, the newer one waits no longer than at first."""
    handover, now = Handover(began=0.0), 1.0
    while now < 40 * NEW:
        pause = handover.pause(now)
        assert pause == FIRST_PAUSE
        now += pause + HELD + 0.1


def test_two_that_began_together_do_not_end_each_others_calls_all_the_time() -> None:
    """Where the other one insists as well, the pauses grow up to that of one that stands back."""
    handover, now = Handover(began=0.0), NEW - 1
    pauses: list[float] = []
    while len(pauses) < 9:
        pauses.append(handover.pause(now))
        now += pauses[-1] + HELD / 2
    assert pauses == sorted(pauses)
    assert pauses[-1] == STAND_BACK


def test_after_a_quiet_minute_the_next_one_is_another_handover() -> None:
    """A process that was the newer one once is the older one at the next deployment."""
    handover = Handover(began=0.0)
    assert handover.pause(1.0) == FIRST_PAUSE
    assert handover.pause(2.0 + OVER) == STAND_BACK
    assert not handover.is_mistake


def test_two_for_long_are_a_mistake() -> None:
    """What goes on for longer than a handover takes is to be told to the operator."""
    handover, now = Handover(began=-NEW), 0.0
    while now <= BY_MISTAKE:
        now += handover.pause(now)
        assert not handover.is_mistake
    handover.pause(now)
    assert handover.is_mistake


def _somebody_else_polls(echo: Echo) -> Poll:
    poll = echo.world.poll(echo.world.token, {"timeout": 50})
    echo.door.wake()
    return poll


async def test_a_stop_does_not_end_the_call_of_who_took_over() -> None:
    """Once another process fetches, the one before has nothing to confirm: all that is unconfirmed was given to it."""
    async with echo_bot() as echo:
        standing_back = asyncio.Event()

        async def stand_back(_seconds: float) -> None:
            standing_back.set()
            await asyncio.Event().wait()

        bot = echo.application.bot
        poller = Polling(bot, InFlight(bot, echo.workers), allowed_updates=["message"], pause=stand_back)
        task = asyncio.create_task(poller.run(echo.stop))
        echo.ask(1)
        await echo.door.settled()
        theirs = _somebody_else_polls(echo)
        await standing_back.wait()
        echo.stop.set()
        await task
        assert not theirs.replaced
        assert echo.sent() == ["q0"]


async def test_a_stop_with_nothing_to_confirm_makes_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was confirmed by a call that Telegram has answered is not confirmed again."""
    offsets: list[Any] = []
    async with echo_bot() as echo:
        poll = echo.world.poll

        def noted(token: str, given: dict[str, Any]) -> Poll:
            offsets.append(given.get("offset"))
            return poll(token, given)

        def answer_the_next_call_with_nothing(_update: Update) -> None:
            echo.faulty.odd["getUpdates"] = [(200, {"ok": True, "result": []})]

        monkeypatch.setattr(echo.world, "poll", noted)
        echo.ask(1)
        async with polling(echo):
            await echo.door.settled()
            echo.before_reply = answer_the_next_call_with_nothing
            echo.ask(1)
            await echo.door.settled()  # by the call after the one that was answered here
            asked = len(offsets)
        assert len(offsets) == asked
        assert not echo.faulty.odd["getUpdates"]


async def test_a_call_ended_by_the_one_before_is_repeated_at_once() -> None:
    """The last call of the process before costs the people who ask half a second, not ten."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    async with echo_bot() as echo:
        bot = echo.application.bot
        poller = Polling(bot, InFlight(bot, echo.workers), allowed_updates=["message"], pause=note)
        task = asyncio.create_task(poller.run(echo.stop))
        await echo.door.until(lambda: echo.world.state.updates.poll, "a call that waits")
        theirs = _somebody_else_polls(echo)
        await echo.door.until(lambda: theirs.replaced, "the next call")
        echo.world.state.updates.end(theirs)
        echo.ask(1)
        await echo.door.settled()
        echo.stop.set()
        await task
        assert pauses == [FIRST_PAUSE]
        assert echo.sent() == ["q0"]


async def test_the_first_call_does_not_wait() -> None:
    """Who waits for a new bot to be ready before the old one is told to end learns at once that Telegram answers."""
    async with echo_bot() as echo:
        bot, polled = echo.application.bot, asyncio.Event()
        poller = Polling(bot, InFlight(bot, echo.workers), allowed_updates=["message"], polled=polled.set)
        task = asyncio.create_task(poller.run(echo.stop))
        async with asyncio.timeout(30):
            await polled.wait()
        echo.stop.set()
        await task
