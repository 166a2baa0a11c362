"""The bot's commands, one row each, and where deep links lead.

A new command is a row here and its words in ``bot/replies/wording/commands.yaml``: what Telegram lists, what is
dispatched and what the README names are read from the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.matching.decision import Help, NoMatch, Question, Rule
from bot.replies.reply import Browse, Helplines, Show
from bot.telegram_app.handlers.contexts import after_press
from bot.telegram_app.views import payloads
from bot.telegram_app.views.response import Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.knowledge.finding import Reload
    from bot.knowledge.kinds import Kind
    from bot.matching.context import Context
    from bot.replies.reply import Action
    from bot.telegram_app.handlers.responder import CurrentResponder, Responder


@dataclass(frozen=True)
class Given:
    """A command as it was given: its name, what stands behind it, what was said before it, and what responds to it."""

    name: str
    arguments: str
    asker_language: str | None
    before: Context
    current: CurrentResponder
    reload: Callable[[], Awaitable[Reload]]

    @cached_property
    def responder(self) -> Responder:
        """The responder of the edition that is served when this is first asked for; from then on the same.

        Until then nothing is held: a reload could not let go of the edition before.
        """
        return self.current.responder

    @property
    def language(self) -> str:
        """The language to respond in."""
        return self.responder.language(self.asker_language)

    @cached_property
    def asked(self) -> Response | None:
        """The response to what stands behind the command, as a question; None if nothing does."""
        if not self.arguments:
            return None
        return self._answer(self.arguments)

    @property
    def meant(self) -> Response:
        """The response to the command's own name, as a question."""
        return self._answer(self.name)

    def _answer(self, text: str) -> Response:
        return self.responder.answer(Question(text=text, asker_language=self.asker_language, context=self.before))

    def at(self, action: Action, language: str) -> Response | None:
        """Return what a link leads to; None if that is not there any more."""
        return self.responder.at(action, language, self.before)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: who may give it, where Telegram lists it, and what it does.

    ``groups``: its place in the short list that groups see, from 1; 0: not there. ``administrators``: for them only, in
    private; for everybody else there is no such command. ``long``: it may take more time than an answer may. ``anew``:
    the conversation begins again with it.
    """

    name: str
    respond: Callable[[Given], Response | Awaitable[Response]]
    everybody: bool = False
    groups: int = 0
    administrators: bool = False
    long: bool = False
    anew: bool = False


def named(name: str, *, administrator: bool) -> Command | None:
    """Return the command of this name, or None if there is none for this person."""
    return next((row for row in COMMANDS if row.name == name and (row.everybody or administrator)), None)


async def response(command: Command | None, given: Given) -> Response:
    """Return the response to a command; ``command`` None: to one that does not exist for whoever gave it.

    Somebody in danger comes first here as well: "/help my father beats me" is not a question about commands.
    """
    if command is None or command.everybody:
        if given.name == "start" and (linked := _linked(given)):
            return linked
        if given.asked and isinstance(given.asked.decision, Help):
            return given.asked
    responded = command.respond(given) if command else _unknown(given)
    return responded if isinstance(responded, Response) else await responded


def _start(given: Given) -> Response:
    """Return the welcome, or the answer to what somebody wrote behind the command.

    One word of which nothing is known may as well be the link to an entry that is gone.
    """
    composer = given.responder.composer
    if given.asked is None:
        return Response(composer.start(given.language))
    if isinstance(given.asked.decision, NoMatch) and payloads.read_payload(given.arguments):
        return Response(composer.gone(given.language))
    return given.asked


def _list(given: Given, wanted: Callable[[Kind], bool] = lambda _: False) -> Response:
    """Return the entries of the first kind that is ``wanted``; where there is none, all kinds."""
    kinds = given.responder.edition.catalogue.listed_kinds
    kind = next((one.id for one in kinds if wanted(one)), None)
    place, reply = Browse(kind), given.responder.composer.browse(kind, 0, given.language)
    return Response(reply, place, after=after_press(given.before, place, reply))


async def _reload(given: Given) -> Response:
    """Read the knowledge again and report; questions that come meanwhile are answered from what there is."""
    outcome = await given.reload()
    return Response(given.responder.composer.reload_report(outcome, given.language))


def _unknown(given: Given) -> Response:
    # "/ayuda" and "/aide" are how people try to say /help; "/ask what is crin" is a question.
    meant = given.meant
    if isinstance(meant.decision, Help) or (meant.decision and meant.decision.rule is Rule.BARE_HELP):
        return meant
    return given.asked or Response(given.responder.composer.unknown_command(given.language))


COMMANDS = (
    Command("start", _start, everybody=True, anew=True),
    Command("help", lambda given: given.responder.how_to_ask(given.language), everybody=True, groups=3),
    Command("list", _list, everybody=True, groups=2),
    Command("topics", lambda given: _list(given, lambda kind: kind.subjects), everybody=True),
    Command("about", lambda given: given.asked or _list(given, lambda kind: kind.main), everybody=True, groups=1),
    Command(
        "privacy", lambda given: Response(given.responder.composer.privacy(given.language)), everybody=True, groups=4
    ),
    Command("reload", _reload, administrators=True, long=True),
)
"""All commands, in the order in which Telegram lists them."""

FOR_EVERYBODY = tuple(row.name for row in COMMANDS if row.everybody)
IN_GROUPS = tuple(row.name for row in sorted(COMMANDS, key=lambda row: row.groups) if row.groups)
FOR_ADMINISTRATORS = tuple(row.name for row in COMMANDS if row.administrators)


def _linked(given: Given) -> Response | None:
    """Return where a deep link leads; None for what a person wrote, and for an entry that is not there any more."""
    responder = given.responder
    fixed: dict[str, Action] = {payloads.LIST: Browse(), payloads.HELPLINES: Helplines()}
    if given.arguments in fixed:
        return given.at(fixed[given.arguments], given.asker_language or given.language)
    if given.arguments == payloads.INLINE_HELP:
        return responder.how_to_ask(given.language)
    for target in payloads.read_payload(given.arguments):
        found = responder.references.entry(target.name)
        if found and (card := given.at(Show(found), target.language or given.language)):
            return card
    return None
