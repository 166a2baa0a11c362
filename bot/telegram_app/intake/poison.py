"""PoisonGuard: which updates the process may have died on, so that one that kills it is not tried for ever.

Telegram hands out an unconfirmed update again after every start. An update that kills the process is therefore among
the first that come after the next start. Those are noted in a file, by their number only. One crash, or a kill from
outside, changes nothing for them; after a second one they are started one by one and only those in work are counted, so
that their neighbours are not blamed.
"""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LOGGER = logging.getLogger(__name__)

STARTS = 3
"""Starts that an update may take part in before it is given up."""


class PoisonGuard:
    """The numbers of updates and how many starts each has taken part in, kept in a file."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._starts: dict[int, int] = {}
        if path is not None:
            try:
                kept = json.loads(path.read_text(encoding="utf-8"))
                self._starts = {int(number): int(starts) for number, starts in kept.items()}
            except FileNotFoundError:
                pass
            except (OSError, ValueError, AttributeError, TypeError):
                _LOGGER.warning("%s could not be read: updates are tried as if for the first time.", path)

    def suspect(self, number: int) -> bool:
        """Tell whether so many processes died with this update in work that it should have its last chance alone."""
        return self._starts.get(number, 0) >= STARTS - 1

    def given_up(self, number: int) -> bool:
        """Tell whether this update had its chances."""
        return self._starts.get(number, 0) >= STARTS

    def begin(self, numbers: Iterable[int]) -> None:
        """Note that these updates are being handled now."""
        for number in numbers:
            self._starts[number] = self._starts.get(number, 0) + 1
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
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(self._starts), encoding="utf-8")
            os.replace(draft, self._path)  # noqa: PTH105  (the atomic rename is the point)
        except OSError as error:
            self._path = None
            _LOGGER.warning("%s cannot be written (%s): an update that kills the bot is tried for ever.", draft, error)
