"""Somebody in danger: a number at once, then the next step; and an arrest, with the knowledge that is shipped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.editions.answering import Answerer
from bot.evaluation.conversation import Conversation
from bot.evaluation.dialogues import played, read_dialogues
from bot.matching.context import Context
from bot.matching.decision import Answer, Help, Question
from bot.replies.plain import body
from bot.replies.reply import Helplines
from bot.replies.screen import LINES
from bot.replies.wording import strings

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from bot.evaluation.dialogues import Dialogue

TESTS = Path(__file__).parents[1]
DIALOGUES = read_dialogues(TESTS / "dialogues" / "care" / "conversations.yaml")
LATER = read_dialogues(TESTS / "dialogues" / "care" / "later.yaml")
DIALLED = re.compile(r"\d{3}")
FIRST = 250
"""Characters in which the first number stands: what is read without moving a finger."""

CRIES = tuple(
    (path.stem, question["q"])
    for path in sorted((TESTS / "matching" / "danger" / "messages").glob("*.yaml"))
    for question in yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(question, dict) and question.get("cry") and "q" in question
)


@pytest.mark.parametrize("dialogue", [*DIALOGUES, *LATER], ids=lambda one: one.who)
def test_a_chat_in_care_gets_the_next_step(shipped: Edition, dialogue: Dialogue) -> None:
    """What people write after a cry for help is no search, until they name another subject or say it is over."""
    verdicts = played(dialogue, shipped)
    assert [(one.turn.q, one.failed, body(one.answered.reply)) for one in verdicts if not one.right] == []


def test_care_is_tried_in_five_languages() -> None:
    """Four dialogues in each of them."""
    languages = [dialogue.lang[:2] for dialogue in DIALOGUES]
    assert {language: languages.count(language) for language in languages} == dict.fromkeys(
        ("en", "fr", "es", "hi", "ar"), 4
    )


@pytest.mark.parametrize(
    "app", ["en", "en-GB", "fr", "fr-CI", "es-MX", "ar", "ar-EG", "hi", "ru", "pt-br", "de", "it", "tr", None]
)
def test_every_help_reply_has_a_number_at_once(shipped: Edition, app: str | None) -> None:
    """Whatever was heard, in whatever app: the first number that can be dialled is in the first 250 characters."""
    answerer = Answerer(shipped, "en")
    without = []
    for _, text in CRIES[::9]:
        answered = answerer.answer(Question(text, asker_language=app, context=Context()))
        if isinstance(answered.decision, Help) and not DIALLED.search(body(answered.reply)[:FIRST]):
            without.append((text, body(answered.reply)[:FIRST]))
    assert without == []


def test_every_step_and_concern_is_in_all_languages_of_help(shipped: Edition) -> None:
    """Whoever is answered in one of them once is never left in it."""
    care = shipped.catalogue.care
    spoken = set(shipped.catalogue.entries["help"].reply)
    texts = [care.words.unknown, care.words.where, care.words.line, care.words.no_line, care.words.another]
    texts += [step.reply for step in care.steps]
    texts += [care.words.choose, care.words.unconfirmed]
    texts += [concern.reply for concern in care.concerns.values() if concern.reply]
    texts += [one.reply for one in care.answers]
    assert [spoken - set(text) for text in texts] == [set[str]()] * len(texts)
    assert [(step.id, spoken - set(step.says)) for step in care.steps if step.says and spoken - set(step.says)] == []


@pytest.mark.parametrize("country", ["IN", "KE", "GB", "FR", "MX", "EG", "BR", "US", "TD", "YE"])
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "hi", "ru", "pt", "de", "it"])
def test_the_country_is_named_above_its_numbers(shipped: Edition, country: str, language: str) -> None:
    """A short number means something else in the next country."""
    composer = Answerer(shipped, "en").composer
    reply = composer.helplines(country, language)
    assert strings.locale(language).territories[country] in body(reply)
    assert "{" not in body(reply)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my son was arrested"),
        ("en", "a pupil of mine was arrested"),
        ("en", "my brother was arrested in nairobi what now"),
        ("en", "my client is in police custody"),
        ("fr", "mon fils est en garde à vue"),
        ("hi", "bacche ko jail me rakha hai"),
        ("es", "mi hijo esta detenido"),
        ("ru", "моего сына задержали"),
        ("ar", "اعتقلوا ابني"),
        ("pt", "meu filho foi preso"),
        ("de", "mein sohn wurde verhaftet"),
        ("it", "mio figlio è stato arrestato"),
    ],
)
def test_an_arrest_is_answered_with_the_rights_and_a_number(shipped: Edition, language: str, text: str) -> None:
    """First what to ask for, then a line with a number, then the entry and the button to the helplines."""
    answered = Answerer(shipped, "en").answer(Question(text, asker_language=language, context=Context()))
    assert isinstance(answered.decision, Answer)
    assert (answered.decision.entry.id, answered.record["care"]) == ("rights_on_arrest", "line")
    assert DIALLED.search(body(answered.reply)[: 2 * FIRST])
    assert any(isinstance(button.action, Helplines) for row in answered.reply.actions for button in row)


@pytest.mark.parametrize(
    "text",
    [
        "police took my son and they beat him",
        "they arrested my son and nobody tells where he is",
        "mi hijo está detenido y lo golpearon",
        "mon fils est en garde à vue et ils l'ont frappé",
        "my sister was arrested yesterday evening and the men who took her wore masks and had guns",
    ],
)
def test_whoever_is_beaten_or_missing_in_custody_is_in_danger(shipped: Edition, text: str) -> None:
    """An arrest alone is a matter of rights; this is not."""
    answered = Answerer(shipped, "en").answer(Question(text, asker_language="en", context=Context()))
    assert isinstance(answered.decision, Help)


@pytest.mark.parametrize(
    ("text", "polite"),
    [
        ("mon mari frappe ma fille", "Appelez"),
        ("mi esposo golpea a mi hija", "Llame"),
        ("mon père me frappe", "Appelle "),
    ],
)
def test_adults_are_addressed_as_adults(shipped: Edition, text: str, polite: str) -> None:
    """Who speaks of a child of theirs is no child."""
    answered = Answerer(shipped, "en").answer(Question(text, context=Context()))
    assert polite in body(answered.reply)[:FIRST]


@pytest.mark.parametrize("text", ["torture", "children in prison", "sexual exploitation", "child trafficking"])
def test_the_helplines_stand_beside_violence_and_detention(shipped: Edition, text: str) -> None:
    """Whoever asks about it may be living through it."""
    answered = Answerer(shipped, "en").answer(Question(text, context=Context()))
    assert any(isinstance(button.action, Helplines) for row in answered.reply.actions for button in row)


def test_what_follows_is_short(shipped: Edition) -> None:
    """A step fits on the screen of a small phone, but for the longest addresses."""
    conversation = Conversation(shipped, "en", "en-KE")
    conversation.say("my dad hits me")
    for text in ("i cant call", "what do i say", "ok", "is it free"):
        words = body(conversation.say(text).reply)
        assert len(words) < LINES * 30, words


def test_care_ends_by_itself(shipped: Edition) -> None:
    """After some messages about other things the chat is as any other."""
    conversation = Conversation(shipped, "en", "en")
    conversation.say("my dad hits me")
    said = [conversation.say("what is unicef").record["care"] for _ in range(9)]
    assert said == [None] * 9
    assert not conversation.context.in_care
