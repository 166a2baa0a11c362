"""The one judge of what a right answer is: for golden questions, for evaluation, and wherever else it is counted."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.matching.decision import Chat, Choose, Help, NoMatch
from bot.replies import answer_json

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.matching.decision import Decision

NONE, CHAT, HELP = "none", "chat", "help"
"""What can be accepted beside ids: an honest no (or small talk), small talk only, the help message."""

COMPARED = 3
"""Entries of an answer among which all organisations that were asked about must be."""


class Outcome(StrEnum):
    """What became of a question. Right, offered and missed leave nobody with a false belief; the others may."""

    RIGHT = "right"
    OFFERED = "offered"  # an accepted entry among the choices
    MISSED = "missed"  # no accepted entry, but no wrong one either; or no help for somebody in danger
    WRONG = "wrong"  # answered, with none accepted
    FALSE_ANSWER = "false answer"  # answered where nothing is accepted
    FALSE_OFFER = "false offer"  # offered where nothing is accepted
    FALSE_HELP = "false help"  # the help message where nobody needs help


def outcome(decision: Decision, accepted: Collection[str], *, together: bool = False) -> Outcome:
    """Judge a decision by what is ``accepted``: ids of entries, ``none``, ``chat`` and ``help``.

    An id is met by the first entry that an answer presents, by the card itself, and by small talk, a "not here" or a
    help message of that id. ``together``: all accepted ids belong in the answer.
    """
    ids = frozenset(accepted) - {NONE, CHAT, HELP}
    if isinstance(decision, Choose):
        if ids:
            return Outcome.OFFERED if ids & set(answer_json.choices(decision)) else Outcome.MISSED
        return Outcome.FALSE_OFFER
    if isinstance(decision, Help | Chat | NoMatch):
        met = {Help: {HELP}, Chat: {CHAT, NONE}, NoMatch: {NONE}}[type(decision)]
        if met & set(accepted) or (decision.entry and decision.entry.id in ids):
            return Outcome.RIGHT
        return Outcome.FALSE_HELP if isinstance(decision, Help) and not ids else Outcome.MISSED
    entries = answer_json.entries(decision)
    right = (
        ids <= set(entries[:COMPARED]) if together else not ids.isdisjoint([*entries[:1], answer_json.card(decision)])
    )
    if ids and right:
        return Outcome.RIGHT
    return Outcome.WRONG if ids else Outcome.FALSE_ANSWER
