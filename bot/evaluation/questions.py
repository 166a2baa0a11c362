"""Reading a file of labelled questions: a YAML list of ``q``, ``lang``, ``accept``, ``best`` and ``kind``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.editions.judging import HELP, NONE
from bot.knowledge.files import read_text
from bot.knowledge.finding import Finding, Severity
from bot.knowledge.loader.yaml_loader import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.knowledge.loader.positions import Document, Value


class LabelledQuestion(BaseModel):
    """A question, and the ids that rightly answer it: none where the bot should not answer with an entry.

    ``best`` is the one best id, ``help``, or None; ``kind`` is any name that the report groups by.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

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


class BadQuestions(Exception):  # noqa: N818  (it names what is bad)
    """A file that cannot be used, with every mistake in it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def read_questions(file: Path) -> tuple[LabelledQuestion, ...]:
    """Return the questions in their order; raises BadQuestions with all mistakes, OSError if there is no such file."""
    text, findings = read_text(file.read_bytes(), str(file))
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    reading = read_documents(text, str(file)) if text is not None else None
    questions: list[LabelledQuestion] = []
    for document in reading.documents if reading else ():
        for found in _questions(document):
            if isinstance(found, Finding):
                errors.append(found)
            else:
                questions.append(found)
    errors += reading.findings if reading else ()
    if not errors and not questions:
        errors.append(Finding(str(file), 1, 1, Severity.ERROR, "empty-file", "there is no question in this file."))
    if errors:
        raise BadQuestions(tuple(sorted(errors)))
    return tuple(questions)


def _questions(document: Document) -> Iterator[LabelledQuestion | Finding]:
    if not isinstance(document.value, list):
        yield _mistake(document, "this is not a list.", "Begin each question with - q:")
        return
    for index, item in enumerate(document.value):
        yield _question(document, index, item)


def _question(document: Document, index: int, item: Value) -> LabelledQuestion | Finding:
    try:
        return LabelledQuestion.model_validate(item)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = [step for step in first["loc"] if isinstance(step, str | int)]
        name = ".".join(map(str, where)) or "the question"
        return _mistake(
            document, f"{name}: {first['msg']}.", "A question has q, lang, accept, best, kind.", index, *where
        )


def _mistake(document: Document, message: str, advice: str, *steps: str | int) -> Finding:
    return Finding(*document.place(*steps), Severity.ERROR, "bad-question", message, advice)
