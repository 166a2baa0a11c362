"""How new the knowledge that comes with the program says it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.replies.composer import Composer
from bot.replies.plain import body

if TYPE_CHECKING:
    from bot.editions.edition import Edition

SEED_ONLY = (
    "causes_of_offending",
    "child_health",
    "child_labour",
    "child_rights_advocacy",
    "children_without_parents",
    "corruption",
    "disappearances",
    "family_law",
    "human_rights_defenders",
    "judicial_independence",
    "migrant_children",
    "mine_action",
    "national_institutions",
    "sexual_exploitation",
    "trafficking",
    "youth_crime_prevention",
)
"""Subjects that rest on pages of 2010 to 2012 only, when this was written."""

NEW = 0.65
"""Share of the facts of the last five years that stand on the cards; it was a third once. The others are addresses."""


def card(edition: Edition, entry: str, language: str) -> str:
    """Return the text of a card."""
    reply = Composer(edition.catalogue).card(entry, language)
    assert reply is not None
    return plain(body(reply))


def plain(text: str) -> str:
    """Return a text in one line, with plain spaces."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("entry", SEED_ONLY)
def test_a_card_that_rests_on_old_pages_says_so(shipped: Edition, entry: str) -> None:
    """Its date is that of its newest source, not of the day on which somebody looked at it."""
    newest = shipped.catalogue.entries[entry].as_of or shipped.catalogue.entries[entry].facts[0].as_of
    assert newest is not None
    assert f"Newest source: {newest.years()[0]}" in card(shipped, entry, "en")


def test_every_card_of_an_organisation_is_dated_by_its_facts(shipped: Edition) -> None:
    """In each language that replies are in."""
    line = {"en": "Newest source: 20", "fr": "Source la plus récente : 20", "es": "Fuente más reciente: 20"}
    for entry in shipped.catalogue.entries.values():
        if entry.kind.main:
            assert all(said in card(shipped, entry.id, language) for language, said in line.items()), entry.id


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_new_facts_are_on_the_cards(shipped: Edition, language: str) -> None:
    """What changed of late is not what falls off."""
    found = [
        plain(fact.text[language].rstrip(".")[:60]) in card(shipped, entry.id, language)
        for entry in shipped.catalogue.entries.values()
        for fact in entry.facts
        if fact.text and fact.as_of and fact.as_of.known.year >= 2022
    ]
    assert sum(found) >= NEW * len(found)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "founding member of the Panel (IPJJ)"),
        ("fr", "membre fondateur du Panel (IPJJ)"),
        ("es", "miembro fundador del Panel (IPJJ)"),
    ],
)
def test_each_member_of_the_panel_says_so_on_its_card(shipped: Edition, language: str, says: str) -> None:
    """Thirteen do, and the Panel itself does not."""
    saying = [
        entry.id
        for entry in shipped.catalogue.entries.values()
        if entry.kind.works and says in card(shipped, entry.id, language)
    ]
    assert len(saying) == 13
    assert "ipjj" not in saying
