"""The rules: from a case to answer, choose, chat or an honest no.

A rule is a function that decides a case or passes it on with None. They are tried in the order of ``RULES``; the last
one decides everything. Another rule is another function in that tuple.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.kinds import ELSEWHERE, SMALLTALK
from bot.matching.decision import Rule
from bot.matching.index.phrases import NAMING
from bot.matching.query import naming
from bot.matching.query.case import Case
from bot.matching.query.names import Names
from bot.matching.query.outcome import choice, no_match, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision, Question
    from bot.matching.index.index import Index
    from bot.matching.query.analysis import Query
    from bot.matching.query.names import Mention
    from bot.matching.query.ranking import Ranked


def exact(case: Case) -> Decision | None:
    """Answer where the whole question is a phrase of one entry alone, or one alone is called so.

    A follow-up to a card ("contact?", "donate") is no phrase of another entry, unless it is small talk ("thanks").
    """
    phrases = [case.index.phrases[number] for number in case.index.exactly(case.query.text)]
    entries = {one.entry for one in phrases}
    if len(entries) > 1:
        entries = {one.entry for one in phrases if one.field in NAMING}
    if len(entries) != 1:
        return None
    number = entries.pop()
    kind = case.entry(number).kind
    if case.question.about and (kind == ELSEWHERE or (not case.content and kind != SMALLTALK)):
        return None
    return settled(case, number, Rule.EXACT, floor=case.tuning.rules.exact)


def named(case: Case) -> Decision | None:
    """Answer where the question names an entry, or several by different words."""
    found = naming.named(case)
    if not found:
        return None
    if case.compares:  # who is covered first; who is not is told of as well
        found.sort(key=lambda number: case.entry(number).kind.built_in)
    rules = case.tuning.rules
    return settled(case, found[0], Rule.NAMED, found[1 : rules.shown], floor=rules.named)


def small_talk(case: Case) -> Decision | None:
    """Chat where it certainly is small talk: "thank you very much for this" asks nothing about the card replied to."""
    chatting = case.first is not None and case.first.kind == SMALLTALK
    return confident(case) if chatting else None


def follow_up(case: Case) -> Decision | None:
    """Answer with the card that the question replies to, where it has no subject of its own."""
    number = case.index.numbers.get(case.question.about or "")
    return None if number is None else settled(case, number, Rule.ABOUT)


def confident(case: Case) -> Decision | None:
    """Answer where the evidence is strong enough, and more than a slip of one word."""
    if case.confidence < case.tuning.confidence.answer or case.by_a_slip:
        return None
    return settled(case, case.ranked[0].entry, Rule.CONFIDENT)


def close(case: Case) -> Decision | None:
    """Offer several that fit about equally well."""
    close_second = len(case.ranked) > 1 and case.ranked[1].score > case.tuning.rules.close * case.top
    offered = _offered(case)
    return choice(case, Rule.CLOSE, offered) if close_second and offered else None


def unsure(case: Case) -> Decision | None:
    """Offer what fits, but not well enough to answer without asking back."""
    offered = _offered(case)
    return choice(case, Rule.UNSURE, offered) if offered else None


def weak(case: Case) -> Decision:
    """Say no: nothing fits well enough."""
    return no_match(case, Rule.WEAK)


RULES: tuple[Callable[[Case], Decision | None], ...] = (
    exact,
    named,
    small_talk,
    follow_up,
    confident,
    close,
    unsure,
    weak,
)
"""In the order in which they are tried."""


class Decider:
    """Turns a ranking into a decision. Immutable once built."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._names = Names(index)

    def mentions(self, query: Query) -> Mapping[int, Mention]:
        """Return the names in a query, by the number of the entry; looked up once for each query."""
        if not query.named:
            query.named.append(self._names.mentions(query))
        return query.named[0]

    def whole(self, question: Question, query: Query) -> Decision | None:
        """Return what the first rule says by itself: the entry that the whole question is a phrase of, unranked."""
        return exact(Case(self._index, question, query, (), self.mentions(query)))

    def settle(self, question: Question, query: Query, ranked: Sequence[Ranked]) -> Decision:
        """Return what the first rule that decides the question says."""
        case = Case(self._index, question, query, ranked, self.mentions(query))
        return next(decision for rule in RULES if (decision := rule(case)) is not None)


def _offered(case: Case) -> tuple[Entry, ...]:
    """Return the entries worth offering; none if the best is small talk or not covered, or confidence is too low."""
    if case.confidence < case.tuning.confidence.offer or case.first is None or case.first.kind.built_in:
        return ()
    rules = case.tuning.rules
    near = [case.entry(one.entry) for one in case.ranked[: rules.shown] if one.score > rules.offered * case.top]
    return tuple(entry for entry in near if not entry.kind.built_in)
