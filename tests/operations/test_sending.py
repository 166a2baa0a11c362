"""Sending under faults, through HTTP against the stand-in for Telegram."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram_app.outbox.sending import LONGEST_WAIT, NOTICE, POLICY, Sending
from bot.telegram_app.tasks import LONGEST_PAUSE
from tests.operations.conftest import echo_bot, polling, short
from tests.operations.faults import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

SENDS = frozenset({"sendMessage"})
LONGER_FAULTS = ("429", "502", "cut before", "malformed")
"""Tried with the long runs: they wait for Telegram's whole seconds, or are like one of the others."""


@pytest.mark.parametrize(
    "fault", ["500", "cut after", *(pytest.param(more, marks=pytest.mark.long) for more in LONGER_FAULTS)]
)
async def test_no_reply_is_lost(fault: str) -> None:
    """Whatever happens to half of the sends, every question gets its reply; twice only after a cut that came late."""
    plan = Plan(share=0.5, faults=(fault,), methods=SENDS)
    async with echo_bot(plan) as echo, polling(echo):
        texts = echo.ask(16, chats=8)
        await echo.door.settled(30)
        assert set(echo.sent()) == set(texts)
        assert len(echo.sent()) - len(texts) <= echo.faulty.cut_after_effect
        assert echo.faulty.counts[f"sendMessage: {fault}"] > 0


async def test_flood_limits_delay_replies_and_lose_none() -> None:
    """With Telegram's published limits on, many messages at once are all answered."""
    async with echo_bot(flood_limits=True, pause=asyncio.sleep) as echo, polling(echo):
        texts = echo.ask(45, chats=45)
        await echo.door.settled(60)
        assert sorted(echo.sent()) == sorted(texts)


async def test_a_flooded_chat_holds_up_nobody_else() -> None:
    """While one chat must wait, the others get their answers."""
    waits, go_on = asyncio.Event(), asyncio.Event()
    calls: list[int] = []

    async def pause(_seconds: float) -> None:
        waits.set()
        await go_on.wait()

    async def call(endpoint: str, data: dict[str, Any]) -> bool:
        calls.append(data["chat_id"])
        if data["chat_id"] == 1 and calls.count(1) == 1:
            raise RetryAfter(60)
        return True

    sending = Sending(pause=pause)
    flooded = asyncio.create_task(_send(sending, call, 1))
    await waits.wait()
    assert await _send(sending, call, 2) is True
    assert await _send(sending, call, 3) is True
    assert not flooded.done()
    sending._open_at.clear()
    go_on.set()
    assert await flooded is True
    assert calls.count(1) == 2


@pytest.mark.parametrize("refusal", [Forbidden("bot was blocked by the user"), BadRequest("chat not found")])
async def test_a_refusal_is_not_repeated(refusal: Exception) -> None:
    """What Telegram refuses for good is tried once."""
    tries = 0

    async def call(*_: object) -> bool:
        nonlocal tries
        tries += 1
        raise refusal

    with pytest.raises(type(refusal)):
        await _send(Sending(), call, 1)
    assert tries == 1


@pytest.mark.parametrize("odd", [KeyError("x"), TypeError("x"), AttributeError("x")])
async def test_an_answer_that_the_library_trips_over_is_a_failure_like_any_other(odd: Exception) -> None:
    """The call is made again, and in the end it is a failure of Telegram's that handlers expect."""
    tries = 0

    async def call(*_: object) -> bool:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise odd
        return True

    assert await _send(Sending(pause=short), call, 1) is True
    assert tries == 2

    async def always(*_: object) -> bool:
        raise odd

    with pytest.raises(TelegramError, match="not Telegram's"):
        await Sending(pause=short).process_request(always, (), {}, "sendMessage", {"chat_id": 1}, NOTICE)


async def test_a_notice_is_sent_at_most_once() -> None:
    """What may have arrived is not repeated; what Telegram refused for now did not arrive."""
    tries: list[str] = []

    async def call(kind: str, *_: object) -> bool:
        tries.append(kind)
        if kind == "cut":
            raise NetworkError(kind)
        if tries.count(kind) == 1:
            raise RetryAfter(1)
        return True

    sending = Sending(pause=short)
    with pytest.raises(NetworkError):
        await _send(sending, partial(call, "cut"), 1, NOTICE)
    assert await _send(sending, partial(call, "later"), 2, NOTICE) is True
    assert tries == ["cut", "later", "later"]


async def test_a_wait_beyond_all_measure_is_an_error() -> None:
    """A reply does not wait longer than an hour for its chat."""

    async def call(*_: object) -> bool:
        raise RetryAfter(int(LONGEST_WAIT) + 1)

    with pytest.raises(RetryAfter):
        await _send(Sending(), call, 1)


@pytest.fixture
async def pause(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Any]:
    """Return a pause that takes no time, though the event loop's clock says it did."""
    now = 1000.0
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now)

    async def pass_by(seconds: float) -> None:
        nonlocal now
        now += seconds

    return pass_by


async def test_after_a_wait_patience_with_failures_is_whole_again(pause: Callable[[float], Any]) -> None:
    """The minutes that a chat had to wait for are not taken from those in which failures are repeated."""
    seconds = int(POLICY["sendMessage"].seconds) + 100
    answers = [RetryAfter(seconds), NetworkError("502"), NetworkError("502"), RetryAfter(seconds), NetworkError("502")]

    async def call(*_: object) -> bool:
        if answers:
            raise answers.pop(0)
        return True

    assert await _send(Sending(pause=pause), call, 1) is True


async def test_the_wait_for_another_message_is_no_failure(pause: Callable[[float], Any]) -> None:
    """A reply whose chat was closed by the one before it has all of its patience when its own turn comes."""
    answers = [NetworkError("502")]

    async def call(*_: object) -> bool:
        if answers:
            raise answers.pop(0)
        return True

    sending = Sending(pause=pause)
    sending._close(1, POLICY["sendMessage"].seconds + 100)
    assert await _send(sending, call, 1) is True


async def test_a_call_that_does_not_wait_does_so_only_within_its_seconds(pause: Callable[[float], Any]) -> None:
    """Telegram's "later" is followed while the answer is of use, and else is the end of it."""
    patience = int(POLICY["answerInlineQuery"].seconds)
    sending, answers = Sending(pause=pause), [RetryAfter(patience - 1)]

    async def call(*_: object) -> bool:
        if answers:
            raise answers.pop(0)
        return True

    assert await sending.process_request(call, (), {}, "answerInlineQuery", {}, None) is True
    answers.append(RetryAfter(patience + 1))
    with pytest.raises(RetryAfter):
        await sending.process_request(call, (), {}, "answerInlineQuery", {}, None)


@pytest.mark.parametrize("heard", [False, True])
async def test_a_refused_token_is_believed_only_if_nothing_else_was_heard(
    pause: Callable[[float], Any], *, heard: bool
) -> None:
    """One other failure between shows that it is not the token."""
    between: list[Exception] = [NetworkError("502")] if heard else []

    async def call(*_: object) -> bool:
        raise between.pop() if between else InvalidToken

    with pytest.raises(TelegramError) as raised:
        await Sending(pause=pause).process_request(call, (), {}, "getMe", {}, None)
    assert isinstance(raised.value, InvalidToken) is not heard


async def test_what_is_repeated_is_counted(pause: Callable[[float], Any]) -> None:
    """By the call, and by whether Telegram asked for it."""
    counted: list[tuple[str, str]] = []
    answers = [RetryAfter(1), NetworkError("502")]

    async def call(*_: object) -> bool:
        if answers:
            raise answers.pop(0)
        return True

    await _send(Sending(repeated=lambda *what: counted.append(what), pause=pause), call, 1)
    assert counted == [("sendMessage", "flood"), ("sendMessage", "failure")]


async def test_failures_end_patience(pause: Callable[[float], Any]) -> None:
    """What fails again and again is given up when the minutes promised for it are over, and not much sooner."""
    loop = asyncio.get_running_loop()
    started = loop.time()

    async def call(*_: object) -> bool:
        raise NetworkError("502")

    with pytest.raises(NetworkError):
        await _send(Sending(pause=pause), call, 1)
    patience = POLICY["sendMessage"].seconds
    assert patience - 2 * LONGEST_PAUSE < loop.time() - started < patience + LONGEST_PAUSE


async def test_all_waits_together_have_a_limit(pause: Callable[[float], Any]) -> None:
    """A chat that is put off again and again is given up after an hour in all."""
    waits = 0

    async def call(*_: object) -> bool:
        nonlocal waits
        waits += 1
        assert waits < 10
        raise RetryAfter(int(LONGEST_WAIT / 4))

    with pytest.raises(RetryAfter):
        await _send(Sending(pause=pause), call, 1)
    assert waits in {4, 5}  # each wait is a little longer than asked for


async def test_a_late_inline_answer_is_given_up() -> None:
    """An answer to an inline query is not repeated beyond the time in which Telegram takes it."""
    paused = 0.0

    async def pause(seconds: float) -> None:
        nonlocal paused
        paused += seconds

    async def call(*_: object) -> bool:
        raise RetryAfter(int(POLICY["answerInlineQuery"].seconds) + 1)

    with pytest.raises(RetryAfter):
        await Sending(pause=pause).process_request(
            call, ("answerInlineQuery", {}), {}, "answerInlineQuery", {"inline_query_id": "1"}, None
        )
    assert paused == 0.0


async def test_a_group_that_moved_gets_its_message_at_the_new_place() -> None:
    """A group that became a supergroup is followed once."""
    async with echo_bot() as echo:
        person = echo.world.user("Anna")
        group = echo.world.group("Judges", person)
        moved = echo.world.migrate(person, group)
        await echo.application.bot.send_message(chat_id=group.id, text="hello")
        assert echo.world.last(moved).text == "hello"


async def _send(sending: Sending, call: Callable[..., Any], chat: int, hint: str | None = None) -> Any:  # noqa: ANN401
    data = {"chat_id": chat, "text": "x"}
    return await sending.process_request(call, ("sendMessage", data), {}, "sendMessage", data, hint)
