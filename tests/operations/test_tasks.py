"""Waiting for work or for the stop, and the pauses between tries."""

from __future__ import annotations

import asyncio

import pytest

from bot.telegram_app.tasks import FIRST_PAUSE, LONGEST_PAUSE, BackOff, Stopped, unless_stopped


async def test_work_that_ends_before_the_stop_gives_its_result() -> None:
    """What it returns is returned, what it raises is raised."""

    async def work(number: int) -> float:
        return 1 / number

    stop = asyncio.Event()
    assert await unless_stopped(work(2), stop) == 0.5
    with pytest.raises(ZeroDivisionError):
        await unless_stopped(work(0), stop)


@pytest.mark.parametrize("before", [False, True])
async def test_a_stop_breaks_off_the_work(*, before: bool) -> None:
    """Told to stop, before or meanwhile, the work is cancelled and has cleaned up."""
    stop, seen = asyncio.Event(), ["begun"]

    async def work() -> None:
        try:
            stop.set()
            await asyncio.Event().wait()
        finally:
            seen.append("cleaned up")

    if before:
        stop.set()
    with pytest.raises(Stopped):
        await unless_stopped(work(), stop)
    assert seen == (["begun"] if before else ["begun", "cleaned up"])


async def test_whoever_waits_may_be_cancelled() -> None:
    """The work ends with the one who waits for it."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(unless_stopped(work(), asyncio.Event()))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()


def test_pauses_grow_up_to_a_limit_and_begin_anew() -> None:
    """Twice as long each time; after a success as at first."""
    back_off = BackOff()
    pauses = [back_off.pause() for _ in range(10)]
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-2:] == [LONGEST_PAUSE, LONGEST_PAUSE]
    back_off.reset()
    assert back_off.pause() == FIRST_PAUSE
