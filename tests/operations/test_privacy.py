"""Nothing of a conversation is ever written: not by the process itself, nor to its log."""

from __future__ import annotations

import shutil
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.operations.process import GARDEN, PATIENCE, Site, site

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = ("zephyrine", "quixotic", "Zwingli", "Zenobia")
"""Words of the conversation and of the name of whoever has it, which stand nowhere else."""

CONVERSATION = (
    "do you know the zephyrine rose society",
    "and its quixotic contact?",
    "my dad hits me, says Zwingli",
    "/privacy",
    "moss club",
)

NOTING = '''
"""Notes every file that the process opens for writing, or moves something to."""
import os, sys

_notes = os.open(os.environ["NOTES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND

def _note(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and (arguments[2] or 0) & _WRITING:
        os.write(_notes, os.path.abspath(os.fsencode(arguments[0])) + b"\\n")
    elif event in {"os.rename", "os.link"}:
        os.write(_notes, os.path.abspath(os.fsencode(arguments[1])) + b"\\n")

sys.addaudithook(_note)
'''
"""Python runs a module of the name ``sitecustomize`` before anything else."""


def holding(words: Sequence[str], *places: Path) -> list[Path]:
    """Return the files, in folders too, whose bytes hold one of these words."""
    wanted = [word.encode(encoding) for word in words for encoding in ("utf-8", "utf-16-le")]
    files = {file for place in places for file in (place, *place.rglob("*")) if file.is_file()}
    contents = {file: file.read_bytes() for file in files}
    return [file for file, content in contents.items() if any(word in content for word in wanted)]


def answers(place: Site, chat: int, count: int) -> bool:
    """Tell whether a chat has got so many."""
    return len(place.texts(chat)) >= count


async def test_no_file_of_the_process_holds_a_word_of_a_conversation(tmp_path: Path) -> None:
    """By a search of the bytes of DATA_DIR, and of whatever else it has written, after talking, reloading, ending."""
    hooks, notes, home = tmp_path / "hooks", tmp_path / "notes", tmp_path / "home"
    for folder in (hooks, home):
        folder.mkdir()
    (hooks / "sitecustomize.py").write_text(NOTING, encoding="utf-8")
    knowledge = tmp_path / "knowledge"
    shutil.copytree(GARDEN, knowledge)
    async with site(tmp_path / "data") as place:
        place.knowledge = knowledge
        place.extra = {"LOG_LEVEL": "DEBUG", "PYTHONPATH": str(hooks), "NOTES": str(notes)}
        place.extra |= {"HOME": str(home), "TMPDIR": str(home)}
        bot = await place.start()
        zenobia = place.world.user("Zenobia", username="Zenobia")
        for number, text in enumerate(CONVERSATION, 1):
            asked = place.world.ask(zenobia, text)
            await place.door.until(partial(answers, place, asked.chat.id, number), text, PATIENCE)
        (knowledge / "kites.yaml").write_text(
            "id: kites\nname: Kite fliers\nsummary: They fly kites.\n", encoding="utf-8"
        )
        bot.process.send_signal(signal.SIGHUP)
        await bot.logged("+1 -0 ~0")
        await place.settled()
        assert await bot.stop() == 0
    written = [Path(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    assert any(path.is_relative_to(place.data) for path in written)  # the notes work, or nothing would be searched
    assert holding(WORDS, tmp_path, *written) == []
    log = "\n".join(bot.lines)
    assert "decided" in log
    assert [word for word in (*WORDS, str(zenobia.id)) if word in log] == []
