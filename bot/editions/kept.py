"""Compiled editions kept in the data folder, so that the same folder need not be compiled at every start.

What is kept is asked for by a digest of everything that it was made of: the folder's bytes, the program's own files,
and the versions that it ran with. It is written beside its place and moved there when it is complete, and its bytes are
compared with a digest before they are read. Whatever is odd about it, the folder is compiled as if nothing were kept.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import sys
import tempfile
import unicodedata
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot.data_folder import make_private
from bot.editions.checks.verdicts import Verdict
from bot.editions.columns.packing import pack
from bot.editions.columns.plain import NotPlain
from bot.editions.columns.unpacking import unpack
from bot.knowledge.finding import Finding, Severity
from bot.matching.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.knowledge.folder import Folder

_log = logging.getLogger(__name__)

_HOME = "compiled"
_ENDING = ".columns"
_ASKED = ".asked"
_DIGEST = 32
"""Bytes of the digest at the end of a file."""

MOST = 3
"""Editions that are kept, the newest; the shipped folder's has 47 MB."""

_PROGRAM = frozenset({".py", ".yaml", ".json"})
_BUILT_WITH = ("babel", "numpy", "pydantic", "pyyaml", "rapidfuzz")
"""Distributions whose versions change what is compiled."""


class Kept:
    """The compiled editions in a data folder. Never raises: what cannot be kept or read is compiled again."""

    def __init__(self, data_dir: Path) -> None:
        self.home = data_dir / _HOME

    def load(self, read: Folder) -> tuple[Matcher, tuple[Finding, ...]] | None:
        """Return the matcher of a folder that was read and what was found in it then; None if that is not kept."""
        try:
            data = self._place(read).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[:-_DIGEST]
        if blake2b(body, digest_size=_DIGEST).digest() != data[-_DIGEST:]:
            _log.warning("%s is damaged: compiling", self._place(read))
            return None
        try:
            matcher, note = unpack(data, read.catalogue)
            findings = tuple(
                Finding(path, line, column, Severity(severity), *words) for path, line, column, severity, *words in note
            )
        except Exception:  # noqa: BLE001  (whatever is wrong with a file, there is still the folder itself)
            _log.warning("%s cannot be used: compiling", self._place(read), exc_info=True)
            return None
        return (matcher, findings) if isinstance(matcher, Matcher) else None

    def keep(self, read: Folder, matcher: Matcher, findings: Iterable[Finding]) -> None:
        """Keep what was compiled from a folder; without effect where that cannot be written."""
        note = [list(astuple(one)) for one in findings]
        try:
            make_private(self.home.parent, _HOME)
            handle, name = tempfile.mkstemp(prefix="making-", dir=self.home)
        except OSError as problem:
            _log.info("the compiled edition cannot be kept in %s: %s", self.home, problem.strerror)
            return
        try:
            whole = blake2b(digest_size=_DIGEST)
            with os.fdopen(handle, "wb") as stream:
                for piece in pack(matcher, read.catalogue, note):
                    whole.update(piece)
                    stream.write(piece)
                stream.write(whole.digest())
            Path(name).replace(self._place(read))
            self._remove_old(_ENDING)
        except (NotPlain, OSError) as problem:
            _log.info("the compiled edition cannot be kept: %s", problem)
            Path(name).unlink(missing_ok=True)

    def verdicts(self, read: Folder) -> dict[str, Verdict]:
        """Return what the own phrases of a folder of this name found at the last check."""
        try:
            rows = json.loads(self._verdicts(read).read_bytes())
            return {
                str(ground): Verdict(str(what), tuple(map(str, entries)), str(heard), str(of_all))
                for ground, (what, entries, heard, of_all) in rows.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def note_verdicts(self, read: Folder, verdicts: Mapping[str, Verdict]) -> None:
        """Note what the own phrases of a folder found."""
        with suppress(OSError):
            place = self._verdicts(read)
            make_private(self.home.parent, _HOME)
            making = place.with_suffix(f".{os.getpid()}")
            making.write_text(json.dumps(verdicts), encoding="utf-8")
            making.replace(place)
            self._remove_old(_ASKED)

    def _place(self, read: Folder) -> Path:
        return self.home / f"{_key(read.digest, read.name)}{_ENDING}"

    def _verdicts(self, read: Folder) -> Path:
        return self.home / f"{_key(read.name)}{_ASKED}"

    def _remove_old(self, ending: str) -> None:
        files = sorted(self.home.glob(f"*{ending}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[MOST:]:
            path.unlink(missing_ok=True)


def _key(*parts: str) -> str:
    key = blake2b(digest_size=20)
    for part in (program(), *parts):
        key.update(part.encode(errors="surrogatepass") + b"\0")
    return key.hexdigest()


@cache
def program() -> str:
    """Return a digest of the program's own files and of what it runs with."""
    whole = blake2b(digest_size=20)
    home = Path(bot.__file__).parent
    for path in sorted(path for path in home.rglob("*") if path.suffix in _PROGRAM):
        data = path.read_bytes()
        whole.update(f"{path.relative_to(home).as_posix()}\0{len(data)}\0".encode() + data)
    versions = [sys.version, sys.byteorder, platform.machine(), unicodedata.unidata_version, *map(version, _BUILT_WITH)]
    whole.update("\0".join(versions).encode())
    return whole.hexdigest()
