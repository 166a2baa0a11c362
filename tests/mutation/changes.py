"""Small changes to a module, each of which a test should notice."""

from __future__ import annotations

import ast
import copy
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


@dataclass(frozen=True)
class Change:
    """One change: where, what it does in words, and the changed module."""

    line: int
    what: str
    tree: ast.Module


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
            changed = copy.deepcopy(tree)
            apply(list(ast.walk(changed))[number])
            found.append(Change(getattr(node, "lineno", 0), what, ast.fix_missing_locations(changed)))
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
        if checked or logged or named:
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def _of(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """Yield what can be changed at a node, in words, and how it is done to the same node of a copy."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]
            yield f"{type(op).__name__} becomes {other.__name__}", lambda to: setattr(to, "ops", [other()])
        case ast.BoolOp(op=ast.And()):
            yield "and becomes or", lambda to: setattr(to, "op", ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield "or becomes and", lambda to: setattr(to, "op", ast.And())
        case ast.If() | ast.While() | ast.IfExp():
            yield "the condition is turned round", _turn_round
        case ast.Constant(value=True | False as value):
            yield f"{value} becomes {not value}", lambda to: setattr(to, "value", not value)
        case ast.BinOp(op=ast.Add()):
            yield "+ becomes -", lambda to: setattr(to, "op", ast.Sub())
        case ast.BinOp(op=ast.Sub()):
            yield "- becomes +", lambda to: setattr(to, "op", ast.Add())
        case ast.Expr(value=ast.Call() | ast.Await()):
            yield "the call is left out", lambda to: setattr(to, "value", ast.Constant(None))
        case ast.Return(value=ast.expr()):
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
