"""``jjbot ask``: one question, or one per line of a stream."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from bot.editions.answering import Answerer
from bot.matching.decision import Question
from bot.telegram_app.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.editions.answering import Answered
    from bot.editions.edition import Edition


_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Line(NamedTuple):
    """A line of input: a question and its asker's language, or ``error`` where it is not one.

    ``chat`` is the conversation that it belongs to; without one it stands alone.
    """

    text: str
    language: str | None = None
    error: str | None = None
    chat: str | float | None = None


class Reported(NamedTuple):
    """A line with its answer."""

    line: Line
    answered: Answered

    def as_json(self) -> str:
        """Return the answer as one line of JSON."""
        written = self.answered.record
        written["q"] = self.line.text
        if self.line.error:
            written["error"] = self.line.error
        text = json.dumps(written, ensure_ascii=False)
        # Half a surrogate pair, which JSON can carry and UTF-8 cannot, goes back the way it came.
        return json.dumps(written) if _SURROGATE.search(text) else text


class Asker:
    """Answers questions from one edition; conversations are remembered as on Telegram, and for as long."""

    def __init__(self, edition: Edition, default_language: str, memory: Memory | None = None) -> None:
        self._answerer = Answerer(edition, default_language)
        self._memory = Memory() if memory is None else memory

    def answer(self, line: Line) -> Reported:
        """Answer a line; one with an error is answered like an empty question."""
        context = self._memory.get(line.chat) if line.chat is not None else None
        text = "" if line.error else line.text
        answered = self._answerer.answer(Question(text, asker_language=line.language, context=context))
        if line.chat is not None and answered.context is not None:
            self._memory.put(line.chat, answered.context)
        return Reported(line, answered)


def read_lines(stream: Iterable[bytes], language: str | None) -> Iterator[Line]:
    """Yield a Line for every line of ``stream``, whatever is in it; ``language`` where a line names none."""
    for raw in stream:
        yield read_line(raw.decode("utf-8-sig", errors="replace").rstrip("\r\n"), language)


def read_line(text: str, language: str | None) -> Line:
    """Read a line: a JSON object with ``q`` (``lang``, ``chat``) if it begins with a brace, else a plain question."""
    if not text.strip():
        return Line(text, language, error="the line is empty")
    if not text.lstrip().startswith("{"):
        return Line(text, language)
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return Line(
            text, language, error='this begins like a JSON object and is none; write {"q": "...", "lang": "en"}'
        )
    return _read_fields(text, fields, language)


def _read_fields(text: str, fields: dict[str, object], language: str | None) -> Line:
    asked, lang, chat = fields.get("q"), fields.get("lang"), fields.get("chat")
    if not isinstance(asked, str):
        return Line(text, language, error='the object has no text "q"; write {"q": "...", "lang": "en"}')
    if not isinstance(lang, str | None):
        return Line(asked, language, error='"lang" is not a text; write the code of a language, such as "en"')
    if isinstance(chat, bool) or not isinstance(chat, str | int | float | None):
        return Line(asked, lang or language, error='"chat" is neither a text nor a number; write "chat": 1')
    return Line(asked, lang or language, chat=chat)
