"""What a decision leaves behind for the next message of a conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Chat, Choose, Help, Listing, Move, NoMatch

if TYPE_CHECKING:
    from bot.matching.context import Context
    from bot.matching.decision import Decision

REMEMBERED = 50
"""Entries of a list that "the third one" can mean."""


def next_context(before: Context, decision: Decision, language: str) -> Context:
    """Return the context after ``decision`` was answered in ``language``."""
    candidates = tuple(candidate.entry.id for candidate in decision.candidates)
    context = replace(
        before,
        language=language,
        wanted=decision.wanted or before.wanted,
        candidates=candidates or before.candidates,
        in_care=before.in_care or isinstance(decision, Help),
        pending=isinstance(decision, Choose) and decision.attribute is not None,
        pinned=False,
    )
    match decision:
        case Answer():
            context = _after_answer(context, decision)
        case Listing(entries=entries):
            shown = tuple(entry.id for entry in entries[:REMEMBERED])
            about = decision.of.id if decision.of else before.entry
            condition = next(iter(decision.conditions), None)
            context = replace(context, entry=about, choices=shown, condition=condition, attribute=None, unanswered=0)
        case Choose(entries=entries):
            shown = tuple(entry.id for entry in entries)
            context = replace(context, choices=shown, attribute=decision.attribute or before.attribute, unanswered=0)
        case NoMatch():
            context = replace(context, unanswered=before.unanswered + 1, attribute=None)
        case Chat(move=Move.NONE_OF_THESE):
            context = replace(context, unanswered=before.unanswered + 1)
        case Chat(move=Move.COMPLAINT, nearest=nearest):
            context = replace(context, choices=tuple(entry.id for entry in nearest) or before.choices)
        case _:
            pass
    return context


def _after_answer(context: Context, answer: Answer) -> Context:
    after = replace(context.shows(answer.entry.id), attribute=answer.attribute, condition=answer.condition)
    if answer.beside:
        return replace(after, choices=(answer.entry.id, *(one.id for one in answer.beside)))
    named = tuple(entry.id for entry in answer.listed)
    named = named or tuple(one for number in answer.facts[:1] for one in answer.entry.facts[number].entries)
    named = named or tuple(worker.id for worker in answer.entry.organisations)
    return replace(after, choices=named or context.choices)
