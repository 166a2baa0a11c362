"""The responder: one edition with everything that is needed to answer from it."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.matching.decision import Question
from bot.replies.composer import Composer
from bot.replies.reply import Ask, Browse, Helplines, NoneOfThese, Show
from bot.replies.wording.localiser import SUBJECTS, in_order
from bot.telegram_app.views.references import References
from bot.telegram_app.views.response import Choices, Compared, Place, Response, decided_again, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.editions.edition import Edition
    from bot.editions.store import EditionStore
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Candidate, Decision
    from bot.replies.reply import Action, Reply


class Responder:
    """Answers from one edition. Immutable: whoever took one for an update keeps it until the end of that update."""

    def __init__(self, edition: Edition, default_language: str) -> None:
        self.edition = edition
        self.composer = Composer(edition.catalogue, default_language=default_language)
        self.references = References(edition.catalogue)
        self._front_pages: dict[str, tuple[str, ...]] = {}

    def front_page(self, language: str) -> tuple[str, ...]:
        """Return the ids shown to somebody who has not typed anything yet: all organisations, if there are any."""
        if language not in self._front_pages:
            subjects = [entry for entry in self.edition.catalogue.entries.values() if entry.kind in SUBJECTS]
            shown = [entry for entry in subjects if entry.kind is Kind.ORGANISATION] or subjects
            ordered = in_order(shown, self.composer.localiser(language).name)
            self._front_pages[language] = tuple(entry.id for entry in ordered)
        return self._front_pages[language]

    def language(self, *preferred: str | None) -> str:
        """Return the first of these languages that replies are written in, else the default one."""
        return self.composer.language_for(*preferred)

    def how_to_ask(self, language: str) -> Response:
        """Return how to ask, with a question to try."""
        tried = next(iter(self.composer.localiser(language).examples()), "")
        return Response(self.composer.how_to_ask(language), try_inline=tried)

    def answer(self, question: Question) -> Response:
        """Decide about a question, and put the decision into words."""
        started = perf_counter()
        return self._response(self.edition.matcher.decide(question), started)

    def search(self, question: Question, limit: int) -> tuple[Response, tuple[Candidate, ...]]:
        """Answer a question, and return the entries for a list of results, best first, at most ``limit``."""
        started = perf_counter()
        found = self.edition.matcher.look_up(question, limit)
        return self._response(found.decision, started), found.candidates

    def _response(self, decision: Decision, started: float) -> Response:
        reply = self.composer.reply(decision)
        return Response(reply, place_of(decision), decision, perf_counter() - started)

    def at(self, action: Action | Place, language: str) -> Response | None:
        """Return what a button leads to, or None where the edition does not have (any more) what it is about."""
        if isinstance(action, Ask):
            return self.answer(Question(text=action.text, asker_language=language))
        reply = self._reply_at(action, language)
        if reply is None:
            return None
        return Response(reply, action if isinstance(action, Place) else None)

    def _reply_at(self, action: Action | Place, language: str) -> Reply | None:
        reply: Reply | None = None
        match action:
            case Show(name, own):
                reply = self.composer.card(name, own or language)
            case Browse(kind, page):
                reply = self.composer.browse(kind, page, language)
            case NoneOfThese():
                reply = self.composer.none_of_these(language)
            case Helplines(country, own):
                reply = self.composer.helplines(country, own or language)
            case Choices(names) | Compared(names) if entries := self._entries(names):
                reply = self.composer.reply(decided_again(action, entries, language))
        return reply

    def _entries(self, names: Iterable[str]) -> tuple[Entry, ...]:
        return tuple(entry for name in names if (entry := self.edition.catalogue.entries.get(name)))

    def name(self, place: Place | None, language: str) -> str:
        """Return what a place is called on a button back to it; an empty text where it has no name of its own."""
        if not isinstance(place, Show):
            return ""
        short_name = self.composer.localiser(language).short_name
        return next((short_name(entry) for entry in self._entries([place.entry])), "")


class CurrentResponder:
    """The responder of the edition that is served right now; it follows the store, whoever reloads that."""

    responder: Responder
    """The current responder."""

    def __init__(self, store: EditionStore, default_language: str = "en") -> None:
        self._default_language = default_language
        store.follow(self._take)

    def _take(self, edition: Edition) -> None:
        self.responder = Responder(edition, self._default_language)
