"""Read a knowledge folder: everything that can be read, and everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bot.knowledge.attributes import Attribute, Attributes
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.collector import collector_paused
from bot.knowledge.consistency import (
    check_care,
    check_entry,
    check_facts,
    check_golden,
    check_numbers,
    check_references,
)
from bot.knowledge.entry import ANY_LANGUAGE, BotInfo, DangerScore, Entry, GoldenQuestion, Synonyms
from bot.knowledge.finding import Finding, Findings, Severity
from bot.knowledge.help.care import Care
from bot.knowledge.help.numbers import Numbers
from bot.knowledge.kinds import BUILT_IN, ENTRY
from bot.knowledge.loader.files import Digest, error, list_files, read_bytes, read_text
from bot.knowledge.loader.positions import Document, Place
from bot.knowledge.loader.yaml_loader import MAX_REPEATED_IN_FOLDER, read_documents
from bot.knowledge.validation import did_you_mean, validate

if TYPE_CHECKING:
    from bot.knowledge.kinds import Kind
    from bot.knowledge.loader.files import File, Listing

_ATTEMPTS = 3
"""How often a folder is read that changes meanwhile: an editor's program may be just saving."""


_MAY_BE_ENTRIES = frozenset({"helplines", "care", "danger"})
"""Files beside the entries whose names an entry may have as well: one that has a name is an entry."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as read. ``revision`` is a short digest of its files' names and bytes, ``digest`` the whole of it.

    With an error among the ``findings`` the catalogue is incomplete.
    """

    name: str
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    revision: str
    files: tuple[File, ...] = ()
    sources: dict[str, Document] = field(default_factory=dict, repr=False)
    """The document of each entry, by its id."""
    bot_source: Document | None = field(default=None, repr=False)
    golden_source: Document | None = field(default=None, repr=False)
    synonyms_source: Document | None = field(default=None, repr=False)
    attributes_source: Document | None = field(default=None, repr=False)
    numbers_source: Document | None = field(default=None, repr=False)
    care_source: Document | None = field(default=None, repr=False)
    digest: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether something keeps the folder from being served."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def place(self, entry_id: str, *steps: str | int, key: bool = False) -> Place:
        """Return where a part of an entry stands."""
        return self.sources[entry_id].place(*steps, key=key)

    def bot_place(self, *steps: str | int) -> Place:
        """Return where a part of ``bot.yaml`` stands; without one, the folder itself."""
        return self.bot_source.place(*steps) if self.bot_source else Place(self.name, 1, 1)


def read_folder(path: Path) -> Folder:
    """Read every entry below ``path``; never raises for what may be wrong with the folder or its files."""
    with collector_paused():
        for _ in range(_ATTEMPTS):
            listing = list_files(path)
            folder = _Reader(path.resolve().name or str(path)).read(listing)
            if list_files(path).files == listing.files:
                return folder
    changing = error(folder.name, "changing", "files changed while they were being read.", "Try again in a moment.")
    return Folder(folder.name, folder.catalogue, (changing, *folder.findings), folder.revision)


@cache
def default_attributes() -> dict[str, Attribute]:
    """Return the attributes of organisations that the program knows by itself, read once."""
    file = resources.files("bot.knowledge").joinpath("attributes.yaml")
    document = read_documents(file.read_text(encoding="utf-8"), "attributes.yaml").documents[0]
    return Attributes.model_validate(document.value).root


class _Reader:
    """Collects what the files of one folder hold."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings = Findings()
        self.entries: dict[str, Entry] = {}
        self.sources: dict[str, Document] = {}
        self.broken: set[str] = set()
        self.bot: BotInfo | None = None
        self.bot_source: Document | None = None
        self.golden: dict[int, GoldenQuestion] = {}
        self.golden_source: Document | None = None
        self.synonyms: dict[str, tuple[str, ...]] = {}
        self.synonyms_source: Document | None = None
        self.attributes: dict[str, Attribute] = {}
        self.attributes_source: Document | None = None
        self.numbers = Numbers()
        self.numbers_source: Document | None = None
        self.care = Care()
        self.care_source: Document | None = None
        self.danger: DangerScore | None = None
        self.may_repeat = MAX_REPEATED_IN_FOLDER

    def read(self, listing: Listing) -> Folder:
        self.may_repeat = max(self.may_repeat, sum(file.size for file in listing.files))
        for finding in listing.findings:
            self.findings.add(finding)
        digest = Digest()
        for file in listing.files:
            data, findings = read_bytes(file)
            self.findings.extend(findings)
            if data is not None:
                digest.add(file, data)
                self._file(file, data)
        self._give_kinds()
        catalogue = Catalogue.model_construct(
            bot=self.bot or self._untitled(bool(listing.files)),
            entries={key: self.entries[key] for key in sorted(self.entries)},
            golden=tuple(self.golden.values()),
            synonyms=self.synonyms,
            attributes={**default_attributes(), **self.attributes},
            numbers=self.numbers,
            care=self.care,
            danger=self.danger,
        )
        self._check(catalogue)
        if listing.files and not self.entries and not self.broken:
            self.findings.add(error(self.name, "no-entries", "there is no entry in this folder.", "Write one."))
        return Folder(
            self.name,
            catalogue,
            self.findings.told(),
            str(digest),
            tuple(listing.files),
            self.sources,
            self.bot_source,
            self.golden_source,
            self.synonyms_source,
            self.attributes_source,
            self.numbers_source,
            self.care_source,
            digest.whole,
        )

    def _check(self, catalogue: Catalogue) -> None:
        """Find what entries lack beyond their form; ``broken`` ones exist, though they could not be read."""
        known = {*catalogue.entries, *self.broken}
        for entry in catalogue.entries.values():
            document = self.sources[entry.id]
            for check in (
                check_entry(entry, document, self.numbers.lines),
                check_references(entry, document, catalogue, known),
                check_facts(entry, document, catalogue, known),
            ):
                if not self.findings.full(document.path):
                    self.findings.extend(check)
        if self.numbers_source:
            self.findings.extend(check_numbers(self.numbers, self.numbers_source))
        if self.care_source:
            self.findings.extend(check_care(self.care, self.care_source, known))
        if self.golden_source:
            self.findings.extend(check_golden(self.golden, self.golden_source, known))

    def _file(self, file: File, data: bytes) -> None:
        inside = PurePosixPath(file.inside)
        stem = inside.stem
        readers = {
            "bot": self._bot,
            "golden": self._golden,
            "synonyms": self._synonyms,
            "attributes": self._attributes,
            "helplines": self._numbers,
            "care": self._care,
            "danger": self._danger,
        }
        special = readers.get(stem) if len(inside.parts) == 1 else None
        text, findings = read_text(data, file.shown)
        self.findings.extend(findings)
        if text is None:
            self.broken.add(stem)
            return
        reading = read_documents(text, file.shown)
        self.findings.extend(reading.findings)
        self.broken.update(reading.broken)
        documents = reading.documents
        self.may_repeat -= reading.repeated
        if self.may_repeat < 0 and reading.repeated:
            message = "the aliases of all files together repeat more text than the folder has."
            self.findings.add(error(file.shown, "too-many-aliases", message, "Write the values out."))
            self.broken.add(stem)
            return
        if stem in _MAY_BE_ENTRIES and any(isinstance(one.value, dict) and "name" in one.value for one in documents):
            special = None
        if not documents and reading.whole:
            message = "the file holds nothing but comments."
            self.findings.add(Finding(file.shown, 1, 1, Severity.WARNING, "empty-file", message, "Write an entry."))
        elif not documents:
            self.broken.add(stem)
        if special and len(documents) > 1:
            place, message = documents[1].place(), f"{stem}.yaml is one document."
            self._error(place, "second-document", message, "Remove the --- line.")
        elif special and documents:
            special(documents[0])
        elif not special:
            alone = len(documents) == 1 and reading.whole
            for document in documents:
                self._entry(document, stem if alone else None)

    def _error(self, place: tuple[str, int, int], code: str, message: str, advice: str) -> None:
        self.findings.add(Finding(*place, Severity.ERROR, code, message, advice))

    def _bot(self, document: Document) -> None:
        if self.bot_source:
            message = f"there is a second bot.yaml, {self.bot_source.path}."
            self._error(document.place(), "duplicate-file", message, "Remove one of them.")
        self.bot_source = document
        self.bot, findings = validate(BotInfo, document.value, document)
        self.findings.extend(findings)

    def _golden(self, document: Document) -> None:
        self.golden_source = document
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
        self.synonyms_source = document
        read, findings = validate(Synonyms, document.value, document)
        self.findings.extend(findings)
        if read:
            self.synonyms = read.root

    def _attributes(self, document: Document) -> None:
        self.attributes_source = document
        read, findings = validate(Attributes, document.value, document)
        self.findings.extend(findings)
        if read:
            self.attributes = read.root

    def _numbers(self, document: Document) -> None:
        self.numbers_source = document
        read, findings = validate(Numbers, document.value, document)
        self.findings.extend(findings)
        if read:
            self.numbers = read

    def _care(self, document: Document) -> None:
        self.care_source = document
        read, findings = validate(Care, document.value, document)
        self.findings.extend(findings)
        if read:
            self.care = read

    def _danger(self, document: Document) -> None:
        self.danger, findings = validate(DangerScore, document.value, document)
        self.findings.extend(findings)

    def _entry(self, document: Document, stem: str | None) -> None:
        value = document.value
        if isinstance(value, dict) and value.get("id") is None:
            if stem is None:
                message = "this entry has no id, and there are several in the file."
                self._error(document.place(), "missing-id", message, "Add id:")
                return
            value = {"id": stem, **{key: item for key, item in value.items() if key != "id"}}
        entry, findings = validate(Entry, value, document)
        self.findings.extend(findings)
        if entry is None:
            if isinstance(value, dict):
                self.broken.add(str(value["id"]))
        elif entry.id in self.sources:
            first = self.sources[entry.id].place("id")
            message = f"the id {entry.id!r} is taken: {first.path}:{first.line}:{first.column}."
            self._error(document.place("id"), "duplicate-id", message, "Give one of them another id.")
        else:
            self.entries[entry.id] = entry
            self.sources[entry.id] = document

    def _give_kinds(self) -> None:
        """Give each entry the kind that the folder declares; where it declares none, entries may be of any."""
        if self.bot_source and not self.bot:
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

    def _untitled(self, found: bool) -> BotInfo:
        """Return what ``bot.yaml`` would say: the folder's name, and the languages that most entries have."""
        if found and not self.bot_source:
            message = "there is no bot.yaml: the folder's name is the title."
            self.findings.add(
                Finding(self.name, 1, 1, Severity.NOTE, "no-bot-file", message, "Write one for a better title.")
            )
        counts = Counter(
            language
            for entry in self.entries.values()
            for language in (entry.summary or entry.reply)
            if language != ANY_LANGUAGE
        )
        common = tuple(language for language, count in counts.most_common() if count * 2 >= len(self.entries))
        title = self.name.replace("_", " ").replace("-", " ").strip() or "Knowledge"
        return BotInfo(title={ANY_LANGUAGE: title}, languages=common or ("en",))
