"""Labelled questions: ``q``, ``lang``, ``accept``, ``best`` and ``kind`` of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import ConfigDict

from bot.editions.judging import HELP, NONE
from bot.evaluation.documents import Item, read_items

if TYPE_CHECKING:
    from pathlib import Path


class LabelledQuestion(Item):
    """A question, and the ids that rightly answer it: none where the bot should not answer with an entry.

    ``best`` is the one best id, ``help``, or None; ``kind`` is any name that the report groups by.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    advice: ClassVar[str] = "A question has q, lang, accept, best, kind."

    q: str
    accept: tuple[str, ...]
    lang: str = "en"
    best: str | None = None
    kind: str = "question"

    @property
    def wants_all(self) -> bool:
        """Whether all accepted entries belong in the reply: two organisations are compared."""
        return self.kind == "compare"

    @property
    def accepted(self) -> frozenset[str]:
        """What a decision about it is judged by."""
        return frozenset((*self.accept, HELP) if self.wants_help else self.accept or (NONE,))

    @property
    def wants_help(self) -> bool:
        """Whether only the help message is right."""
        return self.best == HELP


def read_questions(file: Path) -> tuple[LabelledQuestion, ...]:
    """Return the questions in their order; raises BadQuestions with all mistakes, OSError if there is no such file."""
    return read_items(file, lambda _: LabelledQuestion)
