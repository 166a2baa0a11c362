"""Compile a knowledge folder into an Edition: the one call behind a start, a reload and a check."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.editions import checks
from bot.editions.checks.context import CheckContext
from bot.editions.edition import Edition
from bot.knowledge.collector import collector_paused
from bot.knowledge.finding import Severity, bounded
from bot.knowledge.folder import read_folder
from bot.matching.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.editions.kept import Kept
    from bot.knowledge.finding import Finding
    from bot.knowledge.folder import Folder
    from bot.matching.matcher import Parts


def compile_folder(
    folder: Path,
    *,
    today: date | None = None,
    thorough: bool = True,
    only: str | None = None,
    kept: Kept | None = None,
    keep: bool = True,
    before: Parts | None = None,
) -> Edition:
    """Read, check and index ``folder``.

    Whatever an editor can do wrong is a finding and never an exception; an edition with ``errors`` must not be
    served, and has no entries in its index. ``today`` is what the age of reviews is measured from. ``thorough`` False
    does not ask every name and question of every entry, which takes most of the time and finds warnings only.
    ``only``: the one file, as findings give it, that is looked at: nothing is compiled and nothing asked for that.
    ``kept``: where the same folder may have been compiled before, and is kept for the next time if ``keep``.
    ``before``: parts of the matcher of an edition that may be taken over; what then is made cannot be kept.
    """
    with collector_paused():
        read = read_folder(folder)
        if read.has_errors:
            return Edition(read.catalogue, Matcher(()), read.revision, read.findings)
        day = today or datetime.now(UTC).date()
        if only:
            context = CheckContext(read, Matcher(()), day, only, kept)
            looked = (*checks.FORM, *checks.DATED, *checks.SLOW)
            return _edition(read, context.matcher, [finding for check in looked for finding in check(context)])
        found = kept.load(read) if kept else None
        matcher, findings = found or _compiled(read, before)
        if kept and keep and not found and not any(one.severity is Severity.ERROR for one in findings):
            kept.keep(read, matcher, findings)
        context = CheckContext(read, matcher, day, notes=kept)
        chosen = (*checks.DATED, *checks.SLOW) if thorough else checks.DATED
        others = [finding for check in chosen for finding in check(context)]
    return _edition(read, matcher, [*findings, *others])


def _edition(read: Folder, matcher: Matcher, findings: Iterable[Finding]) -> Edition:
    return Edition(read.catalogue, matcher, read.revision, bounded([*read.findings, *findings]))


def _compiled(read: Folder, before: Parts | None) -> tuple[Matcher, tuple[Finding, ...]]:
    """Return the matcher of a folder, and what the checks find that depend on nothing else."""
    catalogue = read.catalogue
    matcher = Matcher(
        tuple(catalogue.entries.values()),
        synonyms=catalogue.synonyms,
        attributes=catalogue.attributes,
        care=catalogue.care,
        danger=catalogue.danger,
        before=before,
    )
    context = CheckContext(read, matcher, date.min)
    return matcher, tuple(finding for check in checks.QUICK for finding in check(context))
