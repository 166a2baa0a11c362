"""What an administrator is told about a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.replies.reply import Item, Paragraph, Quiet, Reply

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.knowledge.finding import Finding
    from bot.replies.reply import Block
    from bot.replies.voice import Voice

IDS = 20
"""Ids listed of each kind of change."""

FINDINGS = 20
"""Findings listed; the command line lists all."""


class Reloaded(Protocol):
    """What a reload did: whether the new edition is served, which ids changed, and what was found."""

    @property
    def swapped(self) -> bool: ...  # noqa: D102  (the class says it)
    @property
    def added(self) -> Collection[str]: ...  # noqa: D102
    @property
    def removed(self) -> Collection[str]: ...  # noqa: D102
    @property
    def changed(self) -> Collection[str]: ...  # noqa: D102
    @property
    def findings(self) -> Sequence[Finding]: ...  # noqa: D102


def report(reload: Reloaded, voice: Voice) -> Reply:
    """Return what changed and every warning, or that nothing was swapped and every error, with its place."""
    errors = [finding for finding in reload.findings if finding.severity == "error"]
    blocks = _swapped(reload, voice) if reload.swapped else _refused(errors, voice)
    if reload.swapped and reload.findings:
        blocks.append(Paragraph(voice.words("reload.warnings", count=len(reload.findings))))
        blocks.extend(_listed(reload.findings, voice))
    return Reply(language=voice.language, blocks=tuple(blocks), title=blocks[0].text)


def _swapped(reload: Reloaded, voice: Voice) -> list[Block]:
    changes = {"added": reload.added, "removed": reload.removed, "changed": reload.changed}
    if not any(changes.values()):
        return [Paragraph(voice.words("reload.same"))]
    counts = voice.words("reload.counts", **{name: len(ids) for name, ids in changes.items()})
    blocks: list[Block] = [Paragraph(f"{voice.words('reload.done')} {counts}")]
    for name, ids in changes.items():
        if ids:
            listed = ", ".join(sorted(ids)[:IDS]) + (", …" if len(ids) > IDS else "")
            blocks.append(Item(voice.words(f"reload.{name}", ids=listed)))
    return blocks


def _refused(errors: Sequence[Finding], voice: Voice) -> list[Block]:
    return [Paragraph(voice.words("reload.refused", count=len(errors))), *_listed(errors, voice)]


def _listed(findings: Sequence[Finding], voice: Voice) -> list[Block]:
    blocks: list[Block] = [Item(str(finding)) for finding in findings[:FINDINGS]]
    if len(findings) > FINDINGS:
        blocks.append(Quiet(voice.words("reload.more", count=len(findings) - FINDINGS)))
    return blocks
