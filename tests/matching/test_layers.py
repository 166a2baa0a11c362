"""The rooms of the engine: each imports only what lies below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bot.matching

ENGINE = Path(bot.matching.__file__).parent

MAY_IMPORT = {
    "terms": set(),
    "decision": {"context", "terms"},
    "tuning": {"decision"},
    "text": {"tuning"},
    "danger": {"text"},
    "context": {"decision"},
    "dialogue": {"context", "danger", "decision", "query", "text", "tuning"},
    "index": {"decision", "text", "tuning"},
    "query": {"decision", "index", "terms", "text", "tuning"},
    "matcher": {"danger", "decision", "dialogue", "index", "query", "text", "tuning"},
}
"""Which parts of the engine a part may import beside itself, for types as well."""


def imported(part: str) -> set[str]:
    """Return the other parts of the engine that the modules of a part import."""
    path = ENGINE / part
    files = path.glob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                steps = f"{node.module}.{node.names[0].name}".split(".")
                if steps[:2] == ["bot", "matching"]:
                    found.add(steps[2])
    return found - {part}


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_lies_below_it(part: str) -> None:
    """Text below the index, the index below the query, the matcher above all; danger stands by itself."""
    assert imported(part) <= MAY_IMPORT[part]


def test_no_part_is_forgotten() -> None:
    """Every room and module of the engine has its place."""
    assert set(MAY_IMPORT) == {path.stem for path in ENGINE.iterdir() if path.stem.strip("_") == path.stem}
