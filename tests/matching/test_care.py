"""Care: what is understood of somebody in danger after the first reply."""

from __future__ import annotations

import pytest

from bot.knowledge.entry import Entry
from bot.knowledge.help.care import Care
from bot.matching.context import Context, InCare
from bot.matching.decision import Answer, Decision, Help, Question, Rule
from bot.matching.dialogue.aftermath import next_context
from bot.matching.matcher import Matcher
from bot.matching.query import explanation

ENTRIES = [
    Entry.model_validate(entry)
    for entry in (
        {"id": "help", "kind": "help", "name": "Help", "reply": "Call.", "keywords": ["hits me", "took my son"]},
        {"id": "oak", "kind": "organisation", "name": "Oak Trust", "summary": "It plants oaks along old roads."},
        {"id": "rights", "name": "Rights", "summary": "What the police must do.", "helplines": True},
        {"id": "hello", "kind": "smalltalk", "name": "Hello", "questions": {"en": ["hello there"]}, "reply": "Hello."},
    )
]
CARE = Care.model_validate(
    {
        "adults": {"en": ["my son", "i am a @role"]},
        "ages": {"en": ["year", "old"]},
        "groups": {"role": {"en": ["teacher", "nurse"]}, "relative": {"en": ["my mum", "her mother"]}},
        "concerns": {
            "injury": {
                "says": {"en": ["friend took pills", "wont _wake!"]},
                "calm": {"en": ["early"]},
                "reply": {"en": "Call."},
            },
            "custody": {"says": {"en": ["cell + grown_men"]}, "reply": {"en": "A lawyer."}},
        },
        "steps": [
            {
                "id": "write",
                "says": {"en": ["i can't call"], "fr": ["je peux pas appeler"]},
                "reply": "Write.",
                "lines": "write",
            },
            {"id": "thanks", "says": {"en": ["ok"]}, "reply": "Good.", "lines": "none"},
            {"id": "ends", "says": {"en": ["i am not in danger", "just a test"]}, "reply": "Good.", "ends": True},
            {"id": "called", "says": {"en": ["i called them"]}, "reply": "Well done.", "first": True},
            {"id": "now", "says": {"en": ["they are coming", "he is coming back"]}, "reply": "Get out."},
            {"id": "private", "says": {"en": ["will they tell @relative"]}, "reply": "Secret."},
            {"id": "age", "says": {"en": ["i am 12"]}, "reply": "You may."},
            {"id": "grown", "says": {"en": ["i am 30"]}, "reply": "You may, too."},
            {"id": "country", "reply": "There:"},
            {"id": "stay", "reply": "Call."},
        ],
        "answers": [
            {
                "entry": "rights",
                "says": {"en": ["was arrested", "police took my son"]},
                "but": {"en": ["beat", "blood"]},
                "reply": {"en": "A lawyer."},
            }
        ],
    }
)
MATCHER = Matcher(ENTRIES, care=CARE)


def talk(*messages: str) -> tuple[Decision, Context]:
    """Say one message after the other, and return the last decision and what it leaves behind."""
    context = Context()
    for text in messages:
        decision = MATCHER.decide(Question(text, asker_language="en", context=context))
        context = next_context(context, decision, "en")
    return decision, context


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("i can't call", "write"),
        ("i cant call", "write"),
        ("please i can't call", "write"),
        ("je peux pas appeler", "write"),
        ("ok", "thanks"),
        ("we live in kenya", "country"),
        ("hello there", "stay"),
        ("hm", "stay"),
        ("just a test", "ends"),
        ("ok i called them they are coming", "called"),
        ("they are coming", "now"),
        ("will they tell my mum", "private"),
        ("will they tell her mother that it was me", "private"),
        ("i am 5", "age"),
        ("i am 17", "age"),
        ("i am 18", "grown"),
        ("i am 2017", "stay"),
    ],
)
def test_what_is_written_in_care_has_a_next_step(text: str, step: str) -> None:
    """With slips and politeness, in any language of the steps; what is nothing else keeps the numbers in sight."""
    decision, _ = talk("my dad hits me", text)
    assert isinstance(decision, Help)
    assert decision.step == step


def test_out_of_care_it_is_a_message_like_any_other() -> None:
    """Nobody who has not been in danger is told how to write to a helpline."""
    decision, context = talk("i can't call")
    assert not isinstance(decision, Help)
    assert not context.in_care


def test_in_danger_is_not_mistaken_for_out_of_it() -> None:
    """One word less ends nothing."""
    decision, context = talk("my dad hits me", "i am in danger")
    assert isinstance(decision, Help)
    assert not decision.ends
    assert context.in_care


def test_a_named_subject_is_answered_and_care_goes_on() -> None:
    """For some messages: then the chat is as any other."""
    decision, context = talk("my dad hits me", "oak trust")
    assert isinstance(decision, Answer)
    assert context.in_care
    assert not talk("my dad hits me", *["oak trust"] * 8)[1].in_care


def test_what_is_told_in_care_is_kept_for_it() -> None:
    """The country, that somebody cannot call, and that it is about a child of theirs; not the words."""
    _, context = talk("he hits me and took my son", "kenya", "i can't call", "ok")
    assert context.care == InCare(
        "help", country="KE", adult=True, write=True, told=("", "country", "write", "thanks"), left=8
    )


def test_every_step_says_why() -> None:
    """The reason stands in the explanation like that of any other decision."""
    for decision in (talk("my dad hits me", "ok")[0], talk("my son was arrested")[0]):
        assert any("next useful step" in line for line in explanation.lines(decision))
        assert explanation.why(decision)["rule"] == "care"


def test_it_ends_when_somebody_says_so() -> None:
    """The next message is a search again."""
    _, context = talk("my dad hits me", "just a test")
    assert context == Context(language="en")


@pytest.mark.parametrize("text", ["police took my son", "my son was arrested", "my son was arrested yesterday"])
def test_an_arrest_is_answered_with_a_line_above(text: str) -> None:
    """Whether it was heard as a cry or not; the chat is in care only for what is clearly about it."""
    decision, context = talk(text)
    assert isinstance(decision, Answer)
    assert (decision.entry.id, decision.rule, decision.line, decision.adult) == ("rights", Rule.CARE, ENTRIES[0], True)
    assert context.care is not None
    assert context.care.light


@pytest.mark.parametrize("text", ["police took my son and beat him", "police took my son, he has blood on him"])
def test_beaten_in_custody_stays_a_cry_for_help(text: str) -> None:
    """It is no matter of rights first."""
    assert isinstance(talk(text)[0], Help)


@pytest.mark.parametrize(
    ("text", "cry"),
    [
        ("my dad hits me", True),
        ("police took my son and beat him", True),
        ("police took my son", False),
        ("my son was arrested", False),
        ("who looks after prisons", False),
        ("", False),
    ],
)
def test_a_cry_is_told_without_an_answer(text: str, cry: bool) -> None:
    """What is answered with helplines whatever was said before, and nothing else."""
    assert MATCHER.is_cry(text) is cry
    assert isinstance(talk(text)[0], Help) is cry


@pytest.mark.parametrize("text", ["my son was arrested in 2017", "was arrested on suspicion of theft by the old state"])
def test_an_arrest_long_ago_or_of_nobody_is_a_question(text: str) -> None:
    """Who writes a study gets no line for parents."""
    assert talk(text)[0].rule is not Rule.CARE


def test_a_light_care_hears_a_country_and_no_more() -> None:
    """Who was never in danger is not kept there."""
    assert isinstance(talk("my son was arrested", "kenya")[0], Help)
    assert not isinstance(talk("my son was arrested", "ok")[0], Help)


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("my friend took some pills", "injury"),
        ("he wont wake up", "injury"),
        ("i am in a cell with grown men", "custody"),
    ],
)
def test_a_phrase_tells_what_it_is_about(text: str, concern: str) -> None:
    """It is a cry by itself; what shows that it is not meant keeps it from being one."""
    decision, _ = talk(text)
    assert isinstance(decision, Help)
    assert decision.concern == concern
    assert not isinstance(talk(f"{text} early")[0], Help) or concern == "custody"


@pytest.mark.parametrize(
    "text", ["he hits me and took my 14 year old son", "i am a nurse and her dad hits me she says"]
)
def test_adults_are_known_by_who_they_are(text: str) -> None:
    """Also where an age stands between, and for every later step."""
    _, context = talk(text, "ok")
    assert context.care is not None
    assert context.care.adult


def test_who_says_later_that_they_are_an_adult_is_one() -> None:
    """Nobody tells all at once."""
    _, context = talk("he hits me", "i am a teacher")
    assert context.care is not None
    assert context.care.adult


def test_a_second_cry_about_the_same_gets_the_next_step() -> None:
    """The first reply was read; something worse is a cry again."""
    decision, _ = talk("my dad hits me", "dad hits me and he is coming back")
    assert isinstance(decision, Help)
    assert decision.step == "now"
    worse, _ = talk("my dad hits me", "he is coming back and my friend took pills")
    assert isinstance(worse, Help)
    assert (worse.step, worse.concern) == ("", "injury")
