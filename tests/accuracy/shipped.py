"""The knowledge that comes with the program, compiled once, and questions put to it as ``jjbot ask --json -`` does."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.asking import Asker, Line
from bot.editions.compilation import compile_folder

if TYPE_CHECKING:
    from bot.editions.edition import Edition

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
DEFAULT_LANGUAGE = "en"

Record = dict[str, Any]
"""A line of ``jjbot ask --json -``; see ``bot.replies.answer_json``. Keys that are not there yet are read with get."""


@cache
def edition() -> Edition:
    """Return the shipped edition, without the checks that take long."""
    return compile_folder(KNOWLEDGE, thorough=False)


@cache
def _asker() -> Asker:
    return Asker(edition(), DEFAULT_LANGUAGE)


def ask(text: str, language: str) -> Record:
    """Return the answer to a message by somebody who never wrote before and whose Telegram is in ``language``."""
    record: Record = json.loads(_asker().answer(Line(text, language)).as_json())
    return record
