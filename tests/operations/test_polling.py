"""Intake by polling, through HTTP against the stand-in for Telegram."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import InvalidToken

from bot.telegram_app.intake import early_acknowledgement, in_flight
from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.poison import STARTS, PoisonGuard
from bot.telegram_app.intake.polling import Polling
from tests.operations.conftest import echo_bot, polling, short
from tests.operations.faults import Plan

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Update


async def test_every_message_is_answered_once_and_confirmed() -> None:
    """Without faults each message gets one reply, and nothing is left unconfirmed."""
    async with echo_bot() as echo, polling(echo):
        texts = echo.ask(250)
        await echo.door.settled()
        assert sorted(echo.sent()) == sorted(texts)


async def test_replies_keep_the_order_of_a_chat() -> None:
    """Messages of one chat are answered in the order in which they came."""
    async with echo_bot() as echo, polling(echo):
        texts = echo.ask(30, chats=1)
        await echo.door.settled()
        assert echo.sent() == texts


async def test_an_update_is_not_confirmed_while_it_is_in_work() -> None:
    """An update stays with Telegram until its handling has ended, though later ones of other chats are done."""
    release = asyncio.Event()

    async def hold_the_first(update: Update) -> None:
        if update.effective_message is not None and update.effective_message.text == "q0":
            await release.wait()

    async with echo_bot() as echo, polling(echo):
        echo.before_reply = hold_the_first
        echo.ask(5, chats=5)
        await echo.door.until(lambda: len(echo.sent()) == 4, "four replies")
        assert echo.world.pending[0]["message"]["text"] == "q0"
        echo.ask(1, prefix="later")
        await echo.door.until(lambda: "later0" in echo.sent(), "an answer to somebody else meanwhile")
        assert echo.world.pending
        release.set()
        await echo.door.settled()
        assert sorted(echo.sent()) == ["later0", "q0", "q1", "q2", "q3", "q4"]


async def test_failing_polls_lose_nothing() -> None:
    """Polls that are refused, cut, late or garbled are repeated, and every message is answered exactly once."""
    plan = Plan(share=0.1, methods=frozenset({"getUpdates"}), slow=0.01)
    async with echo_bot(plan) as echo, polling(echo):
        for round_ in range(10):
            echo.ask(10, prefix=f"r{round_}q")
            await echo.door.settled(30)
        assert len(echo.sent()) == len(set(echo.sent())) == 100


async def test_an_update_that_cannot_be_read_does_not_stop_the_others() -> None:
    """An update that the library cannot parse is confirmed and passed over."""
    async with echo_bot() as echo, polling(echo):
        echo.world.deliver({"message": {"message_id": "this is no message"}})
        texts = echo.ask(3)
        await echo.door.settled()
        assert sorted(echo.sent()) == texts


async def test_stopping_lets_work_end_and_confirms_it() -> None:
    """After the stop what was fetched is answered and confirmed; nothing comes twice at the next start."""
    async with echo_bot(Plan(seconds=lambda method, _: 0.05 if method == "sendMessage" else 0.0)) as echo:
        async with polling(echo):
            echo.ask(40)
            await echo.door.until(lambda: len(echo.sent()) >= 5, "the first replies")
        answered = len(echo.sent())
        assert len(echo.world.pending) == 40 - answered
        echo.stop.clear()
        async with polling(echo):
            await echo.door.settled()
        assert len(echo.sent()) == len(set(echo.sent())) == 40


async def test_a_refused_token_ends_polling() -> None:
    """A token that Telegram does not know (any more) is no reason to try for ever."""
    async with echo_bot() as echo:
        echo.world.state.token = "700000000:AAAnotherTokenMeanwhile000000000000"
        bot = echo.application.bot
        poller = Polling(bot, InFlight(bot, echo.workers), allowed_updates=[], pause=short)
        with pytest.raises(InvalidToken):
            await poller.run(echo.stop)


async def test_an_update_that_kills_the_process_is_given_up_after_three_starts(tmp_path: Path) -> None:
    """The killer is blamed by number, its neighbours are answered, and the file ends up empty."""
    path = tmp_path / "attempts.json"
    async with echo_bot() as echo:
        echo.ask(3, chats=3)
        killer = echo.world.pending[1]["update_id"]
        for start in range(STARTS):
            attempts = PoisonGuard(path)
            assert not attempts.given_up(killer)
            assert attempts.suspect(killer) == (start == STARTS - 1)
            attempts.begin([killer])  # and here the process dies
        async with polling(echo, path):
            await echo.door.settled()
        assert sorted(echo.sent()) == ["q0", "q2"]
        assert path.read_text(encoding="utf-8") == "{}"


async def test_after_a_crash_an_unreadable_update_and_a_slow_one_hold_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have killed the last process is watched for a moment only, and what cannot be read not at all."""
    monkeypatch.setattr(in_flight, "CAREFUL", 0.01)
    path, release = tmp_path / "attempts.json", asyncio.Event()

    async def hold_the_first(update: Update) -> None:
        if update.effective_message is not None and update.effective_message.text == "q0":
            await release.wait()

    async with echo_bot() as echo:
        echo.before_reply = hold_the_first
        echo.world.deliver({"message": {"message_id": "this is no message"}})
        echo.ask(4, chats=4)
        for _ in range(STARTS - 1):
            PoisonGuard(path).begin([update["update_id"] for update in echo.world.pending])
        async with polling(echo, path):
            await echo.door.until(lambda: len(echo.sent()) == 3, "three replies")
            release.set()
            await echo.door.settled()
        assert sorted(echo.sent()) == ["q0", "q1", "q2", "q3"]
        assert path.read_text(encoding="utf-8") == "{}"


async def test_one_chat_that_waits_for_ever_does_not_close_the_intake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram gives out 100 unconfirmed updates and no more: in the end the one that holds them up is let go."""
    monkeypatch.setattr(early_acknowledgement, "LET_GO", 0.0)
    release = asyncio.Event()

    async def hold_the_first(update: Update) -> None:
        if update.effective_message is not None and update.effective_message.text == "q0":
            await release.wait()

    async with echo_bot() as echo, polling(echo):
        echo.before_reply = hold_the_first
        texts = echo.ask(150, chats=150)
        await echo.door.until(lambda: len(echo.sent()) == 149, "all others' replies")
        release.set()
        await echo.door.settled()
        assert sorted(echo.sent()) == sorted(texts)


async def test_a_few_chats_that_flood_and_wait_do_not_close_the_intake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all that Telegram gives out waits for five chats, the others are answered all the same; nothing is lost."""
    monkeypatch.setattr(early_acknowledgement, "FLOODED", 0.0)
    release = asyncio.Event()

    async def hold_the_flood(update: Update) -> None:
        if update.effective_message is not None and (update.effective_message.text or "").startswith("flood"):
            await release.wait()

    async with echo_bot() as echo, polling(echo):
        echo.before_reply = hold_the_flood
        flood = echo.ask(100, chats=5, prefix="flood")
        texts = echo.ask(10)
        await echo.door.until(lambda: len(echo.sent()) == 10, "all others' replies")
        assert sorted(echo.sent()) == texts
        release.set()
        await echo.door.until(lambda: len(echo.sent()) == 110, "the replies to the flood")
        await echo.door.settled()
        assert sorted(echo.sent()) == sorted(flood + texts)


async def test_a_webhook_set_meanwhile_is_removed(caplog: pytest.LogCaptureFixture) -> None:
    """A webhook in the way of polling is no other process: it is removed, and questions are answered again."""
    caplog.set_level("WARNING")
    async with echo_bot() as echo, polling(echo):
        echo.ask(1, prefix="before")
        await echo.door.settled()
        echo.world.call(echo.world.token, "setWebhook", {"url": "http://127.0.0.1:9/updates"})
        await echo.door.until(lambda: not echo.world.state.webhook.url, "the end of the webhook")
        echo.ask(1, prefix="after")
        await echo.door.settled()
        assert echo.sent() == ["before0", "after0"]
    assert "a webhook is set for this token" in caplog.text


REFUSED = {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}),
        (200, {"ok": True}),
        (200, {"ok": True, "result": 1}),
        (200, {"ok": True, "result": [1, {}]}),
        (200, {"ok": True, "result": [{"update_id": True}, {"update_id": 10**30}, {"update_id": -1}]}),
        (200, []),
        (200, "[" * 100_000),
        (401, "<html>Log in first</html>"),
        (404, "<html>Not here</html>"),
        (404, {"detail": "Not Found"}),
        (404, REFUSED),
        (401, REFUSED),
        (409, "<html>Conflict</html>"),
        (429, {"ok": False, "error_code": 429, "description": "Later", "parameters": {"retry_after": "soon"}}),
    ],
)
async def test_an_answer_that_is_not_telegrams_is_a_failure_like_any_other(answer: tuple[int, object]) -> None:
    """Polling and sending go on after answers that a broken proxy might give, also those that refuse the token."""
    async with echo_bot() as echo:
        echo.faulty.odd["getUpdates"] = [answer, answer]
        async with polling(echo) as task:
            await echo.door.until(lambda: not echo.faulty.odd["getUpdates"] or task.done(), "two odd answers")
            echo.faulty.odd["sendMessage"] = [answer]
            texts = echo.ask(2)
            await echo.door.settled()
        assert set(echo.sent()) == set(texts)
        assert not echo.faulty.odd["sendMessage"]


NO_MESSAGES: tuple[object, ...] = (None, True, {}, [], "x")


async def test_no_result_is_no_message() -> None:
    """A send that is answered with nothing is repeated, and whoever asked hears of no failure."""
    async with echo_bot() as echo, polling(echo):
        failures: list[object] = []

        async def note(update: object, _context: object) -> None:
            failures.append(update)

        echo.application.add_error_handler(note)
        echo.faulty.odd["sendMessage"] = [(200, {"ok": True, "result": odd}) for odd in NO_MESSAGES]
        texts = echo.ask(5)
        await echo.door.settled()
        assert sorted(echo.sent()) == sorted(texts)
        assert failures == []


async def test_something_odd_in_a_sent_message_is_not_looked_at() -> None:
    """What has arrived is not sent again because of a part that the library could not read."""
    async with echo_bot() as echo, polling(echo):
        message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "entities": 7, "from": "nobody"}
        echo.faulty.odd["sendMessage"] = [(200, {"ok": True, "result": message})]
        echo.ask(1)
        await echo.door.settled()
        assert echo.sent() == []  # answered instead of Telegram, and believed


class _Held:
    """Updates in work, of which none ever ends; notes when it is asked to make way."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = set(numbers)
        self.asked: list[bool] = []

    def __contains__(self, number: int) -> bool:
        return number in self.numbers

    def take(self, raw: dict[str, Any]) -> None:
        """Take one more."""
        self.numbers.add(raw["update_id"])

    def make_way(self, _now: float, *, moves: bool) -> None:
        """Note that it was asked, and whether something new still comes."""
        self.asked.append(moves)


@pytest.mark.parametrize(
    ("brought", "held", "asked"),
    [(100, 100, [False]), (100, 99, [True]), (100, 76, [True]), (100, 75, []), (99, 99, []), (1, 0, [])],
)
async def test_way_is_made_where_all_that_telegram_brings_is_held(brought: int, held: int, asked: list[bool]) -> None:
    """Also where a little of it is new: others would come one by one. Between two updates everything else goes on."""
    in_flight = _Held(*range(held))
    poller = Polling(None, in_flight, allowed_updates=[])  # type: ignore[arg-type]
    poller._first = False
    rounds = 0

    async def count() -> None:
        nonlocal rounds
        while True:
            rounds += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    await poller._take([{"update_id": number} for number in range(brought)], asyncio.Event())
    counting.cancel()
    assert in_flight.asked == asked
    assert len(in_flight.numbers) == max(brought, held)
    assert rounds >= brought - 1
