"""Read a knowledge folder: everything that can be read, and everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
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
from bot.knowledge.entry import ANY_LANGUAGE, BotInfo
from bot.knowledge.finding import Finding, Findings, Severity
from bot.knowledge.loader.files import Digest, error, list_files, read_bytes
from bot.knowledge.loader.positions import Document, Place
from bot.knowledge.loader.reader import Reader
from bot.knowledge.loader.yaml_loader import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.knowledge.loader.files import File, Listing

_ATTEMPTS = 3
"""How often a folder is read that changes meanwhile: an editor's program may be just saving."""


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
    documents: dict[str, Document] = field(default_factory=dict, repr=False)
    """The documents of which there is one, by the names of their files: ``bot``, ``golden``, ``attributes`` ..."""
    synonym_sources: tuple[Document, ...] = field(default=(), repr=False)
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
        source = self.documents.get("bot")
        return source.place(*steps) if source else Place(self.name, 1, 1)


def read_folder(path: Path) -> Folder:
    """Read every entry below ``path``; never raises for what may be wrong with the folder or its files."""
    with collector_paused():
        for _ in range(_ATTEMPTS):
            listing = list_files(path)
            folder = _read(listing, path.resolve().name or str(path))
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


def _read(listing: Listing, name: str) -> Folder:
    findings = Findings()
    digest = Digest()
    findings.extend(listing.findings)
    reader = Reader(name, findings, sum(file.size for file in listing.files))
    reader.read(_contents(listing, digest, findings))
    catalogue = Catalogue.model_construct(
        bot=reader.bot or _untitled(reader, told=bool(listing.files) and "bot" not in reader.only),
        entries={key: reader.entries[key] for key in sorted(reader.entries)},
        golden=tuple(reader.golden.values()),
        synonyms=reader.synonyms,
        attributes={**default_attributes(), **reader.attributes},
        numbers=reader.numbers,
        care=reader.care,
        danger=reader.danger,
    )
    _check(reader, catalogue)
    if listing.files and not reader.entries and not reader.broken:
        findings.add(error(name, "no-entries", "there is no entry in this folder.", "Write one."))
    return Folder(
        name,
        catalogue,
        findings.told(),
        str(digest),
        tuple(listing.files),
        reader.sources,
        reader.only,
        tuple(reader.synonym_sources),
        digest.whole,
    )


def _contents(listing: Listing, digest: Digest, findings: Findings) -> Iterator[tuple[File, bytes]]:
    """Yield the files with their bytes, one after another, and add them to the digest."""
    for file in listing.files:
        data, unreadable = read_bytes(file)
        findings.extend(unreadable)
        if data is not None:
            digest.add(file, data)
            yield file, data


def _check(reader: Reader, catalogue: Catalogue) -> None:
    """Find what entries lack beyond their form; ``broken`` ones exist, though they could not be read."""
    known = {*catalogue.entries, *reader.broken}
    findings, only = reader.findings, reader.only
    for entry in catalogue.entries.values():
        document = reader.sources[entry.id]
        for check in (
            check_entry(entry, document, reader.numbers.lines),
            check_references(entry, document, catalogue, known),
            check_facts(entry, document, catalogue, known),
        ):
            if not findings.full(document.path):
                findings.extend(check)
    if "helplines" in only:
        findings.extend(check_numbers(reader.numbers, only["helplines"]))
    if "care" in only:
        findings.extend(check_care(reader.care, only["care"], known))
    if "golden" in only:
        findings.extend(check_golden(reader.golden, only["golden"], known))


def _untitled(reader: Reader, *, told: bool) -> BotInfo:
    """Return what ``bot.yaml`` would say: the folder's name, and the languages that most entries have."""
    if told:
        message = "there is no bot.yaml: the folder's name is the title."
        reader.findings.add(
            Finding(reader.name, 1, 1, Severity.NOTE, "no-bot-file", message, "Write one for a better title.")
        )
    counts = Counter(
        language
        for entry in reader.entries.values()
        for language in (entry.summary or entry.reply)
        if language != ANY_LANGUAGE
    )
    common = tuple(language for language, count in counts.most_common() if count * 2 >= len(reader.entries))
    title = reader.name.replace("_", " ").replace("-", " ").strip() or "Knowledge"
    return BotInfo(title={ANY_LANGUAGE: title}, languages=common or ("en",))
