"""From a question to its answer, once for every surface: decide, put into words, and see what the next one hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from bot.matching.dialogue.aftermath import next_context
from bot.replies import answer_json
from bot.replies.composer import Composer

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from bot.matching.context import Context
    from bot.matching.decision import Candidate, Decision, Question
    from bot.replies.answer_json import Record
    from bot.replies.reply import Reply


@dataclass(frozen=True, slots=True)
class Answered:
    """What was decided about a question and said to it.

    ``milliseconds``: from the text to the reply. ``context`` is that of the conversation's next message; None where the
    question belongs to no conversation.
    """

    decision: Decision
    reply: Reply
    milliseconds: float
    context: Context | None = None

    @property
    def record(self) -> Record:
        """The JSON object that ``jjbot ask --json`` prints."""
        return answer_json.record(self.decision, self.reply, self.milliseconds)


class Answerer:
    """Answers questions from one edition. Immutable; safe to use from several threads."""

    def __init__(self, edition: Edition, default_language: str) -> None:
        self.edition = edition
        self.composer = Composer(edition.catalogue, default_language=default_language)

    def answer(self, question: Question) -> Answered:
        """Answer a question, in the ``context`` that it brings along if it is part of a conversation."""
        started = perf_counter()
        return self._answered(question, self.edition.matcher.decide(question), started)

    def search(self, question: Question, limit: int) -> tuple[Answered, tuple[Candidate, ...]]:
        """Answer a question, and return the entries for a list of results, best first, at most ``limit``."""
        started = perf_counter()
        found = self.edition.matcher.look_up(question, limit)
        return self._answered(question, found.decision, started), found.candidates

    def _answered(self, question: Question, decision: Decision, started: float) -> Answered:
        reply = self.composer.reply(decision)
        before = question.context
        after = next_context(before, decision, reply.language) if before is not None else None
        return Answered(decision, reply, (perf_counter() - started) * 1000, after)
