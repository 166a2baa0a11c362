"""Freeing a large edition in parts."""

from __future__ import annotations

import gc
import weakref
from types import SimpleNamespace

import pytest

from bot.editions.releasing import LARGE, elements, give_back, let_go
from bot.replies.reply import Item


class _Thing:
    """Something that tells when it is gone."""


class _Holder:
    """Stands for an edition: an object of the program's own with large containers in it."""

    __module__ = "bot.of_the_test"

    def __init__(self) -> None:
        self.things = tuple(_Thing() for _ in range(LARGE))
        self.many = {number: _Thing() for number in range(LARGE)}
        self.inner = {"few": Item("x"), "many": self.many}


def test_everything_is_freed() -> None:
    """Once let go nothing is left, without the garbage collector's help."""
    gc.disable()
    try:
        holder = _Holder()
        left = weakref.WeakSet([*holder.things, *holder.many.values()])
        parts = elements(holder)
        del holder
        assert len(left) == 2 * LARGE
        let_go(parts)
        assert len(left) == 0
    finally:
        gc.enable()


def test_whoever_still_uses_it_is_not_disturbed() -> None:
    """An answer under way keeps the whole of the edition that it began with."""
    holder = _Holder()
    let_go(elements(holder))
    assert len(holder.things) == LARGE
    assert len(holder.many) == LARGE


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_memory_is_given_back_where_that_can_be_done(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """Elsewhere nothing happens."""
    told: list[int] = []
    library = SimpleNamespace(malloc_trim=told.append)
    monkeypatch.setattr("bot.editions.releasing.sys.platform", platform)
    monkeypatch.setattr("bot.editions.releasing.ctypes.CDLL", lambda _: library)
    give_back()
    assert told == ([0] if platform == "linux" else [])
    del library.malloc_trim
    give_back()
