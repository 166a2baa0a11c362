"""Long work beside the event loop, which the end of the program does not wait for."""

from __future__ import annotations

import asyncio
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

USUAL = sys.getswitchinterval()
"""Python's own choice, in seconds."""

GIVING_WAY = 0.0005
"""Seconds after which the work lets the event loop go on. An answer lets go of the interpreter some twenty times, for
each call of the network, and would wait for Python's usual 5 ms each time."""


async def aside(work: Callable[[], T]) -> T:
    """Return what ``work`` returns, or raise what it raises; it runs in a thread of its own.

    Unlike with ``asyncio.to_thread`` that is a daemon: a bot told to stop ends though a large folder is being compiled.
    """
    outcome: Future[T] = Future()

    def run() -> None:
        sys.setswitchinterval(GIVING_WAY)
        try:
            result = work()
        except BaseException as problem:  # noqa: BLE001  (handed to whoever waits)
            outcome.set_exception(problem)
        else:
            outcome.set_result(result)
        finally:
            sys.setswitchinterval(USUAL)

    outcome.set_running_or_notify_cancel()
    threading.Thread(target=run, name="aside", daemon=True).start()
    return await asyncio.wrap_future(outcome)
