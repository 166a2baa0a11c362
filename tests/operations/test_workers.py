"""Workers: order, limits and time budgets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram import Chat, InlineQuery, Message, Update, User

from bot.telegram_app import turn as turns
from bot.telegram_app.intake import workers as module
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.turn import Outcome, note_failure, off_the_clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def _message(number: int, chat: int) -> Update:
    message = Message(number, date=None, chat=Chat(chat, Chat.PRIVATE), text="x")  # type: ignore[arg-type]
    return Update(number, message=message)


def _inline(number: int, user: int) -> Update:
    query = InlineQuery(str(number), User(user, "P", is_bot=False), "x", "")
    return Update(number, inline_query=query)


async def test_one_chat_is_served_in_order_and_others_beside_it() -> None:
    """The second message of a chat waits for the first; another chat does not."""
    gate = asyncio.Event()
    seen: list[int] = []

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            await gate.wait()
        seen.append(update.update_id)

    workers = Workers(lambda _: handle)
    first, second = workers.submit(_message(1, 7)), workers.submit(_message(2, 7))
    await workers.submit(_message(3, 8))
    assert seen == [3]
    gate.set()
    await asyncio.gather(first, second)
    assert seen == [3, 1, 2]
    assert not workers._last_in_lane


async def test_a_chat_that_is_no_number_has_no_turn_to_wait_for() -> None:
    """Whatever stands where an id should, submitting raises nothing and the update is handled."""
    workers = Workers(lambda _: _nothing)
    odds: tuple[object, ...] = ([], {}, None, "7", 1.5, True)
    for number, odd in enumerate(odds):
        assert await workers.submit(_message(number, odd)) is Outcome.DONE  # type: ignore[arg-type]
    assert not workers._last_in_lane


async def _nothing(_update: Update) -> None:
    """Do nothing with an update."""


async def test_what_cannot_even_be_looked_at_is_a_failure() -> None:
    """An update that raises where its chat is looked for ends as failed."""

    class Broken(Update):
        @property
        def effective_chat(self) -> Chat:
            raise RuntimeError("broken")

    assert await Workers(lambda _: _nothing).submit(Broken(1)) is Outcome.FAILED


async def test_no_more_than_the_limit_at_once() -> None:
    """The number of updates in work never exceeds the limit."""
    now = most = 0

    async def handle(_update: Update) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1

    workers = Workers(lambda _: handle, at_once=4)
    await asyncio.gather(*(workers.submit(_message(number, number)) for number in range(40)))
    assert most == 4


async def test_an_update_that_takes_too_long_is_given_up() -> None:
    """A handler that hangs ends with its budget, and its chat goes on."""

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            await asyncio.Event().wait()

    workers = Workers(lambda _: handle, budget=0.01)
    first, second = workers.submit(_message(1, 7)), workers.submit(_message(2, 7))
    assert await first is Outcome.TIMED_OUT
    assert await second is Outcome.DONE


async def test_waiting_that_telegram_asked_for_is_not_counted() -> None:
    """Off the clock an update may wait longer than its budget, and it holds no slot meanwhile."""
    gate = asyncio.Event()

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            async with off_the_clock():
                await gate.wait()

    workers = Workers(lambda _: handle, at_once=1, budget=0.05)
    waiting = workers.submit(_message(1, 70))
    for number in range(2, 10):
        assert await workers.submit(_message(number, number)) is Outcome.DONE
    await asyncio.wait([waiting], timeout=0.1)
    assert not waiting.done()
    gate.set()
    assert await waiting is Outcome.DONE


async def test_waits_side_by_side_stop_the_clock_until_the_last_has_ended() -> None:
    """A call made beside a long wait, such as "is typing", does not start the clock again."""
    seen: list[bool] = []

    def stands() -> None:
        turn = turns._current.get()
        assert turn is not None
        seen.append(turn.deadline.when() is None)

    async def call() -> None:
        async with off_the_clock(holding_slot=True):
            stands()

    async def handle(_update: Update) -> None:
        async with off_the_clock():
            await asyncio.create_task(call())
            stands()
        stands()

    assert await Workers(lambda _: handle).submit(_message(1, 7)) is Outcome.DONE
    assert seen == [True, True, False]


async def test_a_failure_that_was_seen_to_is_a_failure() -> None:
    """A handler that returns after a failure has not done its update."""

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            note_failure()

    workers = Workers(lambda _: handle)
    assert await workers.submit(_message(1, 7)) is Outcome.FAILED
    assert await workers.submit(_message(2, 7)) is Outcome.DONE


async def test_a_handler_that_raises_does_not_stop_its_chat() -> None:
    """A failure is an outcome, not the end."""

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            raise RuntimeError("broken")

    ended: list[Outcome] = []
    workers = Workers(lambda _: handle, ended=lambda _update, outcome, _seconds: ended.append(outcome))
    await workers.submit(_message(1, 7))
    await workers.submit(_message(2, 7))
    assert ended == [Outcome.FAILED, Outcome.DONE]


async def test_an_inline_query_that_waited_too_long_is_dropped(monkeypatch: object) -> None:
    """A keystroke whose turn comes too late is not answered."""
    handled: list[int] = []

    async def handle(update: Update) -> None:
        handled.append(update.update_id)

    workers = Workers(lambda _: handle)
    lifetime, module.INLINE_LIFETIME = module.INLINE_LIFETIME, -1.0
    try:
        assert await workers.submit(_inline(1, 7)) is Outcome.TOO_OLD
    finally:
        module.INLINE_LIFETIME = lifetime
    assert await workers.submit(_inline(2, 7)) is Outcome.DONE
    assert handled == [2]


async def test_what_is_not_admitted_takes_no_turn() -> None:
    """It ends at once, though its chat still waits for the reply before; so does what cannot be judged."""
    gate = asyncio.Event()

    async def wait(_update: Update) -> None:
        await gate.wait()

    def admit(update: Update) -> Callable[[Update], Awaitable[None]] | None:
        if update.update_id == 3:
            raise RuntimeError("not to be judged")
        return wait if update.update_id == 1 else None

    workers = Workers(admit)
    first = workers.submit(_message(1, 7))
    assert await workers.submit(_message(2, 7)) is Outcome.TURNED_AWAY
    assert await workers.submit(_message(3, 7)) is Outcome.FAILED
    assert not first.done()
    gate.set()
    assert await first is Outcome.DONE


async def test_what_takes_a_while_to_be_admitted_takes_its_turn_then() -> None:
    """Nobody waits for what is not admitted yet; once it is, it is handled after those that came between."""
    gate, known = asyncio.Event(), asyncio.Event()
    seen: list[int] = []

    async def handle(update: Update) -> None:
        if update.update_id == 2:
            await gate.wait()
        seen.append(update.update_id)

    async def consider() -> Callable[[Update], Awaitable[None]] | None:
        await known.wait()
        return handle

    workers = Workers(lambda update: consider() if update.update_id == 1 else handle)
    first, second = workers.submit(_message(1, 7)), workers.submit(_message(2, 7))
    known.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    third = workers.submit(_message(3, 7))
    gate.set()
    assert list(await asyncio.gather(first, second, third)) == [Outcome.DONE] * 3
    assert seen == [2, 1, 3]
    assert not workers._last_in_lane


async def test_what_is_not_admitted_in_the_end_counts_as_turned_away_or_failed() -> None:
    """An answer that is no, and a failure on the way to it."""
    ended: list[Outcome] = []

    async def no() -> None:
        return None

    async def failing() -> None:
        raise ValueError

    workers = Workers(
        lambda update: no() if update.update_id == 1 else failing(),
        ended=lambda _update, outcome, _seconds: ended.append(outcome),
    )
    outcomes = [await workers.submit(_message(number, 7)) for number in (1, 2)]
    assert outcomes == ended == [Outcome.TURNED_AWAY, Outcome.FAILED]
