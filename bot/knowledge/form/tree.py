"""A YAML document as a formatter sees it: values, with the comments and empty lines that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Scalar:
    """A text. ``plain``: it was written without quotes. ``folds``: it may go over several lines where it is long."""

    text: str
    plain: bool = False
    folds: bool = False


@dataclass(slots=True)
class Verbatim:
    """What is kept as it was written: each line with its indentation, counted from that of the part around it."""

    lines: list[tuple[int, str]]


@dataclass(slots=True)
class Part:
    """A key with its value, or an item of a list.

    ``above``: the lines in front of it, comments or empty. ``beside``: the comment behind it on its line.
    """

    value: Node
    key: Scalar | None = None
    above: list[str] = field(default_factory=list)
    beside: str = ""

    @property
    def commented(self) -> bool:
        """Whether a comment belongs to it."""
        return bool(self.beside or any(self.above))


@dataclass(slots=True)
class Collection:
    """A mapping (``keyed``) or a list. ``flow``: in brackets, on one line if it fits there.

    ``foot``: comments behind its last part. ``column``: where it stood. ``source``: how it was written, if in brackets;
    ``kept``: it is written so again.
    """

    keyed: bool
    flow: bool = False
    parts: list[Part] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    column: int = 0
    source: Verbatim | None = None
    kept: bool = False

    def of(self, key: str) -> Iterator[Part]:
        """Yield the parts of a mapping that have this key; more than one only where it is given twice."""
        return (part for part in self.parts if part.key is not None and part.key.text == key)


Node = Scalar | Verbatim | Collection


@dataclass(slots=True)
class Tree:
    """A document. ``head``: the comments at its top that are about the whole of it."""

    root: Collection
    head: list[str] = field(default_factory=list)
