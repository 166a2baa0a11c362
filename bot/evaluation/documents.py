"""Reading files of things to judge: YAML lists, or documents, of labelled questions and dialogues."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge.finding import Finding, Severity
from bot.knowledge.loader.files import read_text
from bot.knowledge.loader.yaml_loader import read_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.knowledge.loader.positions import Document, Value

TURNS = "turns"
"""The key that tells a dialogue from a question."""


class Item(BaseModel):
    """Something that is judged."""

    advice: ClassVar[str]
    """What its keys are, for whoever mistyped one."""


_Model = TypeVar("_Model", bound=Item)


class BadQuestions(Exception):  # noqa: N818  (it names what is bad)
    """A file that cannot be used, with every mistake in it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def read_items(file: Path, model: Callable[[Value], type[_Model]]) -> tuple[_Model, ...]:
    """Return what a file holds, in its order, each item as an instance of what ``model`` says of it.

    Raises BadQuestions with all mistakes, OSError if there is no such file.
    """
    text, findings = read_text(file.read_bytes(), str(file))
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    reading = read_documents(text, str(file)) if text is not None else None
    items: list[_Model] = []
    for document in reading.documents if reading else ():
        for found in _items(document, model):
            if isinstance(found, Finding):
                errors.append(found)
            else:
                items.append(found)
    errors += reading.findings if reading else ()
    if not errors and not items:
        errors.append(Finding(str(file), 1, 1, Severity.ERROR, "empty-file", "there is no question in this file."))
    if errors:
        raise BadQuestions(tuple(sorted(errors)))
    return tuple(items)


def is_dialogue(value: Value) -> bool:
    """Tell a dialogue from a question."""
    return isinstance(value, dict) and TURNS in value


def _items(document: Document, model: Callable[[Value], type[_Model]]) -> Iterator[_Model | Finding]:
    if isinstance(document.value, list):
        for index, value in enumerate(document.value):
            yield _item(document, value, model(value), index)
    elif is_dialogue(document.value):
        yield _item(document, document.value, model(document.value))
    else:
        advice = "Begin each question with - q:, or write a dialogue with who, lang and turns."
        yield _mistake(document, "this is not a list.", advice)


def _item(document: Document, value: Value, model: type[_Model], *steps: int) -> _Model | Finding:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = [step for step in first["loc"] if isinstance(step, str | int)]
        name = ".".join(map(str, where)) or "the question"
        return _mistake(document, f"{name}: {first['msg']}.", model.advice, *steps, *where)


def _mistake(document: Document, message: str, advice: str, *steps: str | int) -> Finding:
    return Finding(*document.place(*steps), Severity.ERROR, "bad-question", message, advice)
