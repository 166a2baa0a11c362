"""The composer: every reply the bot can give, from a Decision or from something tapped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.matching.decision import Answer, Chat, Choose, Help, Listing, Move, NoMatch, Rule
from bot.matching.tuning import DEFAULT
from bot.replies import cards, choices, direct, helplines, listings, lists, moves, reload_report, system
from bot.replies.reply import Quiet
from bot.replies.wording import strings
from bot.replies.wording.localiser import Localiser

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.change import Reload
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.replies.reply import Button, Reply


class Composer:
    """Immutable; safe to use from several threads. Replies are whole: a surface with limits cuts them."""

    def __init__(self, catalogue: Catalogue, default_language: str = strings.FALLBACK) -> None:
        self._catalogue = catalogue
        self._languages = frozenset(catalogue.bot.languages) | frozenset(strings.languages())
        self._default = default_language if default_language in self._languages else strings.FALLBACK

    def language_for(self, *preferred: str | None) -> str:
        """Return the first of ``preferred`` (tags such as "pt-BR") that replies are given in, else the default.

        Replies are given in the languages of the folder and in those of the program.
        """
        known = (_primary(tag) for tag in preferred if tag)
        return next((language for language in known if language in self._languages), self._default)

    def reply(self, decision: Decision) -> Reply:
        """Return what to say to a decision, in the language of the question, else the asker's, else the default."""
        context = decision.question.context
        said = (context.wanted, context.language) if context else ()
        wanted = (decision.wanted, decision.language, *said, decision.question.asker_language)
        if isinstance(decision, Help):
            return self._help(decision.entry, decision.country, wanted)
        localiser = self.localiser(*wanted)
        reply = self._composed(decision, localiser, wanted)
        unspoken = next((_primary(tag) for tag in wanted if tag and localiser.language != _primary(tag)), None)
        if unspoken and not any(tag and _primary(tag) == localiser.language for tag in wanted):
            note = localiser.words("language.fallback", language=localiser.language_name(unspoken))
            reply = replace(reply, blocks=(*reply.blocks, Quiet(note)))
        return reply

    def card(self, entry_id: str, language: str) -> Reply | None:
        """Return an entry's card; None if there is no such entry (any more)."""
        entry = self._catalogue.entries.get(entry_id)
        if entry is None:
            return None
        if entry.kind is Kind.HELP:
            return self._help(entry, None, (language,))
        return cards.card(entry, self.localiser(language))

    def browse(self, kind: str | None, page: int, language: str) -> Reply:
        """Return a page (from 0) of the entries of a kind, or the kinds."""
        return lists.browse(kind, page, self.localiser(language))

    def start(self, language: str) -> Reply:
        """Return the welcome, with example questions to tap."""
        return system.start(self.localiser(language))

    def how_to_ask(self, language: str) -> Reply:
        """Return how to ask, and first a line for whoever is in danger."""
        return system.how_to_ask(self.localiser(language), self._helplines_button((language,)))

    def privacy(self, language: str) -> Reply:
        """Return what is kept about people."""
        return system.privacy(self.localiser(language))

    def none_of_these(self, language: str) -> Reply:
        """Return what to try when no choice was right."""
        return choices.none_of_these(self.localiser(language))

    def helplines(self, country: str | None, language: str) -> Reply:
        """Return the helplines of a country (ISO 3166 code), or of everywhere with a button for each country."""
        return self._help(helplines.entry_of(self.localiser(language)), country, (language,))

    def text_only(self, language: str) -> Reply:
        """Return that only text can be read."""
        return system.notice("text_only", self.localiser(language))

    def gone(self, language: str) -> Reply:
        """Return that an entry is not there any more."""
        return system.notice("gone", self.localiser(language), browse=True)

    def slow_down(self, language: str) -> Reply:
        """Return the one notice for somebody who asks too fast."""
        return system.notice("slow_down", self.localiser(language))

    def failed(self, language: str) -> Reply:
        """Return that something went wrong in the program."""
        return system.notice("failed", self.localiser(language))

    def unknown_command(self, language: str) -> Reply:
        """Return that a command is not known (also to whoever may not use it)."""
        return system.notice("unknown_command", self.localiser(language), browse=True)

    def reload_report(self, reload: Reload, language: str) -> Reply:
        """Return what a reload changed, or why the old knowledge goes on serving."""
        return reload_report.report(reload, self.localiser(language))

    def _composed(self, decision: Decision, localiser: Localiser, wanted: tuple[str | None, ...]) -> Reply:
        match decision:
            case Answer(beside=()) if decision.attribute or decision.unknown or decision.why:
                return direct.direct(decision, localiser)
            case Answer(entry=entry, beside=beside, fact=fact, link=link):
                several = (entry, *beside)
                return (
                    cards.side_by_side(several, localiser)
                    if beside
                    else cards.card(entry, localiser, fact=fact, link=link)
                )
            case Listing():
                return listings.listing(decision, localiser)
            case NoMatch(conditions=conditions) if conditions:
                return listings.nobody(conditions, localiser)
            case Choose(entries=entries):
                return choices.choose(entries, localiser, which=decision.attribute is not None)
            case Chat(entry=None, move=move) if move is not Move.HOW:
                return moves.moved(decision, localiser)
            case Chat(entry=entry):
                helplines = self._helplines_button(wanted)
                return (
                    cards.plain_reply(entry, localiser, helplines) if entry else system.how_to_ask(localiser, helplines)
                )
            case NoMatch(entry=entry) if entry:
                return choices.elsewhere(entry, localiser)
            case _:
                nearest = [
                    one.entry for one in decision.candidates if decision.confidence >= DEFAULT.confidence.nearest
                ]
                readable = decision.rule is not Rule.EMPTY
                return choices.no_match(nearest, localiser, self._helplines_button(wanted), readable=readable)

    def localiser(self, *preferred: str | None) -> Localiser:
        """Return what writes names, dates and the program's words in the first language that replies are given in."""
        return Localiser(self._catalogue, self.language_for(*preferred), self._default)

    def _help(self, entry: Entry | None, country: str | None, preferred: tuple[str | None, ...]) -> Reply:
        return helplines.helplines(entry, country, self._helplines_localiser(entry, preferred))

    def _helplines_button(self, preferred: tuple[str | None, ...]) -> Button:
        """Return the button that leads to the helplines, in the language that they will be in."""
        return helplines.button(self._helplines_localiser(helplines.entry_of(self.localiser(*preferred)), preferred))

    def _helplines_localiser(self, entry: Entry | None, preferred: tuple[str | None, ...]) -> Localiser:
        """Return the localiser of any language that the entry's message is written in, spoken by the program or not."""
        written = frozenset(entry.reply) if entry else frozenset()
        known = (_primary(tag) for tag in preferred if tag)
        language = next((tag for tag in known if tag in written), None) or self.language_for(*preferred)
        return Localiser(self._catalogue, language, self._default)


def _primary(tag: str) -> str:
    """Return the language of a tag: "pt" of "pt-BR"."""
    return tag.replace("_", "-").partition("-")[0].casefold()
