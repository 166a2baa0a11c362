"""The command line: ``jjbot``, which is ``python -m bot``.

Results go to standard output, messages to standard error. Exit status 0: done; 1: the answer is "no"; 2: wrong usage
or settings. The commands are thin: what they do is in ``bot.commands`` and below.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import bot
from bot.commands.asking import Asker, Line, read_lines
from bot.commands.health import ask as ask_how_it_is
from bot.commands.opening import folder_of, load_settings, open_edition
from bot.commands.printing import print_answer, print_check, print_evaluation, print_links
from bot.commands.pruning import print_pruned
from bot.knowledge.schema import phrasings_schema
from bot.knowledge.schema import schema as entry_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings

INTERRUPTED = 130
"""What shells report of a program that Ctrl-C ended: 128 + SIGINT."""

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
PATH = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bot.__version__, prog_name="jjbot")
@click.pass_context
def cli(context: click.Context) -> None:
    """Answer questions from a folder of knowledge: on Telegram, or here in the terminal.

    Without a command: run the bot if a token is set, else start the chat in the terminal.
    """
    if context.invoked_subcommand is not None:
        return
    settings = load_settings()
    if settings.telegram_bot_token is not None:
        _run(settings)
    click.echo("No TELEGRAM_BOT_TOKEN is set, so here is the chat in the terminal.", err=True)
    _chat(settings)


@cli.command()
def run() -> None:
    """Run the Telegram bot: by polling, or by webhook where WEBHOOK_URL is set."""
    _run(load_settings())


@cli.command()
def chat() -> None:
    """Talk to the bot in the terminal, as on Telegram: with buttons, inline queries and a second user."""
    _chat(load_settings())


@cli.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--lang", metavar="XX", help="Language of the asker's Telegram, such as en, fr or es.")
@click.option("--json", "as_json", is_flag=True, help="Write one line of JSON for each answer.")
@click.option("--explain", is_flag=True, help="Say how the answer was found.")
def ask(text: tuple[str, ...], lang: str | None, *, as_json: bool, explain: bool) -> None:
    """Answer TEXT; with - answer every line of standard input.

    A line is a question, or a JSON object with "q", optional "lang" and optional "chat": lines with the same chat are
    one conversation. With --json there is exactly one line of
    output for each line of input, in order and at once; a line that cannot be read gets an "error" in its own.
    """
    settings = load_settings()
    asker = Asker(open_edition(settings.knowledge_dir, settings.data_dir), settings.default_language)
    if text == ("-",):
        for line in read_lines(sys.stdin.buffer, lang):
            print_answer(asker.answer(line), as_json=as_json, explain=explain, one_of_many=True)
    else:
        print_answer(asker.answer(Line(" ".join(text), lang)), as_json=as_json, explain=explain)


@cli.command()
@click.argument("path", type=PATH, required=False, metavar="[PATH]")
def check(path: Path | None) -> None:
    """Check a knowledge folder and print everything found, each with its file, line and column.

    PATH is the folder; without it, the one that the bot would serve. Of a file in a folder, what is found in that file
    is printed without asking anything: quicker, while you write. What its phrases find, what it takes from other
    entries and the golden questions only a check of the folder tells, which asks again what hangs on a change.
    """
    if path is not None and path.is_file():
        good = print_check(folder_of(path, lambda: load_settings().knowledge_dir), path)
    else:
        good = print_check(path or load_settings().knowledge_dir)
    if not good:
        raise click.exceptions.Exit(1)


@cli.command(name="format")
@click.argument("paths", type=PATH, nargs=-1, metavar="[PATH]...")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if a file is not in the form.")
def format_files(paths: tuple[Path, ...], *, only_check: bool) -> None:
    """Bring the files of a knowledge folder into one form, and print which ones changed.

    PATH is a folder or a file in it; without one, the folder that the bot would serve. Comments and what the files say
    stay as they are. A file that cannot be read is left alone and told with its line and column: exit status 1.
    """
    from bot.commands.formatting import print_format  # noqa: PLC0415  (no other command needs it)

    if not print_format(paths, lambda: load_settings().knowledge_dir, check=only_check):
        raise click.exceptions.Exit(1)


@cli.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.option(
    "--min-right", type=click.FloatRange(0, 100), metavar="X", help="Exit 1 if less is right: 0.9, or 90 (%)."
)
def evaluate(file: Path, min_right: float | None, *, as_json: bool) -> None:
    """Answer a FILE of labelled questions or dialogues; report by kind and language, and list the misses."""
    settings = load_settings()
    edition = open_edition(settings.knowledge_dir, settings.data_dir)
    right = print_evaluation(file, edition, settings.default_language, as_json=as_json)
    if min_right is not None and right < (min_right if min_right <= 1 else min_right / 100):
        click.echo(f"{right:.1%} right is less than --min-right {min_right:g}.", err=True)
        raise click.exceptions.Exit(1)


@cli.command()
@click.argument("directory", type=FOLDER, required=False, metavar="[DIR]")
@click.option("--questions", "files", type=FILE, multiple=True, help="Labelled questions that must not be lost.")
@click.option("--to", "most", type=click.IntRange(min=0), default=15_000, show_default=True, help="Phrases in all.")
@click.option("--write", is_flag=True, help="Delete their lines.")
def prune(directory: Path | None, files: tuple[Path, ...], most: int, *, write: bool) -> None:
    """Print the keywords and questions of a folder that can go, and what each is worth, the least worth first.

    What is needed is judged by the golden questions and by files of labelled questions, which are asked with and
    without them.
    """
    print_pruned(directory or load_settings().knowledge_dir, files, most, write=write)


@cli.command()
@click.option("--phrasings", is_flag=True, help="That of a file in phrasings/ instead.")
def schema(phrasings: bool) -> None:
    """Print the JSON Schema of an entry, with which editing programs help while you type."""
    click.echo(json.dumps(phrasings_schema() if phrasings else entry_schema(), ensure_ascii=False, indent=2))


@cli.command()
@click.argument("directory", type=FOLDER, required=False, metavar="[DIR]")
def links(directory: Path | None) -> None:
    """Ask every address in a knowledge folder, politely and once, whether it still answers.

    DIR is the folder; without it, the one that the bot would serve. Exit status 1: a page has gone.
    """
    if not print_links(directory or load_settings().knowledge_dir):
        raise click.exceptions.Exit(1)


@cli.command()
def health() -> None:
    """Ask the bot that runs on this machine how it is, at LISTEN. Exit status 1: it is not ready."""
    ready, line = ask_how_it_is(load_settings().listen_address)
    click.echo(line)
    if not ready:
        raise click.exceptions.Exit(1)


def _run(settings: Settings) -> None:
    from bot.telegram_app.running import run as run_bot  # noqa: PLC0415  (no other command should wait for it)

    raise click.exceptions.Exit(run_bot(settings))


def _chat(settings: Settings) -> None:
    from bot.chat.terminal import chat as chat_in_terminal  # noqa: PLC0415  (the same)

    raise click.exceptions.Exit(chat_in_terminal(settings))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; quiet when somebody presses Ctrl-C.

    The reader of a pipe going away is as quiet, and exit status 1: click sees to that.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter shows a question mark
    try:
        status = cli.main(arguments, prog_name="jjbot", standalone_mode=False)
    except click.exceptions.Abort:
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    sys.exit(status)
