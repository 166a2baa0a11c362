"""What ``ask``, ``check`` and ``evaluate`` write to the terminal or the pipe."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from bot.commands.opening import Refusal, usual_store
from bot.editions import link_check
from bot.editions.compilation import compile_folder
from bot.evaluation.dialogue_report import DialogueReport
from bot.evaluation.dialogues import Dialogue, played
from bot.evaluation.documents import BadQuestions, is_dialogue, read_items
from bot.evaluation.questions import LabelledQuestion
from bot.evaluation.report import evaluate
from bot.knowledge.finding import Severity
from bot.knowledge.folder import read_folder
from bot.matching.query import explanation
from bot.replies.plain import plain
from bot.replies.wording.bidi import visible

if TYPE_CHECKING:
    from pathlib import Path

    from bot.commands.asking import Reported
    from bot.editions.edition import Edition


def print_answer(reported: Reported, *, as_json: bool, explain: bool, one_of_many: bool = False) -> None:
    """Print one answer and flush it; ``one_of_many`` text answers have their question above and a space below."""
    if as_json:
        click.echo(reported.as_json().encode())  # as bytes: JSON is UTF-8 whatever the terminal is
        return
    if reported.line.error:
        click.echo(f"{visible(reported.line.text)!r}: {reported.line.error}", err=True)
    elif one_of_many:
        click.echo(f"> {visible(reported.line.text)}")
    click.echo(plain(reported.answered.reply))
    if explain:
        click.echo()
        for line in explanation.lines(reported.answered.decision):
            indent = line[: len(line) - len(line.lstrip(" "))]
            click.echo(indent + visible(line))
    if one_of_many:
        click.echo()


def print_check(folder: Path, file: Path | None = None) -> bool:
    """Compile a folder and print its findings, or errors and those of one file; return whether it can be served.

    What of an earlier check still holds is taken from the data folder.
    """
    only = f"{folder.resolve().name}/{file.resolve().relative_to(folder.resolve()).as_posix()}" if file else None
    # A file that is being written is another one the next time: keeping its edition would take longer than it saves.
    edition = compile_folder(folder, only=only, kept=usual_store(), keep=file is None)
    findings = [one for one in edition.findings if only in (None, one.path) or one.severity is Severity.ERROR]
    for finding in findings:
        click.echo(str(finding))
    counted = Counter(finding.severity for finding in findings)
    figures = ", ".join(f"{counted[severity]} {severity}s" for severity in Severity)
    verdict = "the folder can be served" if file is None else "a check of the folder says whether it can be served"
    verdict = "the folder cannot be served" if edition.errors else verdict
    click.echo(f"{file or folder}: {len(edition.catalogue.entries)} entries, {figures}; {verdict}.", err=True)
    return not edition.errors


def print_links(folder: Path) -> bool:
    """Ask every address in a folder and print what is not fine; return whether no page has gone."""
    read = read_folder(folder)
    if read.has_errors:
        raise Refusal(f"{folder}: this knowledge has errors; `jjbot check {folder}` lists them. Mend them first.")
    places = link_check.addresses(read)
    sites = len({urlsplit(url).hostname for url in places})
    click.echo(f"{len(places)} addresses on {sites} sites; this takes a few minutes.", err=True)
    findings = link_check.findings(asyncio.run(link_check.check_addresses(places, progress=_dot)), places)
    if sys.stderr.isatty():
        click.echo(err=True)
    for finding in findings:
        click.echo(str(finding))
    return not any(finding.severity is Severity.ERROR for finding in findings)


def _dot(_: object) -> None:
    if sys.stderr.isatty():
        click.echo(".", nl=False, err=True)


def print_evaluation(file: Path, edition: Edition, default_language: str, *, as_json: bool) -> float:
    """Print the report on a file of labelled questions and dialogues; return the share that is right."""
    try:
        items = read_items(file, lambda value: Dialogue if is_dialogue(value) else LabelledQuestion)
    except BadQuestions as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"{file}: cannot be read: {error.strerror}") from None
    questions = [item for item in items if isinstance(item, LabelledQuestion)]
    dialogues = [item for item in items if isinstance(item, Dialogue)]
    report = evaluate(questions, edition.matcher)
    turns = DialogueReport(turn for one in dialogues for turn in played(one, edition, default_language))
    if as_json:
        written = {**(report.as_json() if questions else {}), **({"dialogues": turns.as_json()} if dialogues else {})}
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        for line in (*(report.lines() if questions else ()), *(turns.lines() if dialogues else ())):
            click.echo(line)
    judged = len(report.verdicts) + len(turns.verdicts)
    return 1 - (len(report.misses) + len(turns.misses)) / judged if judged else 1.0
