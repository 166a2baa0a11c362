"""What an administrator is told about a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.finding import Severity
from bot.replies.reply import Item, Paragraph, Quiet, Reply
from bot.replies.wording.glyphs import ELLIPSIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.knowledge.finding import Finding, Reload
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

IDS = 20
"""Ids listed of each kind of change."""

FINDINGS = 20
"""Findings listed; the command line lists all."""

_HEADINGS = {Severity.WARNING: "reload.warnings", Severity.NOTE: "reload.notes"}


def report(reload: Reload, localiser: Localiser) -> Reply:
    """Return what changed and what was found, or that nothing was swapped and the errors.

    The first ``FINDINGS`` are listed with their places, the worst first.
    """
    if reload.swapped:
        found = {key: some for severity, key in _HEADINGS.items() if (some := _of(severity, reload))}
        blocks = (*_swapped(reload, localiser), *_listed(found, localiser))
    else:
        blocks = tuple(_listed({"reload.refused": _of(Severity.ERROR, reload)}, localiser))
    return Reply(language=localiser.language, blocks=blocks, title=blocks[0].text)


def _of(severity: Severity, reload: Reload) -> list[Finding]:
    return [finding for finding in reload.findings if finding.severity is severity]


def _swapped(reload: Reload, localiser: Localiser) -> list[Block]:
    changes = {"added": reload.added, "removed": reload.removed, "changed": reload.changed}
    if not any(changes.values()):
        return [Paragraph(localiser.words("reload.same"))]
    counts = localiser.words("reload.counts", **{name: len(ids) for name, ids in changes.items()})
    blocks: list[Block] = [Paragraph(f"{localiser.words('reload.done')} {counts}")]
    for name, ids in changes.items():
        if ids:
            listed = ", ".join(sorted(ids)[:IDS]) + (f", {ELLIPSIS}" if len(ids) > IDS else "")
            blocks.append(Item(localiser.words(f"reload.{name}", ids=listed)))
    return blocks


def _listed(found: Mapping[str, Sequence[Finding]], localiser: Localiser) -> Iterator[Block]:
    """Yield findings below the headings that count them."""
    room = FINDINGS
    for heading, findings in found.items():
        yield Paragraph(localiser.words(heading, count=len(findings)))
        yield from (Item(str(finding)) for finding in findings[: max(0, room)])
        room -= len(findings)
    if room < 0:
        yield Quiet(localiser.words("reload.more", count=-room))
