"""Brings the text of one file into the form; what it says is the same afterwards, or the file is left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity
from bot.knowledge.form.parsing import SCHEMA_LINE, Unusual, parse
from bot.knowledge.form.shapes import Entries, Other, Phrasings, Synonyms
from bot.knowledge.form.writing import write
from bot.knowledge.loader.files import list_files, read_bytes, read_text
from bot.knowledge.loader.reader import PHRASINGS, SYNONYMS
from bot.knowledge.loader.yaml_loader import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.knowledge.loader.files import File
    from bot.knowledge.loader.positions import Document

SCHEMA = "phrasings.schema.json"
"""The schema of files of phrases, where a folder has it."""

_OTHER = frozenset({"bot", "golden", "attributes", "helplines", "care", "danger"})
_MAY_BE_HELP = re.compile(r"""^kind:[ ]*["']?help\b""", re.MULTILINE)


@dataclass(frozen=True)
class Formatted:
    """A file's text in the form; None where it is left alone, and ``findings`` say why."""

    text: str | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class House:
    """What the form of a file depends on in the rest of its folder.

    ``languages``: those of ``bot.yaml``. ``ordered``: ids of help entries, whose phrases stay in their order.
    ``has_schema``: there is a schema for files of phrases.
    """

    languages: tuple[str, ...] = ()
    ordered: frozenset[str] = frozenset()
    has_schema: bool = False

    @classmethod
    def of(cls, folder: Path) -> House:
        """Look at a folder."""
        languages: tuple[str, ...] = ()
        ordered: set[str] = set()
        for file in list_files(folder).files:
            inside = PurePosixPath(file.inside)
            if inside.parts[0] == PHRASINGS:
                continue
            text = _text_of(file)
            if len(inside.parts) == 1 and inside.stem == "bot":
                for document in _values(read_documents(text, file.shown).documents):
                    listed = document.get("languages")
                    languages = tuple(map(str, listed)) if isinstance(listed, list) else languages
            elif _MAY_BE_HELP.search(text):
                for document in _values(read_documents(text, file.shown).documents):
                    if document.get("kind") == "help":
                        ordered.add(str(document.get("id") or inside.stem))
        return cls(languages, frozenset(ordered), (folder / SCHEMA).is_file())

    def shape(self, inside: str, documents: Iterable[Document]) -> Other:
        """Return the shape of a file by its path in the folder; one that holds an entry has that of entries."""
        path = PurePosixPath(inside)
        if any("name" in value for value in _values(documents)):
            return Entries()
        if path.parts[0] == PHRASINGS and len(path.parts) > 1:
            up = "../" * (len(path.parts) - 1)
            schema = f"{SCHEMA_LINE} $schema={up}{SCHEMA}" if self.has_schema else None
            in_order = path.stem.partition(".")[0] not in self.ordered
            return Phrasings(self.languages, in_order, schema)
        if (path.parts[0] == SYNONYMS and len(path.parts) > 1) or inside in {"synonyms.yaml", "synonyms.yml"}:
            return Synonyms()
        if len(path.parts) == 1 and path.stem in _OTHER:
            return Other()
        return Entries()


def _text_of(file: File) -> str:
    data, _ = read_bytes(file)
    text, _ = read_text(data or b"", file.shown)
    return text or ""


def _values(documents: Iterable[Document]) -> list[dict[str, object]]:
    return [dict(one.value) for one in documents if isinstance(one.value, dict)]


def formatted(data: bytes, shown: str, house: House) -> Formatted:
    """Return the bytes of a file as text in the form. ``shown``: its path, beginning with the folder's name."""
    text, findings = read_text(data, shown)
    found = [one for one in findings if one.severity is Severity.ERROR]
    if text is None:
        return Formatted(None, tuple(found))
    reading = read_documents(text, shown)
    if found or reading.findings:
        return Formatted(None, (*found, *reading.findings))
    shape = house.shape(shown.partition("/")[2], reading.documents)
    try:
        new, comments = _arranged(text, shape)
    except Unusual:
        new, comments = _tidied(text), None
    if new == text or _same(reading.documents, comments, new, shape):
        return Formatted(new)
    message = "in the usual form this would not say the same: the file is left as it is."
    advice = "Write what is unusual in it more simply."
    return Formatted(None, (Finding(shown, 1, 1, Severity.WARNING, "not-formatted", message, advice),))


def _arranged(text: str, shape: Other) -> tuple[str, list[str] | None]:
    """Return the text in its shape, and the comments that it has."""
    if type(shape) is Other:
        return _tidied(text), None
    trees, comments = parse(text)
    for tree in trees:
        shape.arrange(tree)
    return write(trees), comments


def _tidied(text: str) -> str:
    return "\n".join(line.rstrip(" \t") for line in text.rstrip().split("\n")) + "\n"


def _same(documents: tuple[Document, ...], comments: list[str] | None, new: str, shape: Other) -> bool:
    """Return whether a new text means what the old one did, and has its comments."""
    reading = read_documents(new, "")
    before, after = ([shape.meaning(one.value) for one in some] for some in (documents, reading.documents))
    if reading.findings or before != after:
        return False
    if comments is None:
        return True
    there = parse(new)[1]
    return sorted(_without_schema(comments)) == sorted(_without_schema(there))


def _without_schema(comments: list[str]) -> list[str]:
    return [one for one in comments if not one.startswith(SCHEMA_LINE)]
