"""The shipped edition, compiled once for all tests that ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accuracy.shipped import edition

if TYPE_CHECKING:
    from bot.editions.edition import Edition


@pytest.fixture(scope="session")
def shipped() -> Edition:
    """Return the knowledge that comes with the program."""
    return edition()
