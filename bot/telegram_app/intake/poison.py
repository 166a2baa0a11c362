"""PoisonGuard: which updates the process may have died on, so that one that kills it is not tried for ever.

Telegram hands out an unconfirmed update again after every start. An update that kills the process is therefore among
the first that come after the next start. Those are noted in a file, by their number only. One crash, or a kill from
outside, changes nothing for them; after a second one they are started one by one and only those in work are counted, so
that their neighbours are not blamed.

Whatever stands in place of the file, or in it, the bot starts.
"""

from __future__ import annotations

import json
import logging
import os
import stat
from typing import TYPE_CHECKING

from bot.data_folder import make_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LOGGER = logging.getLogger(__name__)

STARTS = 3
"""Starts that an update may take part in before it is given up."""


NOTED = 1000
"""Updates noted at the most, the last ones: some never come back, as Telegram forgets what waits for a day."""
LARGEST = 64 * 1024
"""Bytes of the file at the most: twice what so many updates need."""


class PoisonGuard:
    """The numbers of updates and how many starts each has taken part in, kept in a file."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._starts: dict[int, int] = {}
        if path is not None:
            try:
                self._starts = _read(path)
            except FileNotFoundError:
                pass
            except (OSError, ValueError, RecursionError) as problem:
                why = (isinstance(problem, OSError) and problem.strerror) or "it is not what the bot wrote"
                _LOGGER.warning("%s could not be read (%s): updates are tried as if for the first time.", path, why)

    def suspect(self, number: int) -> bool:
        """Tell whether so many processes died with this update in work that it should have its last chance alone."""
        return self._starts.get(number, 0) >= STARTS - 1

    def given_up(self, number: int) -> bool:
        """Tell whether this update had its chances."""
        return self._starts.get(number, 0) >= STARTS

    def begin(self, numbers: Iterable[int]) -> None:
        """Note that these updates are being handled now."""
        for number in numbers:
            self._starts[number] = self._starts.pop(number, 0) + 1  # now the last one
        for number in list(self._starts)[:-NOTED]:
            del self._starts[number]
        self._write()

    def end(self, number: int) -> None:
        """Note that this update was handled, if it was noted at all."""
        if self._starts.pop(number, None) is not None:
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        draft = self._path.with_suffix(".new")
        try:
            make_private(self._path.parent)
            draft.unlink(missing_ok=True)  # a pipe of that name would wait for a reader
            with draft.open("x", encoding="utf-8") as stream:
                stream.write(json.dumps(self._starts))
            os.replace(draft, self._path)  # noqa: PTH105  (the atomic rename is the point)
        except OSError as error:
            self._path = None
            _LOGGER.warning("%s cannot be written (%s): an update that kills the bot is tried for ever.", draft, error)


def _read(path: Path) -> dict[int, int]:
    """Return what was noted.

    Raises OSError where there is no file that can be read, ValueError or RecursionError for anything not written here.
    """
    # Opening a pipe waits for its writer, unless it is told not to.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ValueError("no file")
        data = stream.read(LARGEST + 1)
    kept = json.loads(data) if len(data) <= LARGEST else None
    if not isinstance(kept, dict) or not all(type(starts) is int for starts in kept.values()):
        raise ValueError("no numbers")
    return {int(number): starts for number, starts in kept.items()}
