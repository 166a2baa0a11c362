"""Where in a file a value stands: a compact table of positions beside the values read from it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bot.knowledge.entry import ANY_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | None | list["Value"] | dict[str, "Value"]
"""What a YAML node becomes. Every scalar is text, except an empty one or a plain ``null`` or ``~``: None."""

Steps = tuple[str | int, ...]
"""Keys and list indexes that lead to a part of a document."""

_FIELDS = 3  # line, column, number of nodes in the subtree

_LARGE = 32
"""Values in a list or mapping from which it is remembered where each stands: looked for one by one, each place would
cost as much as the list is long."""


class Place(NamedTuple):
    """A position in a file, relative to what the reader was told to call it; line and column count from 1."""

    path: str
    line: int
    column: int


class NodeTable:
    """Line, column and subtree size of every node of a document, in the order in which the nodes begin.

    Twelve bytes a node, against a few hundred for a dictionary from paths to positions; a folder of ten thousand
    entries has about a million nodes, and hardly any is ever asked for.
    """

    __slots__ = ("_cells", "_remembered")

    def __init__(self) -> None:
        self._cells = array("I")
        self._remembered: dict[int, dict[str | int, int]] = {}

    def begin(self, line: int, column: int) -> int:
        """Add a node and return its number."""
        self._cells.extend((line, column, 1))
        return len(self._cells) // _FIELDS - 1

    def end(self, node: int) -> None:
        """Close a node: all that was added since belongs to it."""
        self._cells[node * _FIELDS + 2] = len(self._cells) // _FIELDS - node

    def forget_from(self, node: int) -> None:
        """Drop a node and all that was added since."""
        del self._cells[node * _FIELDS :]

    def position(self, node: int) -> tuple[int, int]:
        """Return line and column of a node."""
        start = node * _FIELDS
        return self._cells[start], self._cells[start + 1]

    def size(self, node: int) -> int:
        """Return how many nodes a node consists of, itself included."""
        return self._cells[node * _FIELDS + 2]

    def children(self, value: dict[str, Value] | list[Value], node: int) -> dict[str | int, int]:
        """Return the nodes of the keys (in a list: of the items) of ``node``, whose value is ``value``."""
        found: dict[str | int, int] = {}
        child = node + 1
        keyed = isinstance(value, dict)
        for step in value if isinstance(value, dict) else range(len(value)):
            found[step] = child
            child += 1 + self.size(child + 1) if keyed else self.size(child)
        return found

    def child(self, value: Value, node: int, step: str | int) -> tuple[Value, int, int] | None:
        """Return value, node and key's node (in a list: its own) of a child of ``node``, whose value is ``value``.

        Only for what is complete: where things stand in large ones is remembered.
        """
        if self.size(node) == 1:  # an empty collection, or one written elsewhere and only referred to here
            return None
        if isinstance(value, dict) and isinstance(step, str) and step in value:
            key = self._child(value, node, step)
            return value[step], key + 1, key
        if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            item = self._child(value, node, step)
            return value[step], item, item
        return None

    def _child(self, value: dict[str, Value] | list[Value], node: int, step: str | int) -> int:
        if len(value) < _LARGE:
            return self.children(value, node)[step]
        if node not in self._remembered:
            self._remembered[node] = self.children(value, node)
        return self._remembered[node][step]


class Origin(NamedTuple):
    """Items of a list from another document: from the ``first`` on they stand at ``steps`` of ``document``."""

    first: int
    document: Document
    steps: Steps


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its value, and where each part of it stands."""

    path: str
    value: Value
    nodes: NodeTable = field(repr=False, compare=False)
    has_empty: bool = False
    """Whether a value is None somewhere."""
    lists: Mapping[Steps, tuple[Origin, ...]] = field(default_factory=dict, repr=False, compare=False)
    """The lists that other documents have a part of, by the steps that lead to them: where their items stand."""

    @property
    def paths(self) -> frozenset[str]:
        """The files that have a part of it."""
        return frozenset({self.path, *(one.document.path for listed in self.lists.values() for one in listed)})

    def place(self, *steps: str | int, key: bool = False) -> Place:
        """Return where the part at ``steps`` (keys and list indexes) stands, or the nearest part around it.

        Text is found where it begins; a list or mapping where its key is, and so is anything if ``key`` is set.
        The step ``und`` may stand for a language that was not written.
        """
        for length in range(1, len(steps) + 1 if self.lists else 1):
            for origin in reversed(self.lists.get(steps[:length], ())):
                item = steps[length] if length < len(steps) else origin.first
                if isinstance(item, int) and item >= origin.first:
                    inside = (item - origin.first, *steps[length + 1 :]) if length < len(steps) else ()
                    return origin.document.place(*origin.steps, *inside, key=key)
        value, node, key_node = self.value, 0, 0
        for step in steps:
            if step == ANY_LANGUAGE and not (isinstance(value, dict) and step in value):
                continue
            found = self.nodes.child(value, node, step)
            if found is None:
                break
            value, node, key_node = found
        wanted = key_node if key or isinstance(value, (dict, list)) else node
        return Place(self.path, *self.nodes.position(wanted))
