"""What the compiler has to say about a knowledge folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 100
"""Findings of one severity that are told about one file. Nobody mends more before the next look, and telling them (what
was meant, where it stands) is most of the work on a file that is nothing but mistakes."""


class Severity(StrEnum):
    """How bad a finding is: only an error keeps an edition from being served."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing an editor should know, with its place and what to do about it.

    ``path`` is relative to the knowledge folder's parent where possible; ``line`` and ``column`` count from 1.
    ``code`` is a stable short name such as ``duplicate-key``. ``message`` says what is wrong, ``advice`` what to do.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}{advice} [{self.code}]"


class Findings:
    """Findings as they are made, up to ``MOST`` of one severity for each file, and then that there are more."""

    def __init__(self) -> None:
        self._told: list[Finding] = []
        self._counts: Counter[tuple[str, Severity]] = Counter()

    def full(self, path: str) -> bool:
        """Tell whether a file has so many errors that looking for others is of no use."""
        return self._counts[path, Severity.ERROR] > MOST

    def add(self, finding: Finding) -> None:
        """Tell a finding, unless its file has too many."""
        self._counts[finding.path, finding.severity] += 1
        count = self._counts[finding.path, finding.severity]
        if count <= MOST:
            self._told.append(finding)
        elif count == MOST + 1:
            message = f"the file has more than {MOST} findings of this severity: this one and others are not told."
            self._told.append(replace(finding, code="more-findings", message=message, advice="Mend the others first."))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Tell findings; those of a file that has too many errors are not even looked for."""
        for finding in findings:
            self.add(finding)
            if self.full(finding.path):
                return

    def told(self) -> tuple[Finding, ...]:
        """Return what is told, in order of its places."""
        return tuple(sorted(self._told))


def bounded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in order of their places, of each file only as many as ``Findings`` tells."""
    collected = Findings()
    for finding in sorted(findings):
        collected.add(finding)
    return collected.told()


@dataclass(frozen=True, slots=True)
class Reload:
    """What reading a folder again did. Not ``swapped``: the edition before it is served on, and ``findings`` say why.

    ``added``, ``removed`` and ``changed`` are ids of entries, in order; behind those that ``changed`` stand the names
    of changed files beside the entries, such as ``bot.yaml``.
    """

    swapped: bool
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
