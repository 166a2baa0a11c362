"""The golden questions: asked at every compiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.knowledge.finding import Finding, Severity
from bot.knowledge.loader.positions import Place
from bot.matching.decision import Answer, Chat, Choose, Help, Listing, NoMatch, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext
    from bot.matching.decision import Decision


def golden_questions(context: CheckContext) -> Iterator[Finding]:
    """Yield golden questions that are answered wrong: an error for those that ``must`` be right, else a warning.

    A miss that somebody looked at and accepted is a note, and so is one that is no miss any more.
    """
    source = context.folder.golden_source
    for index, golden in enumerate(context.folder.catalogue.golden):
        decision = context.matcher.decide(Question(golden.q, golden.lang))
        place = source.place(index, "q") if source else Place(context.folder.name, 1, 1)
        if not right(decision, golden.want):
            message = f"{golden.q!r} should give {golden.want}, and gives {_given(decision)}."
            advice = "Correct the entries, or what the question wants"
            advice += "." if golden.must else "; if neither can be helped, say why in accept_miss."
            severity = Severity.ERROR if golden.must else Severity.WARNING
            if golden.accept_miss and not golden.must:
                advice, severity = f"Accepted: {golden.accept_miss}", Severity.NOTE
            yield Finding(*place, severity, "golden", message, advice)
        elif golden.accept_miss:
            message = f"{golden.q!r} gives {golden.want}, as it should."
            yield Finding(*place, Severity.NOTE, "golden-mended", message, "Remove accept_miss.")


def right(decision: Decision, want: str) -> bool:
    """Tell whether a decision is what a golden question wants: an id, ``none``, ``help`` or ``chat``.

    Small talk is a right answer where nothing should be found. An id is met by its card, by the card of a subject
    that lists it first, and by a "not here" or small talk of that id.
    """
    match want:
        case "none":
            return isinstance(decision, (NoMatch, Chat))
        case "help":
            return isinstance(decision, Help)
        case "chat":
            return isinstance(decision, Chat)
    if isinstance(decision, (Choose, Listing)):
        return False
    entry = decision.entry
    if entry is None:
        return False
    first = entry.organisations[0].id if entry.organisations and entry.kind is not Kind.ORGANISATION else None
    return want == entry.id or (isinstance(decision, Answer) and want == first)


def _given(decision: Decision) -> str:
    match decision:
        case Choose() | Listing():
            what = "a choice" if isinstance(decision, Choose) else "a list"
            given = f"{what} of {', '.join(entry.id for entry in decision.entries)}"
        case Help():
            given = "help"
        case Chat():
            given = "chat"
        case NoMatch(entry=entry):
            given = f"none ({entry.id})" if entry else "none"
        case _:
            given = decision.entry.id
    return given
