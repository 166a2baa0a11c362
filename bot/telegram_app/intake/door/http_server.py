"""The one HTTP door: health, metrics and, where updates are delivered, the webhook.

Behind a proxy that speaks TLS; it listens on loopback unless told otherwise. Whoever reaches it can send what they
like: nothing of a body is kept unless the handler has said from the headers that it wants it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

import tornado.httpserver
import tornado.netutil
import tornado.web
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream

from bot.telegram_app.intake.door.visitors import Visitors
from bot.telegram_app.monitoring.discretion import OFTEN
from bot.telegram_app.monitoring.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Sequence

    from tornado.http1connection import HTTP1ServerConnection

    from bot.telegram_app.monitoring.metrics import Metrics
    from bot.telegram_app.monitoring.readiness import Readiness

_LOGGER = logging.getLogger(__name__)

LARGEST_BODY = 1 << 20
"""Bytes of a request at the most; real updates are a few kilobytes."""
SLOWEST_BODY = 20.0
"""Seconds in which a body must have arrived whole."""
IDLE = 75
"""Seconds that a connection may stay open between two requests."""
CHUNK = 16 * 1024
"""Bytes of headers at the most, and bytes read at once."""
AT_A_TIME = 128
"""Connections accepted before others get their turn."""
NO_ROOM = 1.0
"""Seconds without accepting where the system has no room for a connection and none gives way."""


class CannotListen(Exception):  # noqa: N818  (it says what is the matter with LISTEN)
    """The address of webhook and health cannot be used; the text says why."""


@tornado.web.stream_request_body
class Quiet(tornado.web.RequestHandler):
    """A handler whose errors say no more than they must, and that refuses a body before it comes."""

    @property
    def stream(self) -> IOStream:
        """The connection that the request came by."""
        return cast("HTTP1ServerConnection", self.request.server_connection).stream

    @property
    def visitors(self) -> Visitors:
        """All connections."""
        return cast("Visitors", self.settings["visitors"])

    def prepare(self) -> Awaitable[None] | None:
        """Refuse a request with a body."""
        self.visitors.asks(self.stream)
        headers = self.request.headers
        if headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in headers:
            raise tornado.web.HTTPError(413)
        return None

    def data_received(self, chunk: bytes) -> None:
        """Keep nothing of what may still come of a refused body."""

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
        self.visitors.asks(self.stream)
        raise tornado.web.HTTPError(404)


class _Server(tornado.httpserver.HTTPServer):
    """Tornado's, which tells of each connection that ends."""

    visitors: Visitors

    def on_close(self, server_conn: object) -> None:
        super().on_close(server_conn)
        self.visitors.left(cast("HTTP1ServerConnection", server_conn).stream)


class HttpServer:
    """Listens on one address. ``routes``: what else than health and metrics is found there, as tornado takes it.

    Tornado reads requests; accepting is done here, as it would accept without a limit and fail without an end.
    """

    def __init__(
        self,
        address: tuple[str, int],
        readiness: Readiness,
        metrics: Metrics,
        routes: Sequence[Any] = (),
        visitors: Visitors | None = None,
    ) -> None:
        every = [
            *routes,
            ("/live", _Live),
            ("/ready", _Ready, {"readiness": readiness}),
            ("/metrics", _Metrics, {"metrics": metrics}),
        ]
        self._visitors = Visitors() if visitors is None else visitors
        application = tornado.web.Application(
            every, default_handler_class=_Nothing, log_function=lambda _: None, visitors=self._visitors
        )
        self._server = _Server(
            application,
            max_body_size=LARGEST_BODY,
            max_header_size=CHUNK,
            body_timeout=SLOWEST_BODY,
            idle_connection_timeout=IDLE,
            xheaders=False,
        )
        self._server.visitors = self._visitors
        self._address = address
        self._listening: list[socket.socket] = []

    def open(self) -> int:
        """Start listening and return the port (a free one for port 0).

        Raises CannotListen when the address cannot be used.
        """
        host, port = self._address
        try:
            self._listening = tornado.netutil.bind_sockets(port, address=host)
        except OSError as problem:
            raise CannotListen(problem.strerror or str(problem)) from problem
        for each in self._listening:
            self._listen(each)
        port = int(self._listening[0].getsockname()[1])
        _LOGGER.info("Listening on %s:%d.", host, port)
        return port

    def _listen(self, listening: socket.socket) -> None:
        if listening in self._listening:  # not closed meanwhile
            IOLoop.current().add_handler(listening, self._accept, IOLoop.READ)

    def _accept(self, listening: socket.socket, _events: int) -> None:
        for _ in range(AT_A_TIME):
            try:
                connection, address = listening.accept()
            except BlockingIOError:
                return
            except ConnectionError:  # gone before it was accepted
                continue
            except OSError as problem:
                _LOGGER.warning("A connection could not be accepted (%s).", problem.strerror, extra=OFTEN)
                if not self._visitors.give_way():  # asked again at once, the system would say the same without an end
                    IOLoop.current().remove_handler(listening)
                    IOLoop.current().call_later(NO_ROOM, self._listen, listening)
                return
            stream = IOStream(connection, max_buffer_size=2 * LARGEST_BODY, read_chunk_size=CHUNK)
            if self._visitors.came(stream):
                self._server.handle_stream(stream, address)
            else:
                stream.close()

    async def close(self) -> None:
        """Stop listening and close what is open."""
        for each in self._listening:
            IOLoop.current().remove_handler(each)
            each.close()
        self._listening = []
        await self._server.close_all_connections()
