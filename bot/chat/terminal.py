"""``jjbot chat``: the simulated world and the real bot in one process, typed at a terminal or piped."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from bot.chat.drawing import Pen
from bot.chat.harness import BotEnded, Harness
from bot.chat.session import HELP, Session
from bot.editions.store import NothingToServe
from bot.standin.world import World

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator

    from bot.settings import Settings

WIDTH: Final = 100
"""Columns of a wide terminal that are used: longer lines are hard to read."""


def chat(settings: Settings) -> int:
    """Talk to the bot of these settings until the input ends; returns the exit status.

    The bot is the one that ``jjbot run`` starts, with TELEGRAM_API_URL set to a stand-in for Telegram on loopback, a
    user of its own as the administrator, and a data folder that is gone afterwards.
    """
    world = World()
    admin = world.user("Ada", username="ada")
    with tempfile.TemporaryDirectory() as folder:
        changes = {
            "telegram_bot_token": SecretStr(world.token),
            "admin_ids": frozenset({admin.id}),
            "data_dir": Path(folder),
            "webhook_url": None,
            "health": "off",
        }
        if "log_level" not in settings.model_fields_set:
            changes["log_level"] = "ERROR"  # what an operator wants to know would stand between the lines of a talk

        async def bot(url: str, stop: asyncio.Event) -> None:
            from bot.telegram_app.running import serve  # noqa: PLC0415  (only the chat needs the whole bot)

            await serve(settings.model_copy(update={**changes, "telegram_api_url": url}), stop)

        pen, typed = _pen(), sys.stdin.isatty()
        if typed:
            print(pen.quiet(HELP))  # noqa: T201  (the terminal is the surface)
        try:
            with Harness(world, bot) as harness:
                conversation = Session(harness, print, pen, _language(), admin)
                if typed:
                    conversation.hear("/start")
                for line in _lines(conversation):
                    if not conversation.hear(line):
                        break
        except BotEnded as ended:
            return _refuse(settings, ended)
        except TimeoutError:
            print("jjbot: the bot does not answer", file=sys.stderr)  # noqa: T201  (same)
            return 1
        except KeyboardInterrupt:
            print()  # noqa: T201  (the shell's prompt belongs on a line of its own)
    return 0


def _refuse(settings: Settings, ended: BotEnded) -> int:
    """Say why the bot could not start; what is no fault of the knowledge is a fault of the program, and raised."""
    if not isinstance(ended.__cause__, NothingToServe):
        raise ended
    for finding in ended.__cause__.findings:
        print(finding, file=sys.stderr)  # noqa: T201  (same)
    print(f"jjbot: {settings.knowledge_dir}: {ended.__cause__}; mend it and start again", file=sys.stderr)  # noqa: T201
    return 2


def _lines(conversation: Session) -> Iterator[str]:
    """Read lines until the end of the input, behind a prompt where somebody types."""
    if not sys.stdin.isatty():
        with suppress(AttributeError):
            sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
        for line in sys.stdin:
            yield line.rstrip("\r\n")
        return
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415  (gives input() its history and keys, where there is one)
    while True:
        try:
            yield input(f"{conversation.who}> ")
        except EOFError:
            print()  # noqa: T201  (same)
            return


def _pen() -> Pen:
    """Draw plainly into a pipe, and in a terminal with bold print unless NO_COLOR is set (https://no-color.org)."""
    if not sys.stdout.isatty():
        return Pen()
    return Pen(colour="NO_COLOR" not in os.environ, width=min(shutil.get_terminal_size().columns, WIDTH))


def _language() -> str:
    """Return the language of the person at the keyboard, as their phone would send it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if len(code) == 2 and code.isalpha():  # noqa: PLR2004  (ISO 639-1)
            return code
    return "en"
