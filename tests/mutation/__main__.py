"""Change the program in small ways, one after the other, and see whether the tests that belong there notice.

``python -m tests.mutation`` makes the changes that once nobody noticed (``named.yaml``) and a drawn share of all
others; with the names of modules only those, with ``--all`` every one. Nothing is written to the
disk: a change is made to the module as it is imported, in a process of its own. Survivors and their reasons are in
README.md beside this file.
"""

from __future__ import annotations

import argparse
import importlib.machinery
import importlib.util
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.mutation.changes import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

HERE = Path(__file__).parent
TOP = HERE.parents[1]
SEED = 14
PATIENCE = 90.0
"""Seconds after which a change counts as noticed: it made something wait for ever."""


@dataclass(frozen=True)
class Mutant:
    """A changed module, what was changed, and the tests that should notice."""

    module: str
    line: int
    what: str
    code: CodeType
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.what}"


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module changed."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        """Return the changed code, whatever stands in the file."""
        return self._code


class _Finder:
    """Finds the changed module before its file is found."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, _path: object = None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the changed module, if it is that one."""
        if name != _name(self._mutant.module):
            return None
        path = str(TOP / self._mutant.module)
        return importlib.util.spec_from_file_location(name, path, loader=_Changed(name, path, self._mutant.code))


def _name(module: str) -> str:
    return module.removesuffix(".py").replace("/", ".")


def _mutants(modules: Sequence[str], *, every: bool) -> Iterator[Mutant]:
    plan = yaml.safe_load((HERE / "plan.yaml").read_text(encoding="utf-8"))
    named = yaml.safe_load((HERE / "named.yaml").read_text(encoding="utf-8"))
    for one in named:
        source = (TOP / one["module"]).read_text(encoding="utf-8")
        if source.count(one["was"]) != 1:
            raise SystemExit(f"named.yaml: {one['what']!r} does not fit {one['module']} any more")
        line = source[: source.index(one["was"])].count("\n") + 1
        code = compile(source.replace(one["was"], one["becomes"]), one["module"], "exec")
        if not modules or one["module"] in modules:
            yield Mutant(one["module"], line, one["what"], code, tuple(one["tests"]))
    for module, what in plan.items():
        if modules and module not in modules:
            continue
        possible = changes((TOP / module).read_text(encoding="utf-8"))
        share = len(possible) if every else min(what["share"], len(possible))
        drawn = random.Random(f"{SEED} {module}").sample(possible, share)  # noqa: S311  (a fixed seed is the point)
        for one in sorted(drawn, key=lambda change: change.line):
            code = compile(one.tree, module, "exec")
            yield Mutant(module, one.line, one.what, code, tuple(what["tests"]))


def _tried(mutant: Mutant | None, tests: Sequence[str]) -> str:
    """Run tests in a process of its own; "survived" if they pass, else "killed" or "hung"."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            if mutant:
                sys.meta_path.insert(0, _Finder(mutant))
            os._exit(int(pytest.main(["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *tests])))
        os._exit(9)
    watched = os.pidfd_open(child)
    ended, _, _ = select.select([watched], [], [], PATIENCE)
    os.close(watched)
    if not ended:
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return "hung" if not ended else "survived" if status == 0 else "killed"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Make all changes; return 1 if a test fails without any, or fewer are noticed than should be."""
    arguments = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    arguments.add_argument("modules", nargs="*", help="as in plan.yaml")
    arguments.add_argument("--all", action="store_true", help="every change, not a share of them")
    given = arguments.parse_args()
    os.chdir(TOP)
    mutants = list(_mutants(given.modules, every=given.all))
    for tests in sorted({mutant.tests for mutant in mutants}):
        if _tried(None, tests) != "survived":
            _say(f"these fail without any change: {' '.join(tests)}")
            return 1
    counts: Counter[str] = Counter()
    for mutant in mutants:
        began = time.monotonic()
        outcome = _tried(mutant, mutant.tests)
        counts[outcome] += 1
        _say(f"{outcome:8} {time.monotonic() - began:5.1f} s  {mutant}")
    noticed = (counts["killed"] + counts["hung"]) / max(1, counts.total())
    _say(f"{counts.total()} changes, {noticed:.1%} noticed: {dict(counts)}")
    return 0 if noticed >= 0.95 else 1


if __name__ == "__main__":
    # What every test needs and no change is made to: read once, before the processes part. No plugin of pytest's.
    for each in ("numpy", "pydantic", "rapidfuzz", "telegram.ext", "tornado.web", "babel"):
        importlib.import_module(each)
    sys.exit(main())
