"""Connections to Telegram: one pool for each.

For every request and every answer httpcore looks at each connection of its pool and at all who wait for one: with as
many as updates are handled at once that takes three times the processor time of the request itself (8.9 ms to 2.4 ms).
A bot told to stop under load could then not finish in time what is in work, and people would get it twice after the
next start (tests/operations/long/test_kill.py).
"""

from __future__ import annotations

import urllib.request
from typing import Any

import httpx

from bot.telegram_app.outbox.answers import TelegramRequest
from bot.telegram_app.turn import AT_ONCE

KEPT_OPEN = 30.0
"""Seconds that an idle connection is kept: a new one costs a TLS handshake."""

SLOWEST_ANSWER = 20.0
"""Seconds that an answer may take. Whoever gives up sooner sends again what Telegram has: people get it twice."""

PATIENCE = 30.0
"""Seconds that a request waits for a free connection before it fails."""


class Connections(httpx.AsyncBaseTransport):
    """Gives a request to the first connection that is free, else to the one with the fewest waiting."""

    def __init__(self) -> None:
        context = httpx.create_ssl_context()  # shared: reading the certificates takes a tenth of a second
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEPT_OPEN)
        self._pools = [httpx.AsyncHTTPTransport(verify=context, limits=limits) for _ in range(AT_ONCE)]
        self._busy = [0] * AT_ONCE

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Make a request; see ``httpx.AsyncBaseTransport``."""
        # min() returns the first of the least busy: so few connections stay open where few are needed.
        number = min(range(AT_ONCE), key=self._busy.__getitem__)
        self._busy[number] += 1
        try:
            return await self._pools[number].handle_async_request(request)
        finally:
            self._busy[number] -= 1

    async def aclose(self) -> None:
        """Close them all."""
        for pool in self._pools:
            await pool.aclose()


def connections() -> TelegramRequest:
    """Return what makes all calls but ``getUpdates``. A proxy named in the environment is used, with one large pool."""
    options: dict[str, Any] = {} if urllib.request.getproxies() else {"transport": Connections()}
    return TelegramRequest(
        connection_pool_size=AT_ONCE, pool_timeout=PATIENCE, read_timeout=SLOWEST_ANSWER, httpx_kwargs=options
    )
