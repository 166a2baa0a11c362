"""The fourteen organisations: complete in three languages, and saying the same in each."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.folder import read_folder

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry, Text

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
LANGUAGES = ("en", "fr", "es")
MATCHED_LANGUAGES = (*LANGUAGES, "ar", "ru", "pt", "de", "it", "hi")
FOURTEEN = (
    *("ipjj", "crc", "crin", "dci", "dpko", "iayfjm", "ijjo"),
    *("ohchr", "omct", "pri", "tdh", "undp", "unicef", "unodc"),
)


@cache
def entries() -> dict[str, Entry]:
    """Return the entries of the shipped folder."""
    return read_folder(KNOWLEDGE).catalogue.entries


def shown_texts(entry: Entry) -> list[Text]:
    """Return what a reader sees of an entry, each with its translations."""
    texts = [entry.summary, *(fact.text for fact in entry.facts), *(link.label for link in entry.links)]
    return [*texts, entry.status_note] if entry.status_note else texts


def figures(text: str) -> list[str]:
    """Return the numbers of three digits and more, whatever separates their thousands: years, counts, resolutions."""
    joined = re.sub(r"(?<=\d)[\u00a0 .,](?=\d{3}\b)", "", text)
    return sorted(re.findall(r"\d{3,}", joined))


def test_the_fourteen_are_there() -> None:
    """The folder has the Panel and its thirteen members, and no other organisation."""
    assert sorted(one.id for one in entries().values() if one.kind.main) == sorted(FOURTEEN)


@pytest.mark.parametrize("entry_id", FOURTEEN)
class TestEachOrganisation:
    """What holds for every one of them."""

    def test_says_everything_in_three_languages(self, entry_id: str) -> None:
        """Name, summary, facts and labels stand in English, French and Spanish."""
        entry = entries()[entry_id]
        assert all(language in entry.name for language in LANGUAGES)
        assert all(text.get(language) for text in shown_texts(entry) for language in LANGUAGES)

    def test_summaries_are_short_guides(self, entry_id: str) -> None:
        """A summary has 40 to 90 words, as long as a phone shows without scrolling."""
        summary = entries()[entry_id].summary
        assert all(40 <= len(summary[language].split()) <= 90 for language in LANGUAGES)

    def test_figures_agree(self, entry_id: str) -> None:
        """The years, counts and resolution numbers of a text are the same in its translations."""
        for text in shown_texts(entries()[entry_id]):
            found = {language: figures(text[language]) for language in LANGUAGES}
            assert found["fr"] == found["es"] == found["en"], text["en"]

    def test_facts_are_sourced(self, entry_id: str) -> None:
        """Each fact says where it comes from and of when it is."""
        assert all(fact.source and fact.as_of for fact in entries()[entry_id].facts)

    def test_offers_an_official_page(self, entry_id: str) -> None:
        """There is a website to go on to, and every address is encrypted."""
        links = entries()[entry_id].links
        assert any(link.use == "website" for link in links)
        assert all(link.url.startswith("https://") for link in links)

    def test_can_be_asked_for_in_nine_languages(self, entry_id: str) -> None:
        """Keywords and whole questions stand in every language in which questions are expected."""
        entry = entries()[entry_id]
        assert all(len(entry.keywords[language]) >= 2 for language in MATCHED_LANGUAGES)
        assert all(len(entry.questions[language]) >= 1 for language in MATCHED_LANGUAGES)

    def test_french_is_spaced_as_french(self, entry_id: str) -> None:
        """A no-break space stands before the tall punctuation marks and inside guillemets."""
        for text in shown_texts(entries()[entry_id]):
            assert not re.search(r" [:;?!»]|« ", text["fr"]), text["fr"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("77,440 people in 2014", ["2014", "77440"]),
        ("77\u00a0440 personnes en 2014", ["2014", "77440"]),
        ("77.440 personas en 2014", ["2014", "77440"]),
        ("18 members", []),
    ],
)
def test_figures_are_read_in_any_notation(text: str, expected: list[str]) -> None:
    """The comparison does not depend on how a language writes thousands."""
    assert figures(text) == expected
