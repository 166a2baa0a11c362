"""What is told to Telegram at start, and what is looked up there: commands, descriptions, and settings in BotFather."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.knowledge.entry import pick
from bot.knowledge.finding import Reload
from bot.limits import COMMAND_DESCRIPTION, DESCRIPTION, SHORT_DESCRIPTION
from bot.replies.wording.lengths import shorten
from bot.replies.wording.strings import words
from bot.telegram_app.handlers.commands import FOR_ADMINISTRATORS, FOR_EVERYBODY, IN_GROUPS
from bot.telegram_app.outbox.sending import NOTICE
from bot.telegram_app.views import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from telegram import BotCommandScope

    from bot.editions.store import EditionStore
    from bot.knowledge.entry import BotInfo
    from bot.replies.composer import Composer
    from bot.settings import Settings
    from bot.telegram_app.handlers.responder import CurrentResponder
    from bot.telegram_app.ptb_types import Bot

_LOGGER = logging.getLogger(__name__)

TELEGRAM_LANGUAGE = 2
"""Letters of a language code where Telegram takes one: ISO 639-1."""


async def introduce(
    bot: Bot, store: EditionStore, current: CurrentResponder, settings: Settings, *, polling: bool
) -> None:
    """Say in the log what is off at Telegram, register commands and texts, warn the administrators."""
    for line in await shortcomings(bot, polling=polling):
        _LOGGER.warning("%s", line)
    if store.standing_in:
        await _warn(bot, store, current.responder.composer, settings)
    await register(bot, store.edition.catalogue.bot, settings.default_language, settings.admin_ids)


async def _warn(bot: Bot, store: EditionStore, composer: Composer, settings: Settings) -> None:
    """Tell each administrator what keeps the knowledge folder from being served."""
    report = composer.reload_report(Reload(swapped=False, findings=store.findings), settings.default_language)
    for administrator in sorted(settings.admin_ids):
        try:
            await bot.send_message(chat_id=administrator, text=messages.text(report), rate_limit_args=NOTICE)
        except TelegramError as failure:
            _LOGGER.warning("An administrator could not be warned (%s).", type(failure).__name__)


async def register(bot: Bot, info: BotInfo, default_language: str, administrators: Iterable[int]) -> None:
    """Register commands and descriptions in every language, each only if it is not there yet.

    The default language's are registered for everybody else as well. What fails is logged and tried at the next start.
    """
    languages = [code for code in info.languages if len(code) == TELEGRAM_LANGUAGE]
    for telegram_code, language in [("", default_language), *((code, code) for code in languages)]:
        await _set_commands(bot, BotCommandScopeAllPrivateChats(), FOR_EVERYBODY, telegram_code, language)
        await _set_commands(bot, BotCommandScopeAllGroupChats(), IN_GROUPS, telegram_code, language)
        await _set_descriptions(bot, info, telegram_code, language)
    for administrator in sorted(administrators):
        all_commands = (*FOR_EVERYBODY, *FOR_ADMINISTRATORS)
        await _set_commands(bot, BotCommandScopeChat(chat_id=administrator), all_commands, "", default_language)


async def _set_commands(
    bot: Bot, scope: BotCommandScope, names: Sequence[str], telegram_code: str, language: str
) -> None:
    say = words(language)
    wanted = tuple(
        BotCommand(command=name, description=shorten(say(f"command.{name}.menu"), COMMAND_DESCRIPTION))
        for name in names
    )
    try:
        if await bot.get_my_commands(scope=scope, language_code=telegram_code or None) != wanted:
            await bot.set_my_commands(commands=wanted, scope=scope, language_code=telegram_code or None)
    except TelegramError as error:
        _LOGGER.warning("Commands were not registered (%s, %s): %s", scope.type, telegram_code or "any", error)


async def _set_descriptions(bot: Bot, info: BotInfo, telegram_code: str, language: str) -> None:
    code = telegram_code or None
    long = shorten(pick(info.description, language)[1], DESCRIPTION)
    short = shorten(pick(info.short_description, language)[1], SHORT_DESCRIPTION)
    try:
        if long and (await bot.get_my_description(language_code=code)).description != long:
            await bot.set_my_description(description=long, language_code=code)
        if short and (await bot.get_my_short_description(language_code=code)).short_description != short:
            await bot.set_my_short_description(short_description=short, language_code=code)
    except TelegramError as error:
        _LOGGER.warning("Descriptions were not registered (%s): %s", telegram_code or "any", error)


async def shortcomings(bot: Bot, *, polling: bool) -> list[str]:
    """Return what is switched off at Telegram's side, each with what to do about it; the bot works all the same.

    A webhook that is left over keeps a polling bot from getting anything.
    """
    me = bot.bot
    found = []
    if not me.supports_inline_queries:
        found.append("Inline mode is off: nobody can ask from other chats. Switch it on: BotFather, /setinline.")
    if not me.can_read_all_group_messages:
        found.append(
            "Privacy mode is on: in groups the bot sees commands and replies to it, but no mentions. "
            "That is fine; to change it: BotFather, /setprivacy."
        )
    if not me.can_join_groups:
        found.append("The bot cannot be added to groups. To allow it: BotFather, /setjoingroups.")
    if polling:
        try:
            webhook = await bot.get_webhook_info()
        except TelegramError as error:
            found.append(f"Whether a webhook is set could not be asked: {error}")
        else:
            if webhook.url:
                found.append("A webhook was left over from another run; it is removed so that polling works.")
    return found
