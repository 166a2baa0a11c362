"""The knowledge that comes with the program, as its replies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.entry import Kind
from bot.knowledge.folder import read_folder
from bot.limits import MESSAGE_TEXT
from bot.replies.composer import Composer
from bot.replies.plain import body
from bot.replies.reply import Folded, Item
from bot.replies.wording.lengths import SCREEN_CHARACTERS, units

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """Return the entries that come with the program."""
    return read_folder(KNOWLEDGE).catalogue


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_card_is_one_screen_and_one_message(shipped: Catalogue, language: str) -> None:
    """What is not folded fits on a telephone, and the whole into Telegram's limit."""
    composer = Composer(shipped)
    for name, entry in shipped.entries.items():
        if entry.kind is Kind.HELP:
            continue
        reply = composer.card(name, language)
        assert reply is not None
        assert units(body(reply)) <= MESSAGE_TEXT
        shown = replace(reply, blocks=tuple(block for block in reply.blocks if not isinstance(block, Folded)))
        assert len(body(shown)) <= SCREEN_CHARACTERS, name


def test_help_is_complete_in_every_language_and_for_every_country(shipped: Catalogue) -> None:
    """The folder's message and a directory with an address, whatever is asked for."""
    composer = Composer(shipped)
    for entry in (entry for entry in shipped.entries.values() if entry.kind is Kind.HELP):
        codes = {code for line in entry.lines for code in line.countries}
        for language in entry.reply:
            for country in (None, "AQ", *codes):
                reply = composer.helplines(country, language)
                assert reply.language == language
                assert reply.urgent
                assert body(reply).startswith(entry.reply[language])
                assert any(block.url for block in reply.blocks if isinstance(block, Item))
                assert units(body(reply)) <= MESSAGE_TEXT
