"""A program under what a systemd unit allows it, on machines where no systemd runs.

Of ``deploy/jjbot.service`` is enforced, by the kernel as systemd does it:

* ``SystemCallFilter`` and ``SystemCallErrorNumber``: with libseccomp, which systemd uses as well. Groups of calls are
  those of systemd 252 (``system-call-groups.txt``, written by ``systemd-analyze syscall-filter``);
* ``LimitNOFILE``, and ``NoNewPrivileges`` that comes with the filter;
* ``MemoryMax``, with a control group of its own where one may be made (as root); else it is only compared with the
  largest memory that the process has had (``VmHWM``);
* ``Environment``, less what names places and the token.

``TasksMax`` is compared with the threads that there are. Not tried here: users, folders that cannot be written,
namespaces and families of addresses.

    python -m tests.operations.confined deploy/jjbot.service python -m bot ask "what is the crc"
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import resource
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

UNIT = Path(__file__).parents[2] / "deploy" / "jjbot.service"
GROUPS = Path(__file__).parent / "system-call-groups.txt"
ALWAYS = frozenset({"@default", "execve"})
"""What systemd allows in each list of what is allowed: else nothing could be started."""
UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_ERRNO = 0x00050000
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Unit:
    """The limits of a unit. ``refused_with``: the error that a call gets that is not allowed; None: it kills."""

    calls: frozenset[str]
    refused_with: int | None
    memory: int
    tasks: int
    files: int
    environment: Mapping[str, str]

    @classmethod
    def read(cls, path: Path = UNIT) -> Unit:
        """Read a unit as it is shipped."""
        lines = [line.strip().partition("=") for line in path.read_text(encoding="utf-8").splitlines()]
        values = {name: value for name, sign, value in lines if sign and not name.startswith("#")}
        number = values.get("SystemCallErrorNumber")
        variables = [word for name, _, value in lines if name == "Environment" for word in value.split()]
        return cls(
            _allowed([value for name, _, value in lines if name == "SystemCallFilter"]),
            getattr(errno, number) if number else None,
            int(values["MemoryMax"][:-1]) * UNITS[values["MemoryMax"][-1]],
            int(values["TasksMax"]),
            int(values["LimitNOFILE"]),
            dict(word.split("=", 1) for word in variables if not any(part in word for part in ("/", "TOKEN"))),
        )


def _allowed(filters: Sequence[str]) -> frozenset[str]:
    """Return the calls that lines of SystemCallFilter leave; a ``~`` takes away, in the order of the lines."""
    groups = _groups()
    calls = {call for name in ALWAYS for call in _members(name, groups)}
    for line in filters:
        named = {call for name in line.removeprefix("~").split() for call in _members(name, groups)}
        calls = calls - named if line.startswith("~") else calls | named
    return frozenset(calls)


def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    members: list[str] = []
    for line in GROUPS.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            members = groups.setdefault(line.strip(), [])
        elif name := line.strip().partition("#")[0]:
            members.append(name)
    return groups


def _members(name: str, groups: Mapping[str, Sequence[str]]) -> set[str]:
    if not name.startswith("@"):
        return {name}
    return {call for member in groups[name] for call in _members(member, groups)}


def confine(unit: Unit) -> None:
    """Let this process, and what it becomes, only do what the unit allows. Raises OSError where that cannot be done."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (unit.files, unit.files))
    library = ctypes.CDLL(ctypes.util.find_library("seccomp") or "libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    refuse = _KILL if unit.refused_with is None else _ERRNO | unit.refused_with
    rules = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(refuse)))
    for call in unit.calls:
        number = library.seccomp_syscall_resolve_name(call.encode())
        if number != _UNKNOWN:  # a name of another machine's
            with suppress(OSError):
                _check(library.seccomp_rule_add(rules, ctypes.c_uint32(_ALLOW), number, 0))
    _check(library.seccomp_load(rules))


def _check(result: int) -> None:
    if result < 0:
        raise OSError(-result, os.strerror(-result))


@contextmanager
def memory_group(limit: int) -> Iterator[Path | None]:
    """Make a control group that may have ``limit`` bytes; None where this process may make none."""
    name = f"confined-{os.getpid()}"
    for home, bound in (
        (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
        (Path("/sys/fs/cgroup"), "memory.max"),
    ):
        group = home / name
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            (group / bound).write_text(f"{limit}\n", encoding="ascii")
        except OSError:  # the second kind of control groups without one for memory
            group.rmdir()
            continue
        try:
            yield group
        finally:
            with suppress(OSError):
                group.rmdir()
        return
    yield None


def main() -> None:
    """Confine this process and become the program that is named; ``GROUP`` in the environment is its control group."""
    unit = Unit.read(Path(sys.argv[1]))
    group = os.environ.pop("GROUP", "")
    if group:
        (Path(group) / "cgroup.procs").write_text(f"{os.getpid()}\n", encoding="ascii")
    environment = {**os.environ, **unit.environment}
    confine(unit)
    os.execvpe(sys.argv[2], sys.argv[2:], environment)  # noqa: S606  (the point of it)


if __name__ == "__main__":
    main()
