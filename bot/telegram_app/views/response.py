"""A response: what is said, and the place that it can be made again from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Choose, Help, Question, Rule
from bot.replies.choices import CHOICES
from bot.replies.reply import Browse, Countries, Helplines, Show

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.matching.context import Context
    from bot.matching.decision import Decision
    from bot.replies.reply import Reply


@dataclass(frozen=True, slots=True)
class Choices:
    """Offer these entries again, best first."""

    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Present these entries beside each other again."""

    entries: tuple[str, ...]


Place = Show | Browse | Helplines | Countries | Choices | Compared
"""A reply that can be made again from nothing but ids: where a way back can lead."""


@dataclass(frozen=True, slots=True)
class Response:
    """What is said, the place it can be made again from, and the decision behind it with the time it took.

    ``seconds``: from the text to the reply; 0 where nothing had to be decided. ``try_inline``: a question to try in
    inline mode, where the reply explains how to ask. ``after``: what the next message of the conversation hangs on;
    None where the response changes nothing about that.
    """

    reply: Reply
    here: Place | None = None
    decision: Decision | None = None
    seconds: float = 0.0
    try_inline: str = ""
    after: Context | None = None


def place_of(decision: Decision) -> Place | None:
    """Return the place that makes the same reply again, or None where only the question does.

    What is near to an honest no is therefore opened below it: there is no way back to what only the question makes.
    """
    match decision:
        case Answer(entry=entry, beside=beside) if beside:
            return Compared((entry.id, *(other.id for other in beside)))
        case Answer(entry=entry, full=full):
            return Show(entry.id, full=full)
        case Help(country=country):
            return Helplines(country)
        case Choose(entries=entries):
            return Choices(tuple(entry.id for entry in entries[:CHOICES]))
        case _:
            return None


def decided_again(place: Choices | Compared, entries: tuple[Entry, ...], language: str) -> Decision:
    """Return the decision that leads to a place, without the question that once did.

    ``entries``: those of the place that are still there, at least one.
    """
    question = Question(text="", asker_language=language)
    if isinstance(place, Choices):
        return Choose(question=question, rule=Rule.CLOSE, language=language, entries=entries)
    return Answer(question=question, rule=Rule.NAMED, language=language, entry=entries[0], beside=entries[1:])
