"""What a decision leaves behind for the next message of a conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.context import InCare
from bot.matching.decision import Answer, Chat, Choose, Help, Listing, Move, NoMatch
from bot.matching.tuning import DEFAULT

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
        care=_care(before, decision),
        pending=isinstance(decision, Choose) and decision.attribute is not None,
        pinned=False,
    )
    match decision:
        case Answer():
            context = _after_answer(context, decision)
        case Listing():
            context = _after_listing(context, decision)
        case Choose(entries=entries):
            shown = tuple(entry.id for entry in entries)
            attribute = decision.attribute or before.attribute
            context = replace(context, choices=shown, together=False, attribute=attribute, also=(), unanswered=0)
        case NoMatch(conditions=conditions):
            context = replace(context, unanswered=before.unanswered + 1, attribute=None)
            if conditions:  # a list with nothing in it: "and in geneva?" asks for another one
                within = tuple(entry.id for entry in decision.within)
                context = replace(context, choices=(), row=(), together=False, conditions=conditions, within=within)
        case Chat(move=Move.NONE_OF_THESE):
            context = replace(context, unanswered=before.unanswered + 1)
        case Chat(move=Move.COMPLAINT, nearest=nearest):
            context = replace(context, choices=tuple(entry.id for entry in nearest) or before.choices)
        case _:
            pass
    return context


def _care(before: Context, decision: Decision) -> InCare | None:
    """Return what is known of somebody in danger; it fades where other things are talked about."""
    care = before.care
    if not isinstance(decision, Help):
        if decision.line and care is None:
            adult = isinstance(decision, Answer) and decision.adult
            return InCare(entry=decision.line.id, adult=adult, light=True, left=DEFAULT.care.light)
        return replace(care, left=care.left - 1) if care and care.left > 1 else None
    if decision.ends:
        return None
    care = care or InCare()
    return InCare(
        entry=decision.entry.id,
        country=decision.country or care.country,
        concern=decision.concern or care.concern,
        adult=decision.adult or care.adult,
        write=decision.write or care.write,
        told=tuple(dict.fromkeys((*care.told, decision.step))),
        left=DEFAULT.care.messages,
    )


def _after_listing(context: Context, listing: Listing) -> Context:
    """Return the context after a list; a list of one has shown that one."""
    shown = tuple(entry.id for entry in listing.entries[:REMEMBERED])
    if listing.of:
        context = context.shows(listing.of.id)
    if len(shown) == 1:
        context = context.shows(shown[0])
    return replace(
        context,
        choices=shown,
        row=shown if len(shown) == 1 else (),
        together=len(shown) > 1,
        conditions=listing.conditions,
        within=tuple(entry.id for entry in listing.within),
        attribute=None,
        unanswered=0,
    )


def _after_answer(context: Context, answer: Answer) -> Context:
    conditions = (answer.condition,) if answer.condition else ()
    after = replace(context.shows(answer.entry.id), attribute=answer.attribute, also=answer.also)
    after = replace(after, fact=answer.fact)
    after = replace(after, conditions=conditions, within=())
    if answer.beside:
        told = (answer.entry.id, *(one.id for one in answer.beside))
        return replace(after, choices=told, row=told, together=True)
    named = tuple(entry.id for entry in answer.listed)
    named = named or tuple(one for number in answer.facts[:1] for one in answer.entry.facts[number].entries)
    named = named or tuple(worker.id for worker in answer.entry.organisations)
    return replace(after, choices=named or context.choices)
