"""Precise questions: every organisation by every attribute, in other people's wordings, names and languages.

``grid/wordings.yaml`` has six ways to ask for an attribute, ``names.yaml`` three ways to call an organisation, each in
three languages; ``values.yaml`` says what a right reply must match, or ``unknown`` where nobody knows it and the reply
has to say so.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from tests.accuracy.figures import counted
from tests.accuracy.replies import addresses, beginning, first_line, is_about, plain
from tests.accuracy.shipped import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.accuracy.figures import Figures

FOLDER = Path(__file__).parent / "grid"
UNKNOWN = "unknown"
SAMPLE = 3
"""Questions asked of the eighteen for an organisation, an attribute and a language, where not all are."""


class Result(StrEnum):
    """What became of a precise question. The first two are good."""

    RIGHT = "right"  # about the organisation, and the value stands at its beginning
    ADMITTED = "admitted"  # nobody knows the value, and the reply says so of this organisation
    DENIED = "denied"  # says that it is not known, but it is
    UNRELATED = "unrelated"  # another attribute's fact leads
    SILENT = "silent"  # about the organisation, but not a word on what was asked
    OFFERED = "offered"  # a choice with the organisation in it
    OTHER = "other"


class Asked(NamedTuple):
    """A question of the grid."""

    entry: str
    attribute: str
    language: str
    text: str


class Judged(NamedTuple):
    """A question with its reply, judged by its first 350 characters; ``at_once``: good in its first line already."""

    asked: Asked
    record: Mapping[str, Any]
    result: Result
    at_once: bool

    @property
    def good(self) -> bool:
        """Whether the person got what there is."""
        return self.result in {Result.RIGHT, Result.ADMITTED}

    def __str__(self) -> str:
        """Return what was asked and what was got."""
        entry, attribute, language, text = self.asked
        got = f"{self.record['decision']} {self.record['card'] or ''} {self.record.get('attribute') or ''}"
        said = first_line(self.record)[:120]
        return f"{self.result}: [{entry} {attribute} {language}] {text!r} got {got}: {said}"


@cache
def part(name: str) -> Any:  # noqa: ANN401  (YAML)
    """Return one of the three files: ``wordings``, ``names`` or ``values``."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def questions(*, every: bool) -> Iterator[Asked]:
    """Yield the questions: ``every`` one, or the same few by chance for each organisation, attribute and language."""
    for entry, values in part("values").items():
        for attribute in values:
            for language, wordings in part("wordings")[attribute].items():
                texts = [
                    wording.replace("{name}", name) for name in part("names")[entry][language] for wording in wordings
                ]
                chance = Random(f"{entry} {attribute} {language}")  # noqa: S311  (the same ones in every run)
                for text in texts if every else chance.sample(texts, SAMPLE):
                    yield Asked(entry, attribute, language, text)


def asked(*, every: bool) -> Iterator[Judged]:
    """Ask the questions and judge the replies."""
    for question in questions(every=every):
        yield judged(question, ask(question.text, question.language))


def judged(question: Asked, record: Mapping[str, Any]) -> Judged:
    """Judge a reply to a question."""
    wanted = part("values")[question.entry][question.attribute]
    links = addresses(record)
    result = _result(question, record, wanted, f"{beginning(record)}\n{links}")
    at_once = (
        result if result is not Result.RIGHT else _result(question, record, wanted, first_line(record) + f"\n{links}")
    )
    return Judged(question, record, result, at_once in {Result.RIGHT, Result.ADMITTED})


def _result(question: Asked, record: Mapping[str, Any], wanted: str | list[str], text: str) -> Result:
    about = is_about(record, question.entry)
    if not about:
        return Result.OFFERED if question.entry in record["choices"] else Result.OTHER
    unknown = record.get("known") is False
    if wanted == UNKNOWN:
        if unknown and _names(question, plain(record["text"])):
            return Result.ADMITTED
    elif all(re.search(pattern, text, re.IGNORECASE) for pattern in wanted):
        return Result.RIGHT
    if record.get("attribute") not in {None, question.attribute}:
        return Result.UNRELATED
    return Result.DENIED if unknown and wanted != UNKNOWN else Result.SILENT


def _names(question: Asked, text: str) -> bool:
    """Tell whether a text names the organisation, by any of its names without a slip, in any language."""
    names = {name for by_language in part("names")[question.entry].values() for name in by_language[:-1]}
    return any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in names)


def figures(found: Sequence[Judged]) -> Figures:
    """Return the shares, by language and by attribute: good, good in the first line, and unrelated."""
    rows = [
        (one.asked, {"right": one.good, "first line": one.at_once, "unrelated": one.result is Result.UNRELATED})
        for one in found
    ]
    return counted((asked.language, row) for asked, row in rows) | counted(
        (asked.attribute, row) for asked, row in rows
    )
