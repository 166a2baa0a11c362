"""Connections to Telegram: one pool for each.

For every request and every answer httpcore looks at each connection of its pool. With as many connections as updates
are handled at once that was a fifth of all the bot's work; a pool of one connection costs nothing.
"""

from __future__ import annotations

import urllib.request
from typing import Any

import httpx
from telegram.request import HTTPXRequest

from bot.telegram_app.turn import AT_ONCE

CONNECTIONS = AT_ONCE
"""Requests at once; more wait their turn."""

KEPT_OPEN = 30.0
"""Seconds that an idle connection is kept: a new one costs a TLS handshake."""

SLOWEST_ANSWER = 20.0
"""Seconds that an answer may take. Whoever gives up sooner sends again what Telegram has: people get it twice."""

PATIENCE = 30.0
"""Seconds that a request waits for a free connection before it fails."""


class Connections(httpx.AsyncBaseTransport):
    """Gives a request to the first connection that is free, else to the one with the fewest waiting."""

    def __init__(self, count: int = CONNECTIONS) -> None:
        context = httpx.create_ssl_context()  # shared: reading the certificates takes a tenth of a second
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEPT_OPEN)
        self._pools = [httpx.AsyncHTTPTransport(verify=context, limits=limits) for _ in range(count)]
        self._busy = [0] * count

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Make a request; see ``httpx.AsyncBaseTransport``."""
        # min() returns the first of the least busy: so few connections stay open where few are needed.
        number = min(range(len(self._busy)), key=self._busy.__getitem__)
        self._busy[number] += 1
        try:
            return await self._pools[number].handle_async_request(request)
        finally:
            self._busy[number] -= 1

    async def aclose(self) -> None:
        """Close them all."""
        for pool in self._pools:
            await pool.aclose()


def many() -> HTTPXRequest:
    """Return what makes all calls but ``getUpdates``. A proxy named in the environment is used, with one large pool."""
    options: dict[str, Any] = {} if urllib.request.getproxies() else {"transport": Connections()}
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS, pool_timeout=PATIENCE, read_timeout=SLOWEST_ANSWER, httpx_kwargs=options
    )
