"""Kinds of messages that hang on a conversation, held with the knowledge that comes with the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.evaluation.conversation import Conversation

if TYPE_CHECKING:
    from bot.editions.answering import Answered
    from bot.editions.edition import Edition

PARAGRAPHS = {
    "en": "The draft will be sent round by the end of the month. UNICEF and UNDP will take part as well.\n",
    "fr": "Le projet sera envoyé avant la fin du mois. L'UNICEF et le PNUD participeront aussi à cet atelier.\n",
    "es": "El borrador se enviará antes de fin de mes. UNICEF y el PNUD participarán también en este taller.\n",
    "ru": "Проект будет разослан до конца этого месяца. ЮНИСЕФ и ПРООН тоже примут участие в семинаре.\n",
}
"""Text as in pasted e-mails: it names organisations, and asks nothing."""

LONG = 4_000
"""Characters of a long message; about the longest that Telegram delivers."""


def held(edition: Edition, language: str, *messages: str) -> list[Answered]:
    """Return the answers to the messages of one conversation."""
    conversation = Conversation(edition, "en", language)
    return [conversation.say(message) for message in messages]


def card(answered: Answered) -> tuple[str | None, str | None]:
    """Return the entry of a reply and what is told about it."""
    return answered.record["card"], answered.record["attribute"]


@pytest.mark.parametrize(
    ("language", "question", "attribute"),
    [
        ("en", "When was OMCT founded?", "founded"),
        ("en", "i would like to know the phone number of omct", "phone"),
        ("fr", "Quand a été fondée l'OMCT ?", "founded"),
        ("es", "quien dirige la omct", "head"),
        ("ru", "Когда основана OMCT?", "founded"),
    ],
)
@pytest.mark.parametrize("place", [0.0, 0.5, 1.0], ids=["beginning", "middle", "end"])
def test_a_question_in_a_long_text_is_found_wherever_it_stands(
    shipped: Edition, language: str, question: str, attribute: str, place: float
) -> None:
    """What asks is read, and not who else is named in four thousand characters around it."""
    around = PARAGRAPHS[language]
    lines = [around] * ((LONG - len(question)) // len(around))
    lines.insert(int(place * len(lines)), question + "\n")
    (answered,) = held(shipped, language, "".join(lines))
    assert card(answered) == ("omct", attribute)


@pytest.mark.parametrize(
    ("language", "messages", "expected"),
    [
        # a correction by a name, in part
        ("en", ["when was the observatory founded", "not that, the judges"], ("iayfjm", "founded")),
        ("es", ["cuándo se fundó el observatorio", "no, la de los jueces"], ("iayfjm", "founded")),
        # since when, and who before
        ("en", ["who leads unodc", "since when?"], ("unodc", "head")),
        ("fr", ["qui dirige l'onudc", "et avant ?"], ("unodc", "head")),
        ("fr", ["c'est quoi tdh", "depuis quand existe t elle"], ("tdh", "founded")),
        # what is asked about somebody by name, and what follows
        ("en", ["where is omct"], ("omct", "seat")),
        ("en", ["what is unicef", "when was it made"], ("unicef", "founded")),
        ("en", ["what is omct", "how is the panel financed"], ("ipjj", "funding")),
        ("es", ["qué es la omct", "tienen oficina en mexico?"], ("omct", "offices")),
        ("en", ["does omct have an office in Kenya", "and pri in Uganda?"], ("pri", "offices")),
        ("en", ["resolution 1997/30", "resolução 40/33"], ("beijing_rules", "number")),
        # a place with a name, and alone after what it is asked of
        ("en", ["does PRI work in the us"], ("pri", "countries")),
        ("en", ["is tdh active in kenya", "and in india?"], ("tdh", "countries")),
        ("fr", ["est-ce que tdh travaille au mali", "et pri"], ("pri", "countries")),
        ("en", ["what is the age of criminal responsibility", "in kenya?"], ("macr", "by_country")),
        # an article, who wrote a text and when; nobody wrote a subject
        ("en", ["what is the crc", "which article is about prison"], ("convention", "article")),
        ("en", ["unicef", "what does article 37 say"], ("convention", "article")),
        ("en", ["which general comment do i cite on juvenile justice"], ("general_comment_24", "number")),
        ("en", ["beijing rules", "who wrote that", "when"], ("beijing_rules", "adopted")),
        ("es", ["qué es la convención", "año"], ("convention", "adopted")),
        # UN by itself, spoken Hindi and Arabic
        ("hi", ["kya UNICEF UN ka part hai"], ("unicef", "kind_of_body")),
        ("hi", ["what is unicef", "office kahan hai"], ("unicef", "seat")),
        ("ar", ["شو هي اليونيسف", "وين مكتبهم"], ("unicef", "seat")),
        ("ar", ["شنو هي اليونيسف", "كيفاش نعطي الفلوس"], ("unicef", "donate")),
        # whom to turn to about what is described is no organisation's address
        ("en", ["nephew 15 in adult prison in Texas, who can i talk to"], ("held_with_adults", None)),
        # nothing but the beginning of a question
        ("fr", ["c'est quoi la DEI", "comment rejoindre", "comment"], ("dci", "join")),
        # a slip in a short word, a short acronym that is a word of grammar elsewhere
        ("en", ["don you know omct"], ("omct", None)),
        ("it", ["che cos'è DEI"], ("dci", None)),
        # Hindi in Latin letters, with and without its nasals
        ("hi", ["omct kahan hai"], ("omct", "seat")),
        ("hi", ["omct kaha hai"], ("omct", "seat")),
    ],
)
def test_whom_and_what_the_last_message_is_about(
    shipped: Edition, language: str, messages: list[str], expected: tuple[str, str | None]
) -> None:
    """A message is about the right entry, and about what is asked of it."""
    assert card(held(shipped, language, *messages)[-1]) == expected


@pytest.mark.parametrize(
    ("messages", "listed"),
    [
        (["how many NGOs are in the panel", "which ones"], ["crin", "dci", "iayfjm", "ijjo", "omct", "pri", "tdh"]),
        (["who helps victims of torture", "and in Geneva?"], ["omct", "ohchr"]),
        (["who helps victims of torture", "only NGOs"], ["omct"]),
        (["what is omct", "what is pri", "which of the two is older"], ["omct", "pri"]),
    ],
)
def test_lists_go_on(shipped: Edition, messages: list[str], listed: list[str]) -> None:
    """A list is named after it was counted, is narrowed, and "the two" are those that were just shown."""
    assert held(shipped, "en", *messages)[-1].record["entries"] == listed


def test_who_else(shipped: Edition) -> None:
    """Who else has what was asked for is listed without the one that was asked about."""
    last = held(shipped, "en", "is omct a member of the panel", "who else")[-1].record
    assert "omct" not in last["entries"]
    assert {"pri", "unicef"} <= set(last["entries"])


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "you didn't answer my question"),
        ("en", "that is wrong"),
        ("en", "perfect"),
        ("en", "thank you, bye"),
        ("en", "hi, I'm a law student"),
        ("fr", "t'as rien compris"),
        ("fr", "d'accord"),
        ("es", "perfecto gracias"),
        ("es", "hola, soy estudiante"),
        ("es", "no me sirve"),
        ("hi", "tumne mere sawal ka jawab nahi diya"),
        ("ar", "ما جاوبت على سؤالي"),
    ],
)
def test_what_is_said_about_the_conversation_opens_no_card(shipped: Edition, language: str, message: str) -> None:
    """Complaints, thanks, agreement and introductions are answered with a word, whatever was shown before."""
    assert held(shipped, language, "omct", message)[-1].record["decision"] == "chat"


def test_an_ordinal_that_nothing_has(shipped: Edition) -> None:
    """The third of two, and the last of nothing, are said not to be there."""
    nothing = held(shipped, "en", "the third one")[0].record
    of_two = held(shipped, "en", "omct or pri", "the third one")[-1].record
    last = held(shipped, "en", "the last one")[0].record
    assert nothing["decision"] == of_two["decision"] == last["decision"] == "chat"
    assert "only 2" in of_two["text"]


@pytest.mark.parametrize("message", ["where is it", "and their phone number?"])
def test_a_pronoun_at_the_beginning_asks_back(shipped: Edition, message: str) -> None:
    """Something asked of nobody is asked back, not answered about anybody."""
    record = held(shipped, "en", message)[0].record
    assert record["decision"] == "choose"
    assert record["attribute"] in ("seat", "phone")


def test_five_names_with_one_attribute(shipped: Edition) -> None:
    """All five are told of, those of which it is not known as well."""
    record = held(shipped, "en", "unicef, undp, omct, pri and dci phone")[0].record
    assert set(record["entries"]) == {"unicef", "undp", "omct", "pri", "dci"}
    assert record["attribute"] == "phone"


def test_an_entry_that_is_gone_is_not_remembered(shipped: Edition) -> None:
    """After a reload that took an entry away nothing is said about it."""
    conversation = Conversation(shipped, "en", "en")
    conversation.say("omct or pri")
    conversation.context = replace(conversation.context, entry="gone", choices=("gone", "pri"), trail=("gone",))
    assert conversation.say("where is it").record["card"] is None
    assert conversation.say("the first one").record["card"] == "pri"


def test_a_second_no_has_other_words(shipped: Edition) -> None:
    """Nobody reads the same twice when nothing of what was offered is it."""
    first, second = (one.record["text"] for one in held(shipped, "en", "phone", "none of these", "none of these")[1:])
    assert first != second


@pytest.mark.parametrize(
    ("messages", "language"),
    [
        (["general comment 24"], "en"),
        (["que es la oijj"], "es"),
        (["que es la oijj", "como se unen", "como"], "es"),
        (["que es unicef", "what is omct"], "en"),
    ],
)
def test_the_language_of_a_conversation(shipped: Edition, messages: list[str], language: str) -> None:
    """It is that of the words, whatever they mean elsewhere, and stays until a message clearly is in another."""
    conversation = Conversation(shipped, "en")
    assert [conversation.say(message) for message in messages][-1].record["lang"] == language


def test_what_is_not_known_of_a_country_is_said_first(shipped: Edition) -> None:
    """Of an organisation whether it works there; of a subject how it is there, and why that is not told."""
    (pri,) = held(shipped, "en", "does PRI work in the us")
    assert pri.record["text"].startswith("I know PRI, but not whether it works in the United States.")
    _, macr = held(shipped, "en", "what is the age of criminal responsibility", "in kenya?")
    assert "we name no country's age" in macr.record["text"].partition("\n")[0]


def test_a_value_beside_the_panel_is_counted_in_it(shipped: Edition) -> None:
    """The UN bodies in the Panel are six, also in Hindi."""
    (answered,) = held(shipped, "hi", "UN की कितनी संस्थाएँ हैं पैनल में")
    assert answered.record["entries"] == ["crc", "dpko", "ohchr", "undp", "unicef", "unodc"]


def test_nobody_wrote_a_subject(shipped: Edition) -> None:
    """That is said of the subject, and nobody else is offered."""
    last = held(shipped, "en", "juvenile justice", "who wrote that")[-1].record
    assert (last["card"], last["known"]) == ("children_in_conflict_with_the_law", False)


@pytest.mark.parametrize("text", ["azotea", "azoteas"])
def test_a_short_word_that_is_one_slip_away_is_no_sure_answer(shipped: Edition, text: str) -> None:
    """A roof is one letter from a word for blows: what is near may be offered, not told."""
    (answered,) = held(shipped, "es", text)
    assert answered.record["card"] is None


def test_a_mistyped_name_is_answered_all_the_same(shipped: Edition) -> None:
    """A name with a slip is still the name."""
    (answered,) = held(shipped, "en", "unicf")
    assert answered.record["card"] == "unicef"
