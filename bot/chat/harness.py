"""The world, its door and the real bot, playing together in a thread of their own.

The main thread stays free for whoever reads from the keyboard, so that Ctrl-C ends a wait for input at once.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from bot.standin.server import Server

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import TracebackType

    from bot.standin.world import World

Bot = Callable[[str, asyncio.Event], Awaitable[Any]]
"""Runs a bot against the Bot API at an address, until the event is set."""

_T = TypeVar("_T")

PATIENCE = 600.0
"""Seconds before people are told that the bot does not answer: it may be reading a very large folder."""
FAREWELL = 10.0
"""Seconds that the bot has to end."""


class BotEnded(Exception):  # noqa: N818  (it says what happened)
    """The bot ended by itself; ``__cause__`` is why, where it raised something."""


class Harness:
    """Entered: the bot is polling. Everything touching the world goes through ``do`` and ``wait``."""

    def __init__(self, world: World, bot: Bot) -> None:
        self.world = world
        self._bot = bot
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="harness", daemon=True)
        self._stop: asyncio.Event | None = None
        self._door = Server(world)
        self._playing: asyncio.Future[Any] | None = None

    def __enter__(self) -> Self:
        """Open the door and start the bot. Raises BotEnded where it does not come up, TimeoutError where it hangs."""
        self._thread.start()
        try:
            self._run(self._begin())
            self.wait(lambda: self.world.state.updates.last_poll is not None)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the bot, shut the door, end the thread."""
        self._close()

    def do(self, action: Callable[..., _T], *given: Any, **named: Any) -> _T:  # noqa: ANN401  (passed on)
        """Return what ``action`` returns, called in the world's thread."""

        async def act() -> _T:
            return action(*given, **named)

        return self._run(act())

    def settle(self) -> None:
        """Wait until the bot has handled everything. Raises BotEnded, or TimeoutError where it does not answer."""
        self.wait(lambda: not self.world.state.updates)

    def wait(self, happened: Callable[[], Any]) -> None:
        """Wait until something has happened in the world. Raises BotEnded or TimeoutError."""
        self._run(self._until(happened))

    async def _begin(self) -> None:
        self._stop = asyncio.Event()
        await self._door.__aenter__()
        self._playing = asyncio.ensure_future(self._bot(self._door.url, self._stop))
        self._playing.add_done_callback(lambda _: self._door.wake())

    async def _until(self, happened: Callable[[], Any]) -> None:
        playing = self._playing
        await self._door.until(lambda: happened() or (playing is not None and playing.done()), "an answer", PATIENCE)
        if playing is not None and playing.done() and not happened():
            raise BotEnded("the bot ended") from playing.exception()

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _close(self) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        if self._stop is not None:
            self._stop.set()
        if self._playing is not None:
            await asyncio.wait([self._playing], timeout=FAREWELL)
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)
        await self._door.__aexit__(None, None, None)
        await self._loop.shutdown_asyncgens()
        await self._loop.shutdown_default_executor()
