"""``jjbot format``: the files of a knowledge folder in one form."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

import click

from bot.commands.opening import Refusal, folder_of
from bot.knowledge.finding import Severity
from bot.knowledge.form.formatting import House, formatted
from bot.knowledge.loader.files import list_files, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bot.knowledge.finding import Finding
    from bot.knowledge.loader.files import File


class _Chosen(NamedTuple):
    """Files of one folder, and what their form depends on."""

    house: House
    files: list[File]
    findings: list[Finding]


def print_format(paths: Iterable[Path], served: Callable[[], Path], *, check: bool) -> bool:
    """Bring files and folders into the form and print which ones changed, or would with ``check``.

    Return whether all are in it now: False if one had to be left alone, or would change.
    """
    changed = left = seen = 0
    for house, files, unread in _chosen(list(paths) or [served()], served):
        for finding in unread:
            click.echo(str(finding))
        left += len(unread)
        for file in files:
            seen += 1
            data, findings = read_bytes(file)
            done = formatted(data, file.shown, house) if data is not None else None
            for finding in (*findings, *(done.findings if done else ())):
                click.echo(str(finding))
            if done is None or done.text is None:
                left += 1
            elif done.text.encode() != data:
                changed += 1
                click.echo(file.shown)
                if not check:
                    _replace(file.path, done.text.encode())
    would = "would be" if check else "were"
    click.echo(f"{seen} files: {changed} {would} changed, {left} left alone.", err=True)
    return not left and not (check and changed)


def _chosen(paths: Iterable[Path], served: Callable[[], Path]) -> list[_Chosen]:
    """Return the files that paths name, each once, by their folders."""
    houses: dict[Path, _Chosen] = {}
    for path in paths:
        # For a folder, what its files belong to: it may be topics/ in the knowledge.
        folder = folder_of(path if path.is_file() else path / "any.yaml", served)
        listing = list_files(folder)
        if folder not in houses:
            unread = [one for one in listing.findings if one.severity is Severity.ERROR]
            houses[folder] = _Chosen(House.of(folder), [], unread)
        wanted = [one for one in listing.files if one.path.resolve().is_relative_to(path.resolve())]
        if path.is_file() and not wanted:
            raise Refusal(f"{path}: this is no YAML file of the knowledge folder {folder}.")
        files = houses[folder].files
        files.extend(one for one in wanted if one not in files)
    return list(houses.values())


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside the old one and put it in its place, so that nobody ever reads half of it."""
    path = path.resolve()
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(data)
        shutil.copymode(path, draft)
        os.replace(draft, path)  # noqa: PTH105  (the atomic rename is the point)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise Refusal(f"{path}: cannot be written: {problem.strerror}.") from None
