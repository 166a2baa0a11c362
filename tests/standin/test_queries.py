"""Buttons, inline queries and guest messages, through the real client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    error,
)

from bot.standin.rules.refusal import ApiError

if TYPE_CHECKING:
    from telegram import Bot

    from bot.standin.clock import ManualClock
    from bot.standin.world import World

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])


def _article(identifier: str = "omct", text: str = "<b>OMCT</b>", **fields: Any) -> InlineQueryResultArticle:  # noqa: ANN401
    return InlineQueryResultArticle(identifier, "OMCT", InputTextMessageContent(text, parse_mode="HTML"), **fields)


async def test_a_tap_and_its_answer(world: World, bot: Bot) -> None:
    """A tap brings a callback query with the message; the answer's notice is what the person sees."""
    anna = world.user("Anna")
    chat = world.private(anna)
    world.ask(anna, "hello")
    await bot.send_message(chat.id, "hi", reply_markup=KEYBOARD)
    tap = world.tap(anna, world.last(chat), "more")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.data == "more"
    assert query.message is not None
    assert query.message.message_id == 2
    assert await bot.answer_callback_query(query.id, "Here", show_alert=True)
    assert tap.callback is not None
    assert (tap.callback.toast, tap.callback.alert) == ("Here", True)
    assert await bot.answer_callback_query(query.id, "Again")
    assert tap.callback.toast == "Here"


async def test_taps_that_cannot_be_answered(world: World, clock: ManualClock, bot: Bot) -> None:
    """Too long a notice, an unknown tap, and one of more than 150 seconds ago are refused."""
    anna = world.user("Anna")
    callback = world.press(anna, world.ask(anna, "hello"), "forged")
    with pytest.raises(error.BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(callback.id, "x" * 201)
    with pytest.raises(error.BadRequest, match="query id is invalid"):
        await bot.answer_callback_query("1")
    clock.advance(151)
    with pytest.raises(error.BadRequest, match="Query is too old"):
        await bot.answer_callback_query(callback.id)


async def test_inline(world: World, bot: Bot) -> None:
    """A query is answered, a result sent: the message stands in the chat, and the bot may edit it."""
    anna = world.user("Anna")
    typed = world.type_inline(anna, "om", chat_type="group")
    query = (await bot.get_updates())[0].inline_query
    assert query is not None
    assert (query.query, query.offset, query.chat_type) == ("om", "", "group")
    button = InlineQueryResultsButton("Ask me", start_parameter="inline-help")
    results = [_article(reply_markup=KEYBOARD, description="Against torture"), _article("pri")]
    assert await bot.answer_inline_query(query.id, results, next_offset="2", button=button)
    assert typed.answer is not None
    assert [result.id for result in typed.answer.results] == ["omct", "pri"]
    assert typed.answer.next_offset == "2"
    group = world.group("Judges", anna)
    message = world.choose_inline(typed, "omct", group)
    assert (message.text, message.via_bot, message.sender) == ("OMCT", world.bot, anna)
    updates = await bot.get_updates(offset=-2)
    assert updates[0].chosen_inline_result is not None
    assert updates[0].chosen_inline_result.inline_message_id == message.inline_id
    assert updates[1].message is not None
    assert updates[1].message.via_bot is not None
    assert await bot.edit_message_text("new", inline_message_id=message.inline_id) is True
    assert message.text == "new"
    world.press(anna, message, "more")
    pressed = (await bot.get_updates(offset=-1))[0].callback_query
    assert pressed is not None
    assert (pressed.message, pressed.inline_message_id) == (None, message.inline_id)


@pytest.mark.parametrize(
    ("results", "more", "reason"),
    [
        ([_article(str(n)) for n in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([_article(), _article()], {}, "RESULT_ID_DUPLICATE"),
        ([_article("é" * 33)], {}, "RESULT_ID_INVALID"),
        ([_article("")], {}, "RESULT_ID_INVALID"),
        ([_article(text="<b>x")], {}, "can't parse entities"),
        ([_article(text="")], {}, "message text is empty"),
        ([], {"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
        ([], {"cache_time": -1}, "cache_time"),
        ([], {"button": InlineQueryResultsButton("x", start_parameter="a b")}, "START_PARAM_INVALID"),
        ([], {"button": InlineQueryResultsButton("x")}, "START_PARAM_INVALID"),
        ([], {"button": InlineQueryResultsButton(" ", start_parameter="a")}, "Text must be non-empty"),
    ],
)
def test_inline_answers_that_are_refused(
    world: World, results: list[InlineQueryResultArticle], more: dict[str, Any], reason: str
) -> None:
    """Each rule for results broken is a 400, and nothing is shown."""
    typed = world.type_inline(world.user("Anna"), "x")
    button = {"button": more["button"].to_dict()} if "button" in more else {}
    given = {"inline_query_id": typed.id, "results": [result.to_dict() for result in results], **more, **button}
    with pytest.raises(ApiError, match=reason) as caught:
        world.call(world.token, "answerInlineQuery", given)
    assert caught.value.code == 400
    assert typed.answer is None


async def test_a_late_inline_answer(world: World, clock: ManualClock, bot: Bot) -> None:
    """After 30 seconds nobody waits for the results any more."""
    typed = world.type_inline(world.user("Anna"), "x")
    clock.advance(31)
    with pytest.raises(error.BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_inline_query(typed.id, [])


async def test_answers_are_cached_for_everybody(world: World, clock: ManualClock, bot: Bot) -> None:
    """The same words bring the same answer without the bot, until its time is over, and for oneself if personal."""
    anna, ben = world.user("Anna"), world.user("Ben")
    await bot.answer_inline_query(world.type_inline(anna, "x").id, [_article()], cache_time=10)
    assert world.type_inline(ben, "x").cached
    assert not world.type_inline(ben, "x", offset="1").cached
    clock.advance(11)
    await bot.answer_inline_query(world.type_inline(anna, "x").id, [_article()], cache_time=10, is_personal=True)
    assert world.type_inline(anna, "x").cached
    assert not world.type_inline(ben, "x").cached
    await bot.answer_inline_query(world.type_inline(anna, "y").id, [_article()], cache_time=0)
    assert not world.type_inline(anna, "y").cached


async def test_a_guest_message(world: World, bot: Bot) -> None:
    """Called into a chat that it is not in, the bot answers once, with one result."""
    anna = world.user("Anna")
    group = world.group("Family", anna, member=False)
    guest = world.call_guest(anna, group, "@stand_in_bot bail?")
    message = (await bot.get_updates())[0].guest_message
    assert message is not None
    assert message.text == "@stand_in_bot bail?"
    sent = await bot.answer_guest_query(guest.id, _article())
    assert guest.answer is world.last(group)
    assert guest.answer.text == "OMCT"
    assert sent.inline_message_id == guest.answer.inline_id
    with pytest.raises(error.BadRequest, match="query id is invalid"):
        await bot.answer_guest_query(guest.id, _article())
    with pytest.raises(error.Forbidden, match="not a member"):
        await bot.send_message(group.id, "x")


def test_what_people_cannot_do(world: World) -> None:
    """The people's side refuses what no phone can do: it would be a mistake in a test."""
    anna = world.user("Anna")
    for text in ("", "x" * 4097):
        with pytest.raises(ValueError, match="cannot send"):
            world.ask(anna, text)
    with pytest.raises(ValueError, match="cannot type"):
        world.type_inline(anna, "x" * 257)
    with pytest.raises(LookupError, match="no single button 'x'; the buttons are: none"):
        world.tap(anna, world.ask(anna, "hello"), "x")
    with pytest.raises(LookupError, match="no result 0"):
        world.choose_inline(world.type_inline(anna, "x"))
    with pytest.raises(LookupError, match="nothing was said"):
        world.last(world.group("Empty"))
    world.state.inline = False
    with pytest.raises(ValueError, match="inline mode is off"):
        world.type_inline(anna, "x")
