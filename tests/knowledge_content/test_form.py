"""The shipped files are in the form that ``jjbot format`` brings them into."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.form.formatting import House, formatted
from bot.knowledge.loader.files import list_files

FOLDER = Path(__file__).parents[2] / "knowledge"


def test_every_file_is_in_the_form() -> None:
    """So that a difference shows what was changed and nothing else."""
    house = House.of(FOLDER)
    files = [(file, file.path.read_bytes()) for file in list_files(FOLDER).files]
    assert [file.shown for file, data in files if formatted(data, file.shown, house).text != data.decode()] == []
