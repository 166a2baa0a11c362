"""The composer: every reply the bot can give, from a Decision or from something tapped."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.knowledge.kinds import HELP
from bot.matching.decision import Answer, Chat, Choose, Help, Listing, Move, NoMatch, Rule
from bot.replies import choices, helplines, lists, moves, reload_report, system
from bot.replies.entries import cards, comparison, direct, listings, sources
from bot.replies.helplines import Need
from bot.replies.reply import Lead, Paragraph
from bot.replies.wording import strings
from bot.replies.wording.localiser import Localiser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.entry import Entry
    from bot.knowledge.finding import Reload
    from bot.matching.context import InCare
    from bot.matching.decision import Decision
    from bot.replies.reply import Block, Button, Reply


KEPT_CARDS = 512
"""Cards of one edition that are kept once they were composed, which takes longer than to find what to show.

They are made of nothing but what the folder says, and take about 3 KB each.
"""


class Composer:
    """Immutable; safe to use from several threads. Replies are whole: a surface with limits cuts them."""

    def __init__(self, catalogue: Catalogue, default_language: str = strings.FALLBACK) -> None:
        self._catalogue = catalogue
        self._languages = frozenset(catalogue.bot.languages) | frozenset(strings.languages())
        self._default = default_language if default_language in self._languages else strings.FALLBACK
        self._card = lru_cache(KEPT_CARDS)(_card)
        self._in_danger = helplines.entry_of(self.localiser(self._default))
        self._taps: dict[str, Button] = {}  # the button to the helplines, by the language that they will be in

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
            return self._help(decision.entry, _need(decision), wanted)
        reader = next((tag for tag in (*wanted[:3], decision.question.asker_language) if tag), "")
        localiser = replace(self.localiser(*wanted), reader=_primary(reader))
        tap = self._helplines_button(wanted)
        reply = self._composed(decision, localiser, tap)
        if decision.line or (context and context.in_care) or _grave(decision):
            reply = helplines.offered(reply, tap)
        if unwritten := self._unwritten(decision):
            note = localiser.words("language.fallback", language=localiser.language_name(unwritten))
            reply = replace(reply, blocks=(Paragraph(note), *reply.blocks))
        if decision.line:
            beside = self._helplines_localiser(decision.line, wanted)
            reply = replace(reply, blocks=(*_above(decision, decision.line, beside), *reply.blocks))
        return reply

    def _unwritten(self, decision: Decision) -> str | None:
        """Return the language to be sorry about: asked for now, or at the beginning of a conversation expected.

        Whoever has an app in a language that is written can read that.
        """
        if decision.wanted and _primary(decision.wanted) not in self._languages:
            return _primary(decision.wanted)
        context = decision.question.context
        if context and (context.language or context.wanted):
            return None
        tags = [_primary(tag) for tag in (decision.language, decision.question.asker_language) if tag]
        return tags[0] if tags and not self._languages.intersection(tags) else None

    def card(self, entry_id: str, language: str, *, full: bool = False) -> Reply | None:
        """Return an entry's card, ``full`` with all there is; None if there is no such entry (any more)."""
        entry = self._catalogue.entries.get(entry_id)
        if entry is None:
            return None
        if entry.kind == HELP:
            return self._help(entry, Need(), (language,))
        return self._card(entry.id, self.localiser(language), self._helplines_button((language,)), full=full)

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
        return choices.none_of_these(self.localiser(language), self._helplines_button((language,)))

    def helplines(
        self, country: str | None, language: str, care: InCare | None = None, app: str | None = None
    ) -> Reply:
        """Return the helplines of a country (ISO 3166 code), or of everywhere with a button for each likely country.

        ``care``: what is known of whoever asks. ``app``: the tag of their app's language.
        """
        need = Need(country, app)
        if care:
            need = replace(need, country=country or care.country, concern=care.concern, adult=care.adult)
        return self._help(self._in_danger, need, (language,))

    def countries(self, page: int, language: str) -> Reply:
        """Return a page (from 0) of all countries that have helplines."""
        entry = self._in_danger
        return helplines.all_countries(entry, page, self._helplines_localiser(entry, (language,)))

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

    def _composed(self, decision: Decision, localiser: Localiser, helplines: Button) -> Reply:
        match decision:
            case Answer():
                return self._answered(decision, localiser, helplines)
            case Listing():
                return listings.listing(decision, localiser)
            case Choose():
                return choices.choose(decision, localiser, helplines)
            case Chat():
                return _chatted(decision, localiser, helplines)
            case NoMatch(conditions=conditions) if conditions:
                return listings.nobody(conditions, localiser, helplines)
            case NoMatch():
                return choices.no_match(decision, localiser, helplines)
            case _:
                raise ValueError(f"nothing to say to {type(decision).__name__}")

    def _answered(self, answer: Answer, localiser: Localiser, helplines: Button) -> Reply:
        if answer.beside:
            return comparison.compare(answer, localiser)
        if answer.sources or answer.why:
            return sources.sources(answer, localiser)
        if answer.attribute or answer.unknown:
            return direct.direct(answer, localiser)
        context = answer.question.context
        again = context is not None and answer.entry.id in context.seen and answer.rule is not Rule.MOVE
        brief = answer.brief or again
        return self._card(
            answer.entry.id, localiser, helplines, fact=answer.fact, link=answer.link, brief=brief, full=answer.full
        )

    def localiser(self, *preferred: str | None) -> Localiser:
        """Return what writes names, dates and the program's words in the first language that replies are given in."""
        return Localiser(self._catalogue, self.language_for(*preferred), self._default)

    def _help(self, entry: Entry | None, need: Need, preferred: tuple[str | None, ...]) -> Reply:
        return helplines.helplines(entry, need, self._helplines_localiser(entry, preferred))

    def _helplines_button(self, preferred: tuple[str | None, ...]) -> Button:
        """Return the button that leads to the helplines, in the language that they will be in."""
        localiser = self._helplines_localiser(self._in_danger, preferred)
        tap = self._taps.get(localiser.language)
        if tap is None:
            tap = self._taps[localiser.language] = helplines.button(localiser)
        return tap

    def _helplines_localiser(self, entry: Entry | None, preferred: tuple[str | None, ...]) -> Localiser:
        """Return the localiser of any language that the entry's message is written in, spoken by the program or not."""
        written = frozenset(entry.reply) if entry else frozenset()
        known = (_primary(tag) for tag in preferred if tag)
        language = next((tag for tag in known if tag in written), None) or self.language_for(*preferred)
        return Localiser(self._catalogue, language, self._default)


def _card(
    entry: str,
    localiser: Localiser,
    helplines: Button,
    *,
    fact: int | None = None,
    link: str | None = None,
    brief: bool = False,
    full: bool = False,
) -> Reply:
    """Return the card of an entry by its id, so that it can be kept by what it depends on."""
    known = localiser.catalogue.entries[entry]
    return cards.card(known, localiser, fact=fact, link=link, brief=brief, full=full, helplines=helplines)


def _chatted(chat: Chat, localiser: Localiser, helplines: Button) -> Reply:
    if chat.entry:
        return cards.plain_reply(chat.entry, localiser, helplines)
    if chat.move is Move.HOW:
        return system.how_to_ask(localiser, helplines)
    return moves.moved(chat, localiser, helplines)


def _need(decision: Decision) -> Need:
    """Return what is known of whoever asked."""
    app, context = decision.question.asker_language, decision.question.context
    care = context.care if context else None
    country = care.country if care else None
    if not isinstance(decision, Help):
        return Need(country, app)
    return Need(
        decision.country or country,
        app,
        decision.concern,
        decision.step,
        decision.adult,
        decision.write,
        care.told if care else (),
    )


def _above(decision: Decision, entry: Entry, localiser: Localiser) -> Iterator[Block]:
    """Yield what stands above an answer to somebody who may be in danger: what to do first, and one number."""
    if isinstance(decision, Answer) and decision.rule is Rule.CARE:
        first = next((one for one in localiser.catalogue.care.answers if one.entry == decision.entry.id), None)
        if first and (text := localiser.pick(first.reply)):
            yield Lead(text)
    yield helplines.line_above(entry, _need(decision), localiser)


def _grave(decision: Decision) -> bool:
    """Tell whether a reply shows or offers a subject beside which the helplines stand."""
    shown: tuple[Entry, ...] = ()
    match decision:
        case Answer(entry=entry, beside=()):
            shown = (entry,)
        case Listing(of=entry) if entry:
            shown = (entry,)
    return any(entry.helplines for entry in shown)


def _primary(tag: str) -> str:
    """Return the language of a tag: "pt" of "pt-BR"."""
    return tag.replace("_", "-").partition("-")[0].casefold()
