"""The knowledge that comes with the program, compiled once for all its tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accuracy.shipped import edition

if TYPE_CHECKING:
    from bot.editions.edition import Edition


@pytest.fixture(scope="session")
def shipped() -> Edition:
    """Return the knowledge that comes with the program, without the checks that take long."""
    return edition()
