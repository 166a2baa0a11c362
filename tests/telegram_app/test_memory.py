"""What is remembered of a conversation, and for how long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.editions.store import EditionStore
from bot.matching.context import Context
from bot.settings import Settings
from bot.standin.clock import ManualClock
from bot.telegram_app import service
from bot.telegram_app.application import assemble
from bot.telegram_app.memory import MINUTES, MOST, Memory, Turn
from tests.benchmarks.memory import measured
from tests.telegram_app.conftest import GARDEN

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.editions.edition import Edition

KEY = (7, 7)


def test_a_conversation_begins_with_nothing_and_goes_on_with_what_was_kept() -> None:
    """Each key has its own."""
    memory = Memory(ManualClock())
    assert memory.get(KEY) == Context()
    memory.put(KEY, Context(entry="omct"))
    memory.put((7, 8), Context(entry="pri"))
    assert (memory.get(KEY).entry, memory.get((7, 8)).entry, memory.get((8, 7)).entry) == ("omct", "pri", None)
    memory.forget(KEY)
    assert (memory.get(KEY), memory.get((7, 8)).entry) == (Context(), "pri")


def test_fifteen_minutes_without_a_message_end_a_conversation() -> None:
    """Each message begins them anew; what is over is not even there any more."""
    clock = ManualClock()
    memory = Memory(clock)
    memory.put(KEY, Context(entry="omct"))
    memory.turns.put(KEY, Turn(Context(), Context(entry="omct")))
    clock.advance(MINUTES * 60 - 1)
    assert memory.get(KEY).entry == "omct"
    memory.put(KEY, Context(entry="pri"))
    clock.advance(MINUTES * 60 - 1)
    assert memory.get(KEY).entry == "pri"
    clock.advance(1)
    memory.sweep()
    assert (len(memory), len(memory.turns), memory.get(KEY)) == (0, 0, Context())


def test_the_conversation_silent_longest_goes_first_when_there_are_too_many() -> None:
    """Ten thousand are kept unless another number is said."""
    memory = Memory(ManualClock())
    for chat in range(MOST):
        memory.put((chat, chat), Context(entry="omct"))
    memory.put((0, 0), Context(entry="pri"))
    memory.put((-1, 1), Context(entry="tdh"))
    assert len(memory) == MOST
    assert (memory.get((0, 0)).entry, memory.get((1, 1)).entry, memory.get((-1, 1)).entry) == ("pri", None, "tdh")


def test_a_conversation_takes_less_than_a_kilobyte() -> None:
    """After eight messages, with its key: ten thousand are nothing that an operator has to plan for."""
    bytes_per_chat, _, _ = measured(GARDEN, chats=1000, turns=8)
    assert bytes_per_chat < 1024


async def test_conversations_are_let_go_of_while_nobody_writes(
    garden: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Again and again, by the service itself."""
    token = SecretStr("700000000:AAStandInForTelegramOnLoopback00000")
    bot = assemble(Settings(telegram_bot_token=token, data_dir=tmp_path), EditionStore(GARDEN, garden, ()))
    swept = asyncio.Semaphore(0)
    monkeypatch.setattr(service, "FORGET", 0.0)
    monkeypatch.setattr(bot.memory, "sweep", swept.release)
    forgetting = asyncio.create_task(bot._forget())
    async with asyncio.timeout(60):
        await swept.acquire()
        await swept.acquire()
    forgetting.cancel()


STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "get", "forget", "wait", "sweep"]), st.integers(0, 5), st.floats(0, 90)),
    max_size=60,
)


@given(steps=STEPS, most=st.integers(1, 4))
def test_never_more_than_the_most_and_nothing_older_than_its_time(
    steps: list[tuple[str, int, float]], most: int
) -> None:
    """Whatever happens in whatever order, and what is younger and among the latest is there."""
    clock = ManualClock(0.0)
    memory = Memory(clock, minutes=2, most=most)
    latest: dict[int, tuple[str, float]] = {}  # in the order in which they were put
    for number, (step, key, seconds) in enumerate(steps):
        if step == "put":
            memory.put(key, Context(entry=str(number)))
            latest.pop(key, None)
            latest[key] = (str(number), clock.now)
        elif step == "forget":
            memory.forget(key)
            latest.pop(key, None)
        elif step == "sweep":
            memory.sweep()
        elif step == "wait":
            clock.advance(seconds)
        latest = dict(list({k: v for k, v in latest.items() if clock.now - v[1] < 120}.items())[-most:])
        assert len(memory) <= most
        assert {k: memory.get(k).entry for k in range(6)} == {k: latest.get(k, (None,))[0] for k in range(6)}
