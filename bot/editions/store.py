"""The edition that is being served, and how another takes its place."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from bot.editions.compilation import compile_folder
from bot.editions.hearing import deafness, hears, is_deaf
from bot.editions.kept import Kept
from bot.editions.last_good import LastGood
from bot.editions.releasing import elements, give_back, let_go
from bot.knowledge.finding import Finding, Reload, Severity
from bot.knowledge.loader.files import error

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.editions.edition import Edition
    from bot.matching.matcher import Parts

_log = logging.getLogger(__name__)


class NothingToServe(Exception):  # noqa: N818  (it is a state of the store, with findings that say why)
    """The knowledge folder has errors, and there is no earlier one to serve instead."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        super().__init__(f"the knowledge has {errors} {'error' if errors == 1 else 'errors'}")


@dataclass(slots=True)
class EditionStore:
    """Holds the current edition. Reading ``edition`` is safe from any thread and always gives a whole one."""

    folder: Path
    edition: Edition
    findings: tuple[Finding, ...]
    """What was found when ``folder`` was last compiled, whether or not that edition is served."""
    standing_in: bool = False
    """Whether the last good folder is served because the real one has errors."""
    _last_good: LastGood | None = None
    _kept: Kept | None = None
    _reloading: Lock = field(default_factory=Lock, repr=False)
    _followers: list[Callable[[Edition], None]] = field(default_factory=list, repr=False)

    @classmethod
    def open(cls, folder: Path, data_dir: Path | None = None) -> EditionStore:
        """Compile ``folder``, or the last good one kept in ``data_dir`` where that has errors.

        Raises ``NothingToServe`` if neither can be served.
        """
        last_good = LastGood(data_dir) if data_dir else None
        kept = Kept(data_dir) if data_dir else None
        edition, findings = _compile(folder, kept)
        give_back()
        copy = last_good.folder if last_good and (edition is None or is_deaf(edition.catalogue)) else None
        earlier = _compile(copy, kept)[0] if copy else None
        if edition:
            lost = _lost(earlier, edition, folder)
            if not lost:
                findings = (*findings, *_keep(last_good, folder, edition))
                return cls(folder, edition, findings, _last_good=last_good, _kept=kept)
            findings = (*lost, *findings)
        if earlier is None:
            raise NothingToServe(findings)
        _log.error("the knowledge in %s has errors: serving the last good edition, %s", folder, earlier.revision)
        for finding in findings:
            if finding.severity is Severity.ERROR:
                _log.error("%s", finding)
        return cls(folder, earlier, findings, standing_in=True, _last_good=last_good, _kept=kept)

    def follow(self, take: Callable[[Edition], None]) -> None:
        """Hand the current edition to ``take``, and each later one as part of its reload, in the thread of that.

        ``take`` must let go of the edition before: what it kept would be freed in one go when it does so later.
        """
        with self._reloading:
            take(self.edition)
            self._followers.append(take)

    def reload(self) -> Reload:
        """Compile the folder again and serve it if it has no errors. Blocks; one reload waits for another."""
        with self._reloading:
            # Writing down what was compiled would take as much memory again, while people wait for replies.
            edition, self.findings = _compile(self.folder, self._kept, before=self.edition.matcher.parts)
            if edition and (lost := _lost(self.edition, edition, self.folder)):
                edition, self.findings = None, (*lost, *self.findings)
            if edition is None:
                return Reload(swapped=False, findings=self.findings)
            for take in self._followers:
                take(edition)
            old, self.edition, self.standing_in = self.edition, edition, False
            self.findings = (*self.findings, *_keep(self._last_good, self.folder, edition))
            done = _difference(old, edition, self.findings)
            parts = elements(old)
            del old
            let_go(parts)
            give_back()
            return done


def _lost(old: Edition | None, new: Edition, folder: Path) -> tuple[Finding, ...]:
    """Return the error that somebody in danger was heard by the edition before, and would not be by the new one."""
    if old is None or not is_deaf(new.catalogue) or not hears(old.catalogue):
        return ()
    return (deafness(folder.resolve().name),)


def _difference(old: Edition, new: Edition, findings: tuple[Finding, ...]) -> Reload:
    before, after = old.catalogue.entries, new.catalogue.entries
    beside = [part for part in type(old.catalogue).model_fields if part != "entries"]
    files = (f"{part}.yaml" for part in beside if getattr(old.catalogue, part) != getattr(new.catalogue, part))
    return Reload(
        swapped=True,
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        changed=(*(key for key in after if key in before and after[key] != before[key]), *files),
        findings=findings,
    )


def _compile(
    folder: Path, kept: Kept | None, before: Parts | None = None
) -> tuple[Edition | None, tuple[Finding, ...]]:
    """Return an edition that can be served, or None, and the findings that are quickly made."""
    try:
        edition = compile_folder(folder, thorough=False, kept=kept, keep=before is None, before=before)
    except Exception:  # noqa: BLE001  (whatever a folder makes the program do, the edition before it goes on)
        _log.exception("compiling %s failed", folder)
        message = "the program failed on this folder; its log says where."
        return None, (error(folder.name, "program-failed", message, "Undo the last change, and report this."),)
    return None if edition.errors else edition, edition.findings


def _keep(last_good: LastGood | None, folder: Path, edition: Edition) -> tuple[Finding, ...]:
    """Keep a copy of what is served now; a warning if that cannot be done."""
    if last_good is None:
        return ()
    try:
        last_good.keep(folder, edition.revision)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        _log.warning("the last good knowledge could not be kept in %s: %s", last_good.home, reason)
        message = f"a copy for the next start could not be kept: {reason.lower()}."
        advice = "Check the space on the disk and the setting DATA_DIR."
        return (Finding(str(last_good.home), 1, 1, Severity.WARNING, "copy-not-kept", message, advice),)
    return ()
