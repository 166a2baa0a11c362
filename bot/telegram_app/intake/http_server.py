"""The one HTTP door: health, metrics and, where updates are delivered, the webhook.

An update is answered with 200 only after it was handled, so Telegram brings it again if the process dies before. Behind
a proxy that speaks TLS; it listens on loopback unless told otherwise.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tornado.httpserver
import tornado.netutil
import tornado.web
from telegram import Update

from bot.telegram_app.intake.early_acknowledgement import Waiting, in_the_way
from bot.telegram_app.metrics import CONTENT_TYPE
from bot.telegram_app.turn import lane

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.ext import ExtBot

    from bot.telegram_app.intake.workers import Workers
    from bot.telegram_app.metrics import Metrics
    from bot.telegram_app.readiness import Readiness
    from bot.telegram_app.turn import Outcome

_LOGGER = logging.getLogger(__name__)

LARGEST_UPDATE = 1 << 20
"""Bytes of a delivered update at the most; real ones are a few kilobytes."""
DELIVERIES_AT_ONCE = 100
"""Deliveries in work at once, as many as Telegram's ``max_connections`` allows; beyond it 503."""
SLOWEST_BODY = 20.0
"""Seconds in which a delivery must have arrived whole."""
LOOKS = 50
"""Looks, a hundredth of a second apart, at whether the last answers are out when the bot ends."""
COME_BACK = 1
"""Seconds after which Telegram may deliver again what was turned away."""
LOOK_FOR_ROOM = 1.0
"""Seconds between looks at what may be let go while deliveries are turned away."""
REMEMBERED = 1000
"""Numbers of handled updates kept, so that what is delivered twice is handled once."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)


@dataclass(frozen=True, slots=True)
class _Delivery:
    """An update in work, and what its deliverer is told: whether it need not come again."""

    task: asyncio.Task[Outcome]
    waiting: Waiting
    confirmed: asyncio.Future[bool]

    def confirm(self, *, done: bool = True) -> None:
        if not self.confirmed.done():
            self.confirmed.set_result(done)


class Deliveries:
    """Updates that came by webhook: each is handled once, however often it is delivered."""

    def __init__(
        self,
        bot: ExtBot[Any],
        workers: Workers,
        *,
        at_once: int = DELIVERIES_AT_ONCE,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._workers = workers
        self._at_once = at_once
        self._pause = pause
        self._in_work: dict[int, _Delivery] = {}
        self._handled: dict[int, None] = {}
        self._closed = True
        self._making_way: asyncio.Task[None] | None = None
        self.answering = 0
        """Requests under way: what was handled is confirmed only once the answer is out."""

    @property
    def full(self) -> bool:
        """Whether another one must be turned away."""
        return self._closed or len(self._held()) >= self._at_once

    def open(self) -> None:
        """Take deliveries from now on; before the bot is ready Telegram is asked to come back, else they were lost."""
        self._closed = False

    def close(self) -> None:
        """Take nothing new."""
        self._closed = True

    async def take(self, raw: dict[str, Any]) -> None:
        """Handle an update and return when that ended, or when it stands in the way of others and is let go.

        Raises ValueError for something that is no update.
        """
        number = raw.get("update_id")
        if not isinstance(number, int):
            raise ValueError("no update_id")  # noqa: TRY004  (the sender's mistake, not a type of ours)
        if number in self._handled:
            return
        if number not in self._in_work:
            try:
                update = Update.de_json(raw, self._bot)
            except Exception:  # noqa: BLE001  (whatever the parser trips over: it would come again for ever)
                _LOGGER.error("Update %s could not be read and is passed over.", number)  # noqa: TRY400  (no content)
                self._remember(number)
                return
            self._start(number, update)
        confirmed = self._in_work[number].confirmed
        await asyncio.wait([confirmed])
        if not confirmed.result():
            raise tornado.web.HTTPError(503)

    def _start(self, number: int, update: Update) -> None:
        loop = asyncio.get_running_loop()
        task = self._workers.submit(update)
        self._in_work[number] = _Delivery(task, Waiting(lane(update), loop.time()), loop.create_future())
        task.add_done_callback(lambda _: self._end(number))
        if self.full and self._making_way is None:
            self._making_way = asyncio.create_task(self._make_way())

    def _held(self) -> set[int]:
        """Return the numbers of the updates in work that Telegram must keep."""
        return {number for number, update in self._in_work.items() if not update.confirmed.done()}

    async def _make_way(self) -> None:
        """While there is no room for more, let go what stands in the way of others.

        By the clock, not when a delivery is turned away: Telegram may have no connection left to try.
        """
        try:
            while self.full and not self._closed:
                await self._pause(LOOK_FOR_ROOM)
                waiting = {number: update.waiting for number, update in self._in_work.items()}
                go = in_the_way(waiting, self._held(), asyncio.get_running_loop().time()) if self.full else set()
                for number in go:
                    self._in_work[number].confirm()
                if go:
                    _LOGGER.warning(
                        "%d updates wait for Telegram and are confirmed before their end, for the others.", len(go)
                    )
        finally:
            self._making_way = None

    async def finish(self, seconds: float) -> None:
        """Let what is in work end, and the answers that confirm it go out; the rest comes again."""
        if self._in_work:
            _, unfinished = await asyncio.wait([update.task for update in self._in_work.values()], timeout=seconds)
            for task in unfinished:
                task.cancel()
            if lost := len(self._in_work) - len(self._held()):
                _LOGGER.error("Confirmed without a reply, as their chats had to wait: %d updates.", lost)
        if self._making_way is not None:
            self._making_way.cancel()
        for _ in range(LOOKS):
            if not self.answering:
                return
            await asyncio.sleep(0.01)

    def _end(self, number: int) -> None:
        update = self._in_work.pop(number)
        update.confirm(done=not update.task.cancelled())
        self._remember(number)

    def _remember(self, number: int) -> None:
        self._handled[number] = None
        if len(self._handled) > REMEMBERED:
            del self._handled[next(iter(self._handled))]


class _Quiet(tornado.web.RequestHandler):
    """A handler whose errors say no more than they must."""

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401  (tornado's signature)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")


class _Webhook(_Quiet):
    def initialize(self, deliveries: Deliveries, secret: str, contact: Callable[[], None]) -> None:
        self._deliveries, self._secret, self._contact = deliveries, secret, contact

    def prepare(self) -> None:
        self._deliveries.answering += 1

    def on_finish(self) -> None:
        self._deliveries.answering -= 1

    async def post(self) -> None:
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise tornado.web.HTTPError(403)
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise tornado.web.HTTPError(415)
        self._contact()  # also where there is no room: Telegram gets through
        if self._deliveries.full:
            self.set_header("Retry-After", str(COME_BACK))
            self.set_status(503)
            return
        try:
            raw = json.loads(self.request.body)
            if not isinstance(raw, dict):
                raise ValueError("not an object")  # noqa: TRY004, TRY301  (one way out for all bad bodies)
            await self._deliveries.take(raw)
        except (ValueError, RecursionError):
            raise tornado.web.HTTPError(400) from None


class _Live(_Quiet):
    def get(self) -> None:
        self.write("alive\n")


class _Ready(_Quiet):
    def initialize(self, readiness: Readiness) -> None:
        self._readiness = readiness

    def get(self) -> None:
        state = self._readiness.read()
        self.set_status(200 if state.ready else 503)
        self.write(
            {
                "ready": state.ready,
                "reason": state.reason,
                "seconds_since_contact": None if state.age is None else round(state.age, 1),
                "knowledge": state.revision,
                "standing_in": state.standing_in,
            }
        )


class _Metrics(_Quiet):
    def initialize(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE)
        self.write(self._metrics.text())


class _Nothing(_Quiet):
    def prepare(self) -> None:
        raise tornado.web.HTTPError(404)


class HttpServer:
    """Listens on one address. ``deliveries``, ``path`` and ``secret`` only where a webhook is used."""

    def __init__(
        self,
        address: tuple[str, int],
        readiness: Readiness,
        metrics: Metrics,
        *,
        deliveries: Deliveries | None = None,
        path: str = "",
        secret: str = "",
    ) -> None:
        self._readiness, self._metrics = readiness, metrics
        routes: list[Any] = [
            ("/live", _Live),
            ("/ready", _Ready, {"readiness": readiness}),
            ("/metrics", _Metrics, {"metrics": metrics}),
        ]
        if deliveries is not None:
            hook = {"deliveries": deliveries, "secret": secret, "contact": self._contact}
            routes.insert(0, (re.escape(path), _Webhook, hook))
        application = tornado.web.Application(routes, default_handler_class=_Nothing, log_function=lambda _: None)
        self._server = tornado.httpserver.HTTPServer(
            application,
            max_body_size=LARGEST_UPDATE,
            max_header_size=16 * 1024,
            body_timeout=SLOWEST_BODY,
            idle_connection_timeout=75,
            xheaders=False,
        )
        self._address = address

    def _contact(self) -> None:
        self._readiness.beat()
        self._metrics.contact()

    def open(self) -> int:
        """Start listening and return the port (a free one for port 0).

        Raises OSError when the address cannot be used.
        """
        host, port = self._address
        sockets = tornado.netutil.bind_sockets(port, address=host)
        self._server.add_sockets(sockets)
        return int(sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and close what is open."""
        self._server.stop()
        await self._server.close_all_connections()
