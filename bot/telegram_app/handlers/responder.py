"""The responder: one edition with everything that is needed to answer from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.answering import Answerer
from bot.knowledge.entry import pick
from bot.matching.decision import Answer, Question
from bot.matching.dialogue.aftermath import next_context
from bot.replies.reply import Ask, Browse, Helplines, NoneOfThese, Show
from bot.replies.wording.localiser import in_order
from bot.telegram_app.handlers.contexts import after_press
from bot.telegram_app.views.references import References
from bot.telegram_app.views.response import Choices, Compared, Place, Response, decided_again, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.editions.answering import Answered
    from bot.editions.edition import Edition
    from bot.editions.store import EditionStore
    from bot.knowledge.entry import Entry
    from bot.matching.context import Context
    from bot.matching.decision import Candidate
    from bot.replies.reply import Action, Reply


class Responder:
    """Answers from one edition. Immutable: whoever took one for an update keeps it until the end of that update."""

    def __init__(self, edition: Edition, default_language: str) -> None:
        self.edition = edition
        self._answerer = Answerer(edition, default_language)
        self.composer = self._answerer.composer
        self.references = References(edition.catalogue)
        self._front_pages: dict[str, tuple[str, ...]] = {}

    def front_page(self, language: str) -> tuple[str, ...]:
        """Return the ids shown to somebody who has not typed anything yet: all of the main kind, or all."""
        if language not in self._front_pages:
            listed = [entry for entry in self.edition.catalogue.entries.values() if entry.kind.listed]
            shown = [entry for entry in listed if entry.kind.main] or listed
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
        return _response(self._answerer.answer(question))

    def search(self, question: Question, limit: int) -> tuple[Response, tuple[Candidate, ...]]:
        """Answer a question, and return the entries for a list of results, best first, at most ``limit``."""
        answered, found = self._answerer.search(question, limit)
        return _response(answered), found

    def at(self, action: Action | Place, language: str, before: Context | None = None) -> Response | None:
        """Return what a button leads to, or None where the edition does not have (any more) what it is about.

        ``before``: the context of the conversation that the button is pressed in, if it is one.
        """
        if isinstance(action, Ask):
            return self.answer(Question(text=action.text, asker_language=language, context=before))
        if isinstance(action, Choices | Compared):
            return self._again(action, language, before)
        if isinstance(action, Show) and before is not None and (told := self._told(action, language, before)):
            return told
        reply = self._reply_at(action, language)
        if reply is None:
            return None
        after = after_press(before, action, reply) if before is not None else None
        return Response(reply, action if isinstance(action, Place) else None, after=after)

    def _told(self, chosen: Show, language: str, before: Context) -> Response | None:
        """Return the answer to what was asked of nobody, now that the bot's "of which one?" is answered by a button."""
        if not before.pending or chosen.entry not in before.choices:
            return None
        for entry in self._entries([chosen.entry]):
            name = pick(entry.name, chosen.language or language)[1]
            response = self.answer(Question(text=name, asker_language=chosen.language or language, context=before))
            decision = response.decision
            if isinstance(decision, Answer) and decision.entry is entry and decision.attribute == before.attribute:
                return response
        return None

    def _again(self, place: Choices | Compared, language: str, before: Context | None) -> Response | None:
        entries = self._entries(place.entries)
        if not entries:
            return None
        decision = decided_again(place, entries, language)
        reply = self.composer.reply(decision)
        after = next_context(before, decision, reply.language) if before is not None else None
        return Response(reply, place, after=after)

    def _reply_at(self, action: Action | Place, language: str) -> Reply | None:
        reply: Reply | None = None
        match action:
            case Show(name, own, full):
                reply = self.composer.card(name, own or language, full=full)
            case Browse(kind, page):
                reply = self.composer.browse(kind, page, language)
            case NoneOfThese():
                reply = self.composer.none_of_these(language)
            case Helplines(country, own):
                reply = self.composer.helplines(country, own or language)
        return reply

    def _entries(self, names: Iterable[str]) -> tuple[Entry, ...]:
        return tuple(entry for name in names if (entry := self.edition.catalogue.entries.get(name)))

    def name(self, place: Place | None, language: str) -> str:
        """Return what a place is called on a button back to it; an empty text where it has no name of its own."""
        if not isinstance(place, Show):
            return ""
        short_name = self.composer.localiser(language).short_name
        return next((short_name(entry) for entry in self._entries([place.entry])), "")


def _response(answered: Answered) -> Response:
    decision = answered.decision
    return Response(answered.reply, place_of(decision), decision, answered.milliseconds / 1000, after=answered.context)


class CurrentResponder:
    """The responder of the edition that is served right now; it follows the store, whoever reloads that."""

    responder: Responder
    """The current responder."""

    def __init__(self, store: EditionStore, default_language: str = "en") -> None:
        self._default_language = default_language
        store.follow(self._take)

    def _take(self, edition: Edition) -> None:
        self.responder = Responder(edition, self._default_language)
