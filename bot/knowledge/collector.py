"""The garbage collector during bulk work."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector out of the way while a great many lasting objects are made.

    It would walk the half-built folder again and again, which takes more than half of the time of reading it; and
    walking it once at the end stops every other thread for about a third of a second, for ten thousand entries.
    Hence what is there at the end is frozen (``gc.freeze``): it is still freed when nothing refers to it any more, and
    only no longer searched for circles. What this can cost is the circular garbage of the moment, a few kilobytes.
    """
    if not gc.isenabled():  # paused around us already
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
