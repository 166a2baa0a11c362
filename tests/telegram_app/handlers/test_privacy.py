"""What stays behind of a visit: one line for each decision, and nothing about the person."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import Chat, Message, Update

from bot.telegram_app.handlers.edit_tracker import EditTracker
from bot.telegram_app.handlers.failures import Failures
from bot.telegram_app.handlers.responder import CurrentResponder
from bot.telegram_app.ptb_types import Context

if TYPE_CHECKING:
    import pytest

    from tests.telegram_app.conftest import Visit


async def test_a_decision_is_one_line_without_text_or_ids(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    """Surface, decision, rule, entry, language and time; no words, names or numbers of people, on no logger."""
    caplog.set_level(logging.DEBUG)
    maria = visit.world.user("Mariaxyz", username="mariaxyz", language="fr")
    group = visit.world.group("Secretgroup", maria)
    await visit.ask("when was the rose society founded", user=maria)
    await visit.ask("my dad hits me", user=maria)
    await visit.type("pruning shears", user=maria)
    await visit.say(group, "/about@stand_in_bot moss club", user=maria)
    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    lines = [record.getMessage() for record in ours if record.name == "bot.telegram_app.monitoring.decision_log"]
    assert lines[0].startswith("decided surface=private decision=answer rule=")
    assert "entry=rose" in lines[0]
    assert lines[1].startswith("decided surface=private decision=help rule=cry entry=- ")
    assert len(lines) == 4
    for record in ours:
        for secret in ("founded", "hits", "shears", "Mariaxyz", str(maria.id), "Secretgroup", str(group.id)):
            assert secret not in record.getMessage()


async def test_nobody_is_remembered(visit: Visit) -> None:
    """No collection of the application holds the id of a person or a group that wrote, however many come by."""
    group = visit.world.group("Club", visit.anna)
    await visit.ask("rose society")
    await visit.say(group, "/about@stand_in_bot moss club")
    await visit.type("pruning")
    kept = {
        name: value
        for base in type(visit.application).__mro__
        for name in getattr(base, "__slots__", ())
        if isinstance(value := getattr(visit.application, name, None), set | dict)
    }
    assert kept  # a change in the library must not leave this test with nothing to look at
    assert [name for name, value in kept.items() if {visit.anna.id, group.id} & set(value)] == []


async def test_an_error_says_where_but_not_what(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    """A mistake of the program is logged with its place, without the message that may hold somebody's words."""
    try:
        int("my dad hits me")
    except ValueError as error:
        context = Context(visit.application)
        context.error = error
        await Failures(CurrentResponder(visit.store)).failed(Update(update_id=1), context)
    assert "An update could not be handled: ValueError at test_privacy.py:" in caplog.text
    assert "hits" not in caplog.text


async def test_an_error_costs_one_update_only(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next question is answered."""
    monkeypatch.setattr(type(visit.store.edition.matcher), "decide", lambda *_: 1 / 0)
    visit.world.ask(visit.anna, "rose society")
    await visit.settle()
    monkeypatch.undo()
    assert ((await visit.ask("rose society")).text or "").startswith("Rose Society")
    assert [type(error) for error in visit.errors] == [ZeroDivisionError]
    visit.errors.clear()


def message(number: int, album: str | None = None) -> Message:
    """Return a message of a chat."""
    return Message(message_id=number, date=None, chat=Chat(id=1, type="private"), media_group_id=album)  # type: ignore[arg-type]


def test_few_answers_are_remembered() -> None:
    """The oldest is forgotten first, and so are albums."""
    answered = EditTracker(size=3)
    for number in range(1, 6):
        answered.remember(message(number), message(number + 100))
        assert not answered.is_more_of_an_album(message(number, f"album {number}"))
    assert [answered.answer_to(message(number)) for number in range(1, 6)] == [None, None, 103, 104, 105]
    assert answered.is_more_of_an_album(message(9, "album 5"))
    assert not answered.is_more_of_an_album(message(9, "album 1"))
    assert not answered.is_more_of_an_album(message(9))
