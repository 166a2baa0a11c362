"""Small changes to a module, each of which a test should notice."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}

_JOINED: dict[type[ast.AST], type[ast.AST]] = {ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add}


@dataclass(frozen=True)
class Change:
    """One change: where it is made, and what it does in words."""

    line: int
    what: str
    _source: str
    _number: int  # of the node, as they are walked
    _apply: Callable[[ast.AST], None]

    @property
    def tree(self) -> ast.Module:
        """The changed module."""
        tree = ast.parse(self._source)
        self._apply(list(ast.walk(tree))[self._number])
        return ast.fix_missing_locations(tree)


def changes(source: str) -> list[Change]:
    """Return every change that is made to a module, in order of its lines.

    Left out are what only the type checker reads, numbers with a name (they are measured, not tested) and log lines.
    """
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    found = []
    for number, node in enumerate(nodes):
        if isinstance(node, ast.stmt) and _is_left_out(node):
            continue
        for what, apply in _of(node):
            found.append(Change(getattr(node, "lineno", 0), what, source, number, apply))
    silent = _silent(tree)
    return sorted((one for one in found if one.line not in silent), key=lambda one: (one.line, one.what))


def _is_left_out(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and (isinstance(node.value, ast.Constant) or "_LOGGER" in ast.unparse(node))


def _silent(tree: ast.Module) -> set[int]:
    """Return the lines of blocks for the type checker, of log lines and of numbers with a name."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        checked = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        logged = isinstance(node, ast.Expr) and "_LOGGER" in ast.unparse(node)
        named = isinstance(node, ast.Assign | ast.AnnAssign) and node in tree.body
        if isinstance(node, ast.stmt) and (checked or logged or named):
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        if isinstance(node, ast.ClassDef):  # whether a class is frozen is the type checker's business
            lines.update(decorator.lineno for decorator in node.decorator_list)
    return lines


def _of(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """Yield what can be changed at a node, in words, and how it is done to the same node of a copy."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]
            yield f"{type(op).__name__} becomes {other.__name__}", lambda to: setattr(to, "ops", [other()])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in _JOINED:
            joined = _JOINED[type(op)]
            yield f"{type(op).__name__} becomes {joined.__name__}", lambda to: setattr(to, "op", joined())
        case ast.If() | ast.While() | ast.IfExp():
            yield "the condition is turned round", _turn_round
        case ast.Constant(value=True | False as value):
            yield f"{value} becomes {not value}", lambda to: setattr(to, "value", not value)
        case ast.Expr(value=ast.Call() | ast.Await()):
            yield "the call is left out", lambda to: setattr(to, "value", ast.Constant(None))
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and not value.value):
            yield "None is returned", lambda to: setattr(to, "value", ast.Constant(None))
        case ast.Raise():
            yield "nothing is raised", _raise_nothing
        case _:
            pass


def _turn_round(node: ast.AST) -> None:
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)


def _raise_nothing(node: ast.AST) -> None:
    """Make a raise a raise of nothing that anybody waits for; a statement cannot be replaced in its own place."""
    if isinstance(node, ast.Raise):
        node.exc, node.cause = ast.Name("SystemError", ast.Load()), None
