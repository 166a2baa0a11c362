"""The one HTTP door: health, metrics and, where updates are delivered, the webhook.

Behind a proxy that speaks TLS; it listens on loopback unless told otherwise.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import tornado.httpserver
import tornado.netutil
import tornado.web

from bot.telegram_app.monitoring.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.telegram_app.monitoring.metrics import Metrics
    from bot.telegram_app.monitoring.readiness import Readiness

_LOGGER = logging.getLogger(__name__)

LARGEST_BODY = 1 << 20
"""Bytes of a request at the most; real updates are a few kilobytes."""
SLOWEST_BODY = 20.0
"""Seconds in which a request must have arrived whole."""


class CannotListen(Exception):  # noqa: N818  (it says what is the matter with LISTEN)
    """The address of webhook and health cannot be used; the text says why."""


class Quiet(tornado.web.RequestHandler):
    """A handler whose errors say no more than they must."""

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401  (tornado's signature)
        """Answer with the status and no more."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")

    def set_default_headers(self) -> None:
        """Do not tell which server this is; nothing here may be kept by a cache."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")


class _Live(Quiet):
    def get(self) -> None:
        self.write("alive\n")


class _Ready(Quiet):
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


class _Metrics(Quiet):
    def initialize(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE)
        self.write(self._metrics.text())


class _Nothing(Quiet):
    def prepare(self) -> None:
        raise tornado.web.HTTPError(404)


class HttpServer:
    """Listens on one address. ``routes``: what else than health and metrics is found there, as tornado takes it."""

    def __init__(
        self,
        address: tuple[str, int],
        readiness: Readiness,
        metrics: Metrics,
        routes: Sequence[Any] = (),
    ) -> None:
        every = [
            *routes,
            ("/live", _Live),
            ("/ready", _Ready, {"readiness": readiness}),
            ("/metrics", _Metrics, {"metrics": metrics}),
        ]
        application = tornado.web.Application(every, default_handler_class=_Nothing, log_function=lambda _: None)
        self._server = tornado.httpserver.HTTPServer(
            application,
            max_body_size=LARGEST_BODY,
            max_header_size=16 * 1024,
            body_timeout=SLOWEST_BODY,
            idle_connection_timeout=75,
            xheaders=False,
        )
        self._address = address

    def open(self) -> int:
        """Start listening and return the port (a free one for port 0).

        Raises CannotListen when the address cannot be used.
        """
        host, port = self._address
        try:
            sockets = tornado.netutil.bind_sockets(port, address=host)
        except OSError as problem:
            raise CannotListen(problem.strerror or str(problem)) from problem
        self._server.add_sockets(sockets)
        port = int(sockets[0].getsockname()[1])
        _LOGGER.info("Listening on %s:%d.", host, port)
        return port

    async def close(self) -> None:
        """Stop listening and close what is open."""
        self._server.stop()
        await self._server.close_all_connections()
