"""The world's one HTTP door, on loopback: ``/bot<token>/<method>`` as at api.telegram.org.

In the event loop of the bot::

    async with Server(World()) as door:
        bot = telegram.Bot(door.world.token, base_url=f"{door.url}/bot")
        ...
        door.world.ask(anna, "hello")
        await door.settled()                # until the bot has confirmed and answered everything
        reply = door.world.last(door.world.private(anna))
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Self

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.standin.rules.refusal import ApiError, bad_request
from bot.standin.webhook import Delivery

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from tornado.httputil import HTTPServerRequest

    from bot.standin.world import World

HOST = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that a test waits for what it expects before it says what is missing."""


class Server:
    """Serves a world over HTTP, and delivers to the webhook where the bot sets one.

    ``port`` 0 takes any free one; ``url`` is where the door is once opened. ``pause`` waits between two attempts of a
    delivery.
    """

    def __init__(
        self, world: World, port: int = 0, *, pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self.world = world
        self.port = port
        self._wakers: set[asyncio.Future[None]] = set()
        self._server: HTTPServer | None = None
        self._delivery = Delivery(world, pause)
        self._stop_listening: Callable[[], None] | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    async def __aenter__(self) -> Self:
        """Open the door."""
        methods = [(r"/bot([^/]*)/([^/]*)/?", _Method, {"door": self})]
        application = Application(methods, default_handler_class=_NotFound, log_function=_say_nothing)
        self._server = HTTPServer(application)
        sockets = bind_sockets(self.port, HOST)
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)
        self._stop_listening = self.world.listen(self.wake)
        await self._delivery.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Shut it; calls that still wait are cut off."""
        await self._delivery.__aexit__()
        if self._stop_listening is not None:
            self._stop_listening()
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()

    def wake(self) -> None:
        """Let everything that waits look again."""
        for waker in self._wakers:
            if not waker.done():
                waker.set_result(None)

    async def change(self, timeout: float | None = None) -> None:  # noqa: ASYNC109  (raises as wait_for does)
        """Wait for the next change of the world or of this door. Raises TimeoutError after ``timeout`` seconds."""
        waker: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wakers.add(waker)
        try:
            await asyncio.wait_for(waker, timeout)
        finally:
            self._wakers.discard(waker)

    async def until(self, happened: Callable[[], Any], what: str = "it", patience: float = PATIENCE) -> None:
        """Wait until ``happened()`` is true; looked at after every change. Raises TimeoutError saying ``what``."""
        loop = asyncio.get_running_loop()
        end = loop.time() + patience
        while not happened():
            try:
                await self.change(max(end - loop.time(), 0))
            except TimeoutError:
                pending = self.world.pending
                raise TimeoutError(
                    f"{what} did not happen within {patience} s; {len(pending)} unconfirmed updates, the first: "
                    f"{pending[:1]}, refused: {self.world.refused}"
                ) from None

    async def settled(self, patience: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update.

        For a bot that confirms an update after it was handled, everything is answered then. For one that confirms
        first, wait for its own queue as well.
        """
        await self.until(lambda: not self.world.state.updates, "handling every update", patience)


class _Method(RequestHandler):
    """One call of a method."""

    def initialize(self, door: Server) -> None:
        """Take what the routing passes."""
        self.door = door
        self._gone = False

    def on_connection_close(self) -> None:
        """Note that the caller went away while it waited."""
        self._gone = True
        self.door.wake()

    async def get(self, token: str, method: str) -> None:
        """Answer a call."""
        await self._answer(token, method)

    async def post(self, token: str, method: str) -> None:
        """Answer a call."""
        await self._answer(token, method)

    async def _answer(self, token: str, method: str) -> None:
        try:
            given = _parameters(self.request)
            polls = method.lower() == "getupdates"
            result = await self._polled(token, given) if polls else self.door.world.call(token, method, given)
            body = {"ok": True, "result": result}
        except ApiError as error:
            self.set_status(error.code)
            body = error.payload()
        if self._gone:
            return
        self.set_header("Content-Type", "application/json")
        await self.finish(json.dumps(body))

    async def _polled(self, token: str, given: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer getUpdates as soon as there is something, or when its time is over."""
        world, loop = self.door.world, asyncio.get_running_loop()
        poll = world.poll(token, given)
        end = loop.time() + max(poll.until - world.state.clock(), 0)
        try:
            while not self._gone:
                answer = world.state.updates.answer(poll)
                if answer is not None:
                    return answer
                await self.door.change(end - loop.time())
        except TimeoutError:
            pass
        finally:
            world.state.updates.end(poll)
            self.door.wake()
        return []


class _NotFound(RequestHandler):
    """Anything that is not a method of a bot."""

    def prepare(self) -> None:
        """Answer as Telegram does."""
        self.set_status(404)
        self.finish(ApiError(404, "Not Found").payload())


def _parameters(request: HTTPServerRequest) -> dict[str, Any]:
    """Return the parameters of a call, from the query, a form, a multipart form or a JSON body."""
    values: dict[str, Any] = {
        name: given[-1].decode("utf-8", "surrogateescape") for name, given in request.arguments.items()
    }
    if request.headers.get("Content-Type", "").startswith("application/json") and request.body:
        try:
            body = json.loads(request.body)
        except ValueError:
            raise bad_request("can't parse request body as JSON") from None
        if not isinstance(body, dict):
            raise bad_request("the request body must be a JSON object")
        values.update(body)
    return values


def _say_nothing(handler: RequestHandler) -> None:
    """Keep no log: the address holds the token."""
