"""Compile a knowledge folder into an Edition: the one call behind a start, a reload and a check."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.editions import checks
from bot.editions.checks.context import CheckContext
from bot.editions.edition import Edition
from bot.knowledge.collector import collector_paused
from bot.knowledge.folder import read_folder
from bot.matching.matcher import Matcher

if TYPE_CHECKING:
    from pathlib import Path


def compile_folder(folder: Path, *, today: date | None = None, thorough: bool = True) -> Edition:
    """Read, check and index ``folder``.

    Whatever an editor can do wrong is a finding and never an exception; an edition with ``errors`` must not be
    served, and has no entries in its index. ``today`` is what the age of reviews is measured from. ``thorough`` False
    does not ask every name and question of every entry, which takes most of the time and finds warnings only.
    """
    with collector_paused():
        read = read_folder(folder)
        if read.has_errors:
            return Edition(read.catalogue, Matcher(()), read.revision, read.findings)
        catalogue = read.catalogue
        matcher = Matcher(
            tuple(catalogue.entries.values()),
            synonyms=catalogue.synonyms,
            attributes=catalogue.attributes,
            care=catalogue.care,
            danger=catalogue.danger,
        )
        context = CheckContext(read, matcher, today or datetime.now(UTC).date())
        chosen = (*checks.QUICK, *checks.SLOW) if thorough else checks.QUICK
        findings = [finding for check in chosen for finding in check(context)]
    return Edition(read.catalogue, matcher, read.revision, tuple(sorted([*read.findings, *findings])))
