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
from typing import TYPE_CHECKING, Any

import tornado.httpserver
import tornado.netutil
import tornado.web
from telegram import Update

from bot.telegram_app.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.telegram_app.metrics import Metrics
    from bot.telegram_app.pulse import Pulse
    from bot.telegram_app.workers import Outcome, Workers

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
REMEMBERED = 1000
"""Numbers of handled updates kept, so that what is delivered twice is handled once."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)


class Deliveries:
    """Updates that came by webhook: each is handled once, however often it is delivered."""

    def __init__(self, bot: ExtBot[Any], workers: Workers, *, at_once: int = DELIVERIES_AT_ONCE) -> None:
        self._bot = bot
        self._workers = workers
        self._at_once = at_once
        self._in_work: dict[int, asyncio.Task[Outcome]] = {}
        self._handled: dict[int, None] = {}
        self._closed = True
        self.answering = 0
        """Requests under way: what was handled is confirmed only once the answer is out."""

    @property
    def full(self) -> bool:
        """Whether another one must be turned away."""
        return self._closed or len(self._in_work) >= self._at_once

    def open(self) -> None:
        """Take deliveries from now on; before the bot is ready Telegram is asked to come back, else they were lost."""
        self._closed = False

    def close(self) -> None:
        """Take nothing new."""
        self._closed = True

    async def take(self, raw: dict[str, Any]) -> None:
        """Handle an update and return when that ended.

        Raises ValueError for something that is no update.
        """
        number = raw.get("update_id")
        if not isinstance(number, int):
            raise ValueError("no update_id")  # noqa: TRY004  (the sender's mistake, not a type of ours)
        if number in self._handled:
            return
        task = self._in_work.get(number)
        if task is None:
            try:
                update = Update.de_json(raw, self._bot)
            except Exception:  # noqa: BLE001  (whatever the parser trips over: it would come again for ever)
                _LOGGER.error("Update %s could not be read and is passed over.", number)  # noqa: TRY400  (no content)
                self._remember(number)
                return
            task = self._workers.submit(update)
            self._in_work[number] = task
            task.add_done_callback(lambda _: self._end(number))
        await asyncio.wait([task])
        if task.cancelled():
            raise tornado.web.HTTPError(503)

    async def finish(self, seconds: float) -> None:
        """Let what is in work end, and the answers that confirm it go out; the rest comes again."""
        if self._in_work:
            _, unfinished = await asyncio.wait(list(self._in_work.values()), timeout=seconds)
            for task in unfinished:
                task.cancel()
        for _ in range(LOOKS):
            if not self.answering:
                return
            await asyncio.sleep(0.01)

    def _end(self, number: int) -> None:
        self._in_work.pop(number, None)
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
    def initialize(self, deliveries: Deliveries, secret: str, pulse: Pulse) -> None:
        self._deliveries, self._secret, self._pulse = deliveries, secret, pulse

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
        if self._deliveries.full:
            self.set_header("Retry-After", str(COME_BACK))
            self.set_status(503)
            return
        try:
            raw = json.loads(self.request.body)
            if not isinstance(raw, dict):
                raise ValueError("not an object")  # noqa: TRY004, TRY301  (one way out for all bad bodies)
            self._pulse.beat()
            await self._deliveries.take(raw)
        except (ValueError, RecursionError):
            raise tornado.web.HTTPError(400) from None


class _Live(_Quiet):
    def get(self) -> None:
        self.write("alive\n")


class _Ready(_Quiet):
    def initialize(self, pulse: Pulse) -> None:
        self._pulse = pulse

    def get(self) -> None:
        state = self._pulse.read()
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


class HttpDoor:
    """Listens on one address. ``deliveries``, ``path`` and ``secret`` only where a webhook is used."""

    def __init__(
        self,
        address: tuple[str, int],
        pulse: Pulse,
        metrics: Metrics,
        *,
        deliveries: Deliveries | None = None,
        path: str = "",
        secret: str = "",
    ) -> None:
        routes: list[Any] = [
            ("/live", _Live),
            ("/ready", _Ready, {"pulse": pulse}),
            ("/metrics", _Metrics, {"metrics": metrics}),
        ]
        if deliveries is not None:
            hook = {"deliveries": deliveries, "secret": secret, "pulse": pulse}
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
