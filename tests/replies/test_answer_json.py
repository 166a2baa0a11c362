"""The JSON object of an answer, key by key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.matching.decision import (
    Answer,
    Candidate,
    Chat,
    Choose,
    Condition,
    Help,
    Listing,
    NoMatch,
    Question,
    Relation,
    Rule,
)
from bot.replies.answer_json import Record, record

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue
    from bot.matching.decision import Decision
    from bot.replies.composer import Composer

KEYS = [
    *("q", "lang", "decision", "card", "entries", "choices", "attribute", "known", "care"),
    *("confidence", "candidates", "text", "why", "ms"),
]
ASKED = Question("what?", asker_language="en")


def recorded(composer: Composer, decision: Decision) -> Record:
    """Return the record of a decision and its reply."""
    return record(decision, composer.reply(decision), 0.25)


def test_the_keys_are_those_of_the_contract_in_their_order(composer: Composer, catalogue: Catalogue) -> None:
    """Other programs rely on them, and on plain values."""
    entry = catalogue.entries["omct"]
    ranked = (Candidate(entry, 8.12345), Candidate(catalogue.entries["tdh"], 3.4))
    decision = Answer(question=ASKED, rule=Rule.NAMED, language="fr", entry=entry, candidates=ranked, confidence=0.97)
    written = recorded(composer, decision)
    assert list(written) == KEYS
    read = json.loads(json.dumps(written))
    assert {key: read[key] for key in read if key not in {"text", "why"}} == {
        "q": "what?",
        "lang": "fr",
        "decision": "answer",
        "card": "omct",
        "entries": ["omct"],
        "choices": [],
        "attribute": None,
        "known": None,
        "care": None,
        "confidence": 0.97,
        "candidates": [["omct", 8.123], ["tdh", 3.4]],
        "ms": 0.25,
    }
    assert read["text"].startswith("Organisation mondiale contre la torture (OMCT)")


def test_a_topic_stands_for_the_organisations_that_it_lists(composer: Composer, catalogue: Catalogue) -> None:
    """Best first; the card is the topic's."""
    written = recorded(composer, Answer(question=ASKED, rule=Rule.CONFIDENT, entry=catalogue.entries["prison"]))
    assert (written["card"], written["entries"]) == ("prison", ["tdh", "omct"])


def test_a_card_that_lists_nobody_stands_for_itself(composer: Composer, catalogue: Catalogue) -> None:
    """An instrument, for example."""
    written = recorded(composer, Answer(question=ASKED, rule=Rule.CONFIDENT, entry=catalogue.entries["rules"]))
    assert (written["card"], written["entries"]) == ("rules", ["rules"])


def test_two_presented_together_are_both_entries(composer: Composer, catalogue: Catalogue) -> None:
    """The first one asked about first, nobody twice."""
    tdh, omct, prison = (catalogue.entries[name] for name in ("tdh", "omct", "prison"))
    written = recorded(composer, Answer(question=ASKED, rule=Rule.NAMED, entry=omct, beside=(tdh, prison)))
    assert (written["card"], written["entries"]) == ("omct", ["omct", "tdh"])


def test_a_list_is_an_answer_with_all_its_entries_and_no_card(composer: Composer, catalogue: Catalogue) -> None:
    """In the order in which they are shown, a subject as itself."""
    listed = tuple(catalogue.entries[name] for name in ("tdh", "prison", "omct"))
    condition = Condition(attribute="seat", value="CH")
    written = recorded(composer, Listing(question=ASKED, rule=Rule.LIST, entries=listed, conditions=(condition,)))
    assert (written["decision"], written["card"]) == ("answer", None)
    assert written["entries"] == ["tdh", "prison", "omct"]
    assert (written["choices"], written["attribute"], written["known"]) == ([], None, None)


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({}, False),
        ({"facts": (0,)}, True),
        ({"link": "donate"}, True),
        ({"condition": Condition("founded", Relation.BEFORE, "1990")}, False),
        ({"condition": Condition("founded", Relation.BEFORE, "1990"), "verdict": False}, True),
    ],
)
def test_what_was_asked_about_an_entry_is_named_and_whether_it_is_known(
    composer: Composer, catalogue: Catalogue, fields: dict[str, Any], known: bool
) -> None:
    """A no to a question for yes or no is known; the entry is shown either way."""
    entry = catalogue.entries["omct"]
    written = recorded(
        composer, Answer(question=ASKED, rule=Rule.ATTRIBUTE, entry=entry, attribute="founded", **fields)
    )
    assert (written["decision"], written["card"], written["entries"]) == ("answer", "omct", ["omct"])
    assert (written["attribute"], written["known"]) == ("founded", known)


def test_choices_are_those_offered_as_buttons(composer: Composer, catalogue: Catalogue) -> None:
    """No card, no entries."""
    entries = tuple(catalogue.entries.values())
    written = recorded(composer, Choose(question=ASKED, rule=Rule.CLOSE, entries=entries))
    assert written["decision"] == "choose"
    assert written["choices"] == [entry.id for entry in entries[:5]]
    assert (written["card"], written["entries"]) == (None, [])


def test_help_lists_no_candidates(composer: Composer, catalogue: Catalogue) -> None:
    """Whatever the engine may have thought of."""
    entry = catalogue.entries["danger"]
    decision = Help(question=ASKED, rule=Rule.CRY, entry=entry, candidates=(Candidate(entry, 1.0),))
    written = recorded(composer, decision)
    assert (written["decision"], written["card"], written["candidates"]) == ("help", None, [])
    assert (written["entries"], written["choices"], written["care"]) == ([], [], "help")


def test_no_and_small_talk_have_neither_entries_nor_choices(composer: Composer, catalogue: Catalogue) -> None:
    """But the candidates are there."""
    ranked = (Candidate(catalogue.entries["tdh"], 1.0),)
    for decision, name in (
        (NoMatch(question=ASKED, rule=Rule.ELSEWHERE, entry=catalogue.entries["corps"], candidates=ranked), "none"),
        (Chat(question=ASKED, rule=Rule.EXACT, entry=catalogue.entries["hello"], candidates=ranked), "chat"),
    ):
        written = recorded(composer, decision)
        assert (written["decision"], written["card"], written["entries"], written["choices"]) == (name, None, [], [])
        assert written["candidates"] == [("tdh", 1.0)]
