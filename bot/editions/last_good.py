"""The last folder that was served, kept in the data folder for a start after a bad edit.

``last-good/current`` names the copy that counts, and is replaced in one step once that copy is complete; whatever
happens in between, a crash or a full disk, either the old copy or the new one is there. A copy bears the digest of
what it holds, and counts only as long as that is true: one that lost a file or was changed is as good as none.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.data_folder import make_private
from bot.knowledge.loader.files import digest, list_files

if TYPE_CHECKING:
    from bot.knowledge.loader.files import File

_LOGGER = logging.getLogger(__name__)

_HOME = "last-good"
_POINTER = "current"


class LastGood:
    """The copy of the last folder that was served."""

    def __init__(self, data_dir: Path) -> None:
        self.home = data_dir / _HOME

    @property
    def folder(self) -> Path | None:
        """The copied folder, if there is one and it is whole."""
        try:
            name = (self.home / _POINTER).read_text(encoding="utf-8").strip()
            inside = [path for path in (self.home / name).iterdir() if path.is_dir()]
            if not name or not inside:
                return None
            whole = digest(inside[0]) == name.partition(".")[0]
        except (OSError, ValueError):
            return None
        if not whole:
            _LOGGER.error("the copy in %s is not what was kept: it is not served", inside[0])
        return inside[0] if whole else None

    def keep(self, folder: Path, revision: str) -> None:
        """Copy ``folder``, which was read as ``revision``, and let that copy count.

        Raises ``OSError`` if that cannot be done, and leaves the copy before it in place.
        """
        current = self.folder
        name = folder.resolve().name
        if current and (current.parent.name.partition(".")[0], current.name) == (revision, name):
            return
        make_private(self.home.parent, _HOME)
        # A name of its own for each copy: the one before may be of the same revision, under another folder's name.
        making = Path(tempfile.mkdtemp(prefix=f"{revision}.", dir=self.home))
        try:
            _copy_all(folder, making / name, revision)
            self._point_to(making)
        except Exception:
            shutil.rmtree(making, ignore_errors=True)
            raise
        for path in self.home.iterdir():
            if path.is_dir() and path != making:
                shutil.rmtree(path, ignore_errors=True)

    def _point_to(self, copy: Path) -> None:
        pointer = self.home / f"{_POINTER}.new"
        with pointer.open("w", encoding="utf-8") as stream:
            stream.write(f"{copy.name}\n")
            stream.flush()
            os.fsync(stream.fileno())
        pointer.replace(self.home / _POINTER)


def _copy_all(folder: Path, copy: Path, revision: str) -> None:
    for file in list_files(folder).files:
        _copy(file, copy / file.inside)
    if digest(copy) != revision:
        raise OSError(errno.EAGAIN, "the folder changed while it was being copied")


def _copy(file: File, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with file.path.open("rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())
