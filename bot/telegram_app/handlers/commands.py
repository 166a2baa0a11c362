"""The bot's commands, and where deep links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.matching.decision import Help, NoMatch, Question, Rule
from bot.replies.reply import Browse, Helplines, Show
from bot.telegram_app.handlers.responder import Response
from bot.telegram_app.views import payloads

if TYPE_CHECKING:
    from bot.replies.reply import Action
    from bot.telegram_app.handlers.responder import Responder

FOR_EVERYBODY = ("start", "help", "list", "topics", "about", "privacy")
"""Commands in the order in which Telegram lists them."""

IN_GROUPS = ("about", "list", "help", "privacy")
"""Commands that Telegram lists in groups."""

FOR_ADMINISTRATORS = ("reload",)
"""Commands for administrators, in private; for everybody else they do not exist."""


def response(command: str, arguments: str, responder: Responder, asker_language: str | None) -> Response:
    """Return the response to a command that is not an administrator's.

    Somebody in danger comes first here as well: "/help my father beats me" is not a question about commands.
    """
    if command == "start" and (linked := _linked(arguments, responder, asker_language)):
        return linked
    asked = responder.answer(Question(text=arguments, asker_language=asker_language)) if arguments else None
    if asked and isinstance(asked.decision, Help):
        return asked
    if command == "start":
        return _start(arguments, asked, responder, responder.language(asker_language))
    if command == "about" and asked:
        return asked
    return _fixed(command, responder, responder.language(asker_language)) or _unknown(
        command, asked, responder, asker_language
    )


def _fixed(command: str, responder: Responder, language: str) -> Response | None:
    """Return the response to a command that says the same whatever stands behind it."""
    browsed = {"list": None, "topics": Kind.TOPIC, "about": Kind.ORGANISATION}
    if command in browsed:
        return responder.at(Browse(browsed[command]), language)
    if command == "help":
        return responder.how_to_ask(language)
    return Response(responder.composer.privacy(language)) if command == "privacy" else None


def _unknown(command: str, asked: Response | None, responder: Responder, asker_language: str | None) -> Response:
    # "/ayuda" and "/aide" are how people try to say /help; "/ask what is crin" is a question.
    meant = responder.answer(Question(text=command, asker_language=asker_language))
    if isinstance(meant.decision, Help) or (meant.decision and meant.decision.rule is Rule.BARE_HELP):
        return meant
    return asked or Response(responder.composer.unknown_command(responder.language(asker_language)))


def _linked(arguments: str, responder: Responder, asker_language: str | None) -> Response | None:
    """Return where a deep link leads; None for what a person wrote, and for an entry that is not there any more."""
    language = responder.language(asker_language)
    fixed: dict[str, Action] = {payloads.LIST: Browse(), payloads.HELPLINES: Helplines()}
    if arguments in fixed:
        return responder.at(fixed[arguments], asker_language or language)
    if arguments == payloads.INLINE_HELP:
        return responder.how_to_ask(language)
    return _card(payloads.read_payload(arguments), responder, language)


def _start(arguments: str, asked: Response | None, responder: Responder, language: str) -> Response:
    """Return the welcome, or the answer to what somebody wrote behind the command.

    One word of which nothing is known may as well be the link to an entry that is gone.
    """
    if asked is None:
        return Response(responder.composer.start(language))
    if isinstance(asked.decision, NoMatch) and payloads.read_payload(arguments):
        return Response(responder.composer.gone(language))
    return asked


def _card(targets: tuple[payloads.Target, ...], responder: Responder, language: str) -> Response | None:
    for target in targets:
        found = responder.references.entry(target.name)
        if found and (card := responder.at(Show(found), target.language or language)):
            return card
    return None
