"""How old what is said is: the date behind a fact, the order of facts, the date line of a card."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.entry import BotInfo, Entry
from bot.replies.entries import dates
from bot.replies.entries.cards import card
from bot.replies.entries.statements import statement
from bot.replies.plain import body
from bot.replies.wording.localiser import Localiser
from tests.kinds import ORGANISATION
from tests.replies.folder import ATTRIBUTES, catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.knowledge.entry import Fact

REVIEWED = date(2026, 11, 21)


def localiser(language: str = "en") -> Localiser:
    """Return the words of a language, over a folder with attributes."""
    known = catalogue().attributes
    return Localiser(Catalogue(bot=BotInfo(title={"en": "Guide"}), entries={}, attributes=known), language, "en")


def entry(*facts: Mapping[str, object], **more: object) -> Entry:
    """Return an organisation that was compared with its sources in November 2026."""
    given = {"id": "omct", "kind": ORGANISATION, "name": "OMCT", "summary": "OMCT helps.", "reviewed_on": REVIEWED}
    return Entry.model_validate({**given, "facts": facts, **more})


def stated(text: str, as_of: str, language: str = "en", *, brief: bool = False, **more: object) -> str:
    """Return a fact as a sentence."""
    one = entry({"text": text, "as_of": as_of, **more})
    return statement(one.facts[0], one, localiser(language), brief=brief)


@pytest.mark.parametrize(
    ("text", "as_of", "shown"),
    [
        ("It helps minors.", "2010-2012", "It helps minors (as of 2010–2012)."),
        ("It helps minors.", "mid-2010s", "It helps minors (as of the mid-2010s)."),
        ("It helps minors.", "2024", "It helps minors."),
        ("It helps minors.", "2021", "It helps minors."),
        ("It helps minors.", "2020s", "It helps minors."),
        ("It helps minors.", "since 1989", "It helps minors."),
        ("It helped minors in 2011.", "2010-2012", "It helped minors in 2011."),
        ("It helped in the mid-2010s.", "mid-2010s", "It helped in the mid-2010s."),
        (
            "It helps in Macedonia (renamed 2019).",
            "2010-2012",
            "It helps in Macedonia (renamed 2019) (as of 2010–2012).",
        ),
        ("Its number is 12.", "before 2026", "Its number is 12 (before 2026)."),
    ],
)
def test_an_old_fact_has_its_date_unless_its_sentence_says_it(text: str, as_of: str, shown: str) -> None:
    """A new one reads as of now, and another year in the sentence is not the date of the fact."""
    assert stated(text, as_of) == shown


@pytest.mark.parametrize(
    ("language", "as_of", "shown"),
    [
        ("en", "2010s", "Text (2010s)."),
        ("en", "early 2010s", "Text (early 2010s)."),
        ("fr", "before 2026", "Text (avant 2026)."),
        ("fr", "late 2010s", "Text (fin des années 2010)."),
        ("es", "before 2026", "Text (antes de 2026)."),
        ("es", "2010s", "Text (década de 2010)."),
    ],
)
def test_a_date_is_in_the_readers_language(language: str, as_of: str, shown: str) -> None:
    """What was so before 2026 is not said to be of 2026, in any of them."""
    one = entry({"text": {language: "Text."}, "as_of": as_of})
    assert statement(one.facts[0], one, localiser(language), brief=True) == shown


def test_a_fact_that_is_not_sure_has_its_date_however_new() -> None:
    """What one secondary source says is dated; what is weak is said to be."""
    assert stated("It moved.", "2025", confidence="medium", brief=True) == "It moved (2025)."
    assert stated("It moved.", "2025", confidence="low", brief=True) == "It moved (2025, not confirmed)."


def test_an_event_with_a_year_of_its_own_has_no_other() -> None:
    """When somebody was founded does not depend on when that was read."""
    assert stated("It began in 1985.", "2010", about="founded", value="1985") == "It began in 1985."
    assert stated("It began in 1985.", "2010", about="head", value="X") == "It began in 1985 (as of 2010)."


def test_of_an_entry_that_nobody_looked_at_again_each_fact_has_its_date() -> None:
    """Nothing tells whether a source was new when it was read."""
    one = entry({"text": "It helps.", "as_of": "2025"}, reviewed_on=None)
    assert statement(one.facts[0], one, localiser(), brief=True) == "It helps (2025)."


def order(*facts: Mapping[str, object], **more: object) -> list[int]:
    """Return the numbers of facts in the order of a card."""
    one = entry(*facts, **more)
    told: list[Fact] = dates.newest_first(one.facts, one, localiser())
    return [one.facts.index(fact) for fact in told]


def test_new_facts_stand_before_old_ones() -> None:
    """In the editor's order among themselves; what is still so is as good as new, a bare decade is not."""
    years = ("2010", "2024", "2020s", "since 1989", "before 2026", "2022-03")
    assert order(*({"text": year, "as_of": year} for year in years)) == [1, 3, 5, 0, 2, 4]


def test_what_a_card_says_otherwise_stands_last() -> None:
    """Values of its line, what a button leads to, and ways to reach somebody, however new."""
    facts = ({"about": name, "text": name, "as_of": "2026"} for name in ("seat", "website", "email", "head"))
    assert order(*facts, links=[{"is": "website", "url": "https://omct.example/"}]) == [3, 0, 1, 2]


def test_new_facts_do_not_fall_off_a_card() -> None:
    """Behind the fold there is room for some only: those are the new ones."""
    old = [{"text": f"Old {number} {'x' * 200}", "as_of": "2010"} for number in range(10)]
    said = body(card(entry(*old, {"text": "New.", "as_of": "2025"}), localiser()))
    assert "New." in said
    assert said.index("New.") < said.index("Old 0")
    assert "Old 9" not in said


@pytest.mark.parametrize(
    ("as_ofs", "more", "line"),
    [
        (("2010-2012", "2025", "2020s"), {}, "Newest source: 2025, read in November 2026"),
        (("2010-2012", "before 2026"), {}, "Newest source: 2010–2012, read in November 2026"),
        (("since 1990", "1985"), {}, "Newest source: 1990, read in November 2026"),
        (("before 2026",), {}, "Newest source: before 2026, read in November 2026"),
        ((), {"as_of": "2010-2012"}, "Newest source: 2010–2012, read in November 2026"),
        (("2019",), {"as_of": "2022", "reviewed_on": None}, "Newest source: 2022"),
        ((), {}, "Looked through in November 2026"),
        ((), {"reviewed_on": None}, ""),
    ],
)
def test_the_date_line_is_of_the_newest_source(as_ofs: tuple[str, ...], more: dict[str, object], line: str) -> None:
    """Not of the day on which somebody looked, which is told beside it."""
    one = entry(*({"text": as_of, "as_of": as_of} for as_of in as_ofs), **more)
    assert dates.line(one, localiser()) == line


def test_a_value_can_stand_in_the_line_of_a_card_in_words_of_its_own() -> None:
    """Membership is a line for those that are members, and nothing for those that have another value."""
    member = {
        "label": "Panel",
        "values": {"yes": {"name": "in it", "card": "member of the Panel"}, "no": {"name": "no"}},
    }
    known = Catalogue.model_validate(
        {"bot": BotInfo(title={"en": "Guide"}), "attributes": {**ATTRIBUTES, "panel": member}, "entries": {}}
    )
    said = [
        body(card(entry({"about": "panel", "value": value}), Localiser(known, "en", "en"))) for value in ("yes", "no")
    ]
    assert ["Member of the Panel" in one for one in said] == [True, False]
