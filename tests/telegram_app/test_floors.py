"""The floors of the package: no import runs up."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bot.telegram_app

PACKAGE = Path(bot.telegram_app.__file__).parent

FLOORS = (
    {"ptb_types"},
    {"turn", "tasks", "memory"},
    {"views"},
    {"outbox"},
    {"monitoring"},
    {"handlers"},
    {"intake"},
    {"application", "startup", "reloading", "service", "running"},
)
"""Modules and rooms from low to high. Each imports those below it, and those beside it."""


def _floor(name: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if name in floor)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_runs_up(path: Path) -> None:
    """Also not for types only: what is named above need not be known below."""
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here == "__init__":
        return
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.telegram_app")
        for name in ([alias.name for alias in node.names] if node.module == "bot.telegram_app" else [node.module or ""])
    }
    names = {name.removeprefix("bot.telegram_app.").partition(".")[0] for name in imported}
    assert {name for name in names if _floor(name) > _floor(here)} == set()
