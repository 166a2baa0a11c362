"""``jjbot ask``: one question, or one per line of a stream."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, NamedTuple

from bot.matching.decision import Question
from bot.replies.answer_json import record
from bot.replies.composer import Composer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.editions.edition import Edition
    from bot.matching.decision import Decision
    from bot.replies.reply import Reply


_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Line(NamedTuple):
    """A line of input: a question and its asker's language, or ``error`` where it is not one."""

    text: str
    language: str | None = None
    error: str | None = None


class Answered(NamedTuple):
    """A line with what was decided and said, and how long that took."""

    line: Line
    decision: Decision
    reply: Reply
    milliseconds: float

    def as_json(self) -> str:
        """Return the answer as one line of JSON."""
        written = record(self.decision, self.reply, self.milliseconds)
        written["q"] = self.line.text
        if self.line.error:
            written["error"] = self.line.error
        text = json.dumps(written, ensure_ascii=False)
        # Half a surrogate pair, which JSON can carry and UTF-8 cannot, goes back the way it came.
        return json.dumps(written) if _SURROGATE.search(text) else text


class Asker:
    """Answers questions from one edition."""

    def __init__(self, edition: Edition, default_language: str) -> None:
        self._matcher = edition.matcher
        self._composer = Composer(edition.catalogue, default_language)

    def answer(self, line: Line) -> Answered:
        """Answer a line; one with an error is answered like an empty question."""
        start = time.perf_counter()
        question = Question("" if line.error else line.text, asker_language=line.language)
        decision = self._matcher.decide(question)
        reply = self._composer.reply(decision)
        return Answered(line, decision, reply, (time.perf_counter() - start) * 1000)


def read_lines(stream: Iterable[bytes], language: str | None) -> Iterator[Line]:
    """Yield a Line for every line of ``stream``, whatever is in it; ``language`` where a line names none."""
    for raw in stream:
        yield read_line(raw.decode("utf-8-sig", errors="replace").rstrip("\r\n"), language)


def read_line(text: str, language: str | None) -> Line:
    """Read a line: a JSON object with ``q`` and optional ``lang`` if it begins with a brace, else a plain question."""
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
    asked, lang = fields.get("q"), fields.get("lang")
    if not isinstance(asked, str):
        return Line(text, language, error='the object has no text "q"; write {"q": "...", "lang": "en"}')
    if not isinstance(lang, str | None):
        return Line(asked, language, error='"lang" is not a text; write the code of a language, such as "en"')
    return Line(asked, lang or language)
