"""The bot's commands, and where deep links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.matching.decision import Help, Question, Rule
from bot.replies.reply import Browse, Helplines, Show
from bot.telegram_app import payloads
from bot.telegram_app.desk import Response

if TYPE_CHECKING:
    from bot.replies.reply import Action
    from bot.telegram_app.desk import Desk

FOR_EVERYBODY = ("start", "help", "list", "topics", "about", "privacy")
"""Commands in the order in which Telegram lists them."""

IN_GROUPS = ("about", "list", "help", "privacy")
"""Commands that Telegram lists in groups."""

FOR_ADMINISTRATORS = ("reload",)
"""Commands for administrators, in private; for everybody else they do not exist."""


def response(command: str, arguments: str, desk: Desk, asker_language: str | None) -> Response:
    """Return the response to a command that is not an administrator's.

    Somebody in danger comes first here as well: "/help my father beats me" is not a question about commands.
    """
    if arguments and not (command == "start" and payloads.read_payload(arguments)):
        cry = desk.answer(Question(text=arguments, asker_language=asker_language))
        if isinstance(cry.decision, Help):
            return cry
    if command == "start":
        return _start(arguments, desk, asker_language)
    if command == "about" and arguments:
        return desk.answer(Question(text=arguments, asker_language=asker_language))
    return _fixed(command, desk, desk.language(asker_language)) or _unknown(command, desk, asker_language)


def _fixed(command: str, desk: Desk, language: str) -> Response | None:
    """Return the response to a command that says the same whatever stands behind it."""
    browsed = {"list": None, "topics": Kind.TOPIC, "about": Kind.ORGANISATION}
    if command in browsed:
        return desk.at(Browse(browsed[command]), language)
    if command == "help":
        return desk.how_to_ask(language)
    return Response(desk.composer.privacy(language)) if command == "privacy" else None


def _unknown(command: str, desk: Desk, asker_language: str | None) -> Response:
    # "/ayuda" and "/aide" are how people try to say /help.
    meant = desk.answer(Question(text=command, asker_language=asker_language))
    if isinstance(meant.decision, Help) or (meant.decision and meant.decision.rule is Rule.BARE_HELP):
        return meant
    return Response(desk.composer.unknown_command(desk.language(asker_language)))


def _start(arguments: str, desk: Desk, asker_language: str | None) -> Response:
    language = desk.language(asker_language)
    if not arguments:
        return Response(desk.composer.start(language))
    targets = payloads.read_payload(arguments)
    if not targets:  # somebody wrote a question behind the command
        return desk.answer(Question(text=arguments, asker_language=asker_language))
    fixed: dict[str, Action] = {payloads.LIST: Browse(), payloads.HELPLINES: Helplines()}
    if arguments in fixed and (there := desk.at(fixed[arguments], asker_language or language)):
        return there
    if arguments == payloads.INLINE_HELP:
        return desk.how_to_ask(language)
    return _card(targets, desk, language) or Response(desk.composer.gone(language))


def _card(targets: tuple[payloads.Target, ...], desk: Desk, language: str) -> Response | None:
    for target in targets:
        found = desk.references.entry(target.name)
        if found and (card := desk.at(Show(found), target.language or language)):
            return card
    return None
