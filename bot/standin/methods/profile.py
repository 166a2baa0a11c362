"""The methods by which a bot says who it is and what it can do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.standin.methods.messages import chat_of
from bot.standin.rules import limits
from bot.standin.rules.refusal import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.standin.methods.messages import Parameters
    from bot.standin.state import State

_COMMAND = re.compile(rf"/?[a-z0-9_]{{1,{limits.COMMAND}}}\Z")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?\Z")

TEXTS = {"name": limits.NAME, "description": limits.DESCRIPTION, "short_description": limits.SHORT_DESCRIPTION}
"""The texts about the bot, with their longest length in characters."""


def get_me(state: State, _given: Parameters) -> dict[str, Any]:
    """Return the bot as a user, with what it is allowed."""
    return {
        **state.bot.payload(),
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy_mode,
        "supports_inline_queries": state.inline,
        "supports_guest_queries": state.guest_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_commands(state: State, given: Parameters) -> bool:
    """Set the list of commands of a scope and language."""
    key = _key(state, given)
    if len(given["commands"]) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in given["commands"]:
        if not _COMMAND.match(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < len(command["description"].strip()) <= limits.COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    state.profile.commands[key] = given["commands"]
    return True


def get_commands(state: State, given: Parameters) -> list[dict[str, str]]:
    """Return the list of exactly this scope and language."""
    return state.profile.commands.get(_key(state, given), [])


def delete_commands(state: State, given: Parameters) -> bool:
    """Forget the list of a scope and language."""
    state.profile.commands.pop(_key(state, given), None)
    return True


def setter(name: str) -> Callable[[State, Parameters], bool]:
    """Return the method that sets the text ``name``; an empty one removes it."""

    def method(state: State, given: Parameters) -> bool:
        text, language = given.get(name, ""), _language(given)
        if len(text) > TEXTS[name]:
            raise bad_request(f"{name} is too long: {len(text)} characters of {TEXTS[name]}")
        state.profile.texts[name, language] = text
        return True

    return method


def getter(name: str) -> Callable[[State, Parameters], dict[str, str]]:
    """Return the method that gets the text ``name`` in a language, else the one for any language."""

    def method(state: State, given: Parameters) -> dict[str, str]:
        texts = state.profile.texts
        text = texts.get((name, _language(given))) or texts.get((name, "")) or ""
        return {name: text or (state.bot.first_name if name == "name" else "")}

    return method


def _language(given: Parameters) -> str:
    language: str = given.get("language_code", "")
    if not _LANGUAGE.match(language):
        raise bad_request("invalid language code specified")
    return language


def _key(state: State, given: Parameters) -> tuple[str, str]:
    scope = given.get("scope", {"type": "default"})
    parts = [scope["type"]]
    if "chat_id" in scope:
        parts.append(str(chat_of(state, scope["chat_id"]).id))
    if "user_id" in scope:
        parts.append(str(scope["user_id"]))
    return ":".join(parts), _language(given)
