"""The table of parameters: what it says is what the Bot API says, and what it does not list is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import constants

from bot.standin import updates
from bot.standin.methods import messages
from bot.standin.rules import formatting, keyboard, limits, parameters
from bot.standin.rules.refusal import ApiError
from bot.standin.world import CALLS

BOT_API = os.environ.get("BOT_API_JSON", "")
"""A machine-readable copy of the Bot API, where there is one."""

NARROWED = {"reply_markup", "chat_id"}
"""Parameters of which the stand-in takes fewer kinds than Telegram."""


def _spec(fields: list[dict[str, Any]]) -> dict[str, tuple[set[str], bool]]:
    return {field["name"]: ({_written(kind) for kind in field["types"]}, field["required"]) for field in fields}


def _written(kind: str) -> str:
    while kind.startswith("Array of "):
        return f"[{_written(kind.removeprefix('Array of '))}]"
    return kind


@pytest.mark.skipif(not BOT_API, reason="BOT_API_JSON names no machine-readable Bot API")
def test_the_table_is_the_bot_api() -> None:
    """Each method and object has exactly the types and requirements that the Bot API gives it."""
    spec = json.loads(Path(BOT_API).read_text(encoding="utf-8"))
    tables = [(parameters.METHODS, spec["methods"]), (parameters.OBJECTS, spec["types"])]
    for table, owners in tables:
        for owner, fields in table.items():
            known = _spec(owners[owner].get("fields", []))
            for name, kind in fields.items():
                types, required = known[name]
                ours = set(kind.removesuffix("!").split("|"))
                assert ours <= types if name in NARROWED else ours == types, (owner, name)
                assert kind.endswith("!") == required, (owner, name)
            assert {name for name, (_, required) in known.items() if required} <= set(fields), owner
    assert limits.LIFETIME.keys() <= {field["name"] for field in spec["types"]["Update"]["fields"]}


def test_every_method_is_called() -> None:
    """The table lists exactly the methods that the world answers."""
    assert parameters.METHODS.keys() == CALLS.keys()


def test_limits_are_those_of_the_library() -> None:
    """Each limit that python-telegram-bot names has the same value there."""
    pairs = [
        (limits.TEXT, constants.MessageLimit.MAX_TEXT_LENGTH),
        (limits.CALLBACK_DATA, constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA),
        (limits.COPY_TEXT, constants.InlineKeyboardButtonLimit.MAX_COPY_TEXT),
        (limits.BUTTONS, constants.InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER),
        (limits.BUTTONS_PER_ROW, constants.InlineKeyboardMarkupLimit.BUTTONS_PER_ROW),
        (limits.TOAST, constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH),
        (limits.INLINE_QUERY, constants.InlineQueryLimit.MAX_QUERY_LENGTH),
        (limits.INLINE_RESULTS, constants.InlineQueryLimit.RESULTS),
        (limits.INLINE_OFFSET, constants.InlineQueryLimit.MAX_OFFSET_LENGTH),
        (limits.RESULT_ID, constants.InlineQueryResultLimit.MAX_ID_LENGTH),
        (limits.START_PARAMETER, constants.InlineQueryResultsButtonLimit.MAX_START_PARAMETER_LENGTH),
        (limits.COMMANDS, constants.BotCommandLimit.MAX_COMMAND_NUMBER),
        (limits.COMMAND, constants.BotCommandLimit.MAX_COMMAND),
        (limits.COMMAND_DESCRIPTION, constants.BotCommandLimit.MAX_DESCRIPTION),
        (limits.NAME, constants.BotNameLimit.MAX_NAME_LENGTH),
        (limits.DESCRIPTION, constants.BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
        (limits.SHORT_DESCRIPTION, constants.BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
        (limits.UPDATES, constants.PollingLimit.MAX_LIMIT),
        (limits.WEBHOOK_CONNECTIONS, constants.WebhookLimit.MAX_CONNECTIONS_LIMIT),
        (limits.WEBHOOK_SECRET, constants.WebhookLimit.MAX_SECRET_TOKEN_LENGTH),
        (limits.FLOOD_CHAT, constants.FloodLimit.MESSAGES_PER_SECOND_PER_CHAT),
        (limits.FLOOD_GROUP, constants.FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP),
        (limits.FLOOD_OVERALL, constants.FloodLimit.MESSAGES_PER_SECOND),
    ]
    assert [ours for ours, _ in pairs] == [int(theirs) for _, theirs in pairs]


def test_names_are_those_of_the_library() -> None:
    """Chat actions, button styles, kinds of update and of entity are among those of python-telegram-bot."""
    assert set(constants.ChatAction) == messages.ACTIONS
    assert set(constants.KeyboardButtonStyle) == keyboard.STYLES
    assert set(constants.UpdateType) > updates.NOT_BY_DEFAULT
    assert set(constants.MessageEntityType) > set(formatting.TAGS.values())


@pytest.mark.parametrize(
    ("method", "given", "reason"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, "sendMessage has no field 'colour'"),
        ("sendMessage", {"chat_id": 1}, "sendMessage needs the field 'text'"),
        ("sendMessage", {"chat_id": "one", "text": "x"}, "can't parse sendMessage.chat_id"),
        ("sendMessage", {"chat_id": True, "text": "x"}, "sendMessage.chat_id must be of type Integer"),
        ("sendMessage", {"chat_id": 2**70, "text": "x"}, "sendMessage.chat_id must be of type Integer"),
        ("sendMessage", {"chat_id": 1, "text": 5}, "sendMessage.text must be of type String"),
        ("sendMessage", {"chat_id": 1, "text": "\ud800"}, "strings must be encoded in UTF-8"),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "maybe"}, "can't parse"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": "[]"}, "sendMessage.reply_markup must be an obj"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": '{"keyboard": []}'}, "has no field 'keyboard'"),
        ("getUpdates", {"limit": "1.5"}, "getUpdates.limit must be of type Integer"),
        ("getUpdates", {"allowed_updates": '"message"'}, "getUpdates.allowed_updates must be an array"),
        ("getUpdates", {"allowed_updates": "[1]"}, "getUpdates.allowed_updates[0] must be of type String"),
        ("setMyCommands", {"commands": [], "scope": {"type": "world"}}, "setMyCommands.scope has a type"),
    ],
)
def test_what_is_wrong_is_refused(method: str, given: dict[str, Any], reason: str) -> None:
    """A parameter that is unknown, missing, of the wrong type or malformed gets a 400 that names it."""
    with pytest.raises(ApiError) as caught:
        parameters.read(method, given)
    assert caught.value.code == 400
    assert reason in caught.value.description


@given(st.integers(-(2**52), 2**52), st.text(min_size=1), st.booleans())
def test_a_form_says_the_same_as_json(chat: int, text: str, silent: bool) -> None:
    """Values mean the same as JSON and as the text of a form; texts are never taken for JSON."""
    values = {"chat_id": chat, "text": text, "disable_notification": silent}
    form = {"chat_id": str(chat), "text": text, "disable_notification": json.dumps(silent)}
    assert parameters.read("sendMessage", form) == parameters.read("sendMessage", values) == values
