"""One answer as the JSON object that ``jjbot ask --json`` prints: a contract with other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from bot.matching.decision import Answer, Chat, Choose, Help, Listing
from bot.matching.query.explanation import why
from bot.replies.choices import CHOICES
from bot.replies.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.replies.reply import Reply

BEST = 5
"""Candidates listed."""


class Record(TypedDict):
    """The keys of the JSON object, in the order in which they are written."""

    q: str
    lang: str
    decision: str
    card: str | None
    entries: list[str]
    choices: list[str]
    attribute: str | None
    known: bool | None
    care: str | None
    confidence: float
    candidates: list[tuple[str, float]]
    text: str
    why: dict[str, object]
    ms: float
    error: NotRequired[str]


def record(decision: Decision, reply: Reply, milliseconds: float) -> Record:
    """Return an answer as plain values. ``milliseconds``: from the text to the reply."""
    best = () if isinstance(decision, Help) else decision.candidates[:BEST]
    return {
        "q": decision.question.text,
        "lang": reply.language,
        "decision": kind(decision),
        "card": card(decision),
        "entries": entries(decision),
        "choices": choices(decision),
        "attribute": decision.attribute if isinstance(decision, Answer | Choose) else None,
        "known": decision.known if isinstance(decision, Answer) else None,
        "care": "help" if isinstance(decision, Help) else None,
        "confidence": round(decision.confidence, 4),
        "candidates": [(candidate.entry.id, round(candidate.score, 3)) for candidate in best],
        "text": plain(reply),
        "why": why(decision),
        "ms": round(milliseconds, 3),
    }


def kind(decision: Decision) -> str:
    """Return ``answer``, ``choose``, ``help``, ``chat`` or ``none``."""
    match decision:
        case Answer() | Listing():
            return "answer"
        case Choose():
            return "choose"
        case Help():
            return "help"
        case Chat():
            return "chat"
        case _:
            return "none"


def card(decision: Decision) -> str | None:
    """Return the id of the entry that is shown; None for a list, and for all that is no answer."""
    return decision.entry.id if isinstance(decision, Answer) else None


def entries(decision: Decision) -> list[str]:
    """Return the ids that an answer presents, best first: those of the main kind themselves, else who works on them."""
    if isinstance(decision, Listing):
        return [entry.id for entry in decision.entries]
    if not isinstance(decision, Answer):
        return []
    presented = (id_ for entry in (decision.entry, *decision.beside, *decision.listed) for id_ in _presented(entry))
    return list(dict.fromkeys(presented))


def choices(decision: Decision) -> list[str]:
    """Return the ids that are offered as buttons, best first."""
    return [entry.id for entry in decision.entries[:CHOICES]] if isinstance(decision, Choose) else []


def _presented(entry: Entry) -> Iterator[str]:
    if entry.kind.main or not entry.organisations:
        yield entry.id
    else:
        yield from (worker.id for worker in entry.organisations)
