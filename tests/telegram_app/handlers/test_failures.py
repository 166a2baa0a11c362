"""A mistake of the program: what whoever waits for an answer is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest, NetworkError

from bot.telegram_app.handlers import conversation
from bot.telegram_app.handlers.failures import Failures
from bot.telegram_app.handlers.responder import CurrentResponder, Responder
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.turn import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.telegram_app.conftest import Visit

SORRY = "Something went wrong"


@pytest.fixture
def broken(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """Break the responder; returns what it raises, the last one for ever."""
    raised: list[Exception] = [ZeroDivisionError()]

    def fail(*_: object) -> None:
        raise raised[0] if len(raised) == 1 else raised.pop(0)

    visit.application.add_error_handler(Failures(CurrentResponder(visit.store)).failed)
    monkeypatch.setattr(Responder, "answer", fail)
    monkeypatch.setattr(Responder, "at", fail)
    yield raised
    assert visit.errors
    visit.errors.clear()


@pytest.mark.parametrize("error", [ZeroDivisionError(), BadRequest("can't parse entities")])
async def test_a_question_that_cannot_be_answered_gets_one_notice(
    visit: Visit, broken: list[Exception], error: Exception
) -> None:
    """In the person's language, and with a word for whoever is in danger."""
    broken[:] = [error]
    kim = visit.world.user("Kim", language="fr")
    answer = await visit.ask("rose society", user=kim)
    assert "numéro d’urgence" in (answer.text or "")
    assert visit.sent == ["sendMessage"]


async def test_in_a_group_only_whoever_asked_the_bot_is_told(
    visit: Visit, broken: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message for others stays unanswered, whatever is broken."""
    monkeypatch.setattr(conversation, "message_of", lambda _: len(broken) / 0)
    group = visit.world.group("Gardeners", visit.anna)
    answer = await visit.say(group, "/about@stand_in_bot rose society")
    assert (answer.text or "").startswith(SORRY)
    visit.world.say(visit.anna, group, "/nonsense")  # perhaps another bot's
    await visit.settle()
    assert len(visit.errors) == 2
    assert len(visit.world.replies(group)) == 1


async def test_nothing_is_said_where_telegram_itself_fails(visit: Visit, broken: list[Exception]) -> None:
    """An apology would go the way of the answer."""
    broken[:] = [NetworkError("502")]
    visit.world.ask(visit.anna, "rose society")
    await visit.settle()
    assert visit.sent == []


async def test_buttons_and_inline_queries_are_not_talked_back_to(visit: Visit, broken: list[Exception]) -> None:
    """A button is answered, so that nothing turns in the person's app; an inline query is let be."""
    assert broken
    visit.world.ask(visit.anna, "hello")
    await visit.skip()
    card = await visit.application.bot.send_message(visit.anna.id, "x")
    visit.world.calls.clear()
    message = visit.world.last(visit.world.private(visit.anna))
    assert message.id == card.message_id
    pressed = visit.world.press(visit.anna, message, "1en:srose")
    await visit.settle()
    assert pressed.answered
    visit.world.edit(visit.world.messages(visit.world.private(visit.anna))[0], "rose society")
    await visit.type("rose")
    assert visit.sent == ["answerCallbackQuery"]


async def test_the_update_counts_as_failed(visit: Visit, broken: list[Exception]) -> None:
    """Whoever watches the numbers sees it, though python-telegram-bot keeps the error to itself."""
    assert broken
    visit.world.ask(visit.anna, "rose society")
    [update] = await visit.application.bot.get_updates(timeout=0)
    workers = Workers(lambda _: visit.application.process_update)
    assert await workers.submit(update) is Outcome.FAILED
    await visit.skip()
