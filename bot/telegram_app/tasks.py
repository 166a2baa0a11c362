"""Waiting and working beside others: until the stop, between tries, in a thread of its own."""

from __future__ import annotations

import asyncio
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

FIRST_PAUSE = 0.5
"""Seconds before the first repetition of what failed; doubled each time."""
LONGEST_PAUSE = 30.0
"""Seconds between repetitions at the most."""
GIVING_WAY = 0.0005
"""Seconds after which work in a thread lets the event loop go on. An answer lets go of the interpreter some twenty
times, for each call of the network, and would wait for Python's usual 5 ms each time: ``test_reload`` measures it."""
USUAL = sys.getswitchinterval()
"""Python's own choice, in seconds."""


class Stopped(Exception):  # noqa: N818  (it says what happened)
    """The bot was told to stop before something was done."""


async def unless_stopped(work: Awaitable[T], stop: asyncio.Event) -> T:
    """Return what ``work`` returns, or raise what it raises.

    Raises Stopped once ``stop`` is set; the work is cancelled then and has ended.
    """
    task, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        if not stop.is_set():
            await asyncio.wait([task, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Stopped
        return task.result()
    finally:
        stopping.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait([task])


class BackOff:
    """The one policy for what is tried again: the pauses grow from ``FIRST_PAUSE`` to ``LONGEST_PAUSE``."""

    def __init__(self) -> None:
        self._next = FIRST_PAUSE

    def reset(self) -> None:
        """Begin anew: it worked."""
        self._next = FIRST_PAUSE

    def pause(self) -> float:
        """Return the seconds to wait after one more failure."""
        pause, self._next = self._next, min(2 * self._next, LONGEST_PAUSE)
        return pause


class _GivingWay:
    """Lets threads give way to the event loop for as long as one of them works."""

    def __init__(self) -> None:
        self._working = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self._working += 1
            sys.setswitchinterval(GIVING_WAY)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._working -= 1
            if not self._working:
                sys.setswitchinterval(USUAL)


_giving_way = _GivingWay()


async def aside(work: Callable[[], T]) -> T:
    """Return what ``work`` returns, or raise what it raises; it runs in a thread of its own.

    Unlike with ``asyncio.to_thread`` that is a daemon: a bot told to stop ends though a large folder is being compiled.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        with _giving_way:
            try:
                result = work()
            except BaseException as problem:  # noqa: BLE001  (handed to whoever waits)
                outcome.set_exception(problem)
            else:
                outcome.set_result(result)

    outcome.set_running_or_notify_cancel()
    threading.Thread(target=run, name="aside", daemon=True).start()
    return await asyncio.wrap_future(outcome)
