"""The golden questions: asked at every compiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.judging import Outcome, outcome
from bot.knowledge.entry import Entry
from bot.knowledge.finding import Finding, Severity
from bot.knowledge.loader.positions import Place
from bot.matching.decision import Answer, Choose, Listing, NoMatch, Question
from bot.replies import answer_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext
    from bot.matching.decision import Decision


def golden_questions(context: CheckContext) -> Iterator[Finding]:
    """Yield golden questions that are answered wrong: an error for those that ``must`` be right, else a warning.

    A miss that somebody looked at and accepted is a note, and so is one that is no miss any more.
    """
    source = context.folder.documents.get("golden")
    for index, golden in enumerate(context.folder.catalogue.golden):
        decision = context.matcher.decide(Question(golden.q, golden.lang))
        place = source.place(index, "q") if source else Place(context.folder.name, 1, 1)
        if outcome(decision, {golden.want}) is not Outcome.RIGHT:
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


def _given(decision: Decision) -> str:
    match decision:
        case Choose(entries=entries):
            given = f"a choice of {', '.join(entry.id for entry in entries)}"
        case Listing(entries=entries):
            given = f"a list of {', '.join(entry.id for entry in entries)}"
        case Answer(entry=entry):
            given = entry.id
        case NoMatch(entry=Entry() as entry):
            given = f"none ({entry.id})"
        case _:
            given = answer_json.kind(decision)
    return given
