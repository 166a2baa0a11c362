"""What the bot says about itself, and its webhook settings, through the real client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, error

from bot.standin.rules.refusal import ApiError

if TYPE_CHECKING:
    from telegram import Bot

    from bot.standin.world import World


async def test_who_it_is(world: World, bot: Bot) -> None:
    """The bot learns its name and what BotFather allows it."""
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (world.bot.id, "stand_in_bot", True)
    assert (me.supports_inline_queries, me.can_read_all_group_messages) == (True, False)
    world.state.privacy_mode, world.state.inline = False, False
    me = await bot.get_me()
    assert (me.supports_inline_queries, me.can_read_all_group_messages) == (False, True)


async def test_commands_by_scope_and_language(world: World, bot: Bot) -> None:
    """Each scope and language has a list of its own, which can be removed."""
    anna = world.user("Anna")
    world.ask(anna, "hello")
    lists: list[tuple[BotCommand, BotCommandScopeAllPrivateChats | BotCommandScopeChat | None, str | None]] = [
        (BotCommand("list", "All of them"), None, None),
        (BotCommand("liste", "Toutes"), BotCommandScopeAllPrivateChats(), "fr"),
        (BotCommand("reload", "Read again"), BotCommandScopeChat(anna.id), None),
    ]
    for command, scope, language in lists:
        assert await bot.set_my_commands([command], scope=scope, language_code=language)
    for command, scope, language in lists:
        assert await bot.get_my_commands(scope=scope, language_code=language) == (command,)
    assert await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


async def test_commands_that_are_refused(bot: Bot) -> None:
    """Wrong names, descriptions, languages, chats and too many commands are refused."""
    for command in ("List", "x" * 33, "", "é"):
        with pytest.raises(error.BadRequest, match="Bot_command_invalid"):
            await bot.set_my_commands([(command, "x")])
    for description in ("", "x" * 257):
        with pytest.raises(error.BadRequest, match="Bot_command_description_invalid"):
            await bot.set_my_commands([("x", description)])
    with pytest.raises(error.BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([(f"x{n}", "x") for n in range(101)])
    with pytest.raises(error.BadRequest, match="Invalid language code"):
        await bot.set_my_commands([("x", "x")], language_code="fra")
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await bot.set_my_commands([("x", "x")], scope=BotCommandScopeChat(99))


async def test_descriptions(bot: Bot) -> None:
    """Texts are kept by language, fall back to the one for any, and have their lengths."""
    await bot.set_my_description("What it is")
    await bot.set_my_description("Ce que c’est", language_code="fr")
    await bot.set_my_short_description("In short")
    assert (await bot.get_my_description("fr")).description == "Ce que c’est"
    assert (await bot.get_my_description("es")).description == "What it is"
    assert (await bot.get_my_short_description()).short_description == "In short"
    assert (await bot.get_my_name()).name == "Stand-in"
    with pytest.raises(error.BadRequest, match="513 characters of 512"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(error.BadRequest, match="121 characters of 120"):
        await bot.set_my_short_description("x" * 121)
    with pytest.raises(error.BadRequest, match="65 characters of 64"):
        await bot.set_my_name("x" * 65)


async def test_webhook_settings(world: World, bot: Bot) -> None:
    """A webhook can be set, asked about and removed."""
    world.ask(world.user("Anna"), "hello")
    await bot.set_webhook("https://example.org/x", max_connections=7, allowed_updates=["message"], secret_token="s")
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == ("https://example.org/x", 7, ("message",))
    assert info.pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("", 0)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"url": "http://example.org/x"}, "HTTPS URL must be provided"),
        ({"url": "https://example.org:8081/x"}, "only on ports"),
        ({"url": "https://[x"}, "invalid URL"),
        ({"url": "https://example.org", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://example.org", "max_connections": 101}, "between 1 and 100"),
    ],
)
def test_webhooks_that_are_refused(world: World, given: dict[str, object], reason: str) -> None:
    """Addresses, secrets and numbers that Telegram would refuse are refused."""
    with pytest.raises(ApiError, match=reason):
        world.call(world.token, "setWebhook", given)
