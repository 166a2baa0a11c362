"""What is registered at Telegram at start, and what is said about BotFather's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.standin.server import Server
from bot.standin.world import World
from bot.telegram_app import startup
from bot.telegram_app.application import build
from bot.telegram_app.handlers.commands import FOR_ADMINISTRATORS, FOR_EVERYBODY, IN_GROUPS
from tests.telegram_app.conftest import opened, settings

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions.edition import Edition
    from tests.telegram_app.conftest import Visit


async def register(visit: Visit) -> None:
    """Register as at start."""
    info = visit.store.edition.catalogue.bot
    await startup.register(visit.application.bot, info, "en", [visit.admin.id])


async def test_commands_are_registered_by_language_and_scope(visit: Visit) -> None:
    """In private all commands, in groups a few, in each language; for an administrator also those for them."""
    visit.world.ask(visit.admin, "hello")
    await register(visit)
    registered = visit.world.state.profile.commands
    private, groups = list(FOR_EVERYBODY), list(IN_GROUPS)
    for language in ("", "en", "fr", "es"):
        assert [each["command"] for each in registered["all_private_chats", language]] == private
        assert [each["command"] for each in registered["all_group_chats", language]] == groups
    descriptions = {registered["all_private_chats", code][0]["description"] for code in ("en", "fr", "es")}
    assert len(descriptions) == 3
    own = registered[f"chat:{visit.admin.id}", ""]
    assert [each["command"] for each in own] == [*private, *FOR_ADMINISTRATORS]


async def test_descriptions_are_registered_by_language(visit: Visit) -> None:
    """From bot.yaml."""
    visit.world.ask(visit.admin, "hello")
    await register(visit)
    texts = visit.world.state.profile.texts
    assert texts["description", ""] == "Ask about the societies that look after gardens."
    assert texts["short_description", "fr"] == "Qui s'occupe des jardins."


async def test_what_is_there_already_is_not_sent_again(visit: Visit) -> None:
    """A second start only looks."""
    visit.world.ask(visit.admin, "hello")
    await register(visit)
    visit.world.calls.clear()
    await register(visit)
    assert visit.sent == []


async def test_what_fails_does_not_stop_the_start(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    """An administrator who never wrote to the bot has no chat with it; the rest is registered."""
    visit.world.state.chats.pop(visit.admin.id, None)
    before = len(visit.world.refused)
    info = visit.store.edition.catalogue.bot
    await startup.register(visit.application.bot, info, "en", [424242])
    visit.refusals = len(visit.world.refused) - before
    assert visit.refusals
    assert "were not registered (chat" in caplog.text
    assert "424242" not in caplog.text
    assert ("all_private_chats", "fr") in visit.world.state.profile.commands


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"inline": False}, "Inline mode is off"),
        ({"privacy_mode": True}, "Privacy mode is on"),
        ({"privacy_mode": False}, None),
    ],
)
async def test_what_is_off_at_telegram_is_said(
    garden: Edition, tmp_path: Path, options: dict[str, Any], said: str | None
) -> None:
    """Each with what to do about it."""
    async with opened(garden, tmp_path, **options) as visit:
        lines = await startup.shortcomings(visit.application.bot, polling=True)
        assert (said is None and lines == []) or any(line.startswith(said or "?") for line in lines)


async def test_a_webhook_left_over_is_said(visit: Visit) -> None:
    """It would keep a polling bot from getting anything."""
    await visit.application.bot.set_webhook(url="https://old.example.org/hook")
    lines = await startup.shortcomings(visit.application.bot, polling=True)
    assert any("webhook was left over" in line for line in lines)
    assert not any("webhook" in line for line in await startup.shortcomings(visit.application.bot, polling=False))


async def test_without_inline_mode_cards_are_shared_as_links(garden: Edition, tmp_path: Path) -> None:
    """A button into inline mode would be refused; a deep link does the same."""
    async with opened(garden, tmp_path, inline=False) as visit:
        card = await visit.ask("rose society")
        share = card.button("Share")
        assert share.value == "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fstand_in_bot%3Fstart%3Drose--en"
        assert ((await visit.ask("contact?", reply_to=card)).text or "").startswith("How to contact ROSO")


async def test_an_application_needs_a_token(garden: Edition) -> None:
    """The settings of a bot have one."""
    async with Server(World()) as door:
        without = settings(door.world, door.url).model_copy(update={"telegram_bot_token": None})
        with pytest.raises(ValueError, match="token"):
            build(without, None, reload=None)  # type: ignore[arg-type]
