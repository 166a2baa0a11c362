"""What a decision leaves behind for the next message of a conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.context import Context
from bot.matching.decision import Answer, Chat, Choose, Help, Listing, Move, NoMatch

if TYPE_CHECKING:
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
        pinned=False,
    )
    match decision:
        case Answer(entry=entry, beside=beside):
            after = replace(context.shows(entry.id), attribute=decision.attribute, condition=decision.condition)
            if beside:
                return replace(after, choices=(entry.id, *(one.id for one in beside)))
            named = tuple(one for number in decision.facts[:1] for one in entry.facts[number].entries)
            return replace(after, choices=named or before.choices)
        case Listing(entries=entries):
            shown = tuple(entry.id for entry in entries[:REMEMBERED])
            entry_id = decision.of.id if decision.of else before.entry
            return replace(context, entry=entry_id, choices=shown, condition=decision.condition, unanswered=0)
        case Choose(entries=entries):
            shown = tuple(entry.id for entry in entries)
            return replace(context, choices=shown, attribute=decision.attribute or before.attribute, unanswered=0)
        case NoMatch():
            return replace(context, unanswered=before.unanswered + 1, attribute=None)
        case Chat(move=Move.COMPLAINT, nearest=nearest):
            return replace(context, choices=tuple(entry.id for entry in nearest) or before.choices)
        case _:
            return context
