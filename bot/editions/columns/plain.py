"""What may stand in columns: plain values, containers, the matcher's own objects, and pointers into the catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import Enum
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = list[Any]
"""A column: what kind it is, then numbers of arrays, other columns and names."""

ALIGNED = 8
"""Bytes at whose multiples arrays begin."""

LISTS = (tuple, list, set, frozenset)
DICTS = (dict, defaultdict, Counter, MappingProxyType)
DEFAULTS = (list, dict, set, int)


class NotPlain(Exception):  # noqa: N818  (it says what something is)
    """Something that cannot be kept in columns."""


def parts(thing: object) -> Iterator[BaseModel]:
    """Yield the models that a catalogue consists of, always in the same order."""
    if isinstance(thing, BaseModel):
        yield thing
        for name in type(thing).model_fields:
            yield from parts(getattr(thing, name))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from parts(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from parts(value)


def is_own(kind: type, module: str) -> bool:
    """Return whether a class or function of a module may be kept: the matcher's, and closed lists of the entries."""
    return module.startswith("bot.matching.") or (module.startswith("bot.knowledge.") and issubclass(kind, Enum))


def name_of(thing: Any) -> str:  # noqa: ANN401  (a class or a function)
    """Return where a class or function of the program is found."""
    kind = thing if isinstance(thing, type) else type(thing)
    if not is_own(kind, thing.__module__) or "." in thing.__qualname__:
        raise NotPlain(f"{thing.__module__}.{thing.__qualname__} is not the program's own")
    return f"{thing.__module__}:{thing.__qualname__}"


def attributes_of(thing: object) -> tuple[str, ...]:
    """Return the names of what an object of the program holds."""
    if hasattr(thing, "__dict__"):
        return tuple(vars(thing))
    listed = chain.from_iterable(vars(one).get("__slots__", ()) for one in reversed(type(thing).__mro__))
    return tuple(name for name in listed if not name.startswith("__"))
