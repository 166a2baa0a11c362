"""A search of the log for what it must never hold: who people are, and what they wrote."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.telegram_app.monitoring import logs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.standin.world import World

PLANTED = "Zephyrine"
"""The name of everybody in the tests with faults: whatever holds a message of theirs, or to them, holds it too."""


def private(world: World) -> set[str]:
    """Return what tells who people are: names, and ids as they are written."""
    people = world.state.users.values()
    return {PLANTED} | {str(person.id) for person in people} | {person.username for person in people if person.username}


def found(world: World, lines: Iterable[str]) -> list[str]:
    """Return the lines of a log that hold something private."""
    wanted = private(world)
    return [line for line in lines if any(word in line for word in wanted)]


@contextmanager
def searched(world: World) -> Iterator[None]:
    """Write the log as the program does, at its default level, and search it in the end."""
    stream, root = io.StringIO(), logging.getLogger()
    writing, level = logs.handler(secrets=(world.token,), stream=stream), root.level
    root.addHandler(writing)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(writing)
        root.setLevel(level)
    lines = stream.getvalue().splitlines()
    assert found(world, lines) == []
    assert not any(world.token in line for line in lines)
