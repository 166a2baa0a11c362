"""What is searched in a benchmark, in a form that every method can index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """An entry reduced to its searchable texts."""

    id: str
    name: str
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    summary: str = ""

    def short_texts(self) -> Iterator[str]:
        """Yield the strings that a scan by similarity compares with: everything but the summary."""
        yield self.name
        if self.acronym:
            yield self.acronym
        yield from self.aliases
        yield from self.keywords
        yield from self.questions

    def joined(self) -> str:
        """Return all texts as one, the name twice (what a search engine with a single field would index)."""
        return " ".join((self.name, *self.short_texts(), self.summary))

    def entry(self) -> Entry:
        """Return the knowledge entry that the shipped engine indexes."""
        return Entry(
            id=self.id,
            name={ANY_LANGUAGE: self.name},
            acronyms=(self.acronym,) if self.acronym else (),
            aliases={ANY_LANGUAGE: self.aliases} if self.aliases else {},
            keywords={ANY_LANGUAGE: self.keywords} if self.keywords else {},
            questions={ANY_LANGUAGE: self.questions} if self.questions else {},
            summary={ANY_LANGUAGE: self.summary or self.name},
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the id of the document that answers it (None: nothing does) and what kind it is."""

    text: str
    want: str | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Documents and the questions to try on them."""

    name: str
    documents: tuple[Document, ...]
    asked: tuple[Asked, ...]


def read_question_set(folder: Path) -> QuestionSet:
    """Read ``train.jsonl`` and ``validation.jsonl``: one object a line, ``q`` and ``entry`` (null: out of scope).

    An entry's name is its label in words; its example questions are its questions.
    """

    def lines(name: str) -> list[dict[str, str | None]]:
        return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines() if line.strip()]

    examples: dict[str, list[str]] = {}
    for row in lines("train.jsonl"):
        examples.setdefault(str(row["entry"]), []).append(str(row["q"]))
    documents = tuple(
        Document(id=f"e{number}", name=label.replace("_", " ").replace("-", " "), questions=tuple(questions))
        for number, (label, questions) in enumerate(sorted(examples.items()))
    )
    ids = {label: f"e{number}" for number, label in enumerate(sorted(examples))}
    asked = tuple(
        Asked(text=str(row["q"]), want=None if row["entry"] is None else ids[str(row["entry"])])
        for row in lines("validation.jsonl")
    )
    return QuestionSet(name=folder.name, documents=documents, asked=asked)
