"""The door: the real client of python-telegram-bot and a real application come in by it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram.ext import Application, ContextTypes, MessageHandler, filters

if TYPE_CHECKING:
    import telegram

    from bot.standin.server import Server


FORM = "application/x-www-form-urlencoded"


async def _echo(update: telegram.Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(f"<b>{update.message.text}</b>", parse_mode="HTML")


async def test_an_application_talks_through_the_door(door: Server) -> None:
    """A polling application of python-telegram-bot receives a message and answers it."""
    world = door.world
    anna = world.user("Anna")
    application: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder().token(world.token).base_url(f"{door.url}/bot").build()
    )
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        world.ask(anna, "hello")
        await door.settled()
        await application.update_queue.join()
        await application.updater.stop()
        await application.stop()
    reply = world.last(world.private(anna))
    assert reply.text == "hello"
    assert reply.entities == [{"type": "bold", "offset": 0, "length": 5}]
    assert world.refused == []


async def test_a_poll_waits_for_what_happens(door: Server, bot: telegram.Bot) -> None:
    """A long poll is answered as soon as there is an update, not when its time is over."""
    world = door.world
    anna = world.user("Anna")
    world.listen(lambda: world.ask(anna, "hi") if world.state.updates.poll and not world.pending else None)
    updates = await bot.get_updates(timeout=30)
    assert [update.message and update.message.text for update in updates] == ["hi"]


async def test_every_way_to_send_parameters(door: Server) -> None:
    """Query, form, multipart form and JSON say the same; what is no JSON object is a 400."""
    anna = door.world.user("Anna")
    door.world.ask(anna, "hello")
    path = f"{door.url}/bot{door.world.token}/sendMessage"
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "é&=+"}]]}
    given = {"chat_id": anna.id, "text": "é&=+ 😀", "reply_markup": keyboard}
    form = {"chat_id": str(anna.id), "text": "é&=+ 😀", "reply_markup": json.dumps(keyboard)}
    async with httpx.AsyncClient() as client:
        answers = [
            await client.get(path, params=form),
            await client.post(path, data=form),
            await client.post(path, data=form, files={"unused": b""}),
            await client.post(path, json=given),
        ]
        assert [answer.status_code for answer in answers] == [200] * 4
        texts = [message.text for message in door.world.replies(door.world.private(anna))]
        assert texts == ["é&=+ 😀"] * 4
        for body in ("[]", "{"):
            wrong = await client.post(path, content=body, headers={"Content-Type": "application/json"})
            assert (wrong.status_code, wrong.json()["error_code"]) == (400, 400)
        broken = await client.post(path, content=b"chat_id=1&text=%ff", headers={"Content-Type": FORM})
        assert broken.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_two_pollers(door: Server) -> None:
    """The first of two polls is ended with 409; the second gets what comes."""
    world = door.world
    path = f"{door.url}/bot{world.token}/getUpdates?timeout=30"
    async with httpx.AsyncClient() as client:
        first = asyncio.create_task(client.get(path))
        await door.until(lambda: world.state.updates.poll)
        earlier = world.state.updates.poll
        second = asyncio.create_task(client.get(path))
        await door.until(lambda: world.state.updates.poll is not earlier)
        assert (await first).json()["description"].startswith("Conflict: terminated by other getUpdates request")
        world.ask(world.user("Anna"), "hello")
        assert len((await second).json()["result"]) == 1


async def test_a_poller_that_hangs_up_loses_nothing(door: Server) -> None:
    """What comes after a poller went away waits for the next one."""
    world = door.world
    path = f"{door.url}/bot{world.token}/getUpdates"
    async with httpx.AsyncClient() as client:
        poll = asyncio.create_task(client.get(path, params={"timeout": 30}))
        await door.until(lambda: world.state.updates.poll)
        poll.cancel()
        await door.until(lambda: world.state.updates.poll is None)
        world.ask(world.user("Anna"), "hello")
        assert len((await client.get(path)).json()["result"]) == 1


async def test_waiting_for_what_does_not_happen(door: Server) -> None:
    """Whoever waits too long is told what is missing."""
    door.world.ask(door.world.user("Anna"), "hello")
    with pytest.raises(TimeoutError, match="handling every update did not happen within 0 s; 1 unconfirmed"):
        await door.settled(patience=0)


async def test_tokens(door: Server) -> None:
    """A wrong token is 401, something that is no token 404, and so is anything that is no method."""
    for path, code in (
        ("/bot700000000:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/getMe", 401),
        ("/botnonsense/getMe", 404),
        (f"/bot{door.world.token}/sendDice", 404),
        ("/", 404),
    ):
        async with httpx.AsyncClient() as client:
            answer = await client.get(door.url + path)
        assert (answer.status_code, answer.json()["ok"], answer.json()["error_code"]) == (code, False, code)
