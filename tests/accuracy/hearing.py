"""How well somebody in danger is heard: labelled messages, by the file (one author each), kind and language.

``danger/*.yaml`` are for fitting; ``danger/judging/*.yaml`` for judging only: nothing is fitted, written or chosen by
their messages, and only counts of them are ever looked at. So it is with ``tests/matching/danger/unseen.yaml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from bot.matching.danger.detector import Height
from tests.accuracy.figures import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.matching.danger.detector import DangerDetector
    from tests.accuracy.figures import Figures

FOLDER = Path(__file__).with_name("danger")
JUDGING = FOLDER / "judging"
WRITTEN_FOR = Path(__file__).parents[1] / "matching" / "danger" / "messages"
"""Messages for which the phrases were written."""
UNSEEN = WRITTEN_FOR.with_name("unseen.yaml")
DANGER, WORRIED, CALM, EVERYDAY = "danger", "worried", "calm", "everyday"
QUIET = frozenset({CALM, EVERYDAY})
"""Kinds of messages that nobody should be alarmed at."""


class Message(NamedTuple):
    """A labelled message. ``about``: of a cry, where the file says it."""

    author: str
    language: str
    kind: str
    text: str
    about: str = ""


def messages(file: Path) -> Iterator[Message]:
    """Yield the messages of a file by one author."""
    for language, kinds in yaml.safe_load(file.read_text("utf-8")).items():
        for kind, written in kinds.items():
            for one in written:
                told = {"text": one} if isinstance(one, str) else one
                yield Message(file.stem, language, kind, told["text"], told.get("about", ""))


def labelled(file: Path) -> Iterator[Message]:
    """Yield the messages of a file of the older form: a list with ``q`` and ``cry``."""
    for one in yaml.safe_load(file.read_text("utf-8")):
        yield Message(file.stem, one.get("lang", file.stem), DANGER if one["cry"] else CALM, one["q"])


def judging() -> dict[str, list[Message]]:
    """Return the messages by people of whom nothing is fitted, by file."""
    found = {file.stem: list(messages(file)) for file in sorted(JUDGING.glob("*.yaml"))}
    return {**found, UNSEEN.stem: list(labelled(UNSEEN))}


def figures(asked: Iterable[Message], detector: DangerDetector) -> Figures:
    """Return the shares that get help (heard, or alarmed), and help or a line (reached, or lined), by kind."""
    return counted(row for message in asked for row in _rows(message, detector))


def _rows(message: Message, detector: DangerDetector) -> Iterator[tuple[str, dict[str, bool]]]:
    danger = detector.heard(message.text)
    names = ("heard", "reached") if message.kind == DANGER else ("alarmed", "lined")
    facts = dict(zip(names, (danger is not None and danger.height is Height.HIGH, danger is not None), strict=True))
    kind = f"{DANGER} {message.language}" if message.kind == DANGER else message.kind
    yield kind, facts
