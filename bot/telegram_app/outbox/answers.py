"""Answers: what Telegram can have said, told from what a proxy, a cut connection or a fault between has made of it.

Only Telegram's own JSON is believed, in the form that the Bot API promises for the call: a page with the status 404 is
no refused token, and no result is no message. All else is a failure like a cut connection, and repeated as long.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from telegram import BotCommand, BotDescription, BotShortDescription, User, WebhookInfo
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram.request import RequestData

OK = 200
LARGEST_ID = 1 << 53
"""No id of Telegram's is beyond it (Bot API: at most 52 significant bits)."""


class OddAnswer(NetworkError):  # noqa: N818  (it says what came)
    """Something that Telegram cannot have said."""


class TelegramRequest(HTTPXRequest):
    """Makes calls of the Bot API over HTTP. Raises OddAnswer where the answer is not Telegram's."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,  # noqa: ANN401  (of no interest here)
        **more: Any,  # noqa: ANN401  (same)
    ) -> tuple[int, bytes]:
        """Return the status and a body that python-telegram-bot can read; see ``BaseRequest.do_request``."""
        return checked(url, *await super().do_request(url, method, request_data, *timeouts, **more))


def checked(url: str, status: int, body: bytes) -> tuple[int, bytes]:
    """Return the status and the body of an answer, or what is needed of it; raise OddAnswer if it is not Telegram's."""
    try:
        return status, believed(url.rpartition("/")[2], status, json.loads(body), body)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, OverflowError) as odd:
        # Neither here nor by the library is anything of the body written anywhere.
        raise OddAnswer(f"an answer that is not Telegram's ({status}, {len(body)} bytes)") from odd


def believed(endpoint: str, status: int, answer: Any, body: bytes) -> bytes:  # noqa: ANN401  (JSON of any kind)
    """Return ``body``, or what is needed of it. Raises ValueError, or what reading odd JSON raises, if it is odd."""
    if answer["ok"] is True:
        _require(status == OK)
        result = answer["result"]
        _RESULTS.get(endpoint, _done)(result)
        if endpoint in _MESSAGES and isinstance(result, dict):
            # The rest is what the bot has sent itself: it need not be read, and so cannot be odd.
            return json.dumps({"ok": True, "result": {name: result[name] for name in _NEEDED}}).encode()
        return body
    _require(answer["ok"] is False and answer["error_code"] == status and isinstance(answer["description"], str))
    parameters = answer.get("parameters", {})
    _require(is_number(parameters.get("retry_after", 0)) and _is_id(parameters.get("migrate_to_chat_id", 0)))
    return body


def is_number(value: object) -> bool:
    """Tell whether this can be a number of an update or a message: Telegram counts them upwards."""
    return type(value) is int and 0 <= value < LARGEST_ID


def _is_id(value: object) -> bool:
    return type(value) is int and -LARGEST_ID < value < LARGEST_ID


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError


def _done(result: Any) -> None:  # noqa: ANN401
    _require(result is True)


def _message(result: Any) -> None:  # noqa: ANN401
    chat = result["chat"]
    _require(is_number(result["message_id"]) and is_number(result["date"]))
    _require(_is_id(chat["id"]) and isinstance(chat["type"], str))


def _edited(result: Any) -> None:  # noqa: ANN401
    if result is not True:  # as for an inline message
        _message(result)


def _guest(result: Any) -> None:  # noqa: ANN401
    _require(isinstance(result["inline_message_id"], str))


def _updates(result: Any) -> None:  # noqa: ANN401
    _require(isinstance(result, list))  # of which polling takes what can be an update, whatever stands beside it


def _me(result: Any) -> None:  # noqa: ANN401
    _require(is_number(result["id"]) and result["is_bot"] is True and isinstance(result["username"], str))
    User.de_json(result, None)


def _webhook(result: Any) -> None:  # noqa: ANN401
    _require(isinstance(result["url"], str) and is_number(result["pending_update_count"]))
    _require(isinstance(result.get("last_error_message", ""), str) and is_number(result.get("last_error_date", 0)))
    WebhookInfo.de_json(result, None)


def _commands(result: Any) -> None:  # noqa: ANN401
    _require(isinstance(result, list))
    _require(all(isinstance(each[name], str) for each in result for name in ("command", "description")))
    BotCommand.de_list(result, None)


def _description(result: Any) -> None:  # noqa: ANN401
    _require(isinstance(result["description"], str))
    BotDescription.de_json(result, None)


def _short_description(result: Any) -> None:  # noqa: ANN401
    _require(isinstance(result["short_description"], str))
    BotShortDescription.de_json(result, None)


_MESSAGES = {"sendMessage", "editMessageText", "editMessageReplyMarkup"}
_NEEDED = ("message_id", "date", "chat")

_RESULTS: Mapping[str, Callable[[Any], None]] = {
    "getUpdates": _updates,
    "getMe": _me,
    "getWebhookInfo": _webhook,
    "getMyCommands": _commands,
    "getMyDescription": _description,
    "getMyShortDescription": _short_description,
    "sendMessage": _message,
    "editMessageText": _edited,
    "editMessageReplyMarkup": _edited,
    "answerGuestQuery": _guest,
}
"""By endpoint what looks at a result; of all others that the bot calls it is True."""
