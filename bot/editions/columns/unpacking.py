"""Unpacking: the columns that ``bot.editions.columns.packing`` wrote become objects again.

Only classes and functions of ``bot.matching`` and the values of its enumerations are made; nothing else in the columns
is ever taken for more than a number or a text.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from functools import lru_cache, partial
from importlib import import_module
from itertools import accumulate, pairwise, starmap
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.editions.columns.plain import ALIGNED, DEFAULTS, DICTS, LISTS, Node, is_own, parts
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from pydantic import BaseModel


class Broken(Exception):  # noqa: N818  (it says what the columns are)
    """The columns are not what the program writes."""


def unpack(data: bytes, catalogue: BaseModel) -> tuple[Any, Any]:
    """Return what was packed over the same catalogue, and the note that came with it.

    Raises ``Broken`` and whatever else goes wrong when ``data`` is not what ``pack`` returned.
    """
    length = int.from_bytes(data[:ALIGNED], "little")
    head = json.loads(data[ALIGNED : ALIGNED + length].decode("utf-8", "surrogatepass"))
    reader = _Reader(head, data, ALIGNED + length, catalogue)
    thing = reader.thing()
    reader.let_go()
    return thing, head["note"]


def _own(name: str, kind: type) -> Any:  # noqa: ANN401  (a class or a function)
    """Return a class or function of the program by its name."""
    module, _, inside = name.partition(":")
    if not module.startswith(("bot.matching.", "bot.knowledge.")):
        raise Broken(name)
    found = getattr(import_module(module), inside)
    if not isinstance(found, kind) or getattr(found, "__module__", "") != module:
        raise Broken(name)
    if not is_own(found if isinstance(found, type) else kind, module):
        raise Broken(name)
    return found


class _Reader:
    def __init__(self, head: dict[str, Any], data: bytes, start: int, catalogue: BaseModel) -> None:
        self._models = list(parts(catalogue))
        self._texts: list[str] = head["texts"]
        self._root: Node = head["root"]
        self._arrays: list[NDArray[Any]] = []
        for written, shape in head["arrays"]:
            kind, count = np.dtype(written), int(np.prod(shape, dtype=np.int64))
            if kind.kind not in "biuf":
                raise Broken(written)
            self._arrays.append(np.frombuffer(data, kind, count, start).reshape(shape))
            start += count * kind.itemsize + -count * kind.itemsize % ALIGNED
        self._tables: list[list[Any] | None] = []
        self._classes: list[tuple[type, list[str], list[list[Node]]]] = []
        for name, names, rows, columns in head["classes"]:
            kind = _own(name, type)
            self._classes.append((kind, names, columns))
            # Objects that hold one another are made before any of them is filled; rows of texts and numbers cannot be.
            made = None if issubclass(kind, tuple) else [kind.__new__(kind) for _ in range(rows)]
            self._tables.append(made)
        self._reading: set[int] = set()
        self._ways: dict[str, Callable[..., list[Any]]] = {
            "none": self._none,
            "plain": self._plain,
            "text": self._text,
            "mixed": self._mixed,
            "same": self._same,
            "object": self._object,
            "model": self._model,
            "enum": self._enum,
            "array": self._array,
            "arrays": self._many,
            "pattern": self._pattern,
            "cache": self._cache,
            "partial": self._partial,
            "method": self._method,
            "function": self._function,
            "languages": self._languages,
            **{kind.__name__: partial(self._containers, kind) for kind in LISTS},
            **{kind.__name__: partial(self._mappings, kind) for kind in DICTS},
            "defaultdict": self._defaulting,
        }

    def let_go(self) -> None:
        """Forget what was read: these ways and their reader hold one another, and nobody may look for such circles."""
        vars(self).clear()

    def thing(self) -> Any:  # noqa: ANN401
        """Fill all objects, and return the first."""
        for number, (kind, names, columns) in enumerate(self._classes):
            made = self._tables[number]
            if issubclass(kind, tuple) or made is None:
                continue
            at = 0
            for part in columns:
                values = [self._column(one) for one in part]
                rows = made[at : at + len(values[0])] if values else made[at:]
                self._fill(kind, names, rows, values)
                at += len(rows)
        return self._column(self._root)[0]

    @staticmethod
    def _fill(kind: type, names: list[str], rows: list[Any], values: list[list[Any]]) -> None:
        if rows and hasattr(rows[0], "__dict__"):
            for row, *held in zip(rows, *values, strict=True):
                vars(row).update(zip(names, held, strict=True))
            return
        for name, column in zip(names, values, strict=True):
            put = getattr(kind, name).__set__
            for row, value in zip(rows, column, strict=True):
                put(row, value)

    def _table(self, number: int) -> list[Any]:
        """Return the objects of a class; those that are tuples are made when they are first asked for."""
        made = self._tables[number]
        if made is None:
            if number in self._reading:
                raise Broken("rows that hold one another")
            self._reading.add(number)
            kind, _, columns = self._classes[number]
            make: Any = kind
            made = []
            for part in columns:
                made += starmap(make, zip(*map(self._column, part), strict=True))
            self._tables[number] = made
        return made

    def _column(self, node: Node) -> list[Any]:
        return self._ways[node[0]](*node[1:])

    def _none(self, count: int) -> list[None]:
        return [None] * count

    def _plain(self, number: int) -> list[Any]:
        found: list[Any] = self._arrays[number].tolist()
        return found

    def _text(self, number: int) -> list[str]:
        return list(map(self._texts.__getitem__, self._plain(number)))

    def _mixed(self, which: int, columns: list[Node]) -> list[Any]:
        following = [iter(self._column(column)) for column in columns]
        return [next(following[one]) for one in self._plain(which)]

    def _same(self, which: int, column: Node) -> list[Any]:
        return list(map(self._column(column).__getitem__, self._plain(which)))

    def _spans(self, lengths: int) -> Iterator[slice]:
        return starmap(slice, pairwise(accumulate(self._plain(lengths), initial=0)))

    def _object(self, places: int) -> list[Any]:
        numbers = self._arrays[places]
        tables = {table: self._table(table) for table in np.unique(numbers & 255).tolist()}
        if len(tables) == 1:
            return list(map(next(iter(tables.values())).__getitem__, (numbers >> 8).tolist()))
        return [tables[place & 255][place >> 8] for place in numbers.tolist()]

    def _model(self, numbers: int) -> list[Any]:
        return list(map(self._models.__getitem__, self._plain(numbers)))

    def _enum(self, name: str, column: Node) -> list[Any]:
        kind = _own(name, type)
        members = {member.value: member for member in kind}
        return list(map(members.__getitem__, self._column(column)))

    def _array(self, code: str, lengths: int, numbers: int) -> list[Any]:
        values = self._arrays[numbers]
        packed = values.astype(np.dtype(code))
        return [array(code, packed[span].tobytes()) for span in self._spans(lengths)]

    def _many(self, figures: list[list[Any]]) -> list[NDArray[Any]]:
        return [self._figures(*one) for one in figures]

    def _figures(self, number: int, values: int | None = None, shape: tuple[int, ...] = ()) -> NDArray[Any]:
        if values is None:
            return self._arrays[number].copy()
        table = np.zeros(int(np.prod(shape)), np.float32)
        table[self._arrays[number]] = self._arrays[values]
        return table.reshape(shape)

    def _pattern(self, written: Node, flags: int) -> list[re.Pattern[str]]:
        return list(map(re.compile, self._column(written), self._plain(flags)))

    def _cache(self, most: Node, functions: Node) -> list[Any]:
        pairs = zip(self._column(most), self._column(functions), strict=True)
        return [lru_cache(size)(function) for size, function in pairs]

    def _partial(self, functions: Node, arguments: Node) -> list[Any]:
        pairs = zip(self._column(functions), self._column(arguments), strict=True)
        return [partial(function, *given) for function, given in pairs]

    def _method(self, things: Node, names: Node) -> list[Any]:
        return list(map(getattr, self._column(things), self._column(names)))

    def _function(self, names: Node) -> list[Any]:
        return [_own(name, FunctionType) for name in self._column(names)]

    def _languages(self, count: int) -> list[Any]:
        return [languages()] * count

    def _containers(self, make: Callable[[Any], Any], lengths: int, column: Node) -> list[Any]:
        inside: Any = self._column(column)
        if make is tuple:
            inside = tuple(inside)  # slices of it are what is wanted
            return [inside[span] for span in self._spans(lengths)]
        return [make(inside[span]) for span in self._spans(lengths)]

    def _mappings(self, make: Callable[[Any], Any], lengths: int, *inside: Node) -> list[Any]:
        keys, values = map(self._column, inside)
        pairs = list(zip(keys, values, strict=True))
        made = [dict(pairs[span] if span.stop - span.start < len(pairs) else pairs) for span in self._spans(lengths)]
        return made if make is dict else list(map(make, made))

    def _defaulting(self, lengths: int, keys: Node, values: Node, factory: str) -> list[Any]:
        makers = {one.__name__: one for one in DEFAULTS}
        return self._mappings(partial(defaultdict, makers[factory]), lengths, keys, values)
