"""The HTTP door: health and metrics, spoken to over real HTTP."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx

from bot.telegram_app.intake.door.http_server import HttpServer
from bot.telegram_app.monitoring.metrics import Metrics
from bot.telegram_app.monitoring.readiness import FRESH, Readiness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def opened(readiness: Readiness) -> AsyncIterator[httpx.AsyncClient]:
    """Open a door without a webhook."""
    door = HttpServer(("127.0.0.1", 0), readiness, Metrics())
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{door.open()}") as client:
        try:
            yield client
        finally:
            await door.close()


async def test_ready_says_whether_updates_flow() -> None:
    """Ready while polls succeed; not before the first, and not long after the last."""
    now = [1000.0]
    readiness = Readiness(lambda: ("abc", True), by_webhook=False, clock=lambda: now[0])
    async with opened(readiness) as client:
        assert (await client.get("/live")).status_code == 200
        assert (await client.get("/ready")).status_code == 503
        readiness.beat()
        answer = await client.get("/ready")
        assert answer.status_code == 200
        assert answer.json()["knowledge"] == "abc"
        assert answer.json()["standing_in"] is True
        now[0] += FRESH + 1
        assert (await client.get("/ready")).status_code == 503
        readiness.beat()
        readiness.stopping()
        assert (await client.get("/ready")).json()["reason"] == "the bot is stopping"


def test_by_webhook_updates_do_not_flow_while_telegram_cannot_deliver() -> None:
    """A delivery that failed counts if updates wait and none has come in since then, and until one does."""
    now = [1000.0]
    readiness = Readiness(lambda: ("abc", False), by_webhook=True, clock=lambda: now[0])
    readiness.registered()
    assert readiness.read().ready
    readiness.registered(undelivered_for=20)
    assert readiness.read().reason == "Telegram cannot deliver: the log says why"
    readiness.beat()
    assert readiness.read().ready
    now[0] += 10
    readiness.registered(undelivered_for=20)
    assert readiness.read().ready
    readiness.registered(undelivered_for=5)
    assert not readiness.read().ready
    readiness.registered()
    assert readiness.read().ready


def test_a_start_is_no_reload() -> None:
    """What is served from the start on is counted as entries, not as a reload."""
    metrics = Metrics()
    metrics.serving(7)
    text = metrics.text().decode()
    assert "jjbot_entries 7.0" in text
    assert "jjbot_reloads_total{" not in text


async def test_metrics_are_in_prometheus_format() -> None:
    """The counters are there, and parse."""
    from prometheus_client.parser import text_string_to_metric_families  # noqa: PLC0415  (for this test only)

    async with opened(Readiness(lambda: ("abc", False), by_webhook=True)) as client:
        text = (await client.get("/metrics")).text
    names = {family.name for family in text_string_to_metric_families(text)}
    assert {"jjbot_updates", "jjbot_decisions", "jjbot_update_seconds", "jjbot_reloads"} <= names
