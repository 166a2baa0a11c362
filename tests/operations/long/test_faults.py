"""Ten thousand updates with everything going wrong now and then: nothing is lost."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.operations.conftest import echo_bot, polling
from tests.operations.faults import FAULTS, Plan

pytestmark = pytest.mark.long

UPDATES = 10_000
CHATS = 2_000
SHARE = 0.05
"""Of all calls, for each kind of fault."""


async def test_ten_thousand_updates_with_every_fault() -> None:
    """5 % of the calls fail in each of seven ways: 0 lost, 0 in a wrong chat, doubles only after late cuts."""
    plan = Plan(share=SHARE, methods=frozenset({"sendMessage", "getUpdates"}), slow=0.05)
    async with echo_bot(plan) as echo:
        people = [echo.world.user(f"P{number}") for number in range(CHATS)]
        wanted: dict[str, int] = {}
        for number in range(UPDATES):
            person = people[number % CHATS]
            wanted[f"q{number}"] = echo.world.ask(person, f"q{number}").chat.id
        async with polling(echo):
            await echo.door.settled(900)
        sent = Counter(
            (given["text"], int(given["chat_id"]))
            for method, given, error in echo.world.calls
            if method == "sendMessage" and error is None
        )
        assert {text for text, _ in sent} == wanted.keys()
        assert all(wanted[text] == chat for text, chat in sent)
        assert sum(sent.values()) - UPDATES <= echo.faulty.cut_after_effect
        assert all(echo.faulty.counts[f"sendMessage: {fault}"] > UPDATES * SHARE / 2 for fault in FAULTS)
        assert all(echo.faulty.counts[f"getUpdates: {fault}"] > 0 for fault in FAULTS)
        print(f"\n{dict(echo.faulty.counts)}; doubles: {sum(sent.values()) - UPDATES}")  # noqa: T201  (the figures)
