"""What every command begins with: the settings and the knowledge, or one clear refusal."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import click

from bot import settings
from bot.editions.compilation import compile_folder
from bot.editions.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.editions.edition import Edition
    from bot.settings import Settings


class Refusal(click.ClickException):
    """The program cannot do what was asked: what, why and what to do, on standard error, and exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is; it names the thing itself."""
        click.echo(self.format_message(), file=file, err=True)


def load_settings() -> Settings:
    """Return the settings; refuse with the line that names the wrong one."""
    try:
        return settings.load()
    except settings.BadSetting as error:
        raise Refusal(str(error)) from None


def usual_store() -> Kept | None:
    """Return the store of compiled editions; None where the settings do not say where that is."""
    try:
        return Kept(settings.load().data_dir)
    except settings.BadSetting:
        return None


def folder_of(path: Path, served: Callable[[], Path]) -> Path:
    """Return the knowledge folder that a file belongs to.

    That is the nearest folder above it with a ``bot.yaml``, else the served one if it is in there, else its own.
    """
    above = path.resolve().parents
    known = next((one for one in above if any((one / name).is_file() for name in ("bot.yaml", "bot.yml"))), None)
    if known:
        return known
    folder = served().resolve()
    return folder if folder in above else above[0]


def open_edition(folder: Path, data_dir: Path) -> Edition:
    """Return the compiled folder, from ``data_dir`` if it is kept there; refuse with every error if there is any."""
    edition = compile_folder(folder, thorough=False, kept=Kept(data_dir))
    if edition.errors:
        found = "\n".join(map(str, edition.errors))
        raise Refusal(f"{found}\nThis knowledge cannot be served. Mend it, or set KNOWLEDGE_DIR to another folder.")
    return edition
