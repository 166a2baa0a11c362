"""Which answers are Telegram's own, and which something between has made up."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.telegram_app.outbox.answers import LARGEST_ID, OddAnswer, TelegramRequest, believed, is_number

MESSAGE = {"message_id": 3, "date": 1, "chat": {"id": -5, "type": "group"}, "text": "what the bot wrote"}
ME = {"id": 1, "is_bot": True, "first_name": "B", "username": "b_bot"}
COMMAND = {"command": "help", "description": "Help"}
ODD = (KeyError, TypeError, ValueError, AttributeError)

RIGHT: dict[str, list[Any]] = {
    "getUpdates": [[], [{"update_id": 1}], ["odd, and passed over later"]],
    "getMe": [ME],
    "getWebhookInfo": [
        {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
        {
            "url": "x",
            "has_custom_certificate": False,
            "pending_update_count": 0,
            "last_error_message": "e",
            "last_error_date": 1,
        },
    ],
    "getMyCommands": [[], [COMMAND]],
    "getMyDescription": [{"description": ""}],
    "getMyShortDescription": [{"short_description": "x"}],
    "sendMessage": [MESSAGE],
    "editMessageText": [MESSAGE, True],
    "editMessageReplyMarkup": [MESSAGE, True],
    "answerGuestQuery": [{"inline_message_id": "x"}],
    "answerCallbackQuery": [True],
}
WRONG: dict[str, list[Any]] = {
    "getUpdates": [None, {}, "x", True],
    "getMe": [None, {}, {**ME, "id": "1"}, {**ME, "is_bot": False}, {**ME, "username": None}, [ME]],
    "getWebhookInfo": [
        None,
        {"url": None, "pending_update_count": 0},
        {"url": "", "has_custom_certificate": False, "pending_update_count": -1},
        {"url": "", "has_custom_certificate": False, "pending_update_count": 0, "last_error_message": 5},
        {"url": "", "has_custom_certificate": False, "pending_update_count": 0, "last_error_date": "x"},
        {"url": "", "pending_update_count": 0},
    ],
    "getMyCommands": [None, {}, [None], [{**COMMAND, "command": 1}], [{**COMMAND, "description": None}]],
    "getMyDescription": [None, {}, {"description": 1}],
    "getMyShortDescription": [None, {"description": "x"}, {"short_description": []}],
    "sendMessage": [
        None,
        True,
        {},
        {**MESSAGE, "message_id": "3"},
        {**MESSAGE, "message_id": True},
        {**MESSAGE, "date": None},
        {**MESSAGE, "chat": None},
        {**MESSAGE, "chat": {"id": "x", "type": "group"}},
        {**MESSAGE, "chat": {"id": 2 * LARGEST_ID, "type": "group"}},
        {**MESSAGE, "chat": {"id": -LARGEST_ID, "type": "group"}},
        {**MESSAGE, "chat": {"id": 5}},
    ],
    "editMessageText": [None, False, {}, 1],
    "answerGuestQuery": [None, True, {"inline_message_id": 1}],
    "answerCallbackQuery": [None, False, {}, 1],
}


def _body(answer: Any) -> bytes:  # noqa: ANN401  (JSON of any kind)
    return json.dumps(answer).encode()


@pytest.mark.parametrize(("endpoint", "result"), [(one, each) for one, every in RIGHT.items() for each in every])
def test_a_result_in_the_form_that_telegram_promises_is_believed(endpoint: str, result: Any) -> None:  # noqa: ANN401
    """As it is; of what the bot has sent itself only what is needed."""
    answer = {"ok": True, "result": result}
    read = json.loads(believed(endpoint, 200, answer, _body(answer)))
    if isinstance(result, dict) and "text" in result:
        answer = {"ok": True, "result": {name: result[name] for name in ("message_id", "date", "chat")}}
    assert read == answer


@pytest.mark.parametrize(("endpoint", "result"), [(one, each) for one, every in WRONG.items() for each in every])
def test_a_result_of_another_form_is_not(endpoint: str, result: Any) -> None:  # noqa: ANN401
    """Whatever a proxy makes of an answer: no result is no message."""
    answer = {"ok": True, "result": result}
    with pytest.raises(ODD):
        believed(endpoint, 200, answer, _body(answer))


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (201, {"ok": True, "result": True}),
        (404, {"ok": True, "result": True}),
        (404, {"ok": False, "error_code": 401, "description": "x"}),
        (404, {"ok": False, "error_code": 404}),
        (404, {"ok": False, "error_code": 404, "description": None}),
        (404, {"ok": None, "error_code": 404, "description": "x"}),
        (404, {"error": "not found"}),
        (404, "not found"),
        (429, {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": "1"}}),
        (429, {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": -1}}),
        (400, {"ok": False, "error_code": 400, "description": "x", "parameters": {"migrate_to_chat_id": "x"}}),
        (400, {"ok": False, "error_code": 400, "description": "x", "parameters": []}),
    ],
)
def test_a_refusal_that_telegram_would_not_put_so_is_not_believed(status: int, answer: Any) -> None:  # noqa: ANN401
    """A page with the status 404, in JSON or not, is no refused token."""
    with pytest.raises(ODD):
        believed("answerCallbackQuery", status, answer, _body(answer))


@pytest.mark.parametrize(
    "parameters", [{}, {"parameters": {"retry_after": 5}}, {"parameters": {"migrate_to_chat_id": -100}}]
)
def test_telegrams_own_refusal_is_believed(parameters: dict[str, Any]) -> None:
    """With what it says to wait, or where the group is now."""
    answer = {"ok": False, "error_code": 400, "description": "x", **parameters}
    assert json.loads(believed("sendMessage", 400, answer, _body(answer))) == answer


@pytest.mark.parametrize(
    ("value", "holds"),
    [(0, True), (LARGEST_ID - 1, True), (LARGEST_ID, False), (-1, False), (True, False), ("1", False), (1.0, False)],
)
def test_numbers_that_telegram_counts(value: object, holds: bool) -> None:
    """Whole ones from nought on, of at most 52 bits."""
    assert is_number(value) is holds


@pytest.mark.parametrize("body", [b"<html>", b'{"ok": true', b"[" * 100_000, b'{"ok": true, "result": null}'])
async def test_what_is_odd_is_a_failure_like_a_cut_connection(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exception has the status and the length, and nothing of the body."""

    async def answered(*_: object, **__: object) -> tuple[int, bytes]:
        return 200, body

    monkeypatch.setattr(TelegramRequest.__base__, "do_request", answered)
    with pytest.raises(OddAnswer, match=rf"\(200, {len(body)} bytes\)"):
        await TelegramRequest().do_request("https://x/bot1:x/sendMessage", "POST")
