"""The files of a knowledge folder: which ones count, and their text."""

from __future__ import annotations

import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 32 * 2**20
"""One file; ten thousand entries have about 8 MB."""

MAX_FOLDER_BYTES = 128 * 2**20
"""All files together."""

MAX_FOLDERS = 20
"""Folders inside one another."""

_SEARCHED_AT_ONCE = 2**19
"""Characters searched without letting go of the interpreter: a few milliseconds, which nobody who chats notices."""

_SHORT = 12
"""Letters of a digest that tell editions apart for people."""

_SUFFIXES = frozenset({".yaml", ".yml"})
# What YAML forbids, and the line ends that some editors count as lines and others do not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class File:
    """A file that counts. ``shown`` is its path from the folder's parent, as findings give it."""

    path: Path
    shown: str
    size: int
    changed: int
    """Time of the last change in nanoseconds."""

    @property
    def inside(self) -> str:
        """Its path inside the folder."""
        return self.shown.partition("/")[2]


@dataclass(slots=True)
class Listing:
    """The files of a folder in order of their paths, and what is wrong with the folder itself."""

    files: list[File] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def error(path: str, code: str, message: str, advice: str) -> Finding:
    """Return a finding about a file as a whole."""
    return Finding(path, 1, 1, Severity.ERROR, code, message, advice)


def list_files(folder: Path) -> Listing:
    """List the YAML files of ``folder`` and its subfolders; hidden ones (with a dot in front) do not count.

    Linked files are read where they lead to files in the folder, as containers mount them that way: what is outside
    nobody meant to publish. Linked folders are not read, lest they lead in a circle.
    """
    listing = Listing()
    name = folder.resolve().name or str(folder)
    try:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist"
            listing.findings.append(
                error(
                    name,
                    "no-folder",
                    f"the knowledge folder {folder} {what}.",
                    "Check the path, or the setting KNOWLEDGE_DIR.",
                )
            )
            return listing
    except OSError as problem:
        listing.findings.append(error(name, "unreadable", f"{folder}: {_reason(problem)}.", "Check the path."))
        return listing
    _walk(folder, name, listing, folder.resolve())
    if sum(file.size for file in listing.files) > MAX_FOLDER_BYTES:
        listing.findings.append(
            error(
                name,
                "too-large",
                f"the files have more than {MAX_FOLDER_BYTES // 2**20} MB together.",
                "Remove what does not belong here.",
            )
        )
        listing.files.clear()
    elif not listing.files and not listing.findings:
        listing.findings.append(
            error(
                name,
                "empty-folder",
                f"there is no .yaml file in {folder}.",
                "Write an entry, or check the setting KNOWLEDGE_DIR.",
            )
        )
    return listing


def _walk(folder: Path, shown: str, listing: Listing, root: Path, depth: int = 0) -> None:
    if depth > MAX_FOLDERS:
        message = f"folders stand more than {MAX_FOLDERS} deep inside one another."
        listing.findings.append(error(shown, "too-deep", message, "Move what is in here further up."))
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError as problem:
        listing.findings.append(
            error(
                shown,
                "unreadable",
                f"the folder cannot be read: {_reason(problem)}.",
                "Give the bot the right to read it.",
            )
        )
        return
    for path in paths:
        if not path.name.startswith("."):
            _look(path, f"{shown}/{path.name}", listing, root, depth)


def _look(path: Path, shown: str, listing: Listing, root: Path, depth: int) -> None:
    is_yaml = path.suffix.lower() in _SUFFIXES
    try:
        status = path.stat()
        outside = path.is_symlink() and not path.resolve().is_relative_to(root)
    except OSError as problem:
        if is_yaml:
            listing.findings.append(_unreadable(shown, path, problem))
        return
    if stat.S_ISDIR(status.st_mode):
        if is_yaml:
            message, advice = "this is a folder with the name of a file.", "Rename it without .yaml."
            listing.findings.append(error(shown, "not-a-file", message, advice))
        if path.is_symlink():
            message, advice = "a linked folder is not read.", "Put the folder itself here."
            listing.findings.append(Finding(shown, 1, 1, Severity.WARNING, "linked-folder", message, advice))
        else:
            _walk(path, shown, listing, root, depth + 1)
    elif not is_yaml:
        return
    elif not stat.S_ISREG(status.st_mode):
        listing.findings.append(error(shown, "not-a-file", "this is neither a file nor a folder.", "Remove it."))
    elif outside:
        message = "this is a link to a file outside of the folder, which is not read."
        listing.findings.append(error(shown, "linked-outside", message, "Put the file itself here."))
    else:
        listing.files.append(File(path, shown, status.st_size, status.st_mtime_ns))


class Digest:
    """A short name for the content of a folder: the paths and bytes of its files, in order."""

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=32)

    def add(self, file: File, data: bytes) -> None:
        """Add a file."""
        self._hash.update(f"{file.inside}\0{len(data)}\0".encode(errors="surrogateescape"))
        self._hash.update(data)

    @property
    def whole(self) -> str:
        """The digest in full."""
        return self._hash.hexdigest()

    def __str__(self) -> str:
        return self.whole[:_SHORT]


def digest(folder: Path) -> str:
    """Return the digest of what is in ``folder`` now."""
    whole = Digest()
    for file in list_files(folder).files:
        whole.add(file, file.path.read_bytes())
    return str(whole)


def read_text(data: bytes, shown: str) -> tuple[str | None, list[Finding]]:
    """Decode a file's bytes. None if they are not text; line ends become plain newlines."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return None, [error(shown, "not-utf8", "the file is in UTF-16.", "Save it as UTF-8.")]
    findings = []
    if data.startswith(BOM_UTF8):
        data = data[len(BOM_UTF8) :]
        findings.append(
            Finding(
                shown,
                1,
                1,
                Severity.NOTE,
                "byte-order-mark",
                "the file begins with a byte order mark, which is skipped.",
                "Save it as UTF-8 without one.",
            )
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
        message = f"the file is not UTF-8: byte 0x{data[problem.start]:02x} does not belong there."
        findings.append(Finding(shown, line, column, Severity.ERROR, "not-utf8", message, "Save it as UTF-8."))
        return None, findings
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        findings.append(error(shown, "empty-file", "the file is empty.", "Write an entry, or delete the file."))
        return None, findings
    for start in range(0, len(text), _SEARCHED_AT_ONCE):
        found = _FORBIDDEN.search(text, start, start + _SEARCHED_AT_ONCE)
        if found is None:
            continue
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = f"the invisible character U+{ord(found[0]):04X} cannot stand in a text."
        findings.append(Finding(shown, line, column, Severity.ERROR, "control-character", message, "Delete it."))
        return None, findings
    return text, findings


def read_bytes(file: File) -> tuple[bytes | None, list[Finding]]:
    """Read a file that was listed; None if that fails or it is too large."""
    try:
        with file.path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        return None, [_unreadable(file.shown, file.path, problem)]
    if len(data) > MAX_FILE_BYTES:
        return None, [error(file.shown, "too-large", f"the file has more than {MAX_FILE_BYTES // 2**20} MB.",
                            "Divide it into several files.")]  # fmt: skip
    return data, []


def _unreadable(shown: str, path: Path, problem: OSError) -> Finding:
    if path.is_symlink() and not path.exists():
        return error(shown, "broken-link", "this is a link to a file that is not there.", "Remove or mend it.")
    return error(
        shown, "unreadable", f"the file cannot be read: {_reason(problem)}.", "Give the bot the right to read it."
    )


def _reason(problem: OSError) -> str:
    return (problem.strerror or "unknown reason").lower()
