"""Dialogues: how they are read, how a turn is judged, and what the report says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.evaluation.conversation import Conversation
from bot.evaluation.dialogue_report import DialogueReport
from bot.evaluation.dialogues import Dialogue, Turn, failed, played, read_dialogues
from bot.evaluation.documents import BadQuestions
from bot.matching.decision import Answer, Choose, Condition, Help, Listing, Relation, Rule
from tests.evaluation.scripted import ASKED, Matcher, edition

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions.answering import Answered
    from bot.knowledge.catalogue import Catalogue

YEAR = Condition("founded", Relation.BEFORE, "1990")


@pytest.fixture
def matcher(catalogue: Catalogue) -> Matcher:
    """Return a matcher that knows a word for each kind of decision."""
    omct, tdh, prison, rules = (catalogue.entries[name] for name in ("omct", "tdh", "prison", "rules"))
    return Matcher(
        {
            "omct": Answer(question=ASKED, rule=Rule.NAMED, entry=omct),
            "tdh": Answer(question=ASKED, rule=Rule.NAMED, entry=tdh),
            "both": Answer(question=ASKED, rule=Rule.NAMED, entry=omct, beside=(tdh,)),
            "fr": Answer(question=ASKED, rule=Rule.NAMED, entry=omct, language="fr"),
            "prison": Answer(question=ASKED, rule=Rule.CONFIDENT, entry=prison),
            "head": Answer(question=ASKED, rule=Rule.ATTRIBUTE, entry=omct, attribute="head"),
            "old": Answer(
                question=ASKED, rule=Rule.ATTRIBUTE, entry=omct, attribute="founded", condition=YEAR, verdict=True
            ),
            "list": Listing(question=ASKED, rule=Rule.LIST, entries=(tdh, rules, omct), conditions=(YEAR,)),
            "choose": Choose(question=ASKED, rule=Rule.CLOSE, entries=(rules, omct)),
            "cry": Help(question=ASKED, rule=Rule.CRY, entry=catalogue.entries["danger"]),
        }
    )


def said(catalogue: Catalogue, matcher: Matcher, *texts: str) -> list[Answered]:
    """Return the replies to these messages of one conversation."""
    conversation = Conversation(edition(catalogue, matcher), "en", "en")
    return [conversation.say(text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "conditions", "misses"),
    [
        ("omct", {"card": "omct"}, ()),
        ("omct", {"card": ["tdh", "omct"]}, ()),
        ("tdh", {"card": "omct"}, ("card omct",)),
        ("both", {"card": "tdh"}, ("card tdh",)),
        ("prison", {"card": "prison"}, ()),
        ("prison", {"card": "tdh"}, ()),  # whom it lists first
        ("list", {"card": "tdh"}, ()),  # a list is about its first
        ("choose", {"card": "rules"}, ("card rules",)),
        ("omct", {"decision": "answer"}, ()),
        ("cry", {"decision": ["answer", "none"]}, ("decision answer or none",)),
        ("head", {"attribute": "head", "known": False}, ()),
        ("head", {"known": True}, ("known true",)),
        ("old", {"attribute": "head", "known": True}, ("attribute head",)),
        ("omct", {"known": False}, ("known false",)),
        ("omct", {"says": [["nothing", "world  organisation"], "OMCT"]}, ()),
        ("omct", {"says": ["OMCT", ["1066", "1067"]]}, ("says 1066 or 1067",)),
        ("omct", {"never": ["omct"]}, ("never omct",)),
        ("omct", {"never": ["unodc"]}, ()),
        ("list", {"lists": ["omct", "tdh"]}, ()),
        ("choose", {"lists": ["omct", "tdh"]}, ("lists tdh",)),
        ("prison", {"lists": ["omct", "tdh"]}, ()),
        ("fr", {"reply_lang": "fr"}, ()),
        ("fr", {"reply_lang": "en"}, ("reply_lang en",)),
        ("list tdh", {"picks": 1}, ()),
        ("list omct", {"picks": 2}, ("picks 2 (rules)",)),
        ("choose omct", {"picks": 2}, ()),
        ("choose omct", {"picks": 3}, ("picks 3 (nothing was listed)",)),
        ("both tdh", {"picks": 2}, ()),
        ("prison omct", {"picks": 2}, ()),
        ("omct", {"picks": 1}, ("picks 1 (nothing was listed)",)),
        ("omct head", {"same": True}, ()),
        ("omct cry head", {"same": True}, ()),
        ("omct tdh", {"same": True}, ("same omct",)),
        ("cry omct", {"same": True}, ("same (nothing was shown)",)),
    ],
)
def test_a_turn_is_judged_by_its_conditions(
    catalogue: Catalogue, matcher: Matcher, texts: str, conditions: dict[str, Any], misses: tuple[str, ...]
) -> None:
    """Of the last message; the ones before count for what refers to them."""
    *before, last = said(catalogue, matcher, *texts.split())
    assert failed(Turn(q="?", **conditions), last, before) == misses


def test_what_must_be_said_stands_in_the_beginning(catalogue: Catalogue) -> None:
    """Nobody scrolls for it: what stands behind 350 characters is not said, and does no harm."""
    wordy = catalogue.entries["omct"].model_copy(update={"summary": {"en": "x" * 400 + " behind"}})
    script = Matcher({"wordy": Answer(question=ASKED, rule=Rule.NAMED, entry=wordy)})
    known = catalogue.model_copy(update={"entries": {**catalogue.entries, "omct": wordy}})
    (answered,) = said(known, script, "wordy")
    assert "behind" in answered.record["text"]
    assert failed(Turn(q="?", says=["behind"], never=["behind"]), answered) == ("says behind",)


def test_a_dialogue_is_played_as_one_conversation(catalogue: Catalogue, matcher: Matcher) -> None:
    """In its own language, from an empty context on."""
    dialogue = Dialogue(lang="fr", turns=(Turn(q="omct"), Turn(q="head", same=True)))
    verdicts = [*played(dialogue, edition(catalogue, matcher)), *played(dialogue, edition(catalogue, matcher))]
    assert [verdict.right for verdict in verdicts] == [True] * 4
    entries = [question.context.entry if question.context else "" for question in matcher.asked]
    assert entries == [None, "omct", None, "omct"]
    assert {question.asker_language for question in matcher.asked} == {"fr"}


def test_the_report_counts_turns_with_conditions_by_language_and_lists_the_misses(
    catalogue: Catalogue, matcher: Matcher
) -> None:
    """As data, and as lines to read."""
    dialogues = [
        Dialogue(
            who="a clerk", lang="fr", turns=(Turn(q="tdh"), Turn(q="omct", card="omct"), Turn(q="tdh", same=True))
        ),
        Dialogue(turns=(Turn(q="omct", card=["omct"]),)),
    ]
    report = DialogueReport(turn for one in dialogues for turn in played(one, edition(catalogue, matcher)))
    written = report.as_json()
    assert (written["turns"], written["right"], written["right_share"]) == (3, 2, 0.6667)
    assert written["by_language"] == {
        "fr": {"turns": 2, "right": 1, "right_share": 0.5},
        "en": {"turns": 1, "right": 1, "right_share": 1.0},
    }
    (miss,) = written["misses"]
    assert (miss["who"], miss["turn"], miss["q"], miss["failed"], miss["card"]) == (
        *("a clerk", 3, "tdh", ["same omct"], "tdh"),
    )
    assert json.loads(json.dumps(written)) == written
    lines = list(report.lines())
    assert ["fr", "2", "1", "50.0%"] in [line.split() for line in lines]
    assert any(
        line.startswith("missed: [fr, a clerk, turn 3] 'tdh' wanted same omct; got answer tdh: ") for line in lines
    )
    assert lines[-1].split() == ["all", "turns", "3", "2", "66.7%"]


def write(folder: Path, text: str) -> Path:
    """Write a file of dialogues."""
    path = folder / "dialogues.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_dialogues_are_documents_or_a_list(tmp_path: Path) -> None:
    """A single value is as good as a list of one; who and lang can be left out."""
    turn = "{q: no, card: a, says: [[1985, b], c], known: false, picks: 2}"
    read = read_dialogues(write(tmp_path, f"who: me\nlang: fr\nturns:\n  - {turn}\n---\n- turns: [{{q: 2}}]\n"))
    expected = Turn(q="no", card=("a",), says=(("1985", "b"), ("c",)), known=False, picks=2)
    assert read == (Dialogue(who="me", lang="fr", turns=(expected,)), Dialogue(turns=(Turn(q="2"),)))
    assert [turn.judged for one in read for turn in one.turns] == [True, False]


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("turns: [{q: a, say: [b]}]\n", "1:16", "turns.0.say: Extra inputs"),
        ("who: me\nturns: []\n", "2:1", "turns"),
        ("turns:\n  - {q: a, decision: maybe}\n", "2:22", "turns.0.decision"),
        ("turns:\n  - {q: a}\n---\nwho: me\n", "4:1", "not a list"),
        ("- {q: a, accept: [b]}\n", "1:", "turns: Field required"),
    ],
)
def test_a_mistake_in_a_dialogue_names_its_place(tmp_path: Path, text: str, place: str, part: str) -> None:
    """A condition that nobody reads would always hold."""
    with pytest.raises(BadQuestions) as refused:
        read_dialogues(write(tmp_path, text))
    assert f"dialogues.yaml:{place}" in str(refused.value)
    assert part in str(refused.value)
