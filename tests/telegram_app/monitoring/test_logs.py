"""Logs: readable, and without the token whatever is logged."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_app.monitoring import logs

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET = "not-like-a-token"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """Put the loggers back as they were."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    levels = {logger: logger.level for logger in (root, *map(logging.getLogger, logs.LEAST_LEVEL))}
    yield
    root.handlers[:] = handlers
    for logger, level in levels.items():
        logger.setLevel(level)


def written(style: str = "console", level: str = "DEBUG") -> io.StringIO:
    """Configure logging into a buffer."""
    stream = io.StringIO()
    logs.configure(level, "json" if style == "json" else "console", secrets=(SECRET,), stream=stream)
    return stream


@pytest.mark.parametrize("style", ["console", "json"])
def test_the_token_is_in_no_line(style: str) -> None:
    """Not in messages, values, addresses, tracebacks or stacks."""
    stream = written(style)
    log = logging.getLogger("telegram.some.library")
    log.info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.info("%s", {"url": f"https://api.telegram.org/bot{TOKEN}/getMe", "quoted": TOKEN.replace(":", "%3A")})
    log.info(TOKEN, stack_info=True)
    log.info("%d of them", TOKEN)
    log.info("secret %s", SECRET)
    try:
        int(f"The token `{TOKEN}` was rejected")
    except ValueError:
        log.exception("failed with %s", TOKEN)
    text = stream.getvalue()
    assert text.count(logs.REDACTED) >= 7
    for part in (TOKEN, TOKEN.partition(":")[2], SECRET):
        assert part not in text


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=30),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=30),
)
def test_the_token_is_found_wherever_it_stands(before: str, after: str) -> None:
    """Any text around it changes nothing."""
    assert TOKEN not in logs.Redaction(TOKEN).redacted(before + TOKEN + after)


def test_other_text_is_left_alone() -> None:
    """Times, counts and addresses are not tokens."""
    text = "12:30:15 https://example.org:8080/path 2026-11-21 at 10:45"
    assert logs.Redaction().redacted(text) == text


def test_a_line_of_json_has_the_facts() -> None:
    """What a decision was about are members of their own."""
    stream = written("json")
    logging.getLogger("bot").info("decided", extra={"facts": {"decision": "answer", "ms": 0.2}})
    line = json.loads(stream.getvalue())
    assert (line["level"], line["message"], line["decision"], line["ms"]) == ("INFO", "decided", "answer", 0.2)


def test_libraries_that_write_each_request_are_quiet() -> None:
    """The HTTP client would write each address, and with it the token, at INFO."""
    stream = written(level="INFO")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert stream.getvalue() == ""


def test_what_people_ask_is_in_no_log_even_when_debugging() -> None:
    """The library would write whole updates, and everything that is sent."""
    stream = written(level="DEBUG")
    logging.getLogger("telegram.ext.Application").debug("Processing update %s", "my dad hits me")
    logging.getLogger("telegram.Bot").debug("Calling sendMessage with %s", {"chat_id": 5000000001})
    assert stream.getvalue() == ""
