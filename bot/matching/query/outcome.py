"""Outcomes: the decisions that a case can come to, with all that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from bot.knowledge.kinds import ELSEWHERE, SMALLTALK
from bot.matching.decision import Answer, Candidate, Chat, Choose, NoMatch, Rule
from bot.matching.query.evidence import evidence, fact
from bot.matching.query.language import language_of
from bot.matching.terms import DIGITS
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision, Question
    from bot.matching.query.case import Case
    from bot.matching.terms import Term


class Basis(TypedDict):
    """What all decisions share (see ``decision.Base``)."""

    question: Question
    rule: Rule
    language: str | None
    candidates: tuple[Candidate, ...]
    confidence: float
    confidence_terms: tuple[Term, ...]
    floor: float
    margin: float


def settled(case: Case, number: int, rule: Rule, beside: Sequence[int] = (), floor: float = 0.0) -> Decision:
    """Return the decision for one entry, by its kind.

    ``beside``: further entries that are named. ``floor``: the least confidence that the rule gives it.
    """
    entry = case.entry(number)
    if entry.kind == SMALLTALK:
        return Chat(**_basis(case, rule, floor), entry=entry)
    if entry.kind == ELSEWHERE:
        return NoMatch(**_basis(case, Rule.ELSEWHERE, floor), entry=entry)
    mention = case.mentions.get(number)
    named = [one for one in map(case.entry, beside) if one.kind != SMALLTALK]
    return Answer(
        **_basis(case, rule, floor, {number, *beside}),
        entry=entry,
        beside=tuple(one for one in named if case.compares or not one.kind.built_in),
        fact=fact(case.matched(number), mention.tokens if mention else (), case.query, case.index),
        link=_link(case, entry),
    )


def choice(case: Case, rule: Rule, entries: tuple[Entry, ...]) -> Decision:
    """Return the decision to offer some entries."""
    return Choose(**_basis(case, rule), entries=entries)


def no_match(case: Case, rule: Rule) -> Decision:
    """Return the honest no."""
    return NoMatch(**_basis(case, rule))


def _basis(case: Case, rule: Rule, floor: float = 0.0, shown: Collection[int] = ()) -> Basis:
    """Return what all decisions share; the first candidate and those ``shown`` come with their evidence."""
    ranked = case.ranked[: case.tuning.rules.shown]
    explained = {one.entry for one in ranked[:1]}.union(shown)
    candidates = [
        Candidate(
            case.entry(one.entry),
            one.score,
            evidence(one, case.matched(one.entry), case.query, case.index) if one.entry in explained else (),
            one.terms,
        )
        for one in ranked
    ]
    return Basis(
        question=case.question,
        rule=rule,
        language=language_of(case),
        candidates=tuple(candidates),
        confidence=max(case.confidence, floor),
        confidence_terms=case.confidence_terms,
        floor=floor,
        margin=round(case.top - (ranked[1].score if len(ranked) > 1 else 0.0), DIGITS),
    )


def _link(case: Case, entry: Entry) -> str | None:
    offered = {link.use for link in entry.links}
    asked = [use for token in case.query.tokens for use in languages().links.get(token.text, ())]
    return next((use for use in asked if use in offered), None)
