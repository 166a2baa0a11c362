"""Letting go of a large edition bit by bit.

When the last reference to an edition goes, Python frees all of it in one go and lets nobody else do anything meanwhile:
a tenth of a second and more for ten thousand entries, in which the bot answers nobody. And what was freed stays with
the process: after compiling that is a third of what it holds.
"""

from __future__ import annotations

import ctypes
import sys
from gc import get_referents
from typing import Any

LARGE = 1000
"""Elements from which on a container is freed in parts."""

PART = 500
"""Elements freed at once: well under a millisecond."""


def elements(thing: object) -> list[list[Any]]:
    """Return the elements of all large containers that ``thing``, and the program's own objects in it, consist of.

    Whoever still uses ``thing`` is not disturbed: these are lists of their own.
    """
    found: list[list[Any]] = []
    seen: set[int] = set()
    waiting: list[object] = [thing]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, dict | list | tuple) and len(one) >= LARGE:
            found += [list(one), list(one.values())] if isinstance(one, dict) else [list(one)]
        elif isinstance(one, dict) or type(one).__module__.startswith("bot."):
            waiting += [part for part in get_referents(one) if not isinstance(part, type)]
    return found


def let_go(lists: list[list[Any]]) -> None:
    """Empty the lists in parts; between two parts other threads have their turn."""
    for one in lists:
        while one:
            del one[-PART:]


def give_back() -> None:
    """Give freed memory back to the system, where the C library (glibc) can be told to; other threads run meanwhile."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
