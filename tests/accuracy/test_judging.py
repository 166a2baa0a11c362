"""What counts as right in the grid, in lists and in dialogues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.evaluation.dialogues import Dialogue, played, read_dialogues
from tests.accuracy import dialogues, grid, lists
from tests.accuracy.grid import Asked, Result
from tests.accuracy.questions import written
from tests.accuracy.shipped import ask

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from tests.accuracy.shipped import Record


def reply(text: str = "", **keys: Any) -> Record:  # noqa: ANN401  (any key of the JSON object)
    """Return a reply as ``jjbot ask --json`` writes it."""
    empty: Record = {"decision": "answer", "card": None, "entries": [], "choices": [], "lang": "en"}
    return {**empty, "text": text, **keys}


def about_omct(text: str, **keys: Any) -> Record:  # noqa: ANN401  (same)
    """Return a reply about OMCT."""
    return reply(text, card="omct", entries=["omct"], **keys)


# The grid

CARD = "World Organisation Against Torture (OMCT)\n\n"


@pytest.mark.parametrize(
    ("attribute", "record", "expected"),
    [
        ("founded", about_omct("OMCT was founded in 1985.\n\nMore"), Result.RIGHT),
        ("founded", about_omct(CARD + "It was founded in 1985."), Result.RIGHT),
        ("founded", about_omct(CARD + "x" * 350 + " in 1985."), Result.SILENT),
        ("founded", reply("PRI and OMCT, 1985", card="pri", entries=["pri", "omct"]), Result.OTHER),
        ("founded", reply("Which?", decision="choose", choices=["pri", "omct"]), Result.OFFERED),
        ("founded", about_omct("OMCT sits in Geneva.", attribute="seat", known=True), Result.UNRELATED),
        ("founded", about_omct("I do not know when OMCT began.", attribute="founded", known=False), Result.DENIED),
        ("website", about_omct("OMCT" + "x" * 400 + "\n\nWebsite: https://www.omct.org/en"), Result.RIGHT),
        ("press", about_omct("I know OMCT, but not whom the press may call.", known=False), Result.ADMITTED),
        ("press", about_omct("I know it, but not that.", known=False), Result.SILENT),
        ("press", about_omct("I do not know that of OMCT."), Result.SILENT),
    ],
)
def test_a_precise_question_is_judged(
    monkeypatch: pytest.MonkeyPatch, attribute: str, record: Record, expected: Result
) -> None:
    """By the value and by what the reply says of itself."""
    values = {"founded": [r"\b1985\b"], "website": [r"omct\.org"], "press": "unknown"}
    parts = {"values": {"omct": values}, "names": {"omct": {"en": ["OMCT", "World Organisation", "OMTC"]}}}
    monkeypatch.setattr(grid, "part", parts.__getitem__)
    assert grid.judged(Asked("omct", attribute, "en", "?"), record).result is expected


def test_at_once_is_in_the_first_line() -> None:
    """A value after the heading of a card is right, but not at once."""
    asked = Asked("omct", "founded", "en", "?")
    assert grid.judged(asked, about_omct("OMCT was founded in 1985.\n\nMore")).at_once
    assert not grid.judged(asked, about_omct(CARD + "It was founded in 1985.")).at_once


def test_capitals_of_the_reply_are_kept() -> None:
    """UN is a name and "un" is a French word."""
    asked = Asked("unicef", "parent", "fr", "?")
    mine = {"card": "unicef", "entries": ["unicef"]}
    assert grid.judged(asked, reply("L'UNICEF est un fonds de l'ONU.", **mine)).good
    assert not grid.judged(asked, reply("C'est un fonds.", **mine)).good


def test_the_sample_is_a_part_of_the_whole_and_always_the_same() -> None:
    """Every organisation, attribute and language is in it."""
    every = list(grid.questions(every=True))
    some = list(grid.questions(every=False))
    assert some == list(grid.questions(every=False))
    assert set(some) < set(every)
    assert len(every) == 6 * len(some)
    cells = {(one.entry, one.attribute, one.language) for one in every}
    assert {(one.entry, one.attribute, one.language) for one in some} == cells


def test_the_grid_is_complete(shipped: Edition) -> None:
    """Every organisation by every attribute, three names and six wordings in each language, patterns that compile."""
    values, names, wordings = grid.part("values"), grid.part("names"), grid.part("wordings")
    organisations = {name for name, entry in shipped.catalogue.entries.items() if entry.kind.main}
    assert set(values) == set(names) == organisations
    assert set(wordings) <= set(shipped.catalogue.attributes)
    assert all(set(by_attribute) == set(wordings) for by_attribute in values.values())
    for by_language in names.values():
        assert [len(by_language[language]) for language in ("en", "fr", "es")] == [3, 3, 3]
    for by_language in wordings.values():
        assert [len(by_language[language]) for language in ("en", "fr", "es")] == [6, 6, 6]
        assert all("{name}" in wording for listed in by_language.values() for wording in listed)
    for wanted in (wanted for by_attribute in values.values() for wanted in by_attribute.values()):
        assert wanted == grid.UNKNOWN or all(re.compile(pattern) for pattern in wanted)


# Lists


def test_a_list_is_judged_by_who_is_in_it_and_what_it_says() -> None:
    """Who is missing, who should not be there, and what is not said are all named."""
    question = {"names": ["crc", "omct"], "never": ["pri"], "says": [r"\b13\b|thirteen"]}
    assert not list(lists.faults(question, reply("Thirteen:", entries=["omct", "crc", "dci"])))
    assert list(lists.faults(question, reply("Some:", entries=["crc", "pri"]))) == [
        "without omct",
        "with pri",
        r"does not say \b13\b|thirteen",
    ]


def test_lists_are_labelled_with_entries(shipped: Edition) -> None:
    """Every list names somebody or says something, and only who is in the knowledge."""
    for question in written("lists"):
        named = {*question.get("names", ()), *question.get("never", ())}
        assert named <= set(shipped.catalogue.entries)
        assert question.get("names") or question.get("says")


# Dialogues


def test_the_dialogues_are_about_what_is_in_the_knowledge(shipped: Edition) -> None:
    """Every entry and attribute is known; five hundred messages and more, in eight languages."""
    files = [read_dialogues(path) for path in dialogues.FOLDER.glob("*.yaml")]
    turns = [turn for file in files for dialogue in file for turn in dialogue.turns]
    for turn in turns:
        assert {*turn.lists, *turn.card} <= set(shipped.catalogue.entries)
        assert turn.attribute is None or turn.attribute in shipped.catalogue.attributes
    assert len(turns) > 500
    assert len({dialogue.lang for file in files for dialogue in file}) == 8


def test_a_turn_counts_for_its_language_its_place_and_each_of_its_conditions(shipped: Edition) -> None:
    """A condition that does not hold makes the turn wrong, and no other condition."""
    dialogue = Dialogue.model_validate(
        {
            "who": "a test",
            "lang": "en",
            "turns": [
                {"q": "OMCT", "card": "omct", "says": ["chocolate"]},
                {"q": "PRI", "card": "pri"},
                {"q": "thanks"},
            ],
        }
    )
    verdicts = [verdict for verdict in played(dialogue, shipped) if verdict.turn.judged]
    right = {kind: shares["right"] for kind, shares in dialogues.figures(verdicts).items()}
    assert right == {"all": 0.5, "card": 1, "says": 0, "first turn": 0, "later turn": 1, "en": 0.5}
    assert "not says chocolate; got answer omct" in dialogues.missed(verdicts[0])


def test_a_question_is_asked_as_the_command_line_does() -> None:
    """The reply has the keys of ``jjbot ask --json``."""
    record = ask("OMCT", "fr")
    assert record["card"] == "omct"
    assert record["lang"] == "fr"
    assert record["q"] == "OMCT"
