"""The knowledge that comes with the program, compiled once for all its tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.editions.compilation import compile_folder

if TYPE_CHECKING:
    from bot.editions.edition import Edition

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parents[1] / "knowledge"


@pytest.fixture(scope="session")
def shipped() -> Edition:
    """Return the knowledge that comes with the program, without the checks that take long."""
    return compile_folder(KNOWLEDGE, thorough=False)
