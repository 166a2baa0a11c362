"""Packing: what was compiled, as plain columns of numbers and texts that hold nothing a computer could run.

Objects of one class become a table with a column for each of their attributes, containers their lengths and what is in
them one after the other. What belongs to the catalogue is only pointed to, by its number among the catalogue's parts.
``bot.editions.columns.unpacking`` is the way back.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from enum import Enum
from functools import _lru_cache_wrapper, partial
from itertools import chain
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel

from bot.editions.columns.plain import ALIGNED, DEFAULTS, DICTS, LISTS, Node, NotPlain, attributes_of, name_of, parts
from bot.matching.text.languages import Languages, languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

SPARSE = 4
"""A table of figures of which no more than one in so many is not nothing is kept without the others."""

_AT_ONCE = 4096
"""Texts written without letting others have their turn."""


def pack(thing: object, catalogue: BaseModel, note: object) -> Iterator[bytes]:
    """Return ``thing``, built over ``catalogue``, in columns, with a ``note`` of what JSON can say; piece by piece.

    Raises ``NotPlain`` for what cannot be kept so.
    """
    return _Packer(catalogue).packed(thing, note)


class _Table:
    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.parts: list[Node] = []
        self.written = 0


class _Packer:
    def __init__(self, catalogue: BaseModel) -> None:
        self._models = {id(model): number for number, model in enumerate(parts(catalogue))}
        self._arrays: list[NDArray[Any]] = []
        self._texts: dict[str, int] = {}
        self._numbers: dict[int, int] = {}
        self._tables: dict[tuple[type, tuple[str, ...]], _Table] = {}
        self._order: dict[tuple[type, tuple[str, ...]], int] = {}
        self._ways: dict[Any, Callable[[Any], Node]] = {
            type(None): self._none,
            bool: self._booleans,
            int: self._integers,
            float: self._floats,
            str: self._strings,
            **dict.fromkeys(LISTS, self._containers),
            **dict.fromkeys(DICTS, self._mappings),
            np.ndarray: self._tables_of,
            array: self._packed_numbers,
            re.Pattern: self._expressions,
            _lru_cache_wrapper: self._remembering,
            partial: self._prepared,
            MethodType: self._methods,
            FunctionType: self._functions,
            Languages: self._spoken,
        }

    def packed(self, thing: object, note: object) -> Iterator[bytes]:
        root = self._column([thing])
        while waiting := [key for key, table in self._tables.items() if table.written < len(table.rows)]:
            for key in waiting:
                self._write(key)
        classes = [
            [name_of(kind), names, len(table.rows), table.parts] for (kind, names), table in self._tables.items()
        ]
        shapes = [[one.dtype.str, one.shape] for one in self._arrays]
        head = json.dumps({"note": note, "root": root, "classes": classes, "arrays": shapes}, separators=(",", ":"))
        texts = list(self._texts)
        groups = (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))
        listed = ",".join([json.dumps(group, ensure_ascii=False)[1:-1] for group in groups])
        written = f'{head[:-1]},"texts":[{listed}]}}'.encode("utf-8", "surrogatepass")
        written += b" " * (-len(written) % ALIGNED)
        yield len(written).to_bytes(ALIGNED, "little")
        yield written
        for figures in self._arrays:
            yield figures.tobytes() + bytes(-figures.nbytes % ALIGNED)
        vars(self).clear()  # these ways and their packer hold one another, and nobody may look for such circles

    def _write(self, key: tuple[type, tuple[str, ...]]) -> None:
        """Write the rows of a table that were met since it was last written."""
        table, (kind, names) = self._tables[key], key
        rows, table.written = table.rows[table.written :], len(table.rows)
        if issubclass(kind, tuple):
            table.parts.append([self._column(list(column)) for column in zip(*rows, strict=True)])
        else:
            table.parts.append([self._column([getattr(row, name) for row in rows]) for name in names])

    def _array(self, array: NDArray[Any]) -> int:
        if array.dtype.kind not in "biuf" or not array.flags.c_contiguous:
            raise NotPlain(f"an array of {array.dtype}")
        self._arrays.append(array)
        return len(self._arrays) - 1

    def _whole(self, values: Sequence[int]) -> int:
        """Keep whole numbers, in four bytes each where that is enough."""
        try:
            numbers = np.fromiter(values, np.int64, len(values))
        except OverflowError:
            raise NotPlain("a number that is too large") from None
        small = numbers.astype(np.int32)
        return self._array(small if (small == numbers).all() else numbers)

    def _column(self, values: Sequence[Any]) -> Node:
        kinds = list(dict.fromkeys(map(type, values)))
        if len(kinds) > 1:
            numbers = {kind: number for number, kind in enumerate(kinds)}
            which = self._whole([numbers[type(value)] for value in values])
            columns = [self._column([value for value in values if type(value) is kind]) for kind in kinds]
            return ["mixed", which, columns]
        if not kinds:
            return ["none", 0]
        return self._alike(kinds[0], values)

    def _alike(self, kind: Any, values: Sequence[Any]) -> Node:  # noqa: ANN401
        """Return the column of values that are all of one type."""
        write = self._ways.get(kind)
        if write is None:
            if issubclass(kind, Enum):
                return ["enum", name_of(kind), self._column([value.value for value in values])]
            write = self._models_of if issubclass(kind, BaseModel) else self._objects
        return write(values)

    def _none(self, values: Sequence[None]) -> Node:
        return ["none", len(values)]

    def _booleans(self, values: Sequence[bool]) -> Node:
        return ["plain", self._array(np.fromiter(values, np.bool_, len(values)))]

    def _integers(self, values: Sequence[int]) -> Node:
        return ["plain", self._whole(values)]

    def _floats(self, values: Sequence[float]) -> Node:
        return ["plain", self._array(np.fromiter(values, np.float64, len(values)))]

    def _strings(self, values: Sequence[str]) -> Node:
        add, known = self._texts.setdefault, self._texts
        return ["text", self._whole([add(value, len(known)) for value in values])]

    def _repeated(self, values: Sequence[Any]) -> Node | None:
        """Return the column of containers some of which are one and the same."""
        different = {id(value): value for value in values}
        if len(different) == len(values):
            return None
        numbers = {one: number for number, one in enumerate(different)}
        return ["same", self._whole([numbers[id(value)] for value in values]), self._column(list(different.values()))]

    def _containers(self, values: Sequence[Any]) -> Node:
        if repeated := self._repeated(values):
            return repeated
        inside = list(chain.from_iterable(values))
        if isinstance(values[0], set | frozenset):
            _hashed(inside)
        return [type(values[0]).__name__, self._whole(list(map(len, values))), self._column(inside)]

    def _mappings(self, values: Sequence[Any]) -> Node:
        if repeated := self._repeated(values):
            return repeated
        keys = list(chain.from_iterable(values))
        _hashed(keys)
        node = [self._whole(list(map(len, values))), self._column(keys)]
        node.append(self._column(list(chain.from_iterable(value.values() for value in values))))
        if isinstance(values[0], defaultdict):
            factories = {value.default_factory for value in values}
            factory = factories.pop()
            if factories or factory not in DEFAULTS:
                raise NotPlain("a dictionary that makes values up")
            return ["defaultdict", *node, factory.__name__]
        return [type(values[0]).__name__, *node]

    def _tables_of(self, values: Sequence[NDArray[Any]]) -> Node:
        return ["arrays", [self._figures(value) for value in values]]

    def _figures(self, value: NDArray[Any]) -> Node:
        if value.dtype == np.float32 and value.size and value.flags.c_contiguous:
            cells = value.reshape(-1).view(np.uint32).nonzero()[0]  # as bits, so that nothing is lost, not even a sign
            if len(cells) * SPARSE < value.size < 2**31:
                figures = value.reshape(-1)[cells]
                return [self._array(cells.astype(np.int32)), self._array(figures), list(value.shape)]
        return [self._array(np.ascontiguousarray(value))]

    def _packed_numbers(self, values: Sequence[array[Any]]) -> Node:
        codes = {value.typecode for value in values}
        code = codes.pop()
        if codes or code not in "bBhHiIlLqQfd":
            raise NotPlain("packed numbers of several kinds")
        numbers = np.frombuffer(b"".join(values), np.dtype(code))
        return ["array", code, self._whole(list(map(len, values))), self._array(numbers)]

    def _expressions(self, values: Sequence[re.Pattern[str]]) -> Node:
        return ["pattern", self._column([value.pattern for value in values]), self._whole([v.flags for v in values])]

    def _remembering(self, values: Sequence[_lru_cache_wrapper[Any]]) -> Node:
        """Keep how much a function remembers, and not what."""
        most = [value.cache_parameters()["maxsize"] for value in values]
        return ["cache", self._column(most), self._column([value.__wrapped__ for value in values])]

    def _prepared(self, values: Sequence[partial[Any]]) -> Node:
        if any(value.keywords for value in values):
            raise NotPlain("a function with named arguments")
        return ["partial", self._column([v.func for v in values]), self._column([v.args for v in values])]

    def _methods(self, values: Sequence[MethodType]) -> Node:
        names = [value.__func__.__name__ for value in values]
        return ["method", self._column([value.__self__ for value in values]), self._column(names)]

    def _functions(self, values: Sequence[FunctionType]) -> Node:
        return ["function", self._column([name_of(value) for value in values])]

    def _spoken(self, values: Sequence[Languages]) -> Node:
        if any(value is not languages() for value in values):
            raise NotPlain("languages that are not the program's own")
        return ["languages", len(values)]

    def _models_of(self, values: Sequence[BaseModel]) -> Node:
        try:
            return ["model", self._whole([self._models[id(value)] for value in values])]
        except KeyError:
            raise NotPlain(f"a {type(values[0]).__name__} that is not in the catalogue") from None

    def _objects(self, values: Sequence[Any]) -> Node:
        """Put the objects into the tables of their classes, by class and the attributes that they have."""
        places = []
        for value in values:
            place = self._numbers.get(id(value))
            if place is None:
                kind = type(value)
                key = (kind, () if issubclass(kind, tuple) else attributes_of(value))
                table = self._tables.get(key)
                if table is None:
                    name_of(kind)
                    table = self._tables[key] = _Table()
                    self._order[key] = len(self._order)
                place = self._numbers[id(value)] = len(table.rows) << 8 | self._order[key]
                table.rows.append(value)
            places.append(place)
        if len(self._order) > 2**8:
            raise NotPlain("too many classes")
        return ["object", self._whole(places)]


def _hashed(values: Sequence[Any]) -> None:
    """Refuse what is not whole yet when it is read again, and so has no hash."""
    for kind in set(map(type, values)):
        if kind.__module__.startswith("bot.") and not issubclass(kind, Enum | tuple):
            raise NotPlain(f"a {kind.__name__} as a key")
