"""``jjbot prune``: which phrases of a folder can go, and what each is worth."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import click

from bot.commands.opening import Refusal
from bot.editions.checks.amounts import limit
from bot.editions.judging import NONE
from bot.evaluation.documents import BadQuestions
from bot.evaluation.pruning import Pruned, prune
from bot.evaluation.questions import LabelledQuestion, read_questions
from bot.knowledge.folder import read_folder
from bot.matching.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.knowledge.entry import Entry
    from bot.knowledge.folder import Folder
    from bot.knowledge.loader.positions import Place


def print_pruned(folder: Path, files: Iterable[Path], most: int, *, write: bool) -> None:
    """Print the phrases that can go, the least worth first; with ``write`` delete their lines.

    The golden questions of the folder and the questions of ``files`` say what is needed.
    """
    read = read_folder(folder)
    if read.has_errors:
        raise Refusal(f"{folder}: this folder has errors. Mend what jjbot check says.")
    catalogue = read.catalogue

    def matcher(entries: Sequence[Entry]) -> Matcher:
        return Matcher(
            tuple(entries),
            synonyms=catalogue.synonyms,
            attributes=catalogue.attributes,
            care=catalogue.care,
            danger=catalogue.danger,
        )

    languages = catalogue.bot.languages
    pruned = prune(
        catalogue.entries,
        [*_golden(read), *_labelled(files)],
        most,
        lambda entry, key, language: limit(entry, key, language, languages),
        matcher,
    )
    places = [read.place(one.entry, one.key, one.language, one.place) for one in pruned.dropped]
    for place, one in zip(places, pruned.dropped, strict=True):
        click.echo(f"{place.path}:{place.line}:{place.column}: {one.worth:.2f} {one.text}")
    deleted = _delete(read, places) if write else 0
    _sum_up(pruned, deleted, write=write)


def _sum_up(pruned: Pruned, deleted: int, *, write: bool) -> None:
    for question in pruned.lost:
        click.echo(f"No longer answered rightly: {question.q}", err=True)
    click.echo(f"{len(pruned.dropped)} phrases can go, {len(pruned.lost)} right answers are lost by it.", err=True)
    if write:
        left = len(pruned.dropped) - deleted
        rest = f" {left} stand in a line with others: delete these by hand." if left else ""
        click.echo(f"{deleted} were deleted.{rest}", err=True)


def _golden(read: Folder) -> list[LabelledQuestion]:
    return [
        LabelledQuestion(q=one.q, lang=one.lang, accept=() if one.want == NONE else (one.want,), best=one.want)
        for one in read.catalogue.golden
    ]


def _labelled(files: Iterable[Path]) -> list[LabelledQuestion]:
    try:
        return [question for file in files for question in read_questions(file)]
    except (BadQuestions, OSError) as problem:
        raise Refusal(str(problem)) from None


def _delete(read: Folder, places: Iterable[Place]) -> int:
    """Delete the lines that hold one phrase each, and return how many that are."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for place in places:
        lines[place.path].add(place.line - 1)
    deleted = 0
    for file in read.files:
        if file.shown not in lines:
            continue
        written = file.path.read_text(encoding="utf-8").split("\n")
        gone = {at for at in lines[file.shown] if written[at].lstrip().startswith("- ")}
        deleted += len(gone)
        file.path.write_text("\n".join(line for at, line in enumerate(written) if at not in gone), encoding="utf-8")
    return deleted
