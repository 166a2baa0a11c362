"""The forms of a reply: what stands first, what is left out, and what is said the second time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.knowledge.entry import Fact
from bot.matching.context import Context
from bot.matching.decision import (
    Answer,
    Candidate,
    Chat,
    Choose,
    Condition,
    Listing,
    Move,
    NoMatch,
    Question,
    Relation,
    Rule,
)
from bot.replies.composer import Composer
from bot.replies.entries.statements import stated
from bot.replies.plain import body
from bot.replies.reply import Heading, Helplines, Item, Lead, NoneOfThese, Paragraph, Quiet, Show
from tests.replies.folder import catalogue

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.replies.reply import Action, Reply

FOLDER = catalogue()
OLD, YOUNG, VIOLENCE, RULES, ZOO = (FOLDER.entries[name] for name in ("old", "young", "violence", "rules", "zoo"))
COMPOSER = Composer(FOLDER)
AGAIN = Context(language="en", unanswered=1)


def asked(text: str = "a question of some words", context: Context | None = None) -> Question:
    """Return a question."""
    return Question(text, context=context)


def answer(entry: Entry, *, beside: tuple[Entry, ...] = (), question: Question | None = None, **asks: object) -> Reply:
    """Return the reply to a question about one or more entries."""
    facts = entry.facts_about(str(asks.get("attribute")))
    decided = {"facts": facts, **asks}
    return COMPOSER.reply(
        Answer(question=question or asked(), rule=Rule.NAMED, language="en", entry=entry, beside=beside, **decided)  # type: ignore[arg-type]
    )


def none(context: Context | None = None, text: str = "a question of some words", **known: object) -> Reply:
    """Return the reply to a question without an answer."""
    return COMPOSER.reply(NoMatch(question=asked(text, context), rule=Rule.WEAK, language="en", **known))  # type: ignore[arg-type]


def actions(reply: Reply) -> list[Action]:
    """Return what the buttons do."""
    return [button.action for row in reply.actions for button in row]


# Several beside each other


def test_who_is_newer_is_said_first_where_that_was_asked() -> None:
    """The others follow by their years."""
    reply = answer(YOUNG, beside=(OLD,), attribute="founded", condition=Condition("founded", Relation.LAST))
    assert reply.blocks == (Lead("The newest: YOUNG, 1979. OLD: 1928."),)


def test_what_is_asked_of_a_person_and_not_known_is_admitted() -> None:
    """What is known of whoever leads it follows."""
    reply = answer(OLD, attribute="founded", unknown=True)
    assert reply.blocks[0] == Lead("I know OLD, but I do not know that about this person. What I know:")
    assert isinstance(reply.blocks[1], Paragraph)


def test_who_is_older_is_said_first() -> None:
    """With the year of each."""
    reply = answer(YOUNG, beside=(OLD,), attribute="founded")
    assert reply.blocks == (Lead("OLD is older: 1928. YOUNG: 1979."),)
    assert actions(reply) == [Show("young"), Show("old")]


def test_one_attribute_of_several_is_a_line_for_each() -> None:
    """Whose value is not known is admitted."""
    assert answer(OLD, beside=(YOUNG,), attribute="seat").blocks == (Item("Geneva", "OLD"), Item("Geneva", "YOUNG"))
    assert answer(OLD, beside=(RULES,), attribute="seat").blocks == (
        Item("Geneva", "OLD"),
        Item("I do not know", "Rules"),
    )


def test_several_as_a_whole_have_a_sentence_each_and_their_attributes() -> None:
    """Those that differ come first; addresses are nothing to compare."""
    assert answer(OLD, beside=(YOUNG,)).blocks == (
        Item("OLD is a society.", "OLD"),
        Item("YOUNG is a society.", "YOUNG"),
        Paragraph("Side by side:"),
        Item("1928 (OLD) · 1979 (YOUNG)", "Founded"),
        Item("Head of OLD (OLD) · Head of YOUNG (YOUNG)", "Head"),
        Item("NGO (both)", "Type"),
        Item("Geneva (both)", "Head office"),
    )


def test_entries_with_nothing_in_common_are_not_put_side_by_side() -> None:
    """No empty list is announced."""
    assert answer(OLD, beside=(RULES,)).blocks[2:] == ()


# Cards


def test_a_card_has_two_sentences_and_a_line_of_attributes() -> None:
    """The third sentence is behind the fold."""
    assert answer(OLD).blocks[:3] == (
        Heading("The old society"),
        Paragraph("OLD is a society. It meets."),
        Paragraph("NGO · Geneva · since 1928"),
    )


def test_a_card_that_was_shown_before_is_brief() -> None:
    """Name, a sentence, the attributes, and the way to the rest."""
    reply = answer(OLD, question=asked(context=Context(entry="young", trail=("old",), language="en")))
    assert [block.text for block in reply.blocks] == [
        "The old society",
        "OLD is a society.",
        "NGO · Geneva · since 1928",
    ]
    assert reply.links == ()
    assert actions(reply) == [Show("old", full=True)]


def test_a_full_card_leads_to_no_fuller_one() -> None:
    """All of the summary is there."""
    reply = answer(OLD, full=True)
    assert "It also publishes." in body(reply)
    assert Show("old", full=True) not in actions(reply)


@pytest.mark.parametrize("form", [{}, {"brief": True}, {"full": True}])
def test_helplines_stand_beside_what_a_reader_may_be_living_through(form: dict[str, Any]) -> None:
    """Where the entry says so, on every form of its card, and nowhere else."""
    assert Helplines() in actions(answer(VIOLENCE, **form))
    assert Helplines() not in actions(answer(OLD, **form))


# Direct answers


def test_a_link_that_was_asked_for_is_in_the_answer() -> None:
    """The address itself is what was asked."""
    reply = answer(OLD, attribute="website", link="website")
    assert reply.blocks == (Lead("The website of OLD: https://old.example/"),)


def test_what_is_not_known_of_a_known_entry_is_admitted() -> None:
    """With where to ask."""
    reply = answer(OLD, attribute="budget")
    assert reply.blocks[0] == Lead("I know OLD, but I do not know how large its budget is.")
    assert [link.url for link in reply.links] == ["https://old.example/"]


def test_whether_something_is_so_is_admitted_not_to_be_known() -> None:
    """And no yes or no is given."""
    reply = answer(OLD, attribute="seat", condition=Condition("seat", value="Kenya"), verdict=None)
    assert reply.blocks[0] == Lead("I know OLD, but I do not know whether that is so (Kenya).")


# An honest no


def test_what_was_not_understood_is_said_in_other_words_the_second_time() -> None:
    """The line for whoever is in danger stands there once, and the button always."""
    first, second = none(), none(AGAIN)
    assert "I did not understand that" in body(first)
    assert "I still do not know what you mean" in body(second)
    assert [any(isinstance(block, Quiet) for block in reply.blocks) for reply in (first, second)] == [True, False]
    assert all(Helplines() in actions(reply) for reply in (first, second))


def test_a_word_or_two_are_too_little() -> None:
    """Something speaks for an entry, and more words are asked for."""
    weak = (Candidate(OLD, 0.1),)
    assert "too little for me" in body(none(text="society", candidates=weak))
    assert "a little more" in body(none(AGAIN, text="society", candidates=weak))
    assert "did not understand" in body(none(text="qwertz"))


def test_a_numbered_thing_that_is_not_here_is_named() -> None:
    """With what is nearest to it."""
    reply = none(missing="General Comment 12", nearest=(RULES,))
    assert body(reply).startswith("I do not know General Comment 12")
    assert actions(reply)[0] == Show("rules")


def test_nobody_who_has_something_is_no_claim_that_there_is_nobody() -> None:
    """The word for it admits that."""
    said = body(none(conditions=(Condition("seat", value="Kenya"),)))
    assert said.startswith("I do not know of any (head office: Kenya).")


def test_every_no_leads_to_the_helplines() -> None:
    """Also beside what the folder does not cover, and beside choices."""
    assert Helplines() in actions(none(entry=ZOO))
    assert Helplines() in actions(none(conditions=(Condition("seat", value="Kenya"),)))
    choose = COMPOSER.reply(Choose(question=asked(), rule=Rule.CLOSE, language="en", entries=(OLD, YOUNG)))
    assert actions(choose)[-2:] == [NoneOfThese(), Helplines()]


def test_what_is_clearly_ahead_is_said_in_a_line() -> None:
    """With its button first."""
    decision = Choose(question=asked(), rule=Rule.CLOSE, language="en", entries=(OLD, YOUNG), perhaps=True)
    reply = COMPOSER.reply(decision)
    assert reply.blocks == (Paragraph("Perhaps this:"), Item("OLD is a society.", "OLD"))
    assert actions(reply)[0] == Show("old")


def test_a_complaint_is_met_with_what_else_it_may_have_been() -> None:
    """And with where to report an error."""
    reply = COMPOSER.reply(
        Chat(question=asked(), rule=Rule.MOVE, language="en", entry=None, move=Move.COMPLAINT, nearest=(YOUNG,))
    )
    assert reply.blocks == (
        Paragraph("I am sorry that this was not what you asked for. Perhaps one of these:"),
        Item("The young society", "YOUNG"),
        Quiet("Errors: tell us."),
    )


# Lists


def listed(entries: tuple[Entry, ...], **by: object) -> Reply:
    """Return a list."""
    return COMPOSER.reply(Listing(question=asked(), rule=Rule.LIST, language="en", entries=entries, **by))  # type: ignore[arg-type]


def test_who_works_on_a_subject_is_listed_with_the_reason() -> None:
    """The number first."""
    assert listed((OLD, YOUNG), of=VIOLENCE).blocks == (
        Lead("2 organisations that I know work on it (Violence):"),
        Item("opposes it", "OLD"),
        Item("studies it", "YOUNG"),
    )


def test_a_long_list_is_buttons_only() -> None:
    """With the year that it is made by on them."""
    reply = listed((OLD, YOUNG) * 8, conditions=(Condition("founded", value="1980"),))
    assert len(reply.blocks) == 1
    assert reply.actions[0][0].label == "OLD · 1928"


# A language that is not written


def test_that_a_language_is_not_written_is_said_first_and_once() -> None:
    """Names are as they are written there."""
    first = COMPOSER.reply(Answer(question=asked(), rule=Rule.NAMED, language="ar", entry=OLD))
    assert first.blocks[0] == Paragraph("I cannot write in Arabic, so this is in English.")
    assert "جمعية (OLD)" in body(first)
    later = asked(context=Context(language="en"))
    second = COMPOSER.reply(Answer(question=later, rule=Rule.NAMED, language="ar", entry=OLD))
    assert "I cannot write" not in body(second)
    assert "جمعية (OLD)" in body(second)


def test_a_language_that_is_asked_for_and_not_written_is_refused_whenever() -> None:
    """It would be rude to go on without a word."""
    later = asked(context=Context(language="en"))
    reply = COMPOSER.reply(Answer(question=later, rule=Rule.MOVE, wanted="ru", entry=OLD))
    assert body(reply).startswith("I cannot write in Russian")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Children's Rules", "The children’s rules are of 1985."),
        ("Rules (1985) on justice", "The Rules are of 1985."),
    ],
)
def test_a_fact_that_names_its_entry_has_no_name_in_front(name: str, text: str) -> None:
    """Neither two apostrophes nor what stands in brackets behind a name make another name of it."""
    entry = RULES.model_copy(update={"name": {"en": name}})
    fact = Fact.model_validate({"text": {"en": text}})
    assert stated(fact, entry, COMPOSER.localiser("en")) == text
