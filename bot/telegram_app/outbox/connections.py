"""Connections to Telegram: each call over one that no other call uses meanwhile.

A pool costs more than the calls: for every request and every answer that of httpcore looks at each of its connections
and at all who wait for one, and httpx makes models of both. Here httpcore's single connections are used without them:
0.4 instead of 1.2 ms of processor time a call (32 at once). TLS, timeouts and what is left of a connection that
the other side has closed are httpcore's business all the same.
"""

from __future__ import annotations

import asyncio
import urllib.request
from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpcore
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

from bot.telegram_app.outbox.answers import TelegramRequest, checked
from bot.telegram_app.turn import AT_ONCE

if TYPE_CHECKING:
    import ssl

    from telegram.request import RequestData

KEPT_OPEN = 30.0
"""Seconds that an idle connection is kept: a new one costs a TLS handshake."""

SLOWEST_ANSWER = 20.0
"""Seconds that an answer may take. Whoever gives up sooner sends again what Telegram has: people get it twice."""

PATIENCE = 30.0
"""Seconds that a request waits for a free connection before it fails."""

STEP = 5.0
"""Seconds that connecting, and sending a part of a request, may take."""

FAULTS = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpcore.ConnectionNotAvailable)
"""What can go wrong between here and there; whoever calls repeats it."""


class DirectRequest(BaseRequest):
    """Makes calls of the Bot API that send no files, without a proxy. Raises OddAnswer where the answer is odd.

    ``at_once``: calls that are made side by side; others wait.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._idle: deque[httpcore.AsyncHTTPConnection] = deque()  # in the order in which they were used

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return SLOWEST_ANSWER

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()  # made when it is needed: reading the certificates takes a tenth of a second

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Close what is open."""
        while self._idle:
            await self._idle.pop().aclose()

    async def do_request(  # noqa: PLR0917  (the signature is python-telegram-bot's)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401  (same)
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401  (same)
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401  (same)
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401  (same)
    ) -> tuple[int, bytes]:
        """Return the status and a body that python-telegram-bot can read; see ``BaseRequest.do_request``."""
        if request_data and request_data.contains_files:
            raise ValueError("this bot sends no files")
        body = request_data.url_encoded_parameters().encode() if request_data else b""
        timeouts = {
            "read": _given(read_timeout, SLOWEST_ANSWER),
            "write": _given(write_timeout, STEP),
            "connect": _given(connect_timeout, STEP),
        }
        target = httpcore.URL(url)
        headers: list[tuple[bytes | str, bytes | str]] = [
            ("Host", target.host if target.port is None else b"%b:%d" % (target.host, target.port)),
            ("User-Agent", self.USER_AGENT),
            ("Accept-Encoding", "identity"),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", str(len(body))),
        ]
        request = httpcore.Request(method, target, headers=headers, content=body, extensions={"timeout": timeouts})
        try:
            async with asyncio.timeout(_given(pool_timeout, PATIENCE)):
                await self._slots.acquire()
        except TimeoutError:
            raise TimedOut("no connection was free: the request was not sent") from None
        try:
            return checked(url, *await self._exchanged(request))
        except httpcore.TimeoutException as late:
            raise TimedOut from late
        except FAULTS as fault:
            raise NetworkError(f"{type(fault).__name__}: {fault}") from fault
        finally:
            self._slots.release()

    async def _exchanged(self, request: httpcore.Request) -> tuple[int, bytes]:
        connection = await self._open(request.url.origin)
        try:
            response = await connection.handle_async_request(request)
            try:
                return response.status, await response.aread()
            finally:
                await response.aclose()
        finally:
            if connection.is_available():
                self._idle.append(connection)
            else:
                await connection.aclose()
            if self._idle and self._idle[0].has_expired():
                await self._idle.popleft().aclose()

    async def _open(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        """Return a connection: the one that was used last, if it is still good, so that few stay open."""
        while self._idle:
            connection = self._idle.pop()
            if connection.can_handle_request(origin) and not connection.has_expired():
                return connection
            await connection.aclose()
        context = self._context if origin.scheme == b"https" else None
        return httpcore.AsyncHTTPConnection(origin, ssl_context=context, keepalive_expiry=KEPT_OPEN)


def _given(timeout: Any, usual: float) -> float | None:  # noqa: ANN401  (a number, None, or that none was given)
    seconds: float | None = usual if timeout is BaseRequest.DEFAULT_NONE else timeout
    return seconds


def connections() -> BaseRequest:
    """Return what makes all calls but ``getUpdates``. Through a proxy named in the environment httpx makes them."""
    if urllib.request.getproxies():
        return TelegramRequest(
            connection_pool_size=AT_ONCE, pool_timeout=PATIENCE, read_timeout=SLOWEST_ANSWER, write_timeout=STEP
        )
    return DirectRequest()
