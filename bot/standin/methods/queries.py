"""The methods that answer buttons, inline queries and guest messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.standin.methods.messages import text_of
from bot.standin.rules import keyboard, limits
from bot.standin.rules.refusal import bad_request
from bot.standin.state import InlineAnswer, InlineResult

if TYPE_CHECKING:
    from bot.standin.methods.messages import Parameters
    from bot.standin.state import State

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_START_PARAMETER = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.START_PARAMETER}}}\Z")


def answer_callback_query(state: State, given: Parameters) -> bool:
    """Answer a tap on a button; answering again changes nothing."""
    text = given.get("text", "")
    if len(text) > limits.TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    callback = state.callbacks.get(given["callback_query_id"])
    if callback is None or state.clock() > callback.at + limits.LIFETIME["callback_query"]:
        raise bad_request(TOO_OLD)
    if given.get("url"):
        raise bad_request("URL_INVALID")  # only games and links to the bot itself may open one
    if not callback.answered:
        callback.answered, callback.toast, callback.alert = True, text, given.get("show_alert", False)
    return True


def answer_inline_query(state: State, given: Parameters) -> bool:
    """Answer an inline query, and cache the answer for others who type the same."""
    if len(given["results"]) > limits.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(_result(result) for result in given["results"])
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(given.get("next_offset", "").encode()) > limits.INLINE_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = given.get("button")
    if button is not None:
        _check_button(button)
    cache_time = given.get("cache_time", limits.INLINE_CACHE)
    if cache_time < 0:
        raise bad_request("cache_time must be non-negative")
    query = state.inline_queries.get(given["inline_query_id"])
    now = state.clock()
    if query is None or now > query.at + limits.LIFETIME["inline_query"]:
        raise bad_request(TOO_OLD)
    personal = given.get("is_personal", False)
    query.answer = InlineAnswer(results, given.get("next_offset", ""), button, cache_time, personal)
    if cache_time:
        state.inline_cache[query.query, query.offset, query.user.id if personal else None] = (
            now + cache_time,
            query.answer,
        )
    return True


def answer_guest_query(state: State, given: Parameters) -> dict[str, Any]:
    """Answer a guest message: the result is posted where the bot was called."""
    result = _result(given["result"])
    guest = state.guests.get(given["guest_query_id"])
    if guest is None or guest.answer is not None or state.clock() > guest.at + limits.LIFETIME["inline_query"]:
        raise bad_request(TOO_OLD)
    inline_id = state.identifier()
    guest.answer = state.post(
        guest.message.chat,
        state.bot,
        text=result.text,
        entities=result.entities,
        keyboard=result.keyboard,
        preview=result.preview,
        inline_id=inline_id,
    )
    state.inline_messages[inline_id] = guest.answer
    return {"inline_message_id": inline_id}


def _result(given: Parameters) -> InlineResult:
    if not 0 < len(given["id"].encode()) <= limits.RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not given["title"].strip():
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = given["input_message_content"]
    text, entities = text_of(content["message_text"], content.get("parse_mode"))
    return InlineResult(
        given["id"],
        given["title"],
        given.get("description", ""),
        text,
        entities,
        keyboard.checked(given.get("reply_markup")),
        content.get("link_preview_options"),
    )


def _check_button(button: Parameters) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse inline query results button: Text must be non-empty")
    if not _START_PARAMETER.match(button.get("start_parameter", "")):
        raise bad_request("START_PARAM_INVALID")
