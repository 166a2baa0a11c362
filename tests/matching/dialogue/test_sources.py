"""What a message that asks for the source hangs on."""

from __future__ import annotations

import pytest

from bot.knowledge.entry import Entry
from bot.matching.context import Context
from bot.matching.decision import Answer, Chat, Decision, Move, Question
from bot.matching.dialogue.aftermath import next_context
from bot.matching.matcher import Matcher

FLOWERS = ("roses", "tulips", "lilies", "irises", "asters", "dahlias", "peonies", "poppies", "violets", "daisies")
MATCHER = Matcher(
    [
        Entry.model_validate(entry)
        for entry in (
            {
                "id": "oak",
                "name": "Oak Trust",
                "summary": "It plants oaks along old roads.",
                "facts": [{"text": "Its gardeners wear green hats."}, {"text": "A squirrel stands on its stamp."}],
            },
            {"id": "elm", "name": "Elm Club", "summary": "It looks after elms in parks."},
            # Words are rare in a folder of some size only.
            *({"id": name, "name": f"Garden {name}", "summary": f"It grows {name} in rows."} for name in FLOWERS),
        )
    ]
)


def talk(*messages: str) -> Decision:
    """Say one message after the other, and return the last decision."""
    context = Context()
    for text in messages:
        decision = MATCHER.decide(Question(text, asker_language="en", context=context))
        context = next_context(context, decision, "en")
    return decision


@pytest.mark.parametrize(
    ("messages", "entry", "fact"),
    [
        (("oak trust squirrel on the stamp",), "oak", 1),
        (("oak trust squirrel on the stamp", "source?"), "oak", 1),
        (("oak trust squirrel on the stamp", "elm club", "where do you have this from"), "elm", None),
    ],
)
def test_it_is_the_source_of_the_fact_that_led_the_last_card(
    messages: tuple[str, ...], entry: str, fact: int | None
) -> None:
    """And of the whole card where no fact did."""
    decision = talk(*messages)
    assert isinstance(decision, Answer)
    assert (decision.entry.id, decision.fact, decision.sources) == (entry, fact, len(messages) > 1)


def test_why_is_another_question() -> None:
    """It asks for the way of the bot, and the source is told beside it."""
    decision = talk("oak trust", "why")
    assert isinstance(decision, Answer)
    assert (decision.why, decision.sources) == (True, False)


def test_before_anything_was_said_there_is_no_source() -> None:
    """That is admitted, where the folder has nothing to say to it."""
    decision = talk("source?")
    assert isinstance(decision, Chat)
    assert decision.move is Move.NOTHING


def test_a_button_shows_an_entry_without_the_fact_of_another() -> None:
    """What is shown next did not begin with it."""
    assert Context(entry="oak", fact=1).shows("elm").fact is None
