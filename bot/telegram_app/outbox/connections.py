"""Connections to Telegram."""

from __future__ import annotations

from telegram.request import HTTPXRequest

from bot.telegram_app.turn import AT_ONCE

SLOWEST_ANSWER = 20.0
"""Seconds that an answer may take. Whoever gives up sooner sends again what Telegram has: people get it twice."""

PATIENCE = 30.0
"""Seconds that a request waits for a free connection before it fails."""


def connections() -> HTTPXRequest:
    """Return what makes all calls but ``getUpdates``: as many at once as updates are handled."""
    return HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=PATIENCE, read_timeout=SLOWEST_ANSWER)
