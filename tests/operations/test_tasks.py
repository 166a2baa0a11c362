"""Waiting for work or for the stop, and the pauses between tries."""

from __future__ import annotations

import asyncio
import sys
import threading

import pytest

from bot.telegram_app.tasks import (
    FIRST_PAUSE,
    GIVING_WAY,
    LONGEST_PAUSE,
    USUAL,
    BackOff,
    Stopped,
    aside,
    unless_stopped,
)


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


async def test_threads_give_way_for_as_long_as_one_of_them_works() -> None:
    """One that ends while another works leaves the interpreter's choice as it is; after the last it is Python's own."""
    release = threading.Event()
    long = asyncio.create_task(aside(release.wait))
    assert await aside(sys.getswitchinterval) == pytest.approx(GIVING_WAY)
    await aside(lambda: None)
    assert sys.getswitchinterval() == pytest.approx(GIVING_WAY)
    release.set()
    assert await long
    # The result is handed over in the thread's last moments.
    for thread in threading.enumerate():
        if thread.name == "aside":
            thread.join()
    assert sys.getswitchinterval() == pytest.approx(USUAL)
