"""Decisions made by hand, and the composer over the example folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.replies.composer import Composer

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue


@pytest.fixture(scope="session")
def composer(catalogue: Catalogue) -> Composer:
    """Return the composer of the example folder, with English as default."""
    return Composer(catalogue)
