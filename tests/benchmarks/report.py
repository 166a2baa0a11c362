"""Tables as Markdown, progress on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def progress(text: str) -> None:
    """Tell the person who waits what is being done now."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  (a command's own output)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table; floats with one decimal."""

    def cell(value: object) -> str:
        return f"{value:.1f}" if isinstance(value, float) else str(value)

    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def write(folder: Path, name: str, text: str) -> None:
    """Write ``text`` to a file in ``folder`` and show it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text + "\n", encoding="utf-8")
    print(text)  # noqa: T201  (a command's own output)
    progress(f"written: {path}")
