"""The bot's commands, and where deep links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.matching.decision import Help, NoMatch, Question, Rule
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
    if command == "start" and (linked := _linked(arguments, desk, asker_language)):
        return linked
    asked = desk.answer(Question(text=arguments, asker_language=asker_language)) if arguments else None
    if asked and isinstance(asked.decision, Help):
        return asked
    if command == "start":
        return _start(arguments, asked, desk, desk.language(asker_language))
    if command == "about" and asked:
        return asked
    return _fixed(command, desk, desk.language(asker_language)) or _unknown(command, asked, desk, asker_language)


def _fixed(command: str, desk: Desk, language: str) -> Response | None:
    """Return the response to a command that says the same whatever stands behind it."""
    browsed = {"list": None, "topics": Kind.TOPIC, "about": Kind.ORGANISATION}
    if command in browsed:
        return desk.at(Browse(browsed[command]), language)
    if command == "help":
        return desk.how_to_ask(language)
    return Response(desk.composer.privacy(language)) if command == "privacy" else None


def _unknown(command: str, asked: Response | None, desk: Desk, asker_language: str | None) -> Response:
    # "/ayuda" and "/aide" are how people try to say /help; "/ask what is crin" is a question.
    meant = desk.answer(Question(text=command, asker_language=asker_language))
    if isinstance(meant.decision, Help) or (meant.decision and meant.decision.rule is Rule.BARE_HELP):
        return meant
    return asked or Response(desk.composer.unknown_command(desk.language(asker_language)))


def _linked(arguments: str, desk: Desk, asker_language: str | None) -> Response | None:
    """Return where a deep link leads; None for what a person wrote, and for an entry that is not there any more."""
    language = desk.language(asker_language)
    fixed: dict[str, Action] = {payloads.LIST: Browse(), payloads.HELPLINES: Helplines()}
    if arguments in fixed:
        return desk.at(fixed[arguments], asker_language or language)
    if arguments == payloads.INLINE_HELP:
        return desk.how_to_ask(language)
    return _card(payloads.read_payload(arguments), desk, language)


def _start(arguments: str, asked: Response | None, desk: Desk, language: str) -> Response:
    """Return the welcome, or the answer to what somebody wrote behind the command.

    One word of which nothing is known may as well be the link to an entry that is gone.
    """
    if asked is None:
        return Response(desk.composer.start(language))
    if isinstance(asked.decision, NoMatch) and payloads.read_payload(arguments):
        return Response(desk.composer.gone(language))
    return asked


def _card(targets: tuple[payloads.Target, ...], desk: Desk, language: str) -> Response | None:
    for target in targets:
        found = desk.references.entry(target.name)
        if found and (card := desk.at(Show(found), target.language or language)):
            return card
    return None
