"""The table of commands: who has which, and that each does its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.replies.reply import Paragraph, Reply
from bot.replies.wording import strings
from bot.telegram_app.handlers import commands
from bot.telegram_app.handlers.commands import COMMANDS, Command, Given
from bot.telegram_app.views.response import Response

if TYPE_CHECKING:
    from tests.telegram_app.conftest import Visit

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


def stats(given: Given) -> Response:
    """Respond with what stands behind the command."""
    return Response(Reply("en", (Paragraph(f"Counted: {given.arguments or 'all'}."),)))


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give administrators a second command."""
    monkeypatch.setattr(commands, "COMMANDS", (*COMMANDS, Command("stats", stats, administrators=True)))


async def test_an_administrators_command_does_its_own_and_reloads_nothing(
    visit: Visit, another: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands behind it is its own business, too: a cry that an administrator looks into is no cry."""
    monkeypatch.setattr(type(visit.store), "reload", lambda _: 1 / 0)
    assert (await visit.ask("/stats", user=visit.admin)).text == "Counted: all."
    assert (await visit.ask("/stats my dad hits me", user=visit.admin)).text == "Counted: my dad hits me."
    assert visit.world.private(visit.admin).actions == []  # nothing takes long enough to be seen typing


async def test_an_administrators_command_is_nobody_elses(visit: Visit, another: None) -> None:
    """Neither a stranger's in private, nor the administrator's in a group, nor an edited message's."""
    unknown = (await visit.ask("/nonsense")).text
    assert (await visit.ask("/stats")).text == unknown
    group = visit.world.group("Gardeners", visit.admin)
    assert (await visit.say(group, "/stats@stand_in_bot", user=visit.admin)).text == unknown
    card = await visit.ask("rose society", user=visit.admin)
    before = card.text
    visit.world.edit(visit.world.messages(visit.world.private(visit.admin))[0], "/stats")
    await visit.settle()
    assert card.text == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_described(command: Command) -> None:
    """As Telegram lists it; and it is somebody's."""
    assert "menu" in strings.command_words()[command.name]
    assert command.everybody != command.administrators
    assert command.everybody or not command.groups


def test_no_description_is_without_its_command() -> None:
    """What is not a command any more is not described either; they stand in the same order."""
    assert list(strings.command_words()) == [command.name for command in COMMANDS]


def test_the_readme_names_the_commands_in_their_order() -> None:
    """All of them, those of administrators last."""
    [line] = re.findall(r"^On Telegram: .*", README, re.MULTILINE)
    for_everybody, _, for_administrators = line.partition("administrators")
    assert re.findall(r"`/([a-z]+)", for_everybody) == [row.name for row in COMMANDS if row.everybody]
    assert re.findall(r"`/([a-z]+)", for_administrators) == [row.name for row in COMMANDS if row.administrators]
