"""Telegram's published flood limits, before the whole bot."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.telegram_app.intake.rate_limit import BURST
from tests.operations.process import QUESTION, site

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long

ONCE, THRICE, MANY = 90, 12, 24
"""People who ask once; who ask three times; how often one person asks. 150 messages in all."""
FLOOD = 300
"""Messages that somebody sends at once who wants to do harm."""


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
async def test_150_messages_at_once(tmp_path: Path, *, by_webhook: bool) -> None:
    """Everybody gets a reply to each message; who asks too much gets them up to the limit, and then one notice."""
    async with site(tmp_path, by_webhook=by_webhook, flood_limits=True) as place:
        bot = await place.start()
        await place.answered(place.ask(1))
        wanted = Counter(place.ask(ONCE))
        for number in range(THRICE):
            person = place.world.user(f"T{number}")
            wanted.update(place.world.ask(person, QUESTION).chat.id for _ in range(3))
        person = place.world.user("Many")
        heavy = {place.world.ask(person, QUESTION).chat.id for _ in range(MANY)}.pop()
        await place.settled(90)
        replies, texts = place.replies(), place.texts(heavy)
        await bot.stop()
    assert {chat: replies[chat] for chat in wanted} == wanted
    notices = [number for number, text in enumerate(texts) if "faster than I can answer" in text]
    if (
        len(texts) < MANY or not by_webhook
    ):  # by webhook Telegram waits for replies, and so the limit may not be reached
        assert notices == [len(texts) - 1]
        assert BURST <= len(texts) - 1 < MANY
    refused = [error for method, _, error in place.world.calls if method == "sendMessage" and error is not None]
    assert refused  # the limits were reached


async def test_a_flood_from_one_person_delays_nobody_else(tmp_path: Path) -> None:
    """Behind 300 messages from one person, everybody else is answered at once."""
    async with site(tmp_path, flood_limits=True) as place:
        bot = await place.start()
        await place.answered(place.ask(1))
        person = place.world.user("Many")
        for _ in range(FLOOD):
            place.world.ask(person, QUESTION)
        started = asyncio.get_running_loop().time()
        await place.answered(place.ask(10), 60)
        seconds = asyncio.get_running_loop().time() - started
        await bot.stop()
    print(f"\nten people behind {FLOOD} messages of one: answered after {seconds:.1f} s")  # noqa: T201  (the figure)
    assert seconds < 10
