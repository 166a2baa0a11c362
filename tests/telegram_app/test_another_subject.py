"""A folder about something else, with kinds of its own, does all that the shipped one does."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.editions.compilation import compile_folder
from bot.matching.decision import Answer, Question
from bot.replies import answer_json
from tests.telegram_app.conftest import opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.editions.edition import Edition
    from bot.standin.chats import Message
    from tests.telegram_app.conftest import Visit

CHEESES = Path(__file__).parent / "cheeses"


@pytest.fixture(scope="module")
def cheeses() -> Edition:
    """Compile the folder once."""
    return compile_folder(CHEESES, thorough=False)


@pytest.fixture
async def shop(cheeses: Edition, tmp_path: Path) -> AsyncIterator[Visit]:
    """Open the bot with it."""
    folder = tmp_path / "cheeses"
    shutil.copytree(CHEESES, folder)
    async with opened(cheeses, folder) as visit:
        yield visit


def buttons(message: Message) -> list[str]:
    """Return what the buttons of a message say."""
    return [button.text for button in message.buttons]


async def found(shop: Visit, query: str) -> list[str]:
    """Return the titles of what is found in inline mode."""
    answer = (await shop.type(query)).answer
    assert answer is not None
    return [result.title for result in answer.results]


def test_the_compiler_has_nothing_against_its_kinds(cheeses: Edition) -> None:
    """Its summaries are short, and that is all."""
    assert {finding.code for finding in cheeses.findings} == {"summary-length"}


async def test_its_kinds_are_listed_in_their_order_by_their_labels(shop: Visit) -> None:
    """But for the one that is not listed; a list opens by a button, and a card from there."""
    listed = await shop.ask("/list")
    assert buttons(listed) == ["Cheeses (2)", "Dairies (1)", "Ways to eat it (1)"]
    page = await shop.tap(listed, "Dairies (1)")
    assert (page.text or "").startswith("Dairies")
    card = await shop.tap(page, "HTD · Hilltop Dairy")
    assert (card.text or "").startswith("Hilltop Dairy (HTD)")


async def test_the_commands_lead_to_its_main_kind_and_its_subjects(shop: Visit) -> None:
    """``/about`` lists the first kind that is declared, ``/topics`` the first that has no proper names."""
    assert ((await shop.ask("/about")).text or "").startswith("Cheeses")
    assert ((await shop.ask("/topics")).text or "").startswith("Ways to eat it")


async def test_what_is_not_listed_is_found(shop: Visit) -> None:
    """In a chat and in inline mode."""
    assert "who ripens cheese" in ((await shop.ask("what is an affineur")).text or "")
    assert "Affineur" in await found(shop, "affineur")


async def test_inline_mode_begins_with_the_main_kind(shop: Visit) -> None:
    """Nobody has typed anything yet."""
    assert await found(shop, "") == ["Brie de Meaux", "Comté"]


def test_the_attributes_of_organisations_fit_what_is_said_to_have_them(cheeses: Edition) -> None:
    """The year that a dairy was founded in is told, as that of an organisation is."""
    decision = cheeses.matcher.decide(Question("when was hilltop dairy founded", asker_language="en"))
    assert isinstance(decision, Answer)
    assert (decision.entry.id, decision.attribute, decision.facts) == ("hilltop", "founded", (0,))


def test_a_subject_presents_who_works_on_it(cheeses: Edition) -> None:
    """As programs are told; an entry of the main kind presents itself."""
    for text, presented in {"fondue pot": "hilltop", "brie de meaux": "brie"}.items():
        assert answer_json.entries(cheeses.matcher.decide(Question(text, asker_language="en"))) == [presented]
