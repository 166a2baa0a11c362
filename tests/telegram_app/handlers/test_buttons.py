"""Buttons under bad conditions: forged, old, pressed twice, under messages that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.replies.reply import Show
from bot.telegram_app.views.callbacks import Press, encode

if TYPE_CHECKING:
    from tests.telegram_app.conftest import Visit

GONE = "This entry is no longer here. Please ask again, or look through the list."


@pytest.mark.parametrize(
    "data",
    [
        "x",
        "1",
        "1en",
        "1en:",
        "1en:z",
        "0en:srose",
        "9en:srose",
        "1en:s",
        "1en:sno-such-entry",
        "1en:srose:q",
        "1en:cAAAAA",
        "1en:cAAAA",
        "1en:dAAAAAAAAAAAA",
        "1en:btopic.-1",
        "1en:hindia",
        "💥" * 16,
        "\u202e1en:srose",
        "1en:q ",
    ],
)
async def test_forged_data_gets_a_polite_notice(visit: Visit, data: str) -> None:
    """The message stays as it is, and the person is told."""
    card = await visit.ask("rose society")
    text = card.text
    pressed = visit.world.press(visit.anna, card, data)
    await visit.settle()
    assert pressed.toast == GONE
    assert card.text == text
    assert visit.sent == ["sendMessage", "answerCallbackQuery"]


@pytest.mark.parametrize(
    "data",
    [
        "1xx:srose",
        "1en:borganisation.999999",
        "1en:bnonsense.0",
        "1en:hXX",
        "1en:q" + "a" * 59,
        "1zz-ZZ:n",
        "1en+:srose",
    ],
)
async def test_data_that_could_be_ours_is_answered(visit: Visit, data: str) -> None:
    """Whatever it names is shown, or the nearest there is."""
    card = await visit.ask("rose society")
    pressed = visit.world.press(visit.anna, card, data)
    await visit.settle()
    assert pressed.answered
    assert pressed.toast == ""
    visit.refusals = sum("not modified" in str(error) for _, error in visit.world.refused)


async def test_a_button_pressed_twice_at_once_is_harmless(visit: Visit) -> None:
    """The second press changes nothing, and both are answered."""
    card = await visit.ask("rose society")
    data = card.button("Moss Club").data
    assert data is not None
    presses = [visit.world.press(visit.anna, card, data) for _ in range(2)]
    await visit.settle()
    assert [press.answered for press in presses] == [True, True]
    assert (card.text or "").startswith("Moss Club")
    visit.refusals = 1  # the second edit: "message is not modified"


async def test_a_button_answered_too_late_still_works(visit: Visit) -> None:
    """Telegram refuses the notice after some minutes, not the edit."""
    card = await visit.ask("rose society")
    data = card.button("Moss Club").data
    assert data is not None
    visit.world.press(visit.anna, card, data)
    visit.world.state.callbacks.clear()
    await visit.settle()
    assert (card.text or "").startswith("Moss Club")
    visit.refusals = 1


async def test_an_entry_that_has_gone_since_gets_a_polite_answer(visit: Visit) -> None:
    """Old buttons outlive their entries."""
    card = await visit.ask("rose society")
    data = card.button("Moss Club").data
    assert data is not None
    text = (visit.folder / "societies.yaml").read_text(encoding="utf-8")
    kept = [
        part.replace("related: [moss, tree]", "related: [tree]")
        for part in text.split("---\n")
        if "id: moss" not in part
    ]
    (visit.folder / "societies.yaml").write_text("---\n".join(kept), encoding="utf-8")
    topics = (visit.folder / "topics.yaml").read_text(encoding="utf-8")
    (visit.folder / "topics.yaml").write_text(topics.replace("id: moss", "id: tree"), encoding="utf-8")
    outcome = visit.store.reload()
    assert outcome.swapped, outcome.findings
    pressed = visit.world.press(visit.anna, card, data)
    await visit.settle()
    assert pressed.toast == GONE
    assert (card.text or "").startswith("Rose Society")


async def test_a_message_that_cannot_be_edited_is_followed_by_a_new_one(visit: Visit) -> None:
    """Telegram hands on very old messages without their content, and refuses to edit them."""
    await visit.ask("rose society")
    old = {"chat": visit.world.private(visit.anna).payload(), "message_id": 99, "date": 0}
    visit.world.deliver(
        {
            "callback_query": {
                "id": "5",
                "from": visit.anna.payload(),
                "message": old,
                "chat_instance": "1",
                "data": encode(Press(Show("moss"), "en")),
            }
        }
    )
    await visit.settle()
    assert (visit.world.last(visit.world.private(visit.anna)).text or "").startswith("Moss Club")
    visit.refusals = 2  # the edit, and the notice for a query that the stand-in never saw


async def test_a_button_under_an_inline_message_is_only_acknowledged(visit: Visit) -> None:
    """The bot puts no such buttons there; a forged press changes nothing."""
    typed = await visit.type("rose society")
    sent = visit.world.choose_inline(typed, 0, visit.world.group("Elsewhere", visit.anna, member=False))
    text = sent.text
    pressed = visit.world.press(visit.anna, sent, encode(Press(Show("moss"), "en")) or "")
    await visit.settle()
    assert pressed.answered
    assert sent.text == text


async def test_a_blocked_bot_says_nothing(visit: Visit) -> None:
    """Somebody who blocks the bot between question and answer is left alone."""
    card = await visit.ask("rose society")
    visit.world.ask(visit.anna, "moss club")
    visit.world.press(visit.anna, card, encode(Press(Show("moss"), "en")) or "")
    visit.world.private(visit.anna).blocked = True
    await visit.settle()
    visit.refusals = 2
