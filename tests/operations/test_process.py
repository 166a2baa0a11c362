"""The bot as a process: how it starts, ends and keeps its secrets."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.operations.faults import Plan
from tests.operations.process import GARDEN, site

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_question_is_answered_and_sigterm_ends_with_zero(tmp_path: Path) -> None:
    """The whole program answers over HTTP and ends in order; its log holds neither the token nor the question."""
    async with site(tmp_path) as place:
        place.extra = {"LOG_LEVEL": "DEBUG"}
        bot = await place.start()
        chats = place.ask(3)
        await place.answered(chats)
        await place.settled()
        assert await bot.stop() == 0
        log = "\n".join(bot.lines)
        assert "decided" in log
        assert place.world.token not in log
        assert place.world.token.partition(":")[2] not in log
        assert "hedges?" not in log
        assert "Traceback" not in log


async def test_a_refused_token_ends_with_one_line(tmp_path: Path) -> None:
    """A token that Telegram refuses: exit status 2 and one line that names the setting, not the token."""
    async with site(tmp_path) as place:
        token = "700000001:BBSomebodyElsesTokenThatIsNoGood00"
        place.extra = {"TELEGRAM_BOT_TOKEN": token}
        bot = await place.start()
        assert await bot.ended() == 2
        assert len(bot.lines) == 1
        assert bot.lines[0].startswith("jjbot: TELEGRAM_BOT_TOKEN:")
        assert token.partition(":")[2] not in bot.lines[0]


async def test_a_token_revoked_while_it_runs_ends_with_one_line(tmp_path: Path) -> None:
    """As at the start: exit status 2 and the line that names the setting."""
    async with site(tmp_path) as place:
        bot = await place.start()
        await place.answered(place.ask(1))
        await place.settled()
        place.world.state.token = "700000000:AAAnotherTokenMeanwhile000000000000"
        place.ask(1)
        assert await bot.ended() == 2
        assert bot.lines[-1].startswith("jjbot: TELEGRAM_BOT_TOKEN:")
        assert not any("Traceback" in line for line in bot.lines)


ODD: tuple[object, ...] = ("<html>no</html>", {"ok": True, "result": None}, {"ok": True, "result": [7]}, [])
COURTESIES = (
    *("getMe", "getWebhookInfo", "deleteWebhook", "setWebhook", "getMyCommands", "setMyCommands"),
    *("getMyDescription", "getMyShortDescription", "setMyDescription", "sendChatAction"),
)


@pytest.mark.parametrize("by_webhook", [False, True])
async def test_odd_answers_to_courtesy_calls_end_nothing(tmp_path: Path, by_webhook: bool) -> None:
    """Whatever the calls beside the answers get back at first: people are answered, and no failure is logged."""
    async with site(tmp_path, by_webhook=by_webhook) as place:
        for method in COURTESIES:
            place.faulty.odd[method] = [(200, odd) for odd in ODD[:2]]
        bot = await place.start()
        chats = place.ask(2)
        await place.answered(chats)
        assert await bot.stop() == 0
        assert not any("Traceback" in line or "ERROR" in line for line in bot.lines)


async def test_a_page_instead_of_telegram_does_not_refuse_the_token(tmp_path: Path) -> None:
    """One 404 or 401 at the start, of a proxy or in Telegram's own form, is no reason to end for good."""
    async with site(tmp_path) as place:
        refused = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        place.faulty.odd["getMe"] = [(401, refused), (404, "<html>Not found</html>")]
        bot = await place.start()
        await place.answered(place.ask(1))
        assert await bot.stop() == 0


async def test_it_starts_before_the_network_is_there(tmp_path: Path) -> None:
    """While Telegram cannot be reached the bot waits, and answers once it can."""
    async with site(tmp_path) as place:
        place.faulty.plan.share, place.faulty.plan.faults = 1.0, ("502",)
        bot = await place.start()
        chats = place.ask(1)
        await place.door.until(lambda: place.faulty.counts["getMe: 502"] >= 2, "two tries", 60)
        place.faulty.plan.share = 0.0
        await place.answered(chats)
        assert await bot.stop() == 0


async def test_sighup_reloads_and_a_broken_folder_changes_nothing(tmp_path: Path) -> None:
    """After SIGHUP a new entry is answered from; a broken file leaves the edition before it in place."""
    folder = tmp_path / "knowledge"
    shutil.copytree(GARDEN, folder)
    async with site(tmp_path) as place:
        place.knowledge = folder
        place.extra = {"LOG_LEVEL": "INFO"}
        bot = await place.start()
        await place.answered(place.ask(1))
        (folder / "kites.yaml").write_text("id: kites\nname: Kite fliers\nsummary: They fly kites.\n", encoding="utf-8")
        bot.process.send_signal(signal.SIGHUP)
        await bot.logged("+1 -0 ~0")
        (folder / "kites.yaml").write_text("id: kites\nname: [\n", encoding="utf-8")
        bot.process.send_signal(signal.SIGHUP)
        await bot.logged("not reloaded")
        chats = place.ask(1, "Kite fliers")
        await place.answered(chats)
        assert "They fly kites." in place.texts(chats[0])[-1]
        assert await bot.stop() == 0


async def test_the_last_good_folder_stands_in_after_a_broken_start(tmp_path: Path) -> None:
    """A start with a broken folder serves the last good one, and says so in the log and to the administrator."""
    folder = tmp_path / "knowledge"
    shutil.copytree(GARDEN, folder)
    async with site(tmp_path) as place:
        place.knowledge = folder
        bot = await place.start()
        await place.answered(place.ask(1))
        assert await bot.stop() == 0
        (folder / "broken.yaml").write_text("id: broken\nname: [\n", encoding="utf-8")
        administrator = place.world.user("Ada")
        chat = place.world.start(administrator).chat
        place.extra = {"ADMIN_IDS": str(administrator.id)}
        bot = await place.start()
        await place.answered(place.ask(1))
        await place.door.until(lambda: place.replies()[chat.id] >= 2, "the warning to the administrator")
        assert await bot.stop() == 0
        assert any("serving the last good edition" in line for line in bot.lines)
        assert any("broken.yaml" in text for text in place.texts(chat.id))


async def test_sigterm_ends_a_bot_without_a_network(tmp_path: Path) -> None:
    """A bot that has never reached Telegram, because nobody answers there, ends within five seconds all the same."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(100)  # takes connections and never says a word
        async with site(tmp_path) as place:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            place.extra = {"TELEGRAM_API_URL": url, "LOG_LEVEL": "INFO"}
            bot = await place.start()
            await bot.logged("Listening on")
            async with asyncio.timeout(5):
                assert await bot.stop() == 0


@pytest.mark.long
async def test_a_send_that_hangs_does_not_keep_the_bot_from_ending(tmp_path: Path) -> None:
    """SIGTERM ends a bot within five seconds though a send hangs; the question stays with Telegram."""
    hang = Plan(seconds=lambda method, _given: 3600.0 if method == "sendMessage" else 0.0)
    async with site(tmp_path, hang) as place:
        place.extra = {"LOG_LEVEL": "INFO"}
        bot = await place.start()
        place.ask(1)
        await bot.logged("decided")
        async with asyncio.timeout(5):
            assert await bot.stop() == 0
        assert len(place.world.pending) == 1


async def test_a_second_sigterm_ends_at_once(tmp_path: Path) -> None:
    """Whoever is in a hurry sends the signal twice: exit status 1, and nothing is confirmed that was not answered."""
    hang = Plan(seconds=lambda method, _given: 3600.0 if method == "sendMessage" else 0.0)
    async with site(tmp_path, hang) as place:
        place.extra = {"LOG_LEVEL": "INFO"}
        bot = await place.start()
        place.ask(1)
        await bot.logged("decided")
        bot.process.send_signal(signal.SIGTERM)
        await bot.logged("finishing what is in work")
        bot.process.send_signal(signal.SIGTERM)
        assert await bot.ended() == 1
        assert len(place.world.pending) == 1


async def test_an_address_in_use_is_one_line(tmp_path: Path) -> None:
    """LISTEN taken by another program: exit status 2 and one line that names the setting."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with site(tmp_path) as place:
            place.port = taken.getsockname()[1]
            bot = await place.start()
            assert await bot.ended() == 2
            assert len(bot.lines) == 1
            assert bot.lines[0].startswith(f"jjbot: LISTEN: 127.0.0.1:{place.port} cannot be used")


async def test_a_data_folder_that_cannot_be_made_costs_no_answer(tmp_path: Path) -> None:
    """Where nothing can be written the bot says so and answers all the same."""
    in_the_way = tmp_path / "a file"
    in_the_way.touch()
    async with site(in_the_way / "data") as place:
        bot = await place.start()
        await place.answered(place.ask(2))
        assert await bot.stop() == 0
        assert any("could not be kept" in line for line in bot.lines)
        assert any("cannot be written" in line for line in bot.lines)
        assert not any("Traceback" in line for line in bot.lines)


@pytest.mark.long
async def test_a_cry_for_help_is_answered_whatever_came_before(tmp_path: Path) -> None:
    """Who sends too much is told once to slow down; a cry for help and /help are answered all the same."""
    async with site(tmp_path) as place:
        place.knowledge = GARDEN.parents[2] / "knowledge"
        bot = await place.start()
        person = place.world.user("Kim")
        chat = place.world.private(person).id
        for _ in range(40):
            place.world.ask(person, "what does unicef do")
        place.world.ask(person, "my father beats me")
        place.world.ask(person, "/help")
        place.world.ask(person, "what does unicef do")
        await place.settled()
        texts = place.texts(chat)
        assert await bot.stop() == 0
    notices = [text for text in texts if "faster than I can answer" in text]
    assert len(notices) == 1
    assert "/help" in notices[0]
    told = [text for text in texts if text not in notices and "United Nations Children's Fund" not in text]
    assert len(told) == 2, told  # in either order: each waits for nothing but its own kind
    assert any("In danger right now?" in text for text in told)
    assert any(text.startswith("In danger, or worried about a child?") for text in told)


async def test_no_delivery_is_acknowledged_before_the_bot_is_ready(tmp_path: Path) -> None:
    """While Telegram cannot be reached yet, a delivery is told to come back instead of being taken and lost."""
    async with site(tmp_path, by_webhook=True) as place:
        place.faulty.plan.share, place.faulty.plan.faults = 1.0, ("502",)
        place.extra = {"WEBHOOK_SECRET": "open-sesame"}
        bot = await place.start()
        await place.door.until(lambda: place.faulty.counts["getMe: 502"] >= 1, "a first try", 60)
        headers = {"X-Telegram-Bot-Api-Secret-Token": "open-sesame"}
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"http://127.0.0.1:{place.port}/updates", json={"update_id": 1}, headers=headers)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        assert await bot.stop() == 0
