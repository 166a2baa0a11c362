"""What reading a knowledge folder again has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.knowledge.finding import Finding


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload did. Not ``swapped``: the edition before it goes on being served, and ``findings`` say why.

    ``added``, ``removed`` and ``changed`` are ids of entries, in order; behind those that ``changed`` stand the names
    of changed files beside the entries, such as ``bot.yaml``.
    """

    swapped: bool
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
