"""The service: what it makes of what Telegram says about deliveries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from telegram import WebhookInfo
from telegram.ext import ExtBot

from bot.editions.compilation import compile_folder
from bot.editions.store import EditionStore
from bot.settings import Settings
from bot.telegram_app.service import Service
from tests.operations.process import GARDEN

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://bot.example.org/updates"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """Return a service by webhook, not started."""
    store = EditionStore(GARDEN, compile_folder(GARDEN, thorough=False), ())
    token = SecretStr("700000000:AAStandInForTelegramOnLoopback00000")
    return Service(Settings(telegram_bot_token=token, webhook_url=URL, data_dir=tmp_path), store)


async def test_a_failed_delivery_is_told_once_and_shows_at_ready(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What failed before the start is told and is no illness; what fails later is one while updates wait."""
    caplog.set_level("WARNING")
    now = datetime.now(UTC)
    known = WebhookInfo(URL, False, 3, last_error_date=now - timedelta(hours=9), last_error_message="refused at night")

    async def info(*_: object) -> WebhookInfo:
        return known

    async def done(*_: object, **__: Any) -> bool:  # noqa: ANN401  (any parameters)
        return True

    monkeypatch.setattr(ExtBot, "get_webhook_info", info)
    monkeypatch.setattr(ExtBot, "set_webhook", done)
    for _ in range(3):
        await service._register()
        assert service.readiness.read().ready
    assert caplog.text.count("refused at night") == 1
    known = WebhookInfo(URL, False, 3, last_error_date=now, last_error_message="refused now")
    await service._register()
    assert service.readiness.read().reason == "Telegram cannot deliver: the log says why"
    await service._register()
    assert service.readiness.read().ready
    assert caplog.text.count("refused now") == 1
    known = WebhookInfo(
        URL, False, 0, last_error_date=now + timedelta(seconds=1), last_error_message="refused and done"
    )
    await service._register()
    assert service.readiness.read().ready
