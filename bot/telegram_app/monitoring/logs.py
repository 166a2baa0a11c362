"""Logging that can be shown to anybody: no token in it and nothing that people wrote, whoever wrote the line."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from bot.telegram_app.monitoring.discretion import Discretion, Seldom
from bot.tokens import REDACTED, redacted

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["LEAST_LEVEL", "REDACTED", "JsonLines", "Redaction", "configure", "handler"]

LEAST_LEVEL = {
    # These write the address of each request, and with it the token, where others write that all is well.
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "tornado.access": logging.WARNING,
    # This one writes whole updates, and what is sent, for debugging: what people ask belongs into no log.
    "telegram": logging.INFO,
}
"""Loggers of libraries that never write lines below this level, whatever is asked for."""


class Redaction(logging.Filter):
    """Takes the token out of every record: its message, its values and its places. Never refuses a record."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def redacted(self, text: str) -> str:
        """Return ``text`` without anything that is, or looks like, a token."""
        return redacted(text, *self._secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact a record in place."""
        record.msg, record.args = self.redacted(_message(record)), None
        if record.exc_text:
            record.exc_text = self.redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redacted(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001  (a library's mistake must not cost the line, nor whoever wrote it)
        return str(record.msg)


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON; ``facts`` given as ``extra`` become members of their own."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            line |= facts
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)


def handler(
    style: Literal["console", "json"] = "console", *, secrets: tuple[str, ...] = (), stream: TextIO | None = None
) -> logging.Handler:
    """Return what writes to ``stream`` (standard error unless given), cut and redacted, in one of two forms."""
    writing = logging.StreamHandler(stream or sys.stderr)
    # Only what was cut to a sentence can be the same twice, and the last one makes one text of message and values.
    for each in (Discretion(), Seldom(), Redaction(*secrets)):
        writing.addFilter(each)
    writing.setFormatter(
        JsonLines() if style == "json" else logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    )
    return writing


def configure(
    level: str = "INFO",
    style: Literal["console", "json"] = "console",
    *,
    secrets: tuple[str, ...] = (),
    stream: TextIO | None = None,
) -> None:
    """Send all logs through one ``handler``."""
    logging.basicConfig(level=level, handlers=[handler(style, secrets=secrets, stream=stream)], force=True)
    for name, least in LEAST_LEVEL.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
