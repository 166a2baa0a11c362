"""Faults between the bot and the stand-in for Telegram: a proxy on loopback that fails on purpose.

It counts what it did: in particular how often it cut a connection after the call had its effect, which is the only
reason for which a message may arrive twice.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

import tornado.web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from bot.standin.rules.refusal import ApiError
from bot.standin.server import _parameters

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from bot.standin.server import Server

FAULTS = ("429", "500", "502", "cut before", "cut after", "malformed", "slow")


@dataclass(slots=True)
class Plan:
    """What goes wrong: the share of each fault (0 to 1) on the methods named, and how long calls take in seconds."""

    share: float = 0.0
    faults: tuple[str, ...] = FAULTS
    methods: frozenset[str] = frozenset()
    seconds: Callable[[str, dict[str, Any]], float] = lambda _method, _given: 0.0
    slow: float = 0.3
    retry_after: int = 1
    rng: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311  (a fixed seed is the point)

    def draw(self, method: str) -> str | None:
        """Return the fault for this call, if any."""
        if self.methods and method not in self.methods:
            return None
        place = self.rng.random()
        number = int(place / self.share) if self.share else len(self.faults)
        return self.faults[number] if number < len(self.faults) else None


class FaultyDoor:
    """Stands before a ``Server`` in the same event loop; ``url`` is what the bot is told."""

    def __init__(self, door: Server, plan: Plan | None = None) -> None:
        self.door = door
        self.plan = plan or Plan()
        self.counts: Counter[str] = Counter()
        self.cut_after_effect = 0
        self.odd: defaultdict[str, list[tuple[int, object]]] = defaultdict(list)
        """By method: statuses and bodies (a text: as it stands) that the next calls are answered with instead."""
        self._server: HTTPServer | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        """Open it."""
        routes = [(r"/bot([^/]*)/([^/]*)/?", _Call, {"faulty": self})]
        self._server = HTTPServer(tornado.web.Application(routes, log_function=lambda _: None))
        sockets = bind_sockets(0, "127.0.0.1")
        self._server.add_sockets(sockets)
        self.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Shut it."""
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()


class _Call(tornado.web.RequestHandler):
    def initialize(self, faulty: FaultyDoor) -> None:
        self._faulty = faulty
        self._gone = False

    def on_connection_close(self) -> None:
        self._gone = True
        self._faulty.door.wake()

    def _cut(self) -> None:
        """Close the socket without a word."""
        stream = getattr(self.request.connection, "stream", None)
        if stream is not None:
            stream.close()

    async def post(self, token: str, method: str) -> None:
        plan = self._faulty.plan
        given = _parameters(self.request)
        if odd := self._faulty.odd[method]:
            self._answer(*odd.pop())
            self._faulty.door.wake()
            return
        fault = plan.draw(method)
        if fault is not None:
            self._faulty.counts[f"{method}: {fault}"] += 1
            self._faulty.door.wake()
        seconds = plan.seconds(method, given) + (plan.slow if fault == "slow" else 0.0)
        if seconds:
            await asyncio.sleep(seconds)
        if self._fails_before(fault, given):
            return
        code, body = await self._poll(token, given) if method == "getUpdates" else self._call(token, method, given)
        if fault in {"cut after", "malformed"} and code == HTTPStatus.OK and method == "sendMessage":
            self._faulty.cut_after_effect += 1
        if fault == "cut after":
            self._cut()
        elif fault == "malformed":
            self.finish(json.dumps(body)[:-2])
        elif not self._gone:
            self._answer(code, body)

    def _fails_before(self, fault: str | None, given: dict[str, Any]) -> bool:
        """Answer instead of Telegram, if that is the fault."""
        if fault == "cut before" or self._gone:
            self._cut()
        elif fault in {"500", "502"}:
            self.set_status(int(fault))
            self.finish(f"<html>Bad Gateway for {json.dumps(given)}</html>")
        elif fault == "429":
            seconds = self._faulty.plan.retry_after
            payload = ApiError(429, f"Too Many Requests: retry after {seconds}").payload()
            self._answer(429, payload | {"parameters": {"retry_after": seconds}})
        else:
            return False
        return True

    def _answer(self, code: int, body: object) -> None:
        self.set_status(code)
        self.set_header("Content-Type", "application/json")
        self.finish(body if isinstance(body, str) else json.dumps(body))

    def _call(self, token: str, method: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        try:
            return 200, {"ok": True, "result": self._faulty.door.world.call(token, method, given)}
        except ApiError as error:
            return error.code, error.payload()

    async def _poll(self, token: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        door, loop = self._faulty.door, asyncio.get_running_loop()
        try:
            poll = door.world.poll(token, given)
        except ApiError as error:
            return error.code, error.payload()
        updates = door.world.state.updates
        end = loop.time() + max(poll.until - door.world.state.clock(), 0)
        try:
            while not self._gone:
                answer = updates.answer(poll)
                if answer is not None:
                    return 200, {"ok": True, "result": answer}
                await door.change(end - loop.time())
        except TimeoutError:
            pass
        except ApiError as error:
            return error.code, error.payload()
        finally:
            updates.end(poll)
        return 200, {"ok": True, "result": []}
