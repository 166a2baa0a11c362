"""The rules for inline keyboards."""

from __future__ import annotations

import re
from typing import Any

from bot.standin.rules import limits
from bot.standin.rules.refusal import bad_request

STYLES = frozenset({"primary", "success", "danger"})
_NOT_ACTIONS = frozenset({"text", "style"})
_ADDRESS = re.compile(r"(?:https?://[^\s/?#]+\S*|tg://\S+|(?:[\w-]+\.)+\w{2,}(?:[/?#]\S*)?)\Z", re.IGNORECASE)


def checked(markup: dict[str, Any] | None) -> list[list[dict[str, Any]]] | None:
    """Return the rows of a keyboard, empty rows left out; None for no buttons. Raises ApiError for a wrong one."""
    if markup is None:
        return None
    rows: list[list[dict[str, Any]]] = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        if len(row) > limits.BUTTONS_PER_ROW:
            raise bad_request(f"reply markup is too long: more than {limits.BUTTONS_PER_ROW} buttons in a row")
        for button in row:
            _check(button)
    if sum(map(len, rows)) > limits.BUTTONS:
        raise bad_request(f"reply markup is too long: more than {limits.BUTTONS} buttons")
    return rows or None


def _check(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    actions = [name for name in button if name not in _NOT_ACTIONS]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: exactly one action per button, not {actions}")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    _check_action(actions[0], button[actions[0]])


def _check_action(action: str, value: Any) -> None:  # noqa: ANN401  (a text or an object, by the action)
    if action == "callback_data" and not 0 < len(value.encode()) <= limits.CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not _ADDRESS.match(value):
        raise bad_request(f"inline keyboard button URL {value!r} is invalid: Wrong HTTP URL")
    if action == "copy_text" and not 0 < len(value["text"]) <= limits.COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action.startswith("switch_inline_query"):
        query = value.get("query", "") if isinstance(value, dict) else value
        if len(query) > limits.INLINE_QUERY:
            raise bad_request("BUTTON_SWITCH_INLINE_QUERY_INVALID: longer than an inline query can be")
        if isinstance(value, dict) and not any(on for name, on in value.items() if name.startswith("allow_")):
            raise bad_request("can't parse inline keyboard button: At least one chat type must be allowed")
