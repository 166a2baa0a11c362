"""Reads the files of a knowledge folder: entries, their phrases, and the files of which there is one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from bot.knowledge.attributes import Attribute, Attributes
from bot.knowledge.entry import BotInfo, DangerScore, Entry, GoldenQuestion, Synonyms
from bot.knowledge.fields import shown
from bot.knowledge.finding import Finding, Severity
from bot.knowledge.help.care import Care
from bot.knowledge.help.numbers import Numbers
from bot.knowledge.kinds import BUILT_IN, ENTRY
from bot.knowledge.loader.files import error, read_text
from bot.knowledge.loader.joining import with_phrases
from bot.knowledge.loader.yaml_loader import MAX_REPEATED_IN_FOLDER, read_documents
from bot.knowledge.validation import did_you_mean, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.knowledge.finding import Findings
    from bot.knowledge.kinds import Kind
    from bot.knowledge.loader.files import File
    from bot.knowledge.loader.positions import Document

_Model = TypeVar("_Model", bound=BaseModel)

PHRASINGS = "phrasings"
"""Folder whose files have phrases of entries: ``omct.yaml``, or ``omct.fr.yaml``, those of the entry ``omct``."""

SYNONYMS = "synonyms"
"""Folder whose files have the synonyms of a language each: ``en.yaml``."""

PHRASE_KEYS = ("aliases", "keywords", "questions", "calm")
"""What of an entry may stand in a file of its phrases."""

_MAY_BE_ENTRIES = frozenset({"helplines", "care", "danger"})
"""Files beside the entries whose names an entry may have as well: one that has a name is an entry."""


def _is_entry(document: Document) -> bool:
    return isinstance(document.value, dict) and "name" in document.value


class Reader:
    """Collects what the files of one folder hold, and what is wrong with them; ``size``: the bytes of all files."""

    def __init__(self, name: str, findings: Findings, size: int) -> None:
        self.name = name
        self.findings = findings
        self.entries: dict[str, Entry] = {}
        self.sources: dict[str, Document] = {}
        """The document of each entry, by its id."""
        self.broken: set[str] = set()
        """Ids of entries that there are, though they cannot be read."""
        self.bot: BotInfo | None = None
        self.golden: dict[int, GoldenQuestion] = {}
        self.synonyms: dict[str, tuple[str, ...]] = {}
        self.synonym_sources: list[Document] = []
        self.attributes: dict[str, Attribute] = {}
        self.numbers = Numbers()
        self.care = Care()
        self.danger: DangerScore | None = None
        self.only: dict[str, Document] = {}
        """The documents of which a folder has one, by the names of their files."""
        self._may_repeat = max(MAX_REPEATED_IN_FOLDER, size)  # characters, by aliases
        self._written: list[tuple[Document, str | None]] = []
        self._phrases: defaultdict[str, list[Document]] = defaultdict(list)

    def read(self, files: Iterable[tuple[File, bytes]]) -> None:
        """Read the files; entries last, as their phrases may stand in any of the others."""
        for file, data in files:
            self._file(file, data)
        for document, stem in self._written:
            self._entry(document, stem)
        known = {*self.sources, *self.broken}
        for entry_id, parts in self._phrases.items():
            if entry_id not in known:
                advice = did_you_mean(entry_id, known) or "Name the file like the entry."
                message = f"there is no entry {entry_id!r} that these could be phrases of."
                self._error(parts[0].place(), "unknown-id", message, advice)
        self._give_kinds()

    def _file(self, file: File, data: bytes) -> None:
        inside = PurePosixPath(file.inside)
        stem = inside.stem
        text, findings = read_text(data, file.shown)
        self.findings.extend(findings)
        if text is None:
            self.broken.add(stem)
            return
        reading = read_documents(text, file.shown)
        self.findings.extend(reading.findings)
        self.broken.update(reading.broken)
        documents = reading.documents
        self._may_repeat -= reading.repeated
        if reading.repeated and self._may_repeat < 0:
            message = "the aliases of all files together repeat more text than the folder has."
            self.findings.add(error(file.shown, "too-many-aliases", message, "Write the values out."))
            self.broken.add(stem)
            return
        if not documents and reading.whole:
            message = "the file holds nothing but comments."
            self.findings.add(Finding(file.shown, 1, 1, Severity.WARNING, "empty-file", message, "Write an entry."))
        elif not documents:
            self.broken.add(stem)
        special = self._special(inside, documents)
        if special and len(documents) > 1:
            place, message = documents[1].place(), f"{stem}.yaml is one document."
            self._error(place, "second-document", message, "Remove the --- line.")
        elif special and documents:
            special(documents[0])
        elif not special:
            alone = len(documents) == 1 and reading.whole
            for document in documents:
                if inside.parts[0] == PHRASINGS and len(inside.parts) > 1 and not _is_entry(document):
                    self._part(document, stem.partition(".")[0])
                else:
                    self._written.append((document, stem if alone else None))

    def _special(self, inside: PurePosixPath, documents: Sequence[Document]) -> Callable[[Document], None] | None:
        """Return what reads a file that is no entry, by its name and place; None for one that is."""
        if inside.parts[0] == SYNONYMS and len(inside.parts) > 1:
            return None if any(map(_is_entry, documents)) else self._synonyms
        if len(inside.parts) > 1 or (inside.stem in _MAY_BE_ENTRIES and any(map(_is_entry, documents))):
            return None
        return {
            "bot": self._bot,
            "golden": self._golden,
            "synonyms": self._synonyms,
            "attributes": self._attributes,
            "helplines": self._numbers,
            "care": self._care,
            "danger": self._danger,
        }.get(inside.stem)

    def _error(self, place: tuple[str, int, int], code: str, message: str, advice: str) -> None:
        self.findings.add(Finding(*place, Severity.ERROR, code, message, advice))

    def _validated(self, model: type[_Model], document: Document) -> _Model | None:
        read, findings = validate(model, document.value, document)
        self.findings.extend(findings)
        return read

    def _bot(self, document: Document) -> None:
        if "bot" in self.only:
            message = f"there is a second bot.yaml, {self.only['bot'].path}."
            self._error(document.place(), "duplicate-file", message, "Remove one of them.")
        self.only["bot"] = document
        self.bot = self._validated(BotInfo, document)

    def _golden(self, document: Document) -> None:
        self.only["golden"] = document
        if not isinstance(document.value, list):
            advice = "Begin each with a dash: - q: ..."
            self._error(document.place(), "not-a-list", "golden questions are a list.", advice)
            return
        for index, value in enumerate(document.value):
            if self.findings.full(document.path):
                return
            question, findings = validate(GoldenQuestion, value, document, index)
            self.findings.extend(findings)
            if question:
                self.golden[index] = question

    def _synonyms(self, document: Document) -> None:
        read = self._validated(Synonyms, document)
        if read:
            self.synonym_sources.append(document)
            for language, groups in read.root.items():
                self.synonyms[language] = (*self.synonyms.get(language, ()), *groups)

    def _attributes(self, document: Document) -> None:
        self.only["attributes"] = document
        read = self._validated(Attributes, document)
        self.attributes = read.root if read else {}

    def _numbers(self, document: Document) -> None:
        self.only["helplines"] = document
        self.numbers = self._validated(Numbers, document) or self.numbers

    def _care(self, document: Document) -> None:
        self.only["care"] = document
        self.care = self._validated(Care, document) or self.care

    def _danger(self, document: Document) -> None:
        self.danger = self._validated(DangerScore, document)

    def _part(self, document: Document, entry_id: str) -> None:
        """Keep a document of phrases until its entry is read."""
        if not isinstance(document.value, dict):
            message, advice = "phrases stand below a key, and there is none.", f"Write {' or '.join(PHRASE_KEYS)}:"
            self._error(document.place(), "not-a-mapping", message, advice)
            return
        for key in document.value:
            if key not in PHRASE_KEYS:
                advice = did_you_mean(key, PHRASE_KEYS) or f"The keys are {', '.join(PHRASE_KEYS)}."
                message = f"a file of phrases has no key {shown(key)}."
                self._error(document.place(key, key=True), "unknown-key", message, advice)
        self._phrases[entry_id].append(document)

    def _entry(self, document: Document, stem: str | None) -> None:
        if not isinstance(document.value, dict):
            self._validated(Entry, document)
            return
        written = document.value.get("id")
        entry_id = stem if written is None else written
        if entry_id is None:
            message = "this entry has no id, and there are several in the file."
            self._error(document.place(), "missing-id", message, "Add id:")
            return
        parts = () if str(entry_id) in self.sources else self._phrases[str(entry_id)]
        document, value = with_phrases(document, parts, PHRASE_KEYS)
        entry, findings = validate(Entry, {**value, "id": entry_id}, document)
        self.findings.extend(findings)
        if entry is None:
            self.broken.add(str(entry_id))
        elif entry.id in self.sources:
            first = self.sources[entry.id].place("id")
            message = f"the id {entry.id!r} is taken: {first.path}:{first.line}:{first.column}."
            self._error(document.place("id"), "duplicate-id", message, "Give one of them another id.")
        else:
            self.entries[entry.id] = entry
            self.sources[entry.id] = document

    def _give_kinds(self) -> None:
        """Give each entry the kind that the folder declares; where it declares none, entries may be of any."""
        if "bot" in self.only and not self.bot:
            return  # what bot.yaml declares is not known as long as it cannot be read
        declared = self.bot.declared_kinds() if self.bot else {}
        usual = next(iter(declared.values()), ENTRY)
        told: set[Kind] = set()
        for entry in self.entries.values():
            kind = entry.kind if "kind" in entry.model_fields_set else usual
            if kind.id in declared:
                self.entries[entry.id] = entry.model_copy(update={"kind": declared[kind.id]})
            elif declared and not kind.built_in:
                known = [*declared, *BUILT_IN]
                advice = did_you_mean(kind.id, known) or (
                    f"Write one of {', '.join(known)}; or declare it under kinds: in bot.yaml."
                )
                place = self.sources[entry.id].place("kind")
                self._error(place, "unknown-value", f"{kind.id!r} is no value of 'kind'.", advice)
            elif kind != ENTRY and not kind.built_in and kind not in told:
                told.add(kind)
                message = f"bot.yaml does not say what {kind.id!r} is: it is listed under that word."
                place = self.sources[entry.id].place("kind")
                advice = "Declare it under kinds: in bot.yaml."
                self.findings.add(Finding(*place, Severity.WARNING, "undeclared-kind", message, advice))
