"""Folders and entries so large that the engine leaves a part of itself, or of them, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext

NEARLY = 0.8
"""Share of the most that the engine learns from which on somebody should know: beyond it answers change overnight."""


def learned_table(context: CheckContext) -> Iterator[Finding]:
    """Yield a warning where the table that tells the entries apart is nearly too large to be learned, or is not."""
    full = context.matcher.fullness
    if full < NEARLY:
        return
    message = f"the folder fills {full:.0%} of the table that tells its entries apart"
    message += ": it is too large, and answers go without." if full > 1 else "; a larger one goes without."
    advice = "Remove phrases that nobody types, or divide the folder: words times entries count."
    yield Finding(*context.folder.bot_place(), Severity.WARNING, "too-large", message, advice)


def unread_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield entries with more phrases than are read of one."""
    for entry_id, number in context.matcher.unread.items():
        message = f"the last {number} phrases of {entry_id!r} are not read: the entry has too many."
        entry = context.folder.catalogue.entries[entry_id]
        yield context.finding(
            Severity.WARNING, "too-many-phrases", message, "Keep those that people type.", entry, "name", key=True
        )
