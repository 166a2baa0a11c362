"""The folder in which the bot keeps its own things (DATA_DIR): nobody else's business, though no secret is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make_private(folder: Path, *inside: str) -> Path:
    """Make a folder, and one ``inside`` it, that only their owner may enter; return the innermost.

    Folders that are there stay as they are. Raises OSError where one cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in inside:
        folder /= name
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder
