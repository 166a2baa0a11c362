"""``jjbot ask -``: lines that belong to a conversation, and lines that stand alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.commands.asking import Asker, Line, read_line
from bot.matching.context import Context
from bot.matching.decision import Answer, Rule
from bot.standin.clock import ManualClock
from bot.telegram_app.memory import MINUTES, Memory
from tests.evaluation.scripted import ASKED, Matcher, edition

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue


@pytest.fixture
def matcher(catalogue: Catalogue) -> Matcher:
    """Return a matcher that knows two names."""
    return Matcher(
        {name: Answer(question=ASKED, rule=Rule.NAMED, entry=catalogue.entries[name]) for name in ("omct", "tdh")}
    )


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock that stands still."""
    return ManualClock()


@pytest.fixture
def asker(catalogue: Catalogue, matcher: Matcher, clock: ManualClock) -> Asker:
    """Return an asker whose memory goes by that clock."""
    return Asker(edition(catalogue, matcher), "en", Memory(clock))


def test_lines_with_the_same_chat_are_one_conversation(asker: Asker, matcher: Matcher) -> None:
    """A text and a number are two chats, and a line without one stands alone."""
    for line in (
        Line("omct", chat="1"),
        Line("tdh", chat=1),
        Line("when"),
        Line("when", chat="1"),
        Line("when", chat=1),
    ):
        asker.answer(line)
    contexts = [question.context for question in matcher.asked]
    assert contexts[:3] == [Context(), Context(), None]
    assert [context.entry for context in contexts[3:] if context] == ["omct", "tdh"]


def test_a_chat_is_over_after_its_time(asker: Asker, matcher: Matcher, clock: ManualClock) -> None:
    """As on Telegram."""
    asker.answer(Line("omct", chat="a"))
    clock.advance(MINUTES * 60)
    asker.answer(Line("when", chat="a"))
    assert matcher.asked[-1].context == Context()


def test_a_line_with_an_error_leaves_its_chat_alone(asker: Asker, matcher: Matcher) -> None:
    """It is answered like an empty question, outside of any conversation."""
    asker.answer(Line("omct", chat="a"))
    reported = asker.answer(read_line('{"q": "tdh", "chat": "a", "lang": 1}', None))
    assert json.loads(reported.as_json())["error"]
    asker.answer(Line("when", chat="a"))
    assert [question.context and question.context.entry for question in matcher.asked] == [None, None, "omct"]


def test_a_thousand_chats_at_once_do_not_mix(asker: Asker, matcher: Matcher) -> None:
    """Each goes on where it was."""
    for chat in range(1000):
        asker.answer(Line("omct" if chat % 2 else "tdh", chat=chat))
    for chat in range(1000):
        asker.answer(Line("when", chat=chat))
    entries = [question.context.entry for question in matcher.asked[1000:] if question.context]
    assert entries == ["omct" if chat % 2 else "tdh" for chat in range(1000)]


@pytest.mark.parametrize(("chat", "read"), [('"a"', "a"), ("7", 7), ("-1.5", -1.5), ("null", None), ('""', "")])
def test_a_chat_is_a_text_or_a_number(chat: str, read: str | float | None) -> None:
    """Null is no chat."""
    assert read_line(f'{{"q": "x", "chat": {chat}}}', "fr") == Line("x", "fr", chat=read)


@pytest.mark.parametrize("chat", ["true", "[]", "{}"])
def test_any_other_chat_is_an_error_of_its_line(chat: str) -> None:
    """One that says what is wanted."""
    error = read_line(f'{{"q": "x", "chat": {chat}}}', "fr").error or ""
    assert error.startswith('"chat" is neither a text nor a number')
