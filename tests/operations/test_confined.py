"""A unit's limits as they are tried where no systemd runs."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.confined import UNIT, Unit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")


def test_lists_of_calls_add_and_take_away_in_their_order(tmp_path: Path) -> None:
    """Groups within groups count, and what a later line takes away is gone."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    others = "\n".join(line for line in lines if not line.startswith("SystemCall"))
    path = tmp_path / "a.service"
    path.write_text(f"{others}\nSystemCallFilter=@system-service @signal mbind\n", "utf-8")
    assert {"read", "kill", "mbind", "nice", "execve"} <= Unit.read(path).calls
    path.write_text(f"{others}\nSystemCallFilter=@system-service\nSystemCallFilter=~@resources read\n", "utf-8")
    unit = Unit.read(path)
    assert {"mbind", "nice", "read"} & unit.calls == set()
    assert {"write", "kill", "execve"} <= unit.calls
    assert unit.refused_with is None


def test_the_shipped_unit_refuses_and_does_not_kill() -> None:
    """What numpy asks for, memory near its core, is not allowed: it gets an error and goes on."""
    unit = Unit.read()
    assert "mbind" not in unit.calls
    assert unit.refused_with == errno.EPERM
    assert "OPENBLAS_NUM_THREADS" not in unit.environment  # the program sets it wherever it runs


def _confined(code: str, unit: Path = UNIT) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "tests.operations.confined", str(unit), sys.executable, "-c", code)
    root = Path(__file__).parents[2]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603


def test_the_kernel_enforces_it(tmp_path: Path) -> None:
    """A call that is not allowed fails, or kills where the unit says nothing else; files are counted."""
    done = _confined("import os, resource; print(resource.getrlimit(resource.RLIMIT_NOFILE)[0]); os.nice(1)")
    assert (done.returncode, done.stdout) == (1, f"{Unit.read().files}\n")
    assert "PermissionError" in done.stderr
    kills = tmp_path / "kills.service"
    text = UNIT.read_text(encoding="utf-8")
    kills.write_text(text.replace("SystemCallErrorNumber=EPERM\n", ""), encoding="utf-8")
    assert _confined("import os; os.nice(1)", kills).returncode == -31  # SIGSYS


def test_one_thread_for_matrices_wherever_it_runs() -> None:
    """Importing the program before numpy keeps numpy from starting a thread for each core."""
    done = _confined("import bot, numpy, os; print(len(os.listdir('/proc/self/task')))")
    assert done.stdout == "1\n", done.stderr
