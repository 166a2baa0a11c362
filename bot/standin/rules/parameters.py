"""The parameters of each method and the fields of each object, with their types: what is not listed is refused.

A small table by the Bot API (version 10.1), of what a bot like this one calls. Types are written as the Bot API
names them, ``[X]`` for an array of X, ``X|Y`` for either, and a final ``!`` where the value is required.
"""

from __future__ import annotations

import json
from typing import Any

from bot.standin.rules.refusal import ApiError, bad_request

_LANGUAGE = {"language_code": "String"}
_MESSAGE = {"chat_id": "Integer|String", "message_id": "Integer", "inline_message_id": "String"}
_TEXT = {"parse_mode": "String", "link_preview_options": "LinkPreviewOptions"}

METHODS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {"offset": "Integer", "limit": "Integer", "timeout": "Integer", "allowed_updates": "[String]"},
    "setWebhook": {
        "url": "String!",
        "max_connections": "Integer",
        "allowed_updates": "[String]",
        "drop_pending_updates": "Boolean",
        "secret_token": "String",
    },
    "deleteWebhook": {"drop_pending_updates": "Boolean"},
    "getWebhookInfo": {},
    "sendMessage": {
        "chat_id": "Integer|String!",
        "message_thread_id": "Integer",
        "text": "String!",
        **_TEXT,
        "disable_notification": "Boolean",
        "protect_content": "Boolean",
        "reply_parameters": "ReplyParameters",
        "reply_markup": "InlineKeyboardMarkup",
    },
    "editMessageText": {**_MESSAGE, "text": "String", **_TEXT, "reply_markup": "InlineKeyboardMarkup"},
    "editMessageReplyMarkup": {**_MESSAGE, "reply_markup": "InlineKeyboardMarkup"},
    "sendChatAction": {"chat_id": "Integer|String!", "message_thread_id": "Integer", "action": "String!"},
    "leaveChat": {"chat_id": "Integer|String!"},
    "answerCallbackQuery": {
        "callback_query_id": "String!",
        "text": "String",
        "show_alert": "Boolean",
        "url": "String",
        "cache_time": "Integer",
    },
    "answerInlineQuery": {
        "inline_query_id": "String!",
        "results": "[InlineQueryResult]!",
        "cache_time": "Integer",
        "is_personal": "Boolean",
        "next_offset": "String",
        "button": "InlineQueryResultsButton",
    },
    "answerGuestQuery": {"guest_query_id": "String!", "result": "InlineQueryResult!"},
    "setMyCommands": {"commands": "[BotCommand]!", "scope": "BotCommandScope", **_LANGUAGE},
    "getMyCommands": {"scope": "BotCommandScope", **_LANGUAGE},
    "deleteMyCommands": {"scope": "BotCommandScope", **_LANGUAGE},
    "setMyName": {"name": "String", **_LANGUAGE},
    "getMyName": _LANGUAGE,
    "setMyDescription": {"description": "String", **_LANGUAGE},
    "getMyDescription": _LANGUAGE,
    "setMyShortDescription": {"short_description": "String", **_LANGUAGE},
    "getMyShortDescription": _LANGUAGE,
}

OBJECTS: dict[str, dict[str, str]] = {
    "InlineKeyboardMarkup": {"inline_keyboard": "[[InlineKeyboardButton]]!"},
    "InlineKeyboardButton": {
        "text": "String!",
        "style": "String",
        "url": "String",
        "callback_data": "String",
        "switch_inline_query": "String",
        "switch_inline_query_current_chat": "String",
        "switch_inline_query_chosen_chat": "SwitchInlineQueryChosenChat",
        "copy_text": "CopyTextButton",
    },
    "SwitchInlineQueryChosenChat": {
        "query": "String",
        "allow_user_chats": "Boolean",
        "allow_bot_chats": "Boolean",
        "allow_group_chats": "Boolean",
        "allow_channel_chats": "Boolean",
    },
    "CopyTextButton": {"text": "String!"},
    "LinkPreviewOptions": {
        "is_disabled": "Boolean",
        "url": "String",
        "prefer_small_media": "Boolean",
        "prefer_large_media": "Boolean",
        "show_above_text": "Boolean",
    },
    "ReplyParameters": {
        "message_id": "Integer!",
        "chat_id": "Integer|String",
        "allow_sending_without_reply": "Boolean",
    },
    "InlineQueryResultArticle": {
        "type": "String!",
        "id": "String!",
        "title": "String!",
        "input_message_content": "InputMessageContent!",
        "reply_markup": "InlineKeyboardMarkup",
        "url": "String",
        "description": "String",
        "thumbnail_url": "String",
        "thumbnail_width": "Integer",
        "thumbnail_height": "Integer",
    },
    "InputTextMessageContent": {"message_text": "String!", **_TEXT},
    "InlineQueryResultsButton": {"text": "String!", "start_parameter": "String"},
    "BotCommand": {"command": "String!", "description": "String!"},
    "BotCommandScopeDefault": {"type": "String!"},
    "BotCommandScopeAllPrivateChats": {"type": "String!"},
    "BotCommandScopeAllGroupChats": {"type": "String!"},
    "BotCommandScopeAllChatAdministrators": {"type": "String!"},
    "BotCommandScopeChat": {"type": "String!", "chat_id": "Integer|String!"},
    "BotCommandScopeChatAdministrators": {"type": "String!", "chat_id": "Integer|String!"},
    "BotCommandScopeChatMember": {"type": "String!", "chat_id": "Integer|String!", "user_id": "Integer!"},
}

VARIANTS: dict[str, dict[str, str]] = {
    "InlineQueryResult": {"article": "InlineQueryResultArticle"},
    "BotCommandScope": {
        "default": "BotCommandScopeDefault",
        "all_private_chats": "BotCommandScopeAllPrivateChats",
        "all_group_chats": "BotCommandScopeAllGroupChats",
        "all_chat_administrators": "BotCommandScopeAllChatAdministrators",
        "chat": "BotCommandScopeChat",
        "chat_administrators": "BotCommandScopeChatAdministrators",
        "chat_member": "BotCommandScopeChatMember",
    },
}
"""Objects that come in several kinds, told by their ``type``."""

SYNONYMS = {"InputMessageContent": "InputTextMessageContent"}
"""Objects that come in several kinds, of which one is modelled."""

_SIMPLE = ("Integer", "Boolean", "String")
_INTEGER_BITS = 64


def read(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of a call with their values typed.

    Values may come as JSON or as the text of a form, in which objects are JSON. Raises ApiError: 404 for a method
    that is not modelled; 400 for a parameter that is unknown, missing or of a wrong type. Telegram itself overlooks
    unknown parameters and reads a malformed number as 0; a stand-in that did so would hide mistakes.
    """
    if method not in METHODS:
        raise ApiError(404, "Not Found")
    return _fields(method, METHODS[method], given, from_text=True)


def _fields(owner: str, table: dict[str, str], given: dict[str, Any], *, from_text: bool = False) -> dict[str, Any]:
    unknown = sorted(set(given) - set(table))
    if unknown:
        raise bad_request(f"{owner} has no field {unknown[0]!r} in this stand-in for Telegram")
    values: dict[str, Any] = {}
    for name, kind in table.items():
        if name in given:
            values[name] = _value(f"{owner}.{name}", kind.removesuffix("!"), given[name], from_text=from_text)
        elif kind.endswith("!"):
            raise bad_request(f"{owner} needs the field {name!r}")
    return values


def _value(place: str, kind: str, value: Any, *, from_text: bool) -> Any:  # noqa: ANN401  (JSON is any type)
    if "|" in kind:
        return _number_or_name(place, value)
    if from_text and isinstance(value, str) and kind != "String":
        value = _from_text(place, value)
    if kind in _SIMPLE:
        return _simple(place, kind, value)
    if kind.startswith("["):
        if not isinstance(value, list):
            raise bad_request(f"{place} must be an array")
        return [_value(f"{place}[{n}]", kind[1:-1], item, from_text=False) for n, item in enumerate(value)]
    if not isinstance(value, dict):
        raise bad_request(f"{place} must be an object")
    if kind in VARIANTS:
        variant = VARIANTS[kind].get(str(value.get("type")))
        if variant is None:
            raise bad_request(f"{place} has a type that is unknown here: {value.get('type')!r}")
        kind = variant
    kind = SYNONYMS.get(kind, kind)
    return _fields(kind, OBJECTS[kind], value)


def _from_text(place: str, text: str) -> Any:  # noqa: ANN401  (JSON is any type)
    try:
        return json.loads(text.lower() if text in {"True", "False"} else text)
    except ValueError:
        raise bad_request(f"can't parse {place}: not JSON") from None


def _simple(place: str, kind: str, value: Any) -> Any:  # noqa: ANN401  (JSON is any type)
    right = {
        "Integer": isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < _INTEGER_BITS,
        "Boolean": isinstance(value, bool),
        "String": isinstance(value, str),
    }[kind]
    if not right:
        raise bad_request(f"{place} must be of type {kind}")
    if isinstance(value, str) and not _is_utf8(value):
        raise bad_request("strings must be encoded in UTF-8")
    return value


def _number_or_name(place: str, value: Any) -> int | str:  # noqa: ANN401  (JSON is any type)
    """Read a chat: its number, or its public name with an @ in front."""
    if isinstance(value, str) and not value.startswith("@"):
        value = _from_text(place, value)
    if isinstance(value, str):
        return value
    number: int = _simple(place, "Integer", value)
    return number


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
