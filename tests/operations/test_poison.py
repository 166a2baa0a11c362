"""Updates that kill the process, or that are not what they should be, and the file in which the former are noted."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from telegram.ext import ExtBot

from bot.telegram_app.intake import in_flight, webhook
from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.poison import LARGEST, NOTED, STARTS, PoisonGuard
from bot.telegram_app.intake.webhook import Deliveries
from bot.telegram_app.intake.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from telegram import Update

BOT: ExtBot[None] = ExtBot("1:x")


def _update(number: int, chat: Any = 1, user: Any = 1) -> dict[str, Any]:  # noqa: ANN401  (whatever JSON can hold)
    sender = {"id": user, "is_bot": False, "first_name": "P"}
    message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "from": sender, "text": "x"}
    return {"update_id": number, "message": message}


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


@pytest.mark.parametrize(
    "make",
    [
        _text('{"1": Infinity}'),
        _text('{"1": NaN}'),
        _text('{"1": 1.5}'),
        _text('{"1": "2"}'),
        _text('{"1": true}'),
        _text('{"one": 2}'),
        _text("[1, 2]"),
        _text("7"),
        _text("{"),
        _text("\x00"),
        _text("[" * 60_000),
        _text('{"1":' * 10_000),
        _text(f'{{"1": {"9" * 5000}}}'),
        _text(" " * LARGEST + "{}"),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.mkdir(),
        _pipe,
        _link("/dev/zero"),
        _link("attempts.json"),
    ],
)
def test_whatever_stands_in_its_place_the_bot_starts(
    make: Callable[[Path], object], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that cannot be read costs one line, and updates count as if they came for the first time."""
    path = tmp_path / "attempts.json"
    make(path)
    guard = PoisonGuard(path)
    assert len(caplog.records) == 1
    assert "could not be read" in caplog.text
    assert not guard.suspect(1)
    guard.begin([1])
    if not path.is_dir():
        assert json.loads(path.read_text()) == {"1": 1}


def test_a_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """That the system refuses it is said with its reason."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "attempts.json"
    path.write_text("{}")
    monkeypatch.setattr("bot.telegram_app.intake.poison.os.open", refuse)  # whoever runs the tests may read everything
    PoisonGuard(path)
    assert [record.getMessage().count("Permission denied") for record in caplog.records] == [1]


def test_what_is_written_waits_for_nobody_and_stays_small(tmp_path: Path) -> None:
    """A pipe in place of the draft is removed; of many numbers the last are kept, and they can be read again."""
    path = tmp_path / "attempts.json"
    os.mkfifo(path.with_suffix(".new"))
    PoisonGuard(path).begin(range(10**15, 10**15 + 3 * NOTED))
    kept = json.loads(path.read_text())
    assert list(kept) == [str(number) for number in range(10**15 + 2 * NOTED, 10**15 + 3 * NOTED)]
    assert path.stat().st_size <= LARGEST
    again = PoisonGuard(path)
    again.begin([10**15 + 3 * NOTED - 1])
    again.begin([10**15 + 3 * NOTED - 1])
    assert again.given_up(10**15 + 3 * NOTED - 1)


def _deliveries(path: Path, seen: list[int], before: Callable[[int], Any] = lambda _: None) -> Deliveries:
    """Return what takes deliveries in a process that has just started."""

    async def handle(update: Update) -> None:
        before(update.update_id)
        seen.append(update.update_id)

    deliveries = Deliveries(InFlight(BOT, Workers(lambda _: handle), PoisonGuard(path)))
    deliveries.open()
    return deliveries


async def test_what_kills_the_process_is_given_up_by_webhook_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is noted while it is in work, and after three starts it is confirmed unhandled; its neighbours are handled."""
    monkeypatch.setattr(in_flight, "CAREFUL", 0.01)
    path = tmp_path / "attempts.json"
    seen: list[int] = []
    dying: list[str] = []
    for _ in range(STARTS):
        await _deliveries(path, [], lambda _number: dying.append(path.read_text())).take(_update(7))
        path.write_text(dying[-1])  # as a kill in the middle of it leaves it
    assert dying == ['{"7": 1}', '{"7": 2}', '{"7": 3}']
    deliveries = _deliveries(path, seen)
    assert await deliveries.take(_update(7))
    assert await deliveries.take(_update(8))
    assert await deliveries.take(_update(7))
    assert seen == [8]
    assert json.loads(path.read_text()) == {}


async def test_suspects_are_delivered_one_by_one(tmp_path: Path) -> None:
    """Of several that two processes died with only the one in work is blamed; once told to stop no other is begun."""
    path = tmp_path / "attempts.json"
    for _ in range(STARTS - 1):
        PoisonGuard(path).begin([7, 8])
    begun, gate = asyncio.Event(), asyncio.Event()

    async def handle(_update: Update) -> None:
        begun.set()
        await gate.wait()

    deliveries = Deliveries(InFlight(BOT, Workers(lambda _: handle), PoisonGuard(path)))
    deliveries.open()
    first, second = (asyncio.create_task(deliveries.take(_update(number))) for number in (7, 8))
    await begun.wait()
    assert json.loads(path.read_text()) == {"8": STARTS - 1, "7": STARTS}
    await deliveries.finish(0)
    assert [await first, await second] == [False, False]
    assert json.loads(path.read_text()) == {"8": STARTS - 1}


async def test_long_after_the_start_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process died on has come again by then."""
    monkeypatch.setattr(webhook, "WATCHED", 0.0)
    path = tmp_path / "attempts.json"
    seen: list[int] = []
    assert await _deliveries(path, seen).take(_update(7))
    assert seen == [7]
    assert not path.exists()


@pytest.mark.parametrize("odd", [[], {}, [1], "1", None, 1.5, True, 10**400, float("inf")])
async def test_an_odd_id_never_leaves_the_handler(odd: object, tmp_path: Path) -> None:
    """Whatever an update says of chat and person, it is handled or has failed, and it is over."""
    seen: list[int] = []
    deliveries = _deliveries(tmp_path / "attempts.json", seen)
    assert await deliveries.take(_update(1, chat=odd))
    assert await deliveries.take(_update(2, chat=odd, user=odd))
    query = {"id": "1", "from": {"id": odd, "is_bot": False, "first_name": "P"}, "query": "x", "offset": ""}
    assert await deliveries.take({"update_id": 3, "inline_query": query})
    assert await deliveries.take({"update_id": 4, "callback_query": {**query, "data": odd, "chat_instance": odd}})
    assert seen == [1, 2, 3, 4]
    assert not deliveries._in_flight._flights


def test_a_file_as_large_as_one_may_be_is_read(tmp_path: Path) -> None:
    """And one byte more is not what the bot wrote."""
    path = tmp_path / "attempts.json"
    for size, known in ((LARGEST, True), (LARGEST + 1, False)):
        path.write_text(json.dumps({"7": STARTS}).ljust(size), encoding="utf-8")
        assert PoisonGuard(path).given_up(7) is known


def test_the_folder_of_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Where it is made for the file, nobody else may enter it."""
    PoisonGuard(tmp_path / "data" / "attempts.json").begin([1])
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
