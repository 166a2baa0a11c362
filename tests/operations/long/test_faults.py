"""Ten thousand updates with everything going wrong now and then: nothing is lost."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.operations.conftest import echo_bot, polling
from tests.operations.faults import FAULTS, Plan
from tests.operations.process import QUESTION, site
from tests.operations.searching import PLANTED

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long

SEARCHED = 3_000

UPDATES = int(os.environ.get("FAULT_UPDATES", "10000"))
CHATS = 2_000
SHARE = 0.05
"""Of all calls, for each kind of fault."""


async def test_ten_thousand_updates_with_every_fault() -> None:
    """5 % of the calls fail in each of seven ways: 0 lost, 0 in a wrong chat, doubles only after late cuts."""
    plan = Plan(share=SHARE, methods=frozenset({"sendMessage", "getUpdates"}), slow=0.05)
    async with echo_bot(plan) as echo:
        people = [echo.world.user(f"{PLANTED}{number}") for number in range(CHATS)]
        wanted: dict[str, int] = {}
        for number in range(UPDATES):
            person, text = people[number % CHATS], f"{PLANTED} q{number}"
            wanted[text] = echo.world.ask(person, text).chat.id
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


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
async def test_the_log_holds_nothing_of_three_thousand_people(tmp_path: Path, *, by_webhook: bool) -> None:
    """Every kind of fault on every call, the log at its usual level: no name, no text and no id is in it."""
    async with site(tmp_path, Plan(share=SHARE, slow=0.05), by_webhook=by_webhook) as place:
        place.extra = {"LOG_LEVEL": "INFO"}
        bot = await place.start()
        chats = place.ask(SEARCHED, f"{QUESTION} {PLANTED}")
        await place.answered(chats, 600)
        await place.settled(600)
        assert await bot.stop() == 0
        counts = place.faulty.counts
        assert all(sum(number for name, number in counts.items() if name.endswith(fault)) > 0 for fault in FAULTS)
        print(f"\n{len(bot.lines)} lines of log searched, {counts.total()} faults")  # noqa: T201  (the figures)
        assert len(bot.lines) > SEARCHED
