"""The door: the real client of python-telegram-bot and a real application come in by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
from telegram.ext import Application, ContextTypes, MessageHandler, filters

if TYPE_CHECKING:
    import telegram

    from bot.simulator.door import Door


async def _echo(update: telegram.Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(f"<b>{update.message.text}</b>", parse_mode="HTML")


async def test_an_application_talks_through_the_door(door: Door) -> None:
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


async def test_a_poll_waits_for_what_happens(door: Door, bot: telegram.Bot) -> None:
    """A long poll is answered as soon as there is an update, not when its time is over."""
    world = door.world
    anna = world.user("Anna")
    world.listen(lambda: world.ask(anna, "hi") if world.state.updates.poll and not world.pending else None)
    updates = await bot.get_updates(timeout=30)
    assert [update.message and update.message.text for update in updates] == ["hi"]


async def test_tokens(door: Door) -> None:
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
