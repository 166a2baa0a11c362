"""Conversations as people type them on phones, held with the knowledge that comes with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.evaluation.conversation import Conversation

if TYPE_CHECKING:
    from bot.editions.answering import Answered
    from bot.editions.edition import Edition


def last_of(edition: Edition, language: str, *messages: str) -> Answered:
    """Return the answer to the last message of a conversation."""
    conversation = Conversation(edition, "en", language)
    return [conversation.say(message) for message in messages][-1]


def told(answered: Answered) -> set[str]:
    """Return the entries that a reply is about or lists."""
    return set(answered.record["entries"])


@pytest.mark.parametrize(
    ("language", "messages", "entries"),
    [
        ("fr", ("quelles ong sont en suisse", "les deux premiers"), {"dci", "omct"}),
        ("es", ("qué ong están en suiza", "compara las dos primeras"), {"dci", "omct"}),
        ("en", ("which ngos are in switzerland", "the last two"), {"omct", "tdh"}),
        ("es", ("qué es la omct", "y dni", "y pri", "compara las dos primeras"), {"omct", "dci"}),
        ("es", ("qué ong están en suiza", "las dos primeras", "cuales son mas antiguas"), {"dci", "omct"}),
    ],
)
def test_a_few_of_what_was_told_are_compared(
    shipped: Edition, language: str, messages: tuple[str, ...], entries: set[str]
) -> None:
    """The first or last two are those of the list, or of what was shown one by one."""
    assert told(last_of(shipped, language, *messages)) == entries


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        ("fr", ("règles de beijing", "c'est obligatoire ou pas")),
        ("es", ("reglas de beijing", "es obligatoria o no")),
        ("en", ("beijing rules", "is it binding or not")),
    ],
)
def test_the_other_side_of_a_question_refuses_nothing(
    shipped: Edition, language: str, messages: tuple[str, ...]
) -> None:
    """No question for yes or no is turned round by "or not"."""
    record = last_of(shipped, language, *messages).record
    assert record["attribute"] == "binding"
    assert not record["text"].startswith(("Yes", "Oui", "Sí"))


@pytest.mark.parametrize(
    ("language", "messages", "card", "attribute"),
    [
        ("es", ("qué es unicef", "quién es la directora", "desde q año"), "unicef", "head"),
        ("fr", ("c koi l'omct", "ki dirige"), "omct", "head"),
        ("fr", ("l'oijj est à bruxelles ?", "depuis"), "ijjo", "seat"),
        ("en", ("what is unicef", "how many ppl work there"), "unicef", "staff"),
        ("en", ("what is omct", "thanks and the phone"), "omct", "phone"),
        ("fr", ("c'est quoi le hcdh", "leur tel", "qui est le haut-commissaire"), "ohchr", "head"),
        ("fr", ("compare l'omct et pri", "laquelle est à genève"), "omct", "seat"),
        ("en", ("what is pri", "and ijjo", "where's the younger one based"), "ijjo", "seat"),
        ("en", ("general comment 24", "who wrote it", "how many are they"), "crc", "members"),
        ("es", ("qué es el comité de los derechos del niño", "cuantas sesiones al año"), "crc", "congress"),
        ("fr", ("l'omct existe depuis quand", "et pri, pareil ?"), "pri", "founded"),
        ("es", ("sede de tdh", "y el pnud", "pásame el enlace del segundo"), "undp", "website"),
        ("fr", ("règles de tokyo", "son numéro", "et riyad ça parle de quoi"), "riyadh_guidelines", None),
        ("hi", ("crin kya hai", "inko donate kaha kare"), "crin", "donate"),
    ],
)
def test_a_short_message_is_about_what_was_told(
    shipped: Edition, language: str, messages: tuple[str, ...], card: str, attribute: str | None
) -> None:
    """Words may be shortened, and a title, an age or a place says which of those is meant."""
    record = last_of(shipped, language, *messages).record
    assert (record["card"], record["attribute"]) == (card, attribute)


@pytest.mark.parametrize(
    ("language", "messages", "entries"),
    [
        ("fr", ("les ong du panel en suisse",), {"dci", "omct", "tdh"}),
        ("es", ("ong del panel con sede en ginebra",), {"dci", "omct"}),
        ("es", ("qué es el panel", "con qué resolución nació", "quiénes de ellos están en ginebra"), {"dci", "omct"}),
        ("en", ("is tdh in switzerland", "which others are in switzerland"), {"crc", "dci", "ohchr", "omct"}),
        ("fr", ("qui fait partie du panel interinstitutions",), {"crc", "omct", "tdh"}),
        ("es", ("que organismos de la onu hay en el panel",), {"crc", "dpko", "ohchr", "undp", "unicef", "unodc"}),
        ("fr", ("compare unicef et tdh", "laquelle accepte les dons"), {"unicef", "tdh"}),
    ],
)
def test_several_are_told_without_being_asked_to_list_them(
    shipped: Edition, language: str, messages: tuple[str, ...], entries: set[str]
) -> None:
    """What begins with the sort of them, asks who else, or who is part of something, is a question for a list."""
    assert told(last_of(shipped, language, *messages)) >= entries


def test_two_questions_in_one_are_both_answered(shipped: Edition) -> None:
    """A word that begins a question asks something of its own behind an "and"."""
    text = last_of(shipped, "en", "what is tdh", "who started it and when").record["text"]
    assert "Edmond Kaiser" in text
    assert "1960" in text


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "je voudrais faire un don pour les enfants en prison"),
        ("en", "I would like to donate for children in prison"),
    ],
)
def test_what_is_offered_to_nobody_is_answered_in_the_words_for_that(
    shipped: Edition, language: str, question: str
) -> None:
    """Whoever wants to give money is told about giving, and not how many children are in prison."""
    record = last_of(shipped, language, question).record
    assert (record["decision"], record["entries"]) == ("none", [])
    assert "/list" in record["text"]


def test_a_name_in_another_language(shipped: Edition) -> None:
    """What something is called in another language is said once, in that language."""
    record = last_of(shipped, "en", "what is omct", "its phone", "its name in french").record
    assert "Organisation mondiale contre la torture" in record["text"]
    assert "+41" not in record["text"]


@pytest.mark.parametrize(
    ("language", "question", "country"),
    [
        ("es", "numero de ayuda en mexico", "800 911 2000"),
        ("fr", "numéro d'aide en belgique", "Awel"),
        ("hi", "भारत में मदद का नंबर", "1098"),
    ],
)
def test_the_number_for_help_of_a_country_is_given(
    shipped: Edition, language: str, question: str, country: str
) -> None:
    """Whoever asks where to call in a country reads who can be called there."""
    assert country in last_of(shipped, language, question).record["text"]


def test_a_comparison_with_what_others_belong_to_is_no_question_whether_they_do(shipped: Edition) -> None:
    """The panel is put beside one of its members as any other is."""
    assert told(last_of(shipped, "en", "difference between ipjj and ijjo")) == {"ipjj", "ijjo"}
