"""What passes the throttle though its sender sent too much: whoever may be in danger is answered, and holds up nobody.

A text must be heard before it is known whether it passes, and a long one takes as long as answering ten questions. So
that is done in a thread, one text of a sender after the other, the senders in turns. What passes waits for its turn at
Telegram like any reply, one message a second. So of one sender's one is in work and one waits; a newer one takes the
place of the one that waits: the reply to it stands for both, below all that the sender wrote.
"""

from __future__ import annotations

import asyncio
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from bot.telegram_app.tasks import aside

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Sender = tuple[int, int]
    """A chat and who writes there: in a group nobody's cry is covered by somebody else's."""

LISTENING = 1
"""Texts heard at once. In one interpreter more would not be heard sooner."""
REST = 2
"""Times as long as hearing a text took, nothing more is heard: a thread beside it slows every answer down."""


class Kind(Enum):
    """What an update passes as; each covers its own kind only."""

    CRY = "cry"
    COMMAND = "command"
    BUTTON = "button"


class Urgent:
    """Hears cries in what was sent too fast, and lets them pass one by one. ``is_cry`` is called in a thread."""

    def __init__(
        self, is_cry: Callable[[str], bool], pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._is_cry = is_cry
        self._pause = pause
        self._listening = asyncio.Semaphore(LISTENING)
        self._turns: WeakValueDictionary[Sender, asyncio.Lock] = WeakValueDictionary()
        self._in_work: dict[tuple[Sender, Kind], asyncio.Task[object]] = {}
        self._waiting: dict[tuple[Sender, Kind], asyncio.Event] = {}

    async def is_cry(self, sender: Sender, text: str) -> bool:
        """Tell whether a text asks for help."""
        turn = self._turns.setdefault(sender, asyncio.Lock())
        async with turn, self._listening:
            loop = asyncio.get_running_loop()
            began = loop.time()
            cry = await aside(partial(self._is_cry, text))
            if not cry:
                await self._pause(REST * (loop.time() - began))
            return cry

    async def turn(self, sender: Sender, kind: Kind) -> bool:
        """Wait until nothing else of the sender's that passed as ``kind`` is in work; True: the current task is now.

        False: something newer took its place.
        """
        place, covered = (sender, kind), asyncio.Event()
        if place in self._waiting:
            self._waiting[place].set()
        self._waiting[place] = covered
        newer = asyncio.ensure_future(covered.wait())
        try:
            while (before := self._in_work.get(place)) is not None and not covered.is_set():
                await asyncio.wait([before, newer], return_when=asyncio.FIRST_COMPLETED)
        finally:
            newer.cancel()
            if self._waiting[place] is covered:
                del self._waiting[place]
        if covered.is_set():
            return False
        if (task := asyncio.current_task()) is not None:
            self._in_work[place] = task
            task.add_done_callback(lambda _: self._in_work.pop(place))
        return True
