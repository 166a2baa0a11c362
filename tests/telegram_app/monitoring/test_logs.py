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
from bot.telegram_app.monitoring.discretion import OFTEN, Seldom

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
@pytest.mark.parametrize("logger", ["bot.some.part", "telegram.some.library"])
def test_the_token_is_in_no_line(style: str, logger: str) -> None:
    """Not in messages, values, addresses, tracebacks or stacks."""
    stream = written(style)
    log = logging.getLogger(logger)
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
    if logger.startswith("bot."):  # of others no value is written at all
        assert text.count(logs.REDACTED) >= 6
    assert "rejected" not in text
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


def test_a_body_that_a_library_logs_is_cut() -> None:
    """Of what libraries say the sentence and numbers are kept, of exceptions the types and places."""
    stream = written(level="INFO")
    body = '{"ok":true,"result":[{"message":{"text":"my dad hits me","from":{"id":5000000001}}}'
    log = logging.getLogger("telegram.request")
    try:
        try:
            json.loads(body)
        except ValueError as odd:
            raise KeyError(body) from odd
    except KeyError:
        log.exception('Can not load invalid JSON data: "%s"', body)
        logging.getLogger("bot.part").exception("Update %d could not be handled.", 7)
    log.warning("%(what)s", {"what": body})
    log.error(f"Task exception was never retrieved\nfuture: {body}")  # noqa: G004  (as asyncio does it)
    text = stream.getvalue()
    assert "my dad" not in text
    assert "5000000001" not in text
    assert f"‹{len(body)} characters›" in text
    assert "Update 7 could not be handled." in text
    assert "Task exception was never retrieved" in text
    assert text.count("Traceback: KeyError at test_logs.py") == 2
    assert "because of JSONDecodeError at decoder.py" in text
    assert text.count("\n") == 6


def test_what_the_system_says_of_a_file_is_kept() -> None:
    """A full disk is told as such."""
    stream = written()
    full = OSError(28, "No space left on device", "/data/x")
    logging.getLogger("bot.part").error("Not kept.", exc_info=full)
    assert "Traceback: OSError (No space left on device)" in stream.getvalue()


def test_a_library_says_the_same_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """What repeats is counted; the program's own lines and other sentences are not held back."""
    stream, now = written(level="INFO"), [100.0]
    for each in logging.getLogger().handlers[0].filters:
        if isinstance(each, Seldom):
            monkeypatch.setattr(each, "_clock", lambda: now[0])
    for number in range(1000):
        logging.getLogger("tornado.general").warning("Write error on %s", number)
    logging.getLogger("tornado.general").warning("Another")
    for _ in range(3):
        logging.getLogger("bot.part").info("decided")
    assert stream.getvalue().count("\n") == 5
    now[0] += 61
    logging.getLogger("tornado.general").warning("Write error on %s", 1)
    assert stream.getvalue().endswith("Write error on 1 [and 999 times more since it was last said]\n")


def test_what_strangers_bring_about_is_said_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own lines that are marked so, and a library's whose values stand in it, with their number."""
    stream, now = written(level="INFO"), [100.0]
    for each in logging.getLogger().handlers[0].filters:
        if isinstance(each, Seldom):
            monkeypatch.setattr(each, "_clock", lambda: now[0])
    for _ in range(2):
        for number in range(1000):
            logging.getLogger("bot.part").warning("Too many: %d.", number, extra=OFTEN)
            logging.getLogger("asyncio").error(f"Exception in callback\nhandle: <Handle {number}>")  # noqa: G004
        now[0] += 61
    assert stream.getvalue().count("\n") == 4
    assert "Too many: 0. [and 999 times more since it was last said]" in stream.getvalue()
    assert "Exception in callback [and 999 times more since it was last said]" in stream.getvalue()


def test_a_line_that_cannot_be_written_costs_nothing_but_itself() -> None:
    """A mistake in a line about something does not break off the something."""

    class Broken:
        def __str__(self) -> str:
            raise RuntimeError

    stream = written()
    logging.getLogger("bot.part").info("%s", Broken())
    logging.getLogger("bot.part").info("%(missing)s", {"other": 1})
    assert stream.getvalue().count("\n") == 2


def test_a_stack_is_redacted_too() -> None:
    """Where a line brings along where it was written, with what stood there."""
    record = logging.LogRecord("bot", logging.INFO, "x.py", 1, "a line", None, None, sinfo=f"called with {TOKEN}")
    assert logs.Redaction(SECRET).filter(record)
    assert record.stack_info == f"called with {logs.REDACTED}"


def test_a_line_of_json_has_where_something_failed() -> None:
    """As a member of its own, and only where something did."""
    stream = written("json")
    try:
        int("x")
    except ValueError:
        logging.getLogger("bot").exception("failed")
    logging.getLogger("bot").info("went well")
    failed, well = (json.loads(line) for line in stream.getvalue().splitlines())
    assert failed["traceback"].startswith("Traceback: ValueError at test_logs.py:")
    assert "traceback" not in well
