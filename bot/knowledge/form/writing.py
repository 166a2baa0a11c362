"""Writes trees as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.form.scalars import ONE_LINE, folded, literal, written
from bot.knowledge.form.tree import Collection, Scalar, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge.form.tree import Node, Part, Tree

IN_BRACKETS = 160
"""Characters of a line with a list or mapping in brackets; a longer one has a line for each part."""

_STEP = 2


def write(trees: Iterable[Tree]) -> str:
    """Return the text of the documents of a file."""
    return "---\n".join("".join(f"{line}\n" for line in _document(tree)) for tree in trees)


def _document(tree: Tree) -> list[str]:
    lines = [*_lines(tree.head, 0), *_collection(tree.root, 0, above_first=False)]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _lines(above: Iterable[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in above]


def _collection(node: Collection, indent: int, *, above_first: bool = True) -> list[str]:
    """Return the lines of a list or mapping with a line for each part.

    ``above_first``: an empty line in front of the first part is left out, as nothing stands above it.
    """
    lines: list[str] = []
    for number, part in enumerate(node.parts):
        above = _lines(part.above, indent)
        while above_first and number == 0 and above and not above[0]:
            del above[0]
        lines += above
        lines += _part(part, indent)
    foot = _lines(node.foot, indent)
    while foot and not foot[-1]:
        foot.pop()
    return lines + foot


def _part(part: Part, indent: int) -> list[str]:
    """Return the lines of a part without those above it."""
    begin = " " * indent + (f"{written(part.key.text, plain=part.key.plain)}:" if part.key else "-")
    beside = f"  {part.beside}" if part.beside else ""
    value = part.value
    if isinstance(value, Scalar):
        first, *rest = _scalar(value, begin, indent)
        return [first + beside, *rest]
    if isinstance(value, Collection) and value.kept and value.source:
        value = value.source
    if isinstance(value, Verbatim):
        lines = [f"{begin} {value.lines[0][1]}"]
        lines += [" " * max(0, indent + at) + text if text else "" for at, text in value.lines[1:]]
        return [*lines[:-1], lines[-1] + beside]
    line = on_one_line(value) if value.flow or not value.parts else None
    if line is not None and (len(f"{begin} {line}") <= IN_BRACKETS or not value.parts):
        return [f"{begin} {line}{beside}"]
    if part.key:
        return [begin + beside, *_collection(value, indent + _STEP)]
    # An item of a list: its first part stands behind the dash, and what is above that above the dash.
    first_part = value.parts[0]
    above = [comment for comment in (*first_part.above, part.beside) if comment]
    lines = _part(first_part, indent + _STEP)
    lines[0] = f"{begin} {lines[0][indent + _STEP :]}"
    others = Collection(keyed=value.keyed, parts=value.parts[1:], foot=value.foot)
    return [*_lines(above, indent), *lines, *_collection(others, indent + _STEP, above_first=False)]


def _scalar(value: Scalar, begin: str, indent: int) -> list[str]:
    if value.plain and not value.text:
        return [begin]
    if "\n" in value.text:
        block = literal(value.text)
        if block:
            sign, lines = block
            return [f"{begin} {sign}", *_lines(lines, indent + _STEP)]
    line = f"{begin} {written(value.text, plain=value.plain)}"
    if value.folds and len(line) > ONE_LINE:
        lines = folded(value.text, indent + _STEP) or []
        if lines:
            return [f"{begin} >-", *_lines(lines, indent + _STEP)]
    return [line]


def on_one_line(node: Node) -> str | None:
    """Return a value as it is written within brackets; None where that cannot be."""
    if isinstance(node, Verbatim) or (isinstance(node, Collection) and (node.kept or node.foot)):
        return None
    if isinstance(node, Scalar):
        if not node.text and node.plain:
            return None
        return None if "\n" in node.text else written(node.text, plain=node.plain, in_brackets=True)
    parts = []
    for part in node.parts:
        value = on_one_line(part.value)
        if value is None or part.commented:
            return None
        key = f"{written(part.key.text, plain=part.key.plain, in_brackets=True)}: " if part.key else ""
        parts.append(key + value)
    return ("{%s}" if node.keyed else "[%s]") % ", ".join(parts)
