"""Sending and changing messages, through the real client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    error,
)

if TYPE_CHECKING:
    from bot.standin.chats import Chat
    from bot.standin.world import World

KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("More", callback_data="more"), InlineKeyboardButton("Site", url="https://example.org")],
        [InlineKeyboardButton("Share", switch_inline_query="omct")],
    ]
)


@pytest.fixture
def chat(world: World) -> Chat:
    """Have Anna say hello."""
    anna = world.user("Anna")
    world.ask(anna, "hello")
    return world.private(anna)


async def test_a_message_with_everything(world: World, chat: Chat, bot: Bot) -> None:
    """Formatting, keyboard, preview and the message replied to arrive, and come back in the answer."""
    sent = await bot.send_message(
        chat.id,
        "<b>Héllo</b> &amp; <i>😀</i>",
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(1, allow_sending_without_reply=True),
        disable_notification=True,
    )
    seen = world.last(chat)
    assert seen.text == sent.text == "Héllo & 😀"
    assert sent.text_html == "<b>Héllo</b> &amp; <i>😀</i>"
    assert [button.text for button in seen.buttons] == ["More", "Site", "Share"]
    assert sent.reply_markup == KEYBOARD
    assert seen.preview == {"is_disabled": True}
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "hello"
    assert seen.sender is world.bot


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * 4097, "Message is too long"),
        (" \n ", "Text must be non-empty"),
        ("<b></b>", "Text must be non-empty"),
        ("é" * 20_000, "Text is too long"),
        ("<b>x", "Can't parse entities"),
    ],
)
async def test_texts_that_cannot_be_sent(world: World, chat: Chat, bot: Bot, text: str, reason: str) -> None:
    """Too long, empty or malformed: a 400, and nothing appears in the chat."""
    with pytest.raises(error.BadRequest, match=reason):
        await bot.send_message(chat.id, text, parse_mode="HTML")
    assert len(world.messages(chat)) == 1
    assert [method for method, _ in world.refused] == ["sendMessage"]


async def test_the_limit_counts_what_is_seen(world: World, chat: Chat, bot: Bot) -> None:
    """4,096 characters are counted after the formatting was taken out."""
    await bot.send_message(chat.id, "&amp;" * 4096, parse_mode="HTML")
    assert world.last(chat).text == "&" * 4096


async def test_chats_that_cannot_be_written_to(world: World, bot: Bot) -> None:
    """Unknown, never started, blocked, left and migrated chats are refused, each as Telegram does."""
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await bot.send_message(12345, "x")
    ben = world.user("Ben")
    with pytest.raises(error.Forbidden, match="can't initiate conversation"):
        await bot.send_message(ben.id, "x")
    world.ask(ben, "hello")
    world.block(ben)
    with pytest.raises(error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ben.id, "x")
    world.unblock(ben)
    await bot.send_message(ben.id, "x")
    group = world.group("Judges", ben, supergroup=False)
    world.remove(ben, group)
    with pytest.raises(error.Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "x")
    world.invite(ben, group)
    new = world.migrate(ben, group)
    with pytest.raises(error.ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == new.id
    assert await bot.leave_chat(new.id)
    with pytest.raises(error.Forbidden):
        await bot.send_message(new.id, "x")


async def test_replying_to_what_is_not_there(chat: Chat, bot: Bot) -> None:
    """A reply to an unknown message is refused unless the call says that it may go without."""
    with pytest.raises(error.BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat.id, "x", reply_to_message_id=99)
    sent = await bot.send_message(chat.id, "x", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True))
    assert sent.reply_to_message is None


async def test_editing(world: World, chat: Chat, bot: Bot) -> None:
    """An edit replaces text and keyboard; the same again, a foreign or unknown message are refused."""
    sent = await bot.send_message(chat.id, "one", reply_markup=KEYBOARD)
    await bot.edit_message_text("<b>two</b>", chat.id, sent.message_id, parse_mode="HTML")
    seen = world.last(chat)
    assert (seen.text, seen.versions, seen.keyboard) == ("two", ["one"], None)
    with pytest.raises(error.BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>two</b>", chat.id, sent.message_id, parse_mode="HTML")
    await bot.edit_message_reply_markup(chat.id, sent.message_id, reply_markup=KEYBOARD)
    assert len(seen.buttons) == 3
    with pytest.raises(error.BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(chat.id, sent.message_id, reply_markup=KEYBOARD)
    with pytest.raises(error.BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", chat.id, 99)
    with pytest.raises(error.BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", chat.id, 1)
    with pytest.raises(error.BadRequest, match="Message_id_invalid"):
        await bot.edit_message_text("x", inline_message_id="none")
    with pytest.raises(error.BadRequest, match="Chat_id is empty"):
        await bot.edit_message_text("x")


async def test_typing(chat: Chat, bot: Bot) -> None:
    """A chat action is noted; an unknown one refused."""
    await bot.send_chat_action(chat.id, "typing")
    assert chat.actions == ["typing"]
    with pytest.raises(error.BadRequest, match="action"):
        await bot.send_chat_action(chat.id, "dancing")


async def test_what_is_not_modelled_is_refused(chat: Chat, bot: Bot) -> None:
    """A method that this bot never calls is 404, a parameter that is not modelled 400."""
    with pytest.raises(error.InvalidToken):  # as the library reads every 404 of a method that it knows
        await bot.send_dice(chat.id)
    with pytest.raises(error.BadRequest, match="has no field 'message_effect_id'"):
        await bot.send_message(chat.id, "x", message_effect_id="1")
    with pytest.raises(error.BadRequest, match="not modelled"):
        await bot.send_message(chat.id, "*x*", parse_mode="MarkdownV2")
