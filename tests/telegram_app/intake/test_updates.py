"""Whatever the Bot API allows to arrive: no error, no refused call, and nothing sent where nothing was asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from telegram import Update

from tests.telegram_app.conftest import GARDEN, Visit, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.edition import Edition

Fields = dict[str, Any]

BOT = {"id": 700000000, "is_bot": True, "first_name": "Stand-in", "username": "stand_in_bot"}
NAMES = ("Anna", "<b>&amp;</i>", "\u202eannA", "\u200b", "\u2066\u2069", "💥" * 32, "A" * 64, "a\u0301" * 9)
LANGUAGES = (None, "en", "fr", "es", "pt-br", "zh-hans", "xx", "", "12")
FILE = {"file_id": "a", "file_unique_id": "b"}

CONTENTS: dict[str, Any] = {
    "voice": {**FILE, "duration": 1},
    "photo": [{**FILE, "width": 1, "height": 1}],
    "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "location": {"latitude": 1.0, "longitude": 2.0, "live_period": 60},
    "contact": {"phone_number": "1", "first_name": "B"},
    "dice": {"emoji": "🎲", "value": 3},
    "story": {"chat": {"id": 5, "type": "private"}, "id": 4},
    "document": {**FILE, "file_name": "<b>.txt"},
    "video_note": {**FILE, "length": 1, "duration": 1},
}
SERVICE: dict[str, Any] = {
    "new_chat_members": [BOT],
    "left_chat_member": BOT,
    "new_chat_title": "/start",
    "delete_chat_photo": True,
    "group_chat_created": True,
    "migrate_to_chat_id": -1,
    "pinned_message": {"chat": {"id": 1, "type": "private"}, "message_id": 5, "date": 0},
    "forum_topic_created": {"name": "x", "icon_color": 7322096},
    "video_chat_started": {},
    "write_access_allowed": {},
    "boost_added": {"boost_count": 1},
    "users_shared": {"request_id": 1, "users": [{"user_id": 1}]},
    "proximity_alert_triggered": {"traveler": BOT, "watcher": BOT, "distance": 4},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 3},
    "something_of_next_year": {"text": "/start"},
}
DISQUALIFYING: dict[str, Any] = {
    "via_bot": BOT,
    "sender_chat": {"id": -1002000000001, "type": "supergroup", "title": "x"},
    "is_automatic_forward": True,
    "business_connection_id": "b",
}
HARMLESS: dict[str, Any] = {
    "edit_date": 5,
    "has_protected_content": True,
    "author_signature": "<b>",
    "sender_tag": "x",
    "is_from_offline": True,
    "quote": {"text": "x", "position": 0, "is_manual": True},
    "effect_id": "1",
    "link_preview_options": {"is_disabled": True},
    "something_of_next_year": {"a": ["b"]},
    "external_reply": {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "\u202e"}},
    "paid_star_count": 3,
}
texts = st.one_of(
    st.sampled_from(
        [
            *("rose society", "/start", "/start rose", "/list", "/list@stand_in_bot", "/reload", "/unknown", "/about"),
            *(
                "/list@other_bot",
                "@stand_in_bot rose society",
                "my dad hits me",
                "help",
                "<b>roses</b>",
                "&lt;",
                "💥" * 9,
            ),
            *("\u202eroses", "\u200b", " ", "a" * 4096, "क्या", "حماية", "/", "@stand_in_bot", "zoo", "hello"),
        ]
    ),
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=200),
)


@dataclass
class Stand:
    """A visit in a loop that runs on demand, for many examples one after the other."""

    visit: Visit
    runner: asyncio.Runner

    def handle(self, update: Fields) -> list[str]:
        """Let the bot handle one update; return the methods that it called. Fails on any error or refusal."""
        world = self.visit.world
        world.calls.clear()
        application = self.visit.application
        self.runner.run(application.process_update(Update.de_json(update, application.bot)))
        assert self.visit.errors == []
        refused = [str(error) for _, error in world.refused if "query is too old" not in str(error)]
        assert refused == []
        return self.visit.sent


@pytest.fixture(scope="module")
def stand(garden: Edition) -> Iterator[Stand]:
    """Start one bot for all examples."""
    with asyncio.Runner() as runner:
        visiting = opened(garden, GARDEN)
        visit = runner.run(visiting.__aenter__())
        visit.world.group("Gardeners", visit.anna)
        visit.world.private(visit.anna).started = True
        yield Stand(visit, runner)
        visit.refusals = len(visit.world.refused)
        runner.run(visiting.__aexit__(None, None, None))


def some(of: Fields, limit: int = 3) -> st.SearchStrategy[Fields]:
    """Draw a few fields of a table."""
    return st.lists(st.sampled_from(sorted(of)), max_size=limit, unique=True).map(
        lambda names: {n: of[n] for n in names}
    )


@st.composite
def users(draw: st.DrawFn) -> Fields:
    """Draw Anna with any name and language."""
    user: Fields = {"id": 5000000001, "is_bot": False, "first_name": draw(st.sampled_from(NAMES))}
    language = draw(st.sampled_from(LANGUAGES))
    if language is not None:
        user["language_code"] = language
    if draw(st.booleans()):
        user["last_name"] = draw(st.sampled_from(NAMES))
    return user


@st.composite
def written(draw: st.DrawFn) -> Fields:
    """Draw a text or a caption, with entities anywhere."""
    text = draw(texts)
    units = len(text.encode("utf-16-le")) // 2
    entities = [
        {"type": kind, "offset": offset, "length": draw(st.integers(1, units - offset))}
        for kind, offset in draw(
            st.lists(
                st.tuples(
                    st.sampled_from(["mention", "bot_command", "bold", "url", "text_mention", "brand_new"]),
                    st.integers(0, units - 1),
                ),
                max_size=3,
            )
        )
    ]
    if "@stand_in_bot" in text and draw(st.booleans()):
        entities.append({"type": "mention", "offset": text.index("@"), "length": 13})
    name = draw(st.sampled_from(["text", "caption"]))
    fields: Fields = {name: text, ("entities" if name == "text" else "caption_entities"): entities}
    return fields if name == "text" else {**fields, "photo": CONTENTS["photo"]}


@st.composite
def messages(draw: st.DrawFn, chat: Fields) -> Fields:
    """Draw a message in a chat with any contents and any optional fields."""
    contents = draw(st.one_of(written(), some(CONTENTS, 1), some(SERVICE, 1)))
    message: Fields = {"message_id": draw(st.integers(1, 10**9)), "date": 1_800_000_000, "chat": chat, **contents}
    message |= draw(some(HARMLESS))
    if draw(st.integers(0, 9)):
        message["from"] = draw(users())
    if not draw(st.integers(0, 4)):
        message |= draw(some(DISQUALIFYING, 1))
    if not draw(st.integers(0, 2)):
        message["reply_to_message"] = {
            "message_id": 5,
            "date": 1,
            "chat": chat,
            "from": draw(st.sampled_from([BOT, {"id": 9, "is_bot": False, "first_name": "Ben"}])),
            "text": "x",
        }
    return message


PRIVATE = {"id": 5000000001, "type": "private", "first_name": "Anna"}
GROUP = {"id": -1002000000002, "type": "supergroup", "title": "\u202e<b>"}


def may_be_answered(message: Fields) -> bool:
    """Tell from the outside whether a message can be meant for the bot at all."""
    if "from" not in message or any(name in message for name in DISQUALIFYING):
        return False
    text = message.get("text") or message.get("caption") or ""
    if message["chat"]["type"] == "private":
        return bool(text.strip()) or any(name in message for name in CONTENTS)
    replied = message.get("reply_to_message", {}).get("from") == BOT
    return bool(text.strip()) and (text.startswith("/") or "@stand_in_bot" in text or replied)


many = hypothesis_settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(st.data())
def test_messages_of_any_kind(stand: Stand, data: st.DataObject) -> None:
    """One message at most for each message, and none where none can be wanted."""
    chat = data.draw(st.sampled_from([PRIVATE, {**GROUP, "id": next(iter(_groups(stand)))}]))
    message = data.draw(messages(chat))
    sent = stand.handle({"update_id": 1, "message": message})
    assert sent in ([], ["sendMessage"])
    if not may_be_answered(message):
        assert sent == []
    elif chat is PRIVATE and "new_chat_title" not in message:
        assert sent == ["sendMessage"] or not (message.get("text") or message.get("caption") or "").strip()


def _groups(stand: Stand) -> list[int]:
    return [chat.id for chat in stand.visit.world.state.chats.values() if chat.type == "supergroup"]


@many
@given(
    kind=st.sampled_from(
        [
            *("channel_post", "edited_channel_post", "business_message", "edited_business_message", "edited_message"),
        ]
    ),
    data=st.data(),
)
def test_messages_that_are_not_new_here(stand: Stand, kind: str, data: st.DataObject) -> None:
    """Posts, business chats and edits of what was never answered: nothing happens."""
    message = data.draw(messages({**PRIVATE, "id": 5000000001}))
    message["message_id"] += 10**9
    assert stand.handle({"update_id": 1, kind: message}) == []


MEMBER = {"chat": GROUP, "from": BOT, "date": 1, "new_chat_member": {"status": "member", "user": BOT}}
POLL = {"id": "1", "question": "/start", "options": [], "total_voter_count": 0, "type": "regular"}
FLAGS = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")
ADDRESS = dict.fromkeys(("country_code", "state", "city", "street_line1", "street_line2", "post_code"), "IN")
REACTION = {"old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}
OTHERS: list[Fields] = [
    {},
    {"something_of_next_year": {"text": "/start", "chat": PRIVATE}},
    {"poll": {**POLL, **dict.fromkeys(FLAGS, True)}},
    {"chosen_inline_result": {"result_id": "rose.en", "from": BOT, "query": "help"}},
    {"my_chat_member": {**MEMBER, "old_chat_member": {"status": "left", "user": BOT}}},
    {"message_reaction": {"chat": GROUP, "message_id": 5, "date": 1, **REACTION}},
    {"chat_join_request": {"chat": GROUP, "from": BOT, "user_chat_id": 5000000001, "date": 1}},
    {"deleted_business_messages": {"business_connection_id": "b", "chat": PRIVATE, "message_ids": [1]}},
    {"shipping_query": {"id": "1", "from": BOT, "invoice_payload": "x", "shipping_address": ADDRESS}},
]


@pytest.mark.parametrize("update", OTHERS, ids=lambda update: next(iter(update), "nothing"))
def test_other_updates_are_ignored(stand: Stand, update: Fields) -> None:
    """Also kinds that do not exist yet."""
    assert stand.handle({"update_id": 1, **update}) == []


@many
@given(
    user=users(),
    query=st.one_of(
        texts.map(lambda text: text[:256]), st.sampled_from(["#rose fr", "#rose", "#danger en", "#zoo xx", "#_x"])
    ),
    offset=st.one_of(st.just(""), st.text(max_size=64), st.sampled_from(["1.rose", "15.moss", "999999.tree"])),
    fields=some({"chat_type": "group", "location": CONTENTS["location"], "something_of_next_year": 1}),
)
def test_inline_queries_of_any_kind(stand: Stand, user: Fields, query: str, offset: str, fields: Fields) -> None:
    """Each gets exactly one answer, within all limits (or Telegram would refuse it)."""
    typed = stand.visit.world.type_inline(stand.visit.anna, query, offset)
    stand.visit.world.state.inline_queries[typed.id] = typed
    update = {"id": typed.id, "from": user, "query": query, "offset": offset, **fields}
    assert stand.handle({"update_id": 1, "inline_query": update}) == ["answerInlineQuery"]


callback_data = st.one_of(
    st.text(min_size=1, max_size=64),
    st.from_regex(r"1(en|fr|xx)\+?:[a-z][A-Za-z0-9._:-]{0,40}", fullmatch=True),
)


@many
@given(user=users(), data=callback_data, fields=some({"game_short_name": "x", "something_of_next_year": 1}))
def test_buttons_of_any_kind(stand: Stand, user: Fields, data: str, fields: Fields) -> None:
    """Each is acknowledged once; at most one message is changed or sent."""
    world = stand.visit.world
    private = world.private(stand.visit.anna)
    message = world.state.post(private, world.bot, text="card")
    callback = world.press(stand.visit.anna, message, data)
    update = {
        "id": callback.id,
        "from": user,
        "message": message.payload(),
        "chat_instance": "1",
        "data": data,
        **fields,
    }
    sent = stand.handle({"update_id": 1, "callback_query": update})
    assert sent.count("answerCallbackQuery") == 1
    assert sent in (
        ["answerCallbackQuery"],
        ["editMessageText", "answerCallbackQuery"],
        ["sendMessage", "answerCallbackQuery"],
    )


def test_a_button_without_data_is_acknowledged(stand: Stand) -> None:
    """A game's button, or one of a message that Telegram does not name."""
    user = {"id": 5000000001, "is_bot": False, "first_name": "Anna"}
    for fields in ({"game_short_name": "x"}, {"inline_message_id": "i", "data": "1en:srose"}):
        update = {"id": "1", "from": user, "chat_instance": "1", **fields}
        assert stand.handle({"update_id": 1, "callback_query": update}) == ["answerCallbackQuery"]
