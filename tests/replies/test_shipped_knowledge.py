"""The knowledge that comes with the program, as its replies."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.knowledge.folder import read_folder
from bot.knowledge.kinds import HELP
from bot.limits import MESSAGE_TEXT
from bot.matching.decision import Answer, Question, Rule
from bot.replies.composer import Composer
from bot.replies.entries import comparison
from bot.replies.plain import body
from bot.replies.reply import Item
from bot.replies.screen import LINES, lines
from bot.replies.wording.lengths import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.entry import Entry
    from bot.replies.reply import Reply

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """Return the entries that come with the program."""
    return read_folder(KNOWLEDGE).catalogue


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_form_of_every_entry_is_one_screen_and_one_message(shipped: Catalogue, language: str) -> None:
    """What is not folded fits on a small telephone with its buttons, and the whole into Telegram's limit."""
    composer = Composer(shipped)
    for entry in shipped.entries.values():
        if entry.kind.built_in:
            continue
        for reply in forms(entry, shipped, composer, language):
            assert units(body(reply)) <= MESSAGE_TEXT
            assert lines(reply) <= LINES, (entry.id, body(reply))
        full = composer.card(entry.id, language, full=True)
        assert full is not None
        assert units(body(full)) <= MESSAGE_TEXT


def forms(entry: Entry, shipped: Catalogue, composer: Composer, language: str) -> Iterator[Reply]:
    """Yield the card, the brief one, each fact in front of it, what can be asked about it, and it beside another."""

    def said(**asked: Any) -> Reply:  # noqa: ANN401  (fields of Answer)
        question = Question("?", asker_language=language)
        return composer.reply(Answer(question=question, rule=Rule.NAMED, language=language, entry=entry, **asked))

    yield said()
    yield said(brief=True)
    for number, fact in enumerate(entry.facts):
        if fact.text:
            yield said(fact=number)
    uses = {link.use for link in entry.links}
    for name, attribute in shipped.attributes.items():
        if attribute.fits(entry.kind):
            link = attribute.link if attribute.link in uses else None
            yield said(attribute=name, facts=entry.facts_about(name), link=link)
    for other in ("omct", "convention"):
        if entry.id != other:
            yield said(beside=(shipped.entries[other],))


def test_several_beside_each_other_are_short(shipped: Catalogue) -> None:
    """Any two organisations, in at most 700 characters and on one screen."""
    composer = Composer(shipped)
    organisations = [entry for entry in shipped.entries.values() if entry.kind.main]
    for language in ("en", "fr", "es"):
        question = Question("?", asker_language=language)
        for one, other in permutations(organisations, 2):
            reply = composer.reply(
                Answer(question=question, rule=Rule.NAMED, language=language, entry=one, beside=(other,))
            )
            assert units(body(reply)) <= comparison.UNITS
            assert lines(reply) <= LINES


def test_help_is_complete_in_every_language_and_for_every_country(shipped: Catalogue) -> None:
    """The folder's message and a directory with an address, whatever is asked for."""
    composer = Composer(shipped)
    for entry in (entry for entry in shipped.entries.values() if entry.kind == HELP):
        codes = {code for line in entry.lines for code in line.countries}
        for language in entry.reply:
            for country in (None, "AQ", *codes):
                reply = composer.helplines(country, language)
                assert reply.language == language
                assert reply.urgent
                assert body(reply).startswith(entry.reply[language])
                assert any(block.url for block in reply.blocks if isinstance(block, Item))
                assert units(body(reply)) <= MESSAGE_TEXT
