"""Registration: that Telegram knows where to deliver, and whether it can."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError

from bot.telegram_app.intake.in_flight import FINISHING
from bot.telegram_app.intake.webhook import DELIVERIES_AT_ONCE
from bot.telegram_app.tasks import LONGEST_PAUSE, Stopped, unless_stopped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import WebhookInfo
    from telegram.ext import ExtBot

    from bot.telegram_app.intake.webhook import Deliveries
    from bot.telegram_app.monitoring.readiness import Readiness

_LOGGER = logging.getLogger(__name__)

CHECK = 300.0
"""Seconds between looks at what Telegram knows of the webhook."""


class Registration:
    """Lets deliveries come: the counterpart of ``Polling`` where ``url`` is a webhook's."""

    def __init__(
        self,
        bot: ExtBot[Any],
        deliveries: Deliveries,
        readiness: Readiness,
        *,
        url: str,
        secret: str,
        allowed_updates: Sequence[str],
    ) -> None:
        self._bot = bot
        self._deliveries = deliveries
        self._readiness = readiness
        self._url = url
        self._secret = secret
        self._allowed = list(allowed_updates)
        self._last_failure: datetime | None = None  # of a delivery, as Telegram told it at the last look

    async def run(self, stop: asyncio.Event) -> None:
        """Take deliveries until ``stop``; then let what is in work end.

        Raises telegram.error.InvalidToken when Telegram refuses the token.
        """
        self._deliveries.open()
        try:
            with suppress(Stopped):
                while True:
                    await unless_stopped(self.check(), stop)
                    pause = CHECK if self._readiness.is_registered else LONGEST_PAUSE
                    await unless_stopped(asyncio.sleep(pause), stop)
        finally:
            await self._deliveries.finish(FINISHING)

    async def check(self) -> None:
        """Tell Telegram where to deliver, unless it knows; log what it says about its last deliveries."""
        try:
            known = await self._bot.get_webhook_info()
            undelivered_for = self._undelivered_for(known)
            if known.url != self._url or not self._readiness.is_registered:
                # Also where the address is known: the secret and the kinds of update cannot be asked for.
                await self._bot.set_webhook(
                    url=self._url,
                    secret_token=self._secret,
                    max_connections=DELIVERIES_AT_ONCE,
                    allowed_updates=self._allowed,
                )
                _LOGGER.info("The webhook is registered with Telegram.")
            self._readiness.registered(undelivered_for)
        except InvalidToken:
            raise
        except TelegramError as failure:
            _LOGGER.warning("The webhook was not registered or checked (%s): tried again soon.", failure)

    def _undelivered_for(self, known: WebhookInfo) -> float | None:
        """Log a failed delivery that is news.

        Return the seconds since it if updates wait; None if all is well, or the failure is from before this process.
        """
        failed = known.last_error_date
        if failed is None or failed == self._last_failure:
            return None
        self._last_failure = failed
        _LOGGER.warning("Telegram could not deliver at %s: %s", failed.isoformat(), known.last_error_message)
        if not known.pending_update_count or not self._readiness.is_registered:
            return None
        return (datetime.now(UTC) - failed).total_seconds()
