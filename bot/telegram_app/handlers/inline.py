"""Inline mode: results as somebody types in any chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineQueryResultsButton

from bot.matching.decision import Answer, Chat, Help, NoMatch, Question
from bot.replies.reply import Show
from bot.replies.wording.strings import words
from bot.telegram_app.outbox import delivery
from bot.telegram_app.views import articles, payloads
from bot.telegram_app.views.response import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineQuery, InlineQueryResultArticle, Update

    from bot.telegram_app.handlers.responder import CurrentResponder, Responder
    from bot.telegram_app.monitoring.decision_log import Observer
    from bot.telegram_app.ptb_types import Context

PAGE = 15
"""Results at a time: two screens of a phone. Apps ask for the next page as soon as the end comes into view."""

DEEPEST = 600
"""Results that can be paged through; nobody scrolls that far, and a forged offset costs no more than this."""

CACHED = 60
"""Seconds that Telegram may keep results: so long they can be out of date after a reload."""


class InlineSearch:
    """Answers inline queries.

    Results depend on the asker's language, so Telegram may keep them for that person only, unless the query itself
    names the language. Helplines are never kept.
    """

    def __init__(self, current: CurrentResponder, decided: Observer) -> None:
        self._current = current
        self._decided = decided

    async def typed(self, update: Update, context: Context) -> None:
        """Show results for what has been typed so far."""
        query = update.inline_query
        if query is None:
            return
        responder = self._current.responder
        start = payloads.read_offset(query.offset) if query.offset else None
        if query.offset and start is None:
            await delivery.show_results(context.bot, query.id, [], cache_time=CACHED, is_personal=True)
        elif target := payloads.read_shared(query.query):
            await self._shared(query, target, responder, context)
        elif query.query.strip():
            await self._search(query, start, responder, context)
        else:
            await self._front_page(query, start, responder, context)

    async def _shared(
        self, query: InlineQuery, target: payloads.Target, responder: Responder, context: Context
    ) -> None:
        """Show the one card that somebody shares."""
        language = responder.language(target.language, query.from_user.language_code)
        name = responder.references.entry(target.name)
        card = responder.at(Show(name), language) if name else None
        if card is None:
            await _show_nothing(query, Response(responder.composer.gone(language)), context)
            return
        urgent = card.reply.urgent
        await delivery.show_results(
            context.bot,
            query.id,
            [articles.article(card, context.bot.bot)],
            cache_time=0 if urgent else CACHED,
            is_personal=urgent or target.language != language,
        )

    async def _front_page(
        self, query: InlineQuery, start: payloads.Offset | None, responder: Responder, context: Context
    ) -> None:
        """Show the entries of the main kind to somebody who has typed nothing yet."""
        language = responder.language(query.from_user.language_code)
        names, next_offset = _page(responder.front_page(language), start, responder)
        await delivery.show_results(
            context.bot,
            query.id,
            _cards(names, language, responder, context),
            cache_time=CACHED,
            is_personal=True,
            next_offset=next_offset,
            button=_ask_in_private(language),
        )

    async def _search(
        self, query: InlineQuery, start: payloads.Offset | None, responder: Responder, context: Context
    ) -> None:
        """Show what fits best, led by the answer where there is one."""
        limit = min(DEEPEST, (start.position if start else 0) + 2 * PAGE)
        answer, found = responder.search(_question(query), limit)
        if start is None:
            self._decided("inline", answer)
        if isinstance(answer.decision, Help):
            await _show_helplines(query, answer, context)
            return
        ranked = [candidate.entry.id for candidate in found]
        leading = _leads(answer) and start is None
        if not ranked and not leading and start is None:
            await _show_nothing(query, answer, context)
            return
        names, next_offset = _page(ranked, start, responder)
        results = _cards(names, answer.reply.language, responder, context)
        if leading:
            first = articles.article(answer, context.bot.bot)
            results = [first, *(result for result in results if result.id != first.id)]
        await delivery.show_results(
            context.bot, query.id, results, cache_time=CACHED, is_personal=True, next_offset=next_offset
        )


def _question(query: InlineQuery) -> Question:
    return Question(text=query.query, asker_language=query.from_user.language_code, as_typed=True)


def _leads(answer: Response) -> bool:
    """Tell whether the answer itself stands above the entries that were found."""
    decision = answer.decision
    return isinstance(decision, Answer | Chat) or (isinstance(decision, NoMatch) and decision.entry is not None)


def _page(ranked: Sequence[str], start: payloads.Offset | None, responder: Responder) -> tuple[Sequence[str], str]:
    """Return one page of entries, and the offset of the next; an empty offset after the last.

    A page starts behind the entry that ended the one before, wherever a reload has moved it.
    """
    first = 0
    if start is not None:
        last_shown = responder.references.entry(start.after)
        first = ranked.index(last_shown) + 1 if last_shown in ranked else start.position
    page = ranked[first : first + PAGE]
    end = first + len(page)
    return page, payloads.offset(end, page[-1]) if page and end < min(len(ranked), DEEPEST) else ""


def _cards(
    names: Sequence[str], language: str, responder: Responder, context: Context
) -> list[InlineQueryResultArticle]:
    cards = (responder.at(Show(name), language) for name in names)
    return [articles.article(card, context.bot.bot) for card in cards if card]


def _ask_in_private(language: str) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(text=words(language)("inline.ask_private"), start_parameter=payloads.INLINE_HELP)


async def _show_nothing(query: InlineQuery, answer: Response, context: Context) -> None:
    """Say that nothing was found, and where to ask."""
    language = answer.reply.language
    say = words(language)
    result = articles.article(
        answer,
        context.bot.bot,
        title=say("inline.nothing.title"),
        description=say("inline.nothing.description"),
    )
    await delivery.show_results(
        context.bot, query.id, [result], cache_time=CACHED, is_personal=True, button=_ask_in_private(language)
    )


async def _show_helplines(query: InlineQuery, answer: Response, context: Context) -> None:
    """Show helplines and nothing else to somebody who may be in danger."""
    await delivery.show_results(
        context.bot,
        query.id,
        [articles.article(answer, context.bot.bot)],
        cache_time=0,
        is_personal=True,
        button=InlineQueryResultsButton(
            text=words(answer.reply.language)("help.button"), start_parameter=payloads.HELPLINES
        ),
    )
