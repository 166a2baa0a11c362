"""Where an answer comes from, for whoever asks."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.entry import BotInfo, Entry
from bot.matching.decision import Answer, Question, Rule
from bot.replies.composer import Composer
from bot.replies.entries.sources import read
from bot.replies.plain import body
from tests.kinds import ORGANISATION
from tests.replies.folder import catalogue

ENTRY = Entry.model_validate(
    {
        "id": "omct",
        "kind": ORGANISATION,
        "name": "World Organisation",
        "acronyms": ["OMCT"],
        "summary": "OMCT helps.",
        "facts": [
            {
                "about": "head",
                "text": "A leads.",
                "as_of": "2020s",
                "source": "https://www.omct.example/us",
                "confidence": "low",
            },
            {
                "about": "head",
                "text": "B led.",
                "as_of": "2019",
                "source": "Annual report 2019; https://www.omct.example/us",
            },
            {"text": "It helps.", "as_of": "before 2026", "source": "http://old.example/a.html"},
            {"text": "It meets.", "source": f"https://long.example/{'x' * 80}", "confidence": "medium"},
        ],
        "sources": ["One page (http://one.example/a), about 2010", "Two", "https://three.example/", "Four"],
        "reviewed_on": date(2026, 11, 21),
    }
)


def told(language: str = "en", entry: Entry = ENTRY, **more: object) -> tuple[list[str], list[str]]:
    """Return the lines of the reply to "source?", and the addresses of its links."""
    folder = Catalogue(bot=BotInfo(title={"en": "Guide"}), entries={entry.id: entry}, attributes=catalogue().attributes)
    answer = Answer(question=Question("source?"), rule=Rule.MOVE, language=language, entry=entry, **more)  # type: ignore[arg-type]
    reply = Composer(folder).reply(answer)
    return [line for line in body(reply).split("\n") if line], [link.url for link in reply.links]


def test_the_sources_of_the_facts_that_were_shown() -> None:
    """By their dates, how sure they are, and each once, with a link to those that are encrypted."""
    lines, links = told(sources=True, attribute="head", facts=(0, 1))
    assert lines == ["Sources for OMCT:", "• omct.example/us (2020s, not confirmed)", "• Annual report 2019"]
    assert links == ["https://www.omct.example/us"]


def test_the_source_of_the_fact_that_led_a_card() -> None:
    """An address that is not encrypted is told, and no button leads there."""
    assert told(sources=True, fact=2) == (["Source: old.example/a.html (before 2026)"], [])


def test_a_long_address_is_its_site() -> None:
    """The link goes to the page all the same."""
    lines, links = told(sources=True, fact=3)
    assert lines == ["Source: long.example (not fully certain)"]
    assert links == [f"https://long.example/{'x' * 80}"]


def test_a_whole_card_rests_on_the_sources_of_the_entry() -> None:
    """The first three are named."""
    lines, _ = told(sources=True)
    assert lines == ["Sources for OMCT:", "• One page, about 2010, one.example/a", "• Two", "• three.example"]


def test_why_says_both_why_and_from_where() -> None:
    """It was the words of the question; then the source."""
    assert told(why=True, fact=2)[0] == [
        "Your words fit best what I know of OMCT.",
        "Source: old.example/a.html (before 2026)",
    ]


@pytest.mark.parametrize(("language", "word"), [("fr", "Sources sur OMCT :"), ("es", "Fuentes sobre OMCT:")])
def test_in_other_languages(language: str, word: str) -> None:
    """The program's words are in the reader's language, the names of documents as they are."""
    assert told(language, sources=True)[0][0] == word


def test_an_entry_without_sources_admits_no_more_than_its_links() -> None:
    """There is no empty list."""
    bare = ENTRY.model_copy(update={"sources": (), "facts": ()})
    assert told(entry=bare, sources=True)[0] == ["Each entry rests on public sources; its links lead to them."]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://a.example/b (named in public documents; page not read)", ["a.example/b"]),
        ("named in documents up to 2026; page not read", ["named in documents up to 2026"]),
        ("Report 2017; also in later documents", ["Report 2017"]),
        ("https://a.example/; UN press summary", ["a.example", "UN press summary"]),
        ("https://a.example and https://b.example (news)", ["a.example", "b.example"]),
        ("directory of 4 October 2026 (marked unverified there)", ["directory of 4 October 2026"]),
        ("(only a note)", []),
    ],
)
def test_remarks_of_the_editors_are_not_shown(written: str, shown: list[str]) -> None:
    """In brackets, or behind a semicolon with a small letter."""
    assert [one.text() for one in read(written)] == shown
