"""Knowledge folders written for one test each."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class Write(Protocol):
    """Writes files into the folder of a test and returns it."""

    def __call__(self, **files: str) -> Path:
        """``topics__prison`` stands for ``topics/prison.yaml``."""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes ``knowledge/`` below the test's own folder."""
    folder = tmp_path / "knowledge"
    folder.mkdir()

    def writer(**files: str) -> Path:
        for name, text in files.items():
            path = folder / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8", newline="")
        return folder

    return writer
