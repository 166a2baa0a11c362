"""What buttons do from where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Chat, Message, User

from bot.matching.decision import Candidate, NoMatch, Rule
from bot.replies.reply import (
    Ask,
    Browse,
    Button,
    Helplines,
    LinkButton,
    NoneOfThese,
    Paragraph,
    Reply,
    Share,
    Show,
)
from bot.telegram_app.views import keyboards
from bot.telegram_app.views.callbacks import Press, decode
from bot.telegram_app.views.keyboards import Trail
from bot.telegram_app.views.payloads import Target
from bot.telegram_app.views.response import Choices
from tests.telegram_app.views.test_callbacks import references

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.matching.decision import Question
    from bot.replies.reply import Action
    from bot.telegram_app.views.response import Place
    from tests.telegram_app.conftest import Visit

ME = User(id=7, is_bot=True, first_name="Guide", username="guide_bot", supports_inline_queries=True)
OMCT, PRI, LIST, BOTH = Show("omct"), Show("pri"), Browse("topic", 1), Choices(("omct", "pri"))


def reply(*actions: Action, links: tuple[LinkButton, ...] = (), urgent: bool = False) -> Reply:
    """Return a reply with a button for each action."""
    return Reply("en", (Paragraph("x"),), links, tuple((Button("b", action),) for action in actions), urgent=urgent)


def press(action: Action, trail: Trail) -> Press | None:
    """Return what a button for an action asks for."""
    markup = keyboards.private(reply(action), ME, trail)
    assert markup is not None
    return decode(str(markup.inline_keyboard[0][0].callback_data), references())


@pytest.mark.parametrize(
    ("action", "here", "back", "fresh"),
    [
        (PRI, OMCT, OMCT, False),  # a related card, with the way back
        (Show("omct", "fr"), OMCT, LIST, False),  # the same card in French keeps its way back
        (Show("omct", full=True), OMCT, LIST, False),  # and so does the same card in full
        (OMCT, OMCT, None, True),  # the card below what was asked about it: the answer stays
        (PRI, BOTH, BOTH, False),
        (PRI, LIST, LIST, False),
        (PRI, None, None, True),  # nothing to come back to: the message stays
        (Browse("topic", 2), LIST, None, False),  # the next page
        (Browse(), BOTH, None, True),  # a list opens below
        (Helplines("IN"), Helplines(), None, False),
        (Helplines(), None, None, True),
        (Ask("what"), None, None, True),
        (NoneOfThese(), BOTH, None, False),
    ],
)
def test_where_a_button_leads(action: Action, here: Place | None, back: Place | None, fresh: bool) -> None:
    """In place with a way back, or as a message of its own."""
    found = press(action, Trail(here, LIST))
    assert found is not None
    assert (found.back, found.fresh) == (back, fresh)


@pytest.fixture
def unanswered(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a question to which the matcher has no answer, with lawn cutting as the nearest."""
    edition = visit.store.edition

    def refuse(question: Question) -> NoMatch:
        near = (Candidate(edition.catalogue.entries["lawns"], 1.0),)
        return NoMatch(question=question, rule=Rule.WEAK, language="en", candidates=near, confidence=0.9)

    monkeypatch.setattr(edition.matcher, "decide", refuse)
    return "where to buy a lawn mower"


async def test_what_is_near_opens_below_an_honest_no(visit: Visit, unanswered: str) -> None:
    """The no stays: a button back to it could lead only to what was never said."""
    no = await visit.ask(unanswered)
    card = await visit.tap(no, "Lawn cutting")
    assert card is not no
    assert (no.text or "").startswith("I do not know the answer to that.")
    assert (card.text or "").startswith("Lawn cutting")
    assert not any(button.text.startswith("‹") for button in card.buttons)


async def test_what_is_near_is_offered_wherever_the_no_is_said(visit: Visit, unanswered: str) -> None:
    """The text says that it is below: in a group, where the card takes its place, and in a chat without the bot."""
    group = visit.world.group("Gardeners", visit.anna)
    no = await visit.say(group, f"/about@stand_in_bot {unanswered}")
    assert "below" in (no.text or "")
    await visit.tap(no, "Lawn cutting")
    assert (no.text or "").startswith("Lawn cutting")
    assert not any(button.text.startswith("‹") for button in no.buttons)
    markup = keyboards.elsewhere(reply(PRI), ME, Trail())
    assert markup is not None
    assert markup.inline_keyboard[0][0].url == "https://t.me/guide_bot?start=pri--en"


def card_with(markup: InlineKeyboardMarkup | None) -> Message:
    """Return a message with a keyboard."""
    return Message(message_id=1, date=None, chat=Chat(1, "private"), reply_markup=markup)  # type: ignore[arg-type]


def test_a_card_says_whose_it_is_on_every_surface() -> None:
    """In private, in a group and sent from elsewhere; with and without inline mode."""
    shown = reply(PRI, Show("omct", "fr"), Share("omct"))
    without = User(id=7, is_bot=True, first_name="Guide", username="guide_bot", supports_inline_queries=False)
    for me in (ME, without):
        for keyboard in (keyboards.private, keyboards.group, keyboards.elsewhere):
            assert keyboards.subject(card_with(keyboard(shown, me, Trail(OMCT, BOTH))), me) == Target("omct", "en")


def test_a_brief_card_says_whose_it_is_by_the_way_to_the_rest() -> None:
    """It has no other button."""
    keyboard = keyboards.private(reply(Show("omct", full=True)), ME, Trail(OMCT))
    assert keyboards.subject(card_with(keyboard), ME) == Target("omct", "en")


def test_what_is_no_card_is_nobodys() -> None:
    """Choices, lists, helplines and messages without buttons."""
    for here, shown in ((BOTH, reply(OMCT, PRI)), (LIST, reply(OMCT)), (None, reply(Ask("x")))):
        for keyboard in (keyboards.private, keyboards.group, keyboards.elsewhere):
            target = keyboards.subject(card_with(keyboard(shown, ME, Trail(here))), ME)
            assert target is None or references().entry(target.name) is None
    assert keyboards.subject(card_with(None), ME) is None


def test_short_links_share_a_row() -> None:
    """Two that a narrow phone can show, never a long one beside another."""
    labels = ("Website", "Contact", "Donate", "A label that needs the whole row", "Document")
    links = tuple(LinkButton(label, "https://example.org") for label in labels)
    markup = keyboards.private(reply(links=links), ME, Trail())
    assert markup is not None
    rows = [[button.text for button in row] for row in markup.inline_keyboard]
    assert rows == [["Website", "Contact"], ["Donate"], [labels[3]], ["Document"]]


def test_a_label_is_never_empty() -> None:
    """Telegram would refuse the whole message."""
    markup = keyboards.private(reply(links=(LinkButton(" ", "https://example.org"),)), ME, Trail())
    assert markup is not None
    assert markup.inline_keyboard[0][0].text == "…"


def test_an_urgent_reply_leads_to_the_helplines_from_everywhere() -> None:
    """The button says so, and its links stay."""
    link = LinkButton("Directory", "https://example.org")
    for keyboard in (keyboards.group, keyboards.elsewhere):
        markup = keyboard(reply(links=(link,), urgent=True), ME, Trail(Helplines()))
        assert markup is not None
        buttons = [(button.text, button.url) for row in markup.inline_keyboard for button in row]
        assert buttons == [
            ("Directory", "https://example.org"),
            ("Helplines", "https://t.me/guide_bot?start=_helplines"),
        ]
