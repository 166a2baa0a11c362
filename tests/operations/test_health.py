"""`jjbot health` asks a running bot how it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from click.testing import CliRunner

from bot import cli
from bot.commands.health import ask
from bot.telegram_app.intake.door.http_server import HttpServer
from bot.telegram_app.monitoring.metrics import Metrics
from bot.telegram_app.monitoring.readiness import Readiness
from tests.operations.process import free_port

if TYPE_CHECKING:
    import pytest
    from click.testing import Result


def _command(monkeypatch: pytest.MonkeyPatch, port: int) -> Result:
    monkeypatch.setenv("LISTEN", f"127.0.0.1:{port}")
    return CliRunner().invoke(cli.cli, ["health"])


async def test_a_ready_bot_is_exit_status_0_and_a_silent_one_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says in one line how the bot is, and its exit status says the same to machines."""
    readiness = Readiness(lambda: ("abc123", True), by_webhook=False)
    door = HttpServer(("127.0.0.1", 0), readiness, Metrics())
    port = door.open()
    try:
        before = await asyncio.to_thread(_command, monkeypatch, port)
        readiness.beat()
        after = await asyncio.to_thread(_command, monkeypatch, port)
    finally:
        await door.close()
    assert (before.exit_code, after.exit_code) == (1, 0)
    assert before.output.startswith("not ready: no poll has succeeded yet")
    assert "abc123, serving the last good knowledge" in after.output
    assert after.output.count("\n") == 1


def test_no_bot_at_all_is_exit_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody listens the line says where was asked and what to look at."""
    port = free_port()
    result = _command(monkeypatch, port)
    assert result.exit_code == 1
    assert f"no bot answers on 127.0.0.1:{port}" in result.output


def test_an_address_for_all_is_asked_on_this_machine() -> None:
    """A bot that listens on all addresses is found on loopback."""
    port = free_port()
    assert ask(("0.0.0.0", port))[1].startswith(f"no bot answers on 0.0.0.0:{port}")  # noqa: S104  (asked, not bound)
