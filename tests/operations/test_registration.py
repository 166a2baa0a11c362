"""Registration: what is made of what Telegram says about deliveries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from telegram import WebhookInfo
from telegram.ext import ExtBot

from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.registration import Registration
from bot.telegram_app.intake.webhook import Deliveries
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.monitoring.readiness import Readiness

if TYPE_CHECKING:
    import pytest

URL = "https://bot.example.org/updates"


async def test_a_failed_delivery_is_told_once_and_shows_at_ready(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What failed before the start is told and is no illness; what fails later is one while updates wait."""
    caplog.set_level("WARNING")
    bot: ExtBot[None] = ExtBot("1:x")
    readiness = Readiness(lambda: ("abc", False), by_webhook=True)
    deliveries = Deliveries(InFlight(bot, Workers(lambda _: None)))
    registration = Registration(bot, deliveries, readiness, url=URL, secret="x", allowed_updates=[])
    now = datetime.now(UTC)
    known = WebhookInfo(URL, False, 3, last_error_date=now - timedelta(hours=9), last_error_message="refused at night")

    async def info(*_: object) -> WebhookInfo:
        return known

    async def done(*_: object, **__: Any) -> bool:  # noqa: ANN401  (any parameters)
        return True

    monkeypatch.setattr(ExtBot, "get_webhook_info", info)
    monkeypatch.setattr(ExtBot, "set_webhook", done)
    for _ in range(3):
        await registration.check()
        assert readiness.read().ready
    assert caplog.text.count("refused at night") == 1
    known = WebhookInfo(URL, False, 3, last_error_date=now, last_error_message="refused now")
    await registration.check()
    assert readiness.read().reason == "Telegram cannot deliver: the log says why"
    await registration.check()
    assert readiness.read().ready
    assert caplog.text.count("refused now") == 1
    known = WebhookInfo(
        URL, False, 0, last_error_date=now + timedelta(seconds=1), last_error_message="refused and done"
    )
    await registration.check()
    assert readiness.read().ready
