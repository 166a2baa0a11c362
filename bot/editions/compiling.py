"""Compile a knowledge folder into an Edition: the one call behind a start, a reload and a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.edition import Edition
from bot.knowledge.folder import read_folder
from bot.matching.matcher import Matcher

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def compile_folder(folder: Path, *, today: date | None = None) -> Edition:
    """Read, check and index ``folder``.

    Whatever an editor can do wrong is a finding and never an exception; an edition with ``errors`` must not be served.
    """
    read = read_folder(folder)
    entries = [] if read.has_errors else list(read.catalogue.entries.values())
    return Edition(read.catalogue, Matcher(entries), read.revision, read.findings)
