"""The Edition: one compiled, immutable knowledge folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.finding import Finding
    from bot.matching.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Edition:
    """What is served: the entries, the index over them, and what the compiler found.

    ``revision`` is a short digest of the folder's bytes. An edition with ``errors`` must not be served.
    """

    catalogue: Catalogue
    matcher: Matcher
    revision: str
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep this edition from being served."""
        return tuple(finding for finding in self.findings if finding.severity == "error")
