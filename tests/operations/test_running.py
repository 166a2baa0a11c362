"""How a run begins: with a log that knows what it must not say; and reloads by a signal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.knowledge.finding import Reload
from bot.settings import Settings
from bot.telegram_app import running
from bot.telegram_app.monitoring import logs
from bot.telegram_app.reloading import Reloading

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_the_log_is_told_every_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token and the secret of the webhook, before anything is read."""
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(logs, "configure", lambda *_, secrets: told.append(secrets))
    settings = Settings(
        telegram_bot_token=SecretStr("1:token"),
        webhook_secret=SecretStr("open-sesame"),
        knowledge_dir=tmp_path,
        data_dir=tmp_path,
    )
    stop = asyncio.Event()
    stop.set()
    await running.serve(settings, stop)
    assert told == [("1:token", "open-sesame")]


class _Store:
    """A store that reloads as it is told."""

    def __init__(self, *swapped: bool) -> None:
        self._swapped = list(swapped)
        self.edition: Any = type("E", (), {"catalogue": type("C", (), {"entries": ()})})

    def reload(self) -> Reload:
        """Fail where nothing is left to tell."""
        return Reload(swapped=self._swapped.pop(0))


class _Counted:
    """Metrics that note reloads."""

    def __init__(self) -> None:
        self.results: list[str] = []
        self.one_more = asyncio.Event()

    def reloaded(self, result: str, _entries: int) -> None:
        """Note one."""
        self.results.append(result)
        self.one_more.set()


async def test_reloads_by_signal_are_counted_and_go_on_after_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    """One that is swapped in, one refused, and one that fails: after each the next signal reloads again."""
    metrics, told = _Counted(), asyncio.Event()
    store: Any = _Store(True, False)
    reloading = Reloading(store, metrics)  # type: ignore[arg-type]
    waiting = asyncio.create_task(reloading.whenever(told))
    for results in (["swapped"], ["swapped", "refused"]):
        metrics.one_more.clear()
        told.set()
        await asyncio.wait_for(metrics.one_more.wait(), 20)
        assert metrics.results == results
    told.set()
    async with asyncio.timeout(20):
        while "The reload failed" not in caplog.text:  # noqa: ASYNC110  (what is waited for has no event)
            await asyncio.sleep(0)
    store._swapped.append(True)
    metrics.one_more.clear()
    told.set()
    await asyncio.wait_for(metrics.one_more.wait(), 20)
    waiting.cancel()
    assert [record.levelname for record in caplog.records if "knowledge was" in record.message] == ["ERROR"]
