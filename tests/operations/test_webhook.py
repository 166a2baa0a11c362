"""Intake by webhook, spoken to over real HTTP."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram.ext import ExtBot

from bot.telegram_app.intake import early_acknowledgement
from bot.telegram_app.intake.door.http_server import LARGEST_BODY, HttpServer
from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.webhook import SECRET_HEADER, Deliveries, route
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.monitoring.metrics import Metrics
from bot.telegram_app.monitoring.readiness import Readiness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Update

SECRET = "open-sesame"


def _update(number: int, chat: int = 1) -> dict[str, Any]:
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    return {"update_id": number, "message": message}


@asynccontextmanager
async def opened(
    handle: Callable[[Update], Awaitable[None]],
    at_once: int = 100,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    contact: Callable[[], None] = lambda: None,
) -> AsyncIterator[tuple[httpx.AsyncClient, Deliveries]]:
    """Open a door with a webhook at /hook."""
    bot: ExtBot[None] = ExtBot("1:x")  # parsing needs one, but no network
    deliveries = Deliveries(InFlight(bot, Workers(lambda _: handle)), at_once=at_once, pause=pause)
    deliveries.open()
    hook = route("/hook", deliveries, SECRET, contact)
    door = HttpServer(("127.0.0.1", 0), Readiness(lambda: ("abc", False), by_webhook=True), Metrics(), [hook])
    port = door.open()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers={SECRET_HEADER: SECRET}) as client:
        try:
            yield client, deliveries
        finally:
            await door.close()


async def _ignore(_update: Update) -> None:
    """Do nothing with an update."""


async def test_200_comes_only_after_the_handling() -> None:
    """A delivery is not acknowledged while it is in work."""
    begun, gate = asyncio.Event(), asyncio.Event()

    async def wait(_update: Update) -> None:
        begun.set()
        await gate.wait()

    async with opened(wait) as (client, _):
        answer = asyncio.create_task(client.post("/hook", json=_update(1)))
        await begun.wait()
        assert not answer.done()
        gate.set()
        assert (await answer).status_code == 200


async def test_what_is_delivered_twice_is_handled_once() -> None:
    """A second delivery of an update waits for the first and does nothing."""
    seen: list[int] = []

    async def note(update: Update) -> None:
        seen.append(update.update_id)

    async with opened(note) as (client, _):
        both = await asyncio.gather(client.post("/hook", json=_update(1)), client.post("/hook", json=_update(1)))
        again = await client.post("/hook", json=_update(1))
    assert [answer.status_code for answer in (*both, again)] == [200, 200, 200]
    assert seen == [1]


async def test_nothing_is_taken_before_the_bot_is_ready() -> None:
    """A delivery that comes while the bot still starts is not acknowledged: it would be lost."""
    async with opened(_ignore) as (client, deliveries):
        deliveries._closed = True
        answer = await client.post("/hook", json=_update(1))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        deliveries.open()
        assert (await client.post("/hook", json=_update(1))).status_code == 200


async def test_beyond_the_limit_telegram_is_asked_to_come_back() -> None:
    """A delivery too many gets 503 with Retry-After, and is taken later."""
    begun, gate = asyncio.Event(), asyncio.Event()

    async def wait(_update: Update) -> None:
        begun.set()
        await gate.wait()

    async with opened(wait, at_once=1) as (client, deliveries):
        first = asyncio.create_task(client.post("/hook", json=_update(1)))
        await begun.wait()
        assert deliveries.full
        second = await client.post("/hook", json=_update(2, chat=2))
        assert (second.status_code, second.headers["Retry-After"]) == (503, "1")
        gate.set()
        await first
        assert (await client.post("/hook", json=_update(2, chat=2))).status_code == 200


async def _at_once(_seconds: float) -> None:
    """Let others go on, instead of a pause."""
    await asyncio.sleep(0)


async def test_a_few_chats_that_wait_do_not_close_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all room is taken by floods they are acknowledged early; others are handled, and they are later."""
    monkeypatch.setattr(early_acknowledgement, "FLOODED", 0.0)
    gate, seen = asyncio.Event(), []

    async def wait(update: Update) -> None:
        if update.update_id < 8:
            await gate.wait()
        seen.append(update.update_id)

    async with opened(wait, at_once=8, pause=_at_once) as (client, deliveries):
        floods = [client.post("/hook", json=_update(number, chat=number % 2)) for number in range(8)]
        assert [answer.status_code for answer in await asyncio.gather(*floods)] == [200] * 8
        assert (await client.post("/hook", json=_update(8, chat=5))).status_code == 200
        assert (await client.post("/hook", json=_update(0, chat=0))).status_code == 200  # once more, and not handled
        assert seen == [8]
        gate.set()
        await deliveries.finish(10)
    assert sorted(seen) == list(range(9))


async def test_one_chat_after_the_other_gives_way_where_all_wait_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all room is taken by single questions that wait long, the oldest is acknowledged early, and no other."""
    monkeypatch.setattr(early_acknowledgement, "LET_GO", 0.0)
    gate = asyncio.Event()

    async def wait(_update: Update) -> None:
        await gate.wait()

    async with opened(wait, at_once=2, pause=_at_once) as (client, deliveries):
        answers = [asyncio.create_task(client.post("/hook", json=_update(number, chat=number))) for number in (1, 2)]
        done, waiting = await asyncio.wait(answers, return_when=asyncio.FIRST_COMPLETED)
        assert [answer.result().status_code for answer in done] == [200]
        assert len(waiting) == 1
        assert not deliveries.full
        gate.set()
        assert (await waiting.pop()).status_code == 200


async def test_a_stop_says_what_was_let_go_and_not_answered(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What still waits when the bot ends, and was acknowledged, is counted in the log."""
    caplog.set_level("WARNING")
    monkeypatch.setattr(early_acknowledgement, "LET_GO", 0.0)

    async def wait(_update: Update) -> None:
        await asyncio.Event().wait()

    async with opened(wait, at_once=1, pause=_at_once) as (client, deliveries):
        assert (await client.post("/hook", json=_update(1))).status_code == 200
        await deliveries.finish(0)
    assert "Confirmed without a reply, as their chats had to wait: 1 updates." in caplog.text


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"headers": {SECRET_HEADER: "wrong"}}, 403),
        ({"headers": {SECRET_HEADER: "ümlaut".encode()}}, 403),
        ({"headers": {"Content-Type": "text/plain"}}, 415),
        ({"content": b"{"}, 400),
        ({"content": b"[]"}, 400),
        ({"content": b'{"update_id": "1"}'}, 400),
        ({"content": b"[" * 100_000}, 400),
        ({"content": b"\xff\xfe"}, 400),
        ({"headers": {SECRET_HEADER: SECRET[:-1]}}, 403),
        ({"headers": {SECRET_HEADER: SECRET[:1]}}, 403),
        ({"headers": {SECRET_HEADER: f"{SECRET}x"}}, 403),
        ({"headers": {SECRET_HEADER: ""}}, 403),
        ({"content": b"x" * (LARGEST_BODY + 1)}, 413),
        ({"content": b'{"update_id": -1}'}, 400),
        ({"content": b'{"update_id": true}'}, 400),
        ({"method": "GET"}, 405),
        ({"url": "/other"}, 404),
    ],
)
async def test_what_is_no_delivery_is_refused(changes: dict[str, Any], status: int) -> None:
    """Strangers, broken bodies, huge ones, other methods and other paths get a short no."""
    request = {"method": "POST", "url": "/hook", "content": json.dumps(_update(1)).encode()}
    headers = {"Content-Type": "application/json", **changes.pop("headers", {})}
    async with opened(_ignore) as (client, _):
        try:
            answer = await client.request(**(request | changes), headers=headers)
        except httpx.HTTPError:
            assert len(changes.get("content", b"")) > LARGEST_BODY  # cut off while it still sends
            return
        assert answer.status_code == status
        assert len(answer.text) < 10


async def test_an_update_that_cannot_be_read_is_not_delivered_for_ever() -> None:
    """What the library cannot parse is acknowledged, so that it does not come again."""
    async with opened(_ignore) as (client, _):
        answer = await client.post("/hook", json={"update_id": 5, "message": {"message_id": "no"}})
        assert answer.status_code == 200


async def test_a_delivery_is_a_contact() -> None:
    """Each delivery with the right secret shows that Telegram gets through; a stranger's does not."""
    contacts: list[int] = []
    async with opened(_ignore, contact=lambda: contacts.append(1)) as (client, _):
        await client.post("/hook", json=_update(1), headers={SECRET_HEADER: "wrong"})
        assert not contacts
        await client.post("/hook", json=_update(1))
        assert len(contacts) == 1
