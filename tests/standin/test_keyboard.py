"""Inline keyboards."""

from __future__ import annotations

from typing import Any

import pytest

from bot.standin.rules import keyboard
from bot.standin.rules.refusal import ApiError


def _button(**fields: Any) -> dict[str, Any]:  # noqa: ANN401  (fields of the Bot API)
    return {"inline_keyboard": [[{"text": "x", **fields}]]}


@pytest.mark.parametrize(
    "markup",
    [
        _button(callback_data="é" * 32),
        _button(url="https://example.org/a?b=c#d"),
        _button(url="example.org"),
        _button(url="tg://user?id=1"),
        _button(switch_inline_query=""),
        _button(switch_inline_query_current_chat="x" * 256),
        _button(switch_inline_query_chosen_chat={"query": "x", "allow_user_chats": True}),
        _button(copy_text={"text": "116 111"}),
        _button(callback_data="x", style="danger"),
        {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 8] * 12},
    ],
)
def test_allowed(markup: dict[str, Any]) -> None:
    """What Telegram takes is taken as it is."""
    assert keyboard.checked(markup) == markup["inline_keyboard"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (_button(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (_button(callback_data=""), "BUTTON_DATA_INVALID"),
        (_button(), "Text buttons are unallowed"),
        (_button(callback_data="x", url="https://example.org"), "exactly one action"),
        (_button(text=" ", callback_data="x"), "Text must be non-empty"),
        (_button(url="javascript:alert(1)"), "Wrong HTTP URL"),
        (_button(url="https://"), "Wrong HTTP URL"),
        (_button(url="https://example.org/a b"), "Wrong HTTP URL"),
        (_button(callback_data="x", style="pink"), "invalid button style"),
        (_button(copy_text={"text": ""}), "COPY_TEXT"),
        (_button(switch_inline_query="x" * 257), "SWITCH_INLINE_QUERY"),
        (_button(switch_inline_query_chosen_chat={"query": "x"}), "At least one chat type"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "in a row"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "more than 100"),
    ],
)
def test_refused(markup: dict[str, Any], reason: str) -> None:
    """Each rule broken is a 400 that says which."""
    with pytest.raises(ApiError, match=reason):
        keyboard.checked(markup)


def test_nothing_to_tap_is_no_keyboard() -> None:
    """Empty rows are left out, and a keyboard without buttons is none."""
    assert keyboard.checked({"inline_keyboard": [[]]}) is None
    assert keyboard.checked(None) is None
