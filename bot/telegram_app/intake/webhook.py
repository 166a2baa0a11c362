"""Intake by webhook: deliveries over HTTP.

One is answered with 200 only after its update was handled, so Telegram brings it again if the process dies before.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from typing import TYPE_CHECKING, Any

import tornado.web

from bot.telegram_app.intake.door.http_server import LARGEST_BODY, Quiet
from bot.telegram_app.outbox.answers import is_number
from bot.telegram_app.tasks import Stopped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.telegram_app.intake.in_flight import InFlight

DELIVERIES_AT_ONCE = 100
"""Deliveries in work at once, as many as Telegram's ``max_connections`` allows; beyond it 503."""
LOOKS = 50
"""Looks, a hundredth of a second apart, at whether the last answers are out when the bot ends."""
COME_BACK = 1
"""Seconds after which Telegram may deliver again what was turned away."""
WATCHED = 600.0
"""Seconds after the start in which deliveries are noted as what the process may die on. Telegram brings again within
minutes what a process died on; later nothing is written to the disk for each message."""
LOOK_FOR_ROOM = 1.0
"""Seconds between looks at what may be let go while deliveries are turned away."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)


class Deliveries:
    """Takes what is delivered while it is open and there is room."""

    def __init__(
        self,
        in_flight: InFlight,
        *,
        at_once: int = DELIVERIES_AT_ONCE,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._in_flight = in_flight
        self._at_once = at_once
        self._pause = pause
        self._closed = True
        self._making_way: asyncio.Task[None] | None = None
        self._watched_until = 0.0
        self.arriving: set[_Webhook] = set()
        """Requests with the secret whose body is not complete."""
        self.answering = 0
        """Requests that came whole and are under way: what was handled is confirmed only once the answer is out."""

    @property
    def full(self) -> bool:
        """Whether another one must be turned away."""
        return self._closed or len(self._in_flight.held()) >= self._at_once

    @property
    def kept(self) -> int:
        """Bytes of bodies that are not complete."""
        return sum(len(request.body) for request in self.arriving)

    def open(self) -> None:
        """Take deliveries from now on; before the bot is ready Telegram is asked to come back, else they were lost."""
        self._closed = False
        self._watched_until = asyncio.get_running_loop().time() + WATCHED

    async def take(self, raw: dict[str, Any]) -> bool:
        """Handle an update and return when that ended, or when it stands in the way of others and is let go.

        False: it was broken off and must come again. Raises ValueError for something that is no update.
        """
        if not is_number(raw.get("update_id")):
            raise ValueError("no update_id")
        try:
            if asyncio.get_running_loop().time() < self._watched_until:
                flight = await self._in_flight.take_watched(raw)
            else:
                flight = self._in_flight.take(raw)
        except Stopped:
            return False
        if flight is None:
            return True
        if self.full and self._making_way is None:
            self._making_way = asyncio.create_task(self._make_way())
        await asyncio.wait([flight.confirmed])  # the deliverer may go, and come again: the future stays
        return flight.confirmed.result()

    async def _make_way(self) -> None:
        """While there is no room for more, let go what stands in the way of others.

        By the clock, not when a delivery is turned away: Telegram may have no connection left to try.
        """
        try:
            while self.full and not self._closed:
                await self._pause(LOOK_FOR_ROOM)
                if self.full:
                    self._in_flight.make_way(asyncio.get_running_loop().time())
        finally:
            self._making_way = None

    async def finish(self, seconds: float) -> None:
        """Take nothing new, let what is in work end and the answers that confirm it go out; the rest comes again."""
        self._closed = True
        for request in tuple(self.arriving):
            request.turn_away()
        await self._in_flight.finish(seconds)
        if self._making_way is not None:
            self._making_way.cancel()
        for _ in range(LOOKS):
            if not self.answering:
                return
            await asyncio.sleep(0.01)


def route(path: str, deliveries: Deliveries, secret: str, contact: Callable[[], None]) -> tuple[Any, ...]:
    """Return where deliveries are taken, for the HTTP server; ``contact`` is told of each with the right secret."""
    return re.escape(path), _Webhook, {"deliveries": deliveries, "secret": secret, "contact": contact}


class _Webhook(Quiet):
    def initialize(self, deliveries: Deliveries, secret: str, contact: Callable[[], None]) -> None:
        self._deliveries, self._secret, self._contact = deliveries, secret, contact
        self._counted = False
        self.body = bytearray()

    def prepare(self) -> None:
        """Refuse by the headers what is no delivery, so that nothing of its body is kept."""
        self.visitors.asks(self.stream)
        headers = self.request.headers
        if self.request.method != "POST":
            raise tornado.web.HTTPError(405)
        if not hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            raise tornado.web.HTTPError(403)
        if headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise tornado.web.HTTPError(415)
        length = headers.get("Content-Length", "0")
        if length.isdecimal() and (len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY):
            raise tornado.web.HTTPError(413)
        self._contact()  # also where there is no room: Telegram gets through
        self.visitors.delivers(self.stream)
        self._deliveries.arriving.add(self)

    def data_received(self, chunk: bytes) -> None:
        """Keep a part of the body; the server lets no more than LARGEST_BODY come."""
        self.body += chunk

    def on_connection_close(self) -> None:
        self._deliveries.arriving.discard(self)
        super().on_connection_close()

    def on_finish(self) -> None:
        self._deliveries.arriving.discard(self)
        self._deliveries.answering -= self._counted
        self.visitors.delivered(self.stream)

    def turn_away(self) -> None:
        """Ask Telegram to come back."""
        self.set_header("Retry-After", str(COME_BACK))
        self.set_status(503)
        self.finish()

    async def post(self) -> None:
        self._deliveries.arriving.discard(self)
        self._deliveries.answering += 1
        self._counted = True
        if self._deliveries.full:
            self.turn_away()
            return
        try:
            raw = json.loads(self.body)
            if not isinstance(raw, dict):
                raise ValueError("not an object")  # noqa: TRY004, TRY301  (one way out for all bad bodies)
            if not await self._deliveries.take(raw):
                self.set_status(503)
        except (ValueError, RecursionError):
            raise tornado.web.HTTPError(400) from None
