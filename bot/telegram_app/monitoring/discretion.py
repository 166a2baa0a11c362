"""Discretion: what a log line may say of what people wrote, which is nothing, and how often it may say the same.

Libraries log what they stumble over: the body of a broken answer with names and texts in it, the request of a stranger,
the message of an exception that quotes its input. Nobody can list all such places, so the rule is about the parts of a
line: of a library's line only the sentence and its numbers are kept, of an exception its type and where it came from.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = "bot"
"""The program's own loggers: their lines are written with care, so that only exceptions in them are cut."""
PLACES = 12
"""Places of a traceback that are named, the innermost first."""
CHAIN = 4
"""Exceptions named that one came from."""
LONGEST = 160
"""Characters of a library's sentence."""
PAUSE = 60.0
"""Seconds in which a library says the same once."""
SENTENCES = 256
"""Sentences remembered; the one silent longest is forgotten first, which only lets it be said again."""

OFTEN = {"often": True}
"""Given as ``extra``: a line of the program's own that strangers can bring about, held back like a library's."""

_SENTENCE = re.compile(r"[^\n<>(){}\[\]'\"]*")
"""What comes before the first bracket or quotation mark, behind which libraries put values."""


def is_ours(record: logging.LogRecord) -> bool:
    """Tell whether the program itself wrote a line."""
    return record.name.partition(".")[0] == OURS


class Discretion(logging.Filter):
    """Cuts a record in place. Never refuses one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut exceptions to types and places, and what libraries say to sentences and numbers."""
        if record.exc_info:
            error = record.exc_info[1]
            record.exc_text, record.exc_info = None if error is None else described(error), None
        if is_ours(record):
            return True
        if isinstance(record.args, tuple) and record.args:
            record.args = tuple(_value(value) for value in record.args)
        elif isinstance(record.args, Mapping):
            record.args = {name: _value(value) for name, value in record.args.items()}
        else:
            found = _SENTENCE.match(str(record.msg))
            record.msg = (found[0] if found else "")[:LONGEST].rstrip()
        return True


class Seldom(logging.Filter):
    """Lets a library say the same once a minute, and then how often it would have; also what is said ``OFTEN``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: OrderedDict[tuple[str, int, str], tuple[float, int]] = OrderedDict()  # when, and how often since

    def filter(self, record: logging.LogRecord) -> bool:
        """Refuse a record that was written within the last minute; what differs in values only is the same."""
        if is_ours(record) and not getattr(record, "often", False):
            return True
        sentence, now = (record.name, record.levelno, str(record.msg)), self._clock()
        when, more = self._said.get(sentence, (None, 0))
        if when is not None and now - when < PAUSE:
            self._said[sentence] = when, more + 1
            return False
        self._said[sentence] = now, 0
        self._said.move_to_end(sentence)
        if len(self._said) > SENTENCES:
            self._said.popitem(last=False)
        if more:
            record.msg = f"{record.msg} [and {more} times more since it was last said]"
        return True


def described(error: BaseException) -> str:
    """Return an exception's type and places, and those of what it came from; what the system says of files is kept."""
    chain: list[str] = []
    following: BaseException | None = error
    while following is not None and len(chain) < CHAIN:
        chain.append(_one(following))
        silent = following.__suppress_context__
        following = following.__cause__ or (None if silent else following.__context__)
    return "Traceback: " + ", because of ".join(chain)


def _one(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    where = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
    what = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        what += f" ({error.strerror})"
    return f"{what} at {where}" if where else what


def _value(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str | bytes):
        return f"‹{len(value)} {'bytes' if isinstance(value, bytes) else 'characters'}›"
    return f"‹{type(value).__name__}›"
