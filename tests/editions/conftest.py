"""Folders for the tests of editions, written as those for the tests of reading."""

from __future__ import annotations

from tests.knowledge.conftest import write

__all__ = ["write"]
