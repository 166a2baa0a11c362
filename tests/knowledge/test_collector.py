"""The garbage collector during bulk work."""

from __future__ import annotations

import gc

import pytest

from bot.knowledge.collector import collector_paused


def test_paused_and_on_again() -> None:
    """It is off inside, also inside one another, and on again afterwards whatever happened."""
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()
