"""What the bot is told of what people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import Update

from bot.standin.rules.flood import Flood
from bot.standin.rules.refusal import ApiError
from bot.standin.world import World

if TYPE_CHECKING:
    from bot.standin.clock import ManualClock


def _told(world: World) -> list[dict[str, Any]]:
    """Take the updates that wait, all of which the library must be able to read."""
    updates = world.pending
    world.state.updates.drop()
    for update in updates:
        read = Update.de_json(update, None)
        assert read is not None
        assert not read.api_kwargs
        assert read.effective_chat is not None or read.inline_query is not None or read.chosen_inline_result is not None
    return updates


def test_privacy_mode(world: World) -> None:
    """In a group the bot hears commands for it, replies to it and service notes, and nothing else."""
    anna = world.user("Anna")
    group = world.group("Judges", anna)
    bots = world.state.post(group, world.bot, text="I am here")
    own = world.say(anna, group, "/list@Stand_in_bot now")
    heard = [
        own,
        world.say(anna, group, "/list"),
        world.say(anna, group, "who are you?", reply_to=bots),
        world.join(world.user("Ben"), group),
    ]
    world.say(anna, group, "hello all")
    world.say(anna, group, "@stand_in_bot hello")
    world.say(anna, group, "/list@other_bot")
    world.say(anna, group, "see /list")
    world.say(anna, group, "yes", reply_to=own)
    assert [update["message"]["message_id"] for update in _told(world)] == [message.id for message in heard]


def test_without_privacy_mode() -> None:
    """With privacy mode off, or as an administrator, the bot hears everything."""
    for world in (World(privacy_mode=False), World()):
        group = world.group("Judges")
        group.bot_is_administrator = True
        world.say(world.user("Anna"), group, "hello all")
        assert len(_told(world)) == 1


def test_a_group_without_the_bot(world: World) -> None:
    """Of a group that it is not in, the bot hears nothing."""
    anna = world.user("Anna")
    group = world.group("Judges", anna, member=False)
    world.say(anna, group, "/list")
    assert _told(world) == []
    world.invite(anna, group)
    assert [next(name for name in update if name != "update_id") for update in _told(world)] == [
        "my_chat_member",
        "message",
    ]


def test_all_that_can_be_sent(world: World) -> None:
    """Photos, voice, stickers, edits, posts and comings and goings are updates that the library reads."""
    anna, ben = world.user("Anna", last_name="Ek", language="fr"), world.user("Ben", username="ben", language=None)
    chat, channel = world.private(anna), world.channel("News", username="news")
    world.start(anna, "omct")
    world.send_photo(anna, chat, "who is this?")
    world.send_voice(anna, chat)
    world.send_sticker(anna, chat)
    world.edit(world.ask(ben, "omtc"), "omct")
    world.post(channel, "hello")
    group = world.group("Judges", anna, ben, supergroup=False)
    world.leave(ben, group)
    world.migrate(anna, group)
    world.block(anna)
    world.unblock(anna)
    updates = _told(world)
    assert len(updates) == 12
    assert updates[0]["message"]["text"] == "/start omct"
    assert updates[0]["message"]["from"]["language_code"] == "fr"
    assert "language_code" not in updates[4]["message"]["from"]
    assert updates[5]["edited_message"]["text"] == "omct"


def test_a_blocked_bot_hears_nothing(world: World) -> None:
    """What somebody writes who has blocked the bot does not reach it."""
    anna = world.user("Anna")
    world.block(anna)
    _told(world)
    world.ask(anna, "hello")
    assert _told(world) == []


def test_any_update_at_all(world: World) -> None:
    """An update may be given as it is; it gets a number of its own."""
    first = world.deliver({"update_id": 1, "some_new_kind": {"x": 1}})
    second = world.deliver({"message": {}})
    assert first is not None
    assert second is not None
    assert second["update_id"] == first["update_id"] + 1


def test_flood_limits(clock: ManualClock) -> None:
    """Bursts pass; then 429 says how long to wait, per chat, per group and overall."""
    world = World(clock, flood_limits=True)
    anna = world.user("Anna")
    world.ask(anna, "hello")
    for _ in range(3):
        world.call(world.token, "sendMessage", {"chat_id": anna.id, "text": "x"})
    with pytest.raises(ApiError) as caught:
        world.call(world.token, "sendMessage", {"chat_id": anna.id, "text": "x"})
    assert (caught.value.code, caught.value.parameters) == (429, {"retry_after": 1})
    clock.advance(1)
    world.call(world.token, "sendMessage", {"chat_id": anna.id, "text": "x"})
    group = world.group("Judges")
    for _ in range(20):
        world.call(world.token, "sendMessage", {"chat_id": group.id, "text": "x"})
        clock.advance(0.04)
    with pytest.raises(ApiError, match="Too Many Requests: retry after 3"):
        world.call(world.token, "sendMessage", {"chat_id": group.id, "text": "x"})


def test_flood_limit_overall(world: World, clock: ManualClock) -> None:
    """Thirty messages a second to all chats together."""
    flood = Flood(clock)
    chats = [world.private(world.user(str(n))) for n in range(31)]
    for chat in chats[:30]:
        flood.count(chat)
    with pytest.raises(ApiError, match="429"):
        flood.count(chats[30])
    clock.advance(0.04)
    flood.count(chats[30])
