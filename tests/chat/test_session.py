"""The terminal chat, with a small bot instead of the real one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle, InputTextMessageContent
from telegram.request import HTTPXRequest

from bot.chat.drawing import Pen
from bot.chat.harness import BotEnded, Harness
from bot.chat.session import HELP, Session
from bot.standin.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Louder", callback_data="louder"),
            InlineKeyboardButton("Site", url="https://example.org/"),
        ],
        [InlineKeyboardButton("Share", switch_inline_query="hush"), InlineKeyboardButton("In private", url="t.me/x")],
        [InlineKeyboardButton("Open", url="https://t.me/stand_in_bot?start=abc")],
        [InlineKeyboardButton("Number", copy_text=telegram.CopyTextButton("116 111"))],
    ]
)


async def _parrot(url: str, stop: asyncio.Event) -> None:
    """Repeat everything; confirm only what was handled."""
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    token = "700000000:AAStandInForTelegramOnLoopback00000"
    bot = telegram.Bot(token, base_url=f"{url}/bot", request=requests[0], get_updates_request=requests[1])
    stopping = asyncio.create_task(stop.wait())
    offset = 0
    async with bot:
        while not stop.is_set():
            polling = asyncio.create_task(bot.get_updates(offset, timeout=30))
            await asyncio.wait([polling, stopping], return_when=asyncio.FIRST_COMPLETED)
            if not polling.done():
                polling.cancel()
                break
            for update in polling.result():
                await _repeat(bot, update)
                offset = update.update_id + 1


async def _repeat(bot: telegram.Bot, update: telegram.Update) -> None:
    if update.message and update.message.text == "die":
        raise RuntimeError("I am dead")
    if update.message and update.message.text and not update.message.via_bot:
        folded = "<blockquote expandable>Folded\nhidden\nlines</blockquote>"
        text = f"<b>{update.message.text}</b> by {update.message.from_user and update.message.from_user.first_name}"
        await bot.send_message(update.message.chat.id, f"{text}\n{folded}", parse_mode="HTML", reply_markup=KEYBOARD)
    if (query := update.callback_query) and isinstance(query.message, telegram.Message):
        await bot.answer_callback_query(query.id, "Shouting")
        await bot.edit_message_text("LOUD", query.message.chat.id, query.message.message_id)
    if update.inline_query:
        number = int(update.inline_query.offset or 0)
        content = InputTextMessageContent(f"{update.inline_query.query}!")
        await bot.answer_inline_query(
            update.inline_query.id,
            [InlineQueryResultArticle(str(number), f"Result {number}", content, description="As it is")],
            next_offset=str(number + 1),
            button=telegram.InlineQueryResultsButton("Ask me", start_parameter="inline"),
        )


class Screen:
    """A conversation and what was printed of it."""

    def __init__(self, harness: Harness) -> None:
        self.lines: list[str] = []
        self.world = harness.world
        admin = harness.do(harness.world.user, "Ada")
        self.conversation = Session(harness, self.lines.append, Pen(), "fr", admin)

    def after(self, line: str) -> list[str]:
        """Return what is printed after a line was typed."""
        self.lines.clear()
        assert self.conversation.hear(line)
        return [line for line in self.lines if line]


@pytest.fixture
def screen() -> Iterator[Screen]:
    """Talk to the parrot."""
    with Harness(World(), _parrot) as harness:
        yield Screen(harness)


def test_a_message_and_its_buttons(screen: Screen) -> None:
    """A line is a message; the reply shows its text, its fold, its numbered buttons and where links lead."""
    assert screen.after("hello") == [
        "hello by Anna",
        "| Folded",
        "| (2 more lines: /more)",
        "  [1] Louder",
        "   -  Site: https://example.org/",
        "  [2] Share",
        "   -  In private: t.me/x",
        "  [3] Open",
        "  [4] Number",
    ]
    assert screen.after("/more") == ["hello by Anna", "| Folded", "| hidden", "| lines"]
    assert screen.after("4") == ["(copied: 116 111)"]
    assert screen.after("3")[0] == "/start abc by Anna"
    assert screen.after("1") == ["(the message is now:)", "LOUD", "(Shouting)"]
    assert screen.after("7")[0] == "7 by Anna", "a number that nothing has is a message"


def test_inline(screen: Screen) -> None:
    """Words after @bot are an inline query; a number sends its result, turns the page or opens the private chat."""
    shown = ["@stand_in_bot hush", "  [1] Result 0", "      As it is", "  [2] (more results)", "  [3] Ask me"]
    assert screen.after("@bot hush") == shown
    assert screen.after("2") == [shown[0], "  [1] Result 1", *shown[2:]]
    assert screen.after("1") == ["(Anna, via @stand_in_bot:)", "hush!"]
    screen.after("/inline hush")
    assert screen.after("3")[0] == "/start inline by Anna"
    assert screen.after("2")[0] == "@stand_in_bot hush", "sharing opens an inline query"
    assert screen.after("@bot " + "x" * 257) == ["(an inline query has at most 256 characters, this one has 257)"]


def test_who_and_where(screen: Screen) -> None:
    """Another user, an administrator, a group, another language."""
    assert screen.after("/as 2") == ["(you are Ben)"]
    assert screen.after("hello")[0] == "hello by Ben"
    assert screen.after("/group") == ["(you are Ben in Colleagues)"]
    assert screen.conversation.who == "Ben in Colleagues"
    assert screen.after("hello") == ["(the bot does not see this: in groups it sees commands and replies to it)"]
    assert screen.after("/list")[0] == "/list by Ben"
    assert screen.after("/as admin") == ["(you are Ada in Colleagues)"]
    assert screen.after("/private") == ["(you are Ada)"]
    assert screen.after("/as nobody") == ["(there is nobody 'nobody': /as 1, /as 2, /as admin)"]
    assert screen.after("/lang es") == ["(Ada's app speaks es)"]


def test_lines_that_say_nothing(screen: Screen) -> None:
    """Empty lines are passed over, what cannot be sent is explained, /quit ends."""
    assert screen.after("  ") == []
    assert screen.after("x" * 4097) == ["(a message has at most 4096 characters, this one has 4097: not sent)"]
    assert screen.after("/?") == [HELP]
    assert not screen.conversation.hear("/quit")


def test_a_bot_that_ends(screen: Screen) -> None:
    """When the bot dies, whoever waits for it learns why."""
    with pytest.raises(BotEnded) as caught:
        screen.conversation.hear("die")
    assert str(caught.value.__cause__) == "I am dead"


def test_a_bot_that_does_not_come_up() -> None:
    """A bot that fails before it asks for updates is no stage at all."""

    async def _broken(_url: str, _stop: asyncio.Event) -> None:
        raise RuntimeError("no knowledge")

    with pytest.raises(BotEnded) as caught, Harness(World(), _broken):
        pass
    assert str(caught.value.__cause__) == "no knowledge"


def test_drawing_in_colour() -> None:
    """A terminal gets bold print and lines of its own width; places count UTF-16 units."""
    world = World()
    anna = world.user("Anna")
    world.ask(anna, "hello")
    text = "😀 <b>bold</b> <a href='https://example.org'>link</a>\n<blockquote>one two three\nfour</blockquote>"
    world.call(world.token, "sendMessage", {"chat_id": anna.id, "text": text, "parse_mode": "HTML"})
    message = world.last(world.private(anna))
    assert Pen(colour=True).message(message) == [
        "😀 \033[1mbold\033[0m link (https://example.org)",
        "| one two three",
        "| four",
    ]
    assert Pen(width=10).message(message)[-3:] == ["| one two", "| three", "| four"]
    assert Pen().message(world.send_photo(anna, world.private(anna))) == ["(photo)"]
