"""Short follow-ups that only the conversation explains, held with the knowledge that comes with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.evaluation.conversation import Conversation
from bot.matching.context import Context
from bot.matching.decision import Answer, Question
from tests.accuracy.questions import questions

if TYPE_CHECKING:
    from bot.editions.answering import Answered
    from bot.editions.edition import Edition

MOST_DRAWN = 0.08
"""Share of foreign questions that a subject just shown may draw; it was a quarter once."""


def last_of(edition: Edition, language: str, *messages: str) -> Answered:
    """Return the answer to the last message of a conversation."""
    conversation = Conversation(edition, "en", language)
    return [conversation.say(message) for message in messages][-1]


@pytest.mark.parametrize(
    ("language", "messages", "entry", "attribute"),
    [
        ("en", ("what is tdh", "what does unicef do", "the swiss one again, how many staff"), "tdh", "staff"),
        ("en", ("what is omct", "what is unicef", "where is the coalition based"), "omct", "seat"),
        ("en", ("is tdh an ngo", "and unicef", "the lausanne one, phone?"), "tdh", "phone"),
        ("en", ("jobs at ohchr", "and the vienna one"), "unodc", "jobs"),
        ("en", ("beijing rules", "which resolution", "havana ones?"), "havana_rules", "number"),
        ("en", ("general comment 24", "what age did the old one have"), "general_comment_10", "minimum_age"),
        ("fr", ("qu'est-ce que l'omct", "et l'unicef", "celle de genève, son téléphone"), "omct", "phone"),
        ("es", ("qué es tdh", "qué es unodc", "la suiza, cuántos empleados tiene"), "tdh", "staff"),
        ("es", ("qué es el panel", "qué es la omct", "volviendo al panel, quién lo dirige"), "ipjj", "head"),
        ("de", ("was ist die omct", "wo sitzt unicef", "und die schweizer"), "omct", "seat"),
        ("ru", ("что такое юнисеф", "в каком году", "а та что в вене"), "unodc", "founded"),
        ("hi", ("unicef kya hai", "head kaun", "vienna wala"), "unodc", "head"),
    ],
)
def test_a_description_means_what_was_shown_before_anything_else(
    shipped: Edition, language: str, messages: tuple[str, ...], entry: str, attribute: str
) -> None:
    """A place, an adjective, a word of a name or an age tells which of those that were spoken of."""
    record = last_of(shipped, language, *messages).record
    known = record["attribute"] in (attribute, None) if attribute == "minimum_age" else record["attribute"] == attribute
    assert (record["card"], known) == (entry, True)


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        ("es", ("qué es la omct", "qué es el acnudh", "es de la onu?")),
        ("en", ("what is omct", "what is ohchr", "is it in geneva")),
    ],
)
def test_a_value_of_the_entry_shown_last_is_no_description_of_another(
    shipped: Edition, language: str, messages: tuple[str, ...]
) -> None:
    """Yes or no is asked about the last, whoever else has that value."""
    assert last_of(shipped, language, *messages).record["card"] == "ohchr"


@pytest.mark.parametrize(
    ("language", "messages", "entry", "says"),
    [
        ("en", ("how many children are in detention worldwide", "and per year"), None, "seven million"),
        ("en", ("how many children are in detention worldwide", "source?"), None, "Source"),
        (
            "en",
            ("corruption", "where do you have this from"),
            "corruption",
            "IPJJ founding members page, about 2010-2012",
        ),
        ("en", ("where is omct", "source?"), "omct", "OMCT annual report 2019"),
        ("fr", ("où est le siège de l'omct", "d'où vient cette info"), "omct", "OMCT annual report 2019"),
        ("es", ("dónde está la sede de la omct", "fuente?"), "omct", "OMCT annual report 2019"),
        ("pt", ("onde fica a omct", "de onde vem essa informação?"), "omct", "OMCT annual report 2019"),
        ("de", ("wo sitzt die omct", "woher haben Sie das?"), "omct", "OMCT annual report 2019"),
        ("it", ("dove ha sede omct", "qual è la fonte?"), "omct", "OMCT annual report 2019"),
        ("ru", ("где находится omct", "откуда эта информация?"), "omct", "OMCT annual report 2019"),
        ("ar", ("أين مقر اليونيسف", "ما المصدر؟"), "unicef", "unicef.org/about-unicef"),
        ("hi", ("omct kahan hai", "source kya hai"), "omct", "OMCT annual report 2019"),
        ("en", ("convention on the rights of the child", "on how many states"), "convention", "196"),
        ("en", ("convention on the rights of the child", "how many states", "who isnt"), "convention", "United States"),
        ("en", ("convention on the rights of the child", "article on detention"), "convention", "37"),
        ("en", ("what is iayfjm", "I believe they have a journal"), "iayfjm", "Chronicle"),
        ("en", ("what is unicef", "when tho"), "unicef", "1946"),
        ("en", ("opic", "how many countries"), "opic", "52 States"),
        ("ar", ("اتفاقية حقوق الطفل", "كم دولة"), "convention", "196"),
        ("en", ("what is crin", "cool what does it stand for"), "crin", "Child Rights International Network"),
        ("es", ("cuántos niños están presos en el mundo", "de que año es el dato"), None, "2024"),
        ("fr", ("règles de pékin", "de quelle année"), "beijing_rules", "1985"),
        ("ru", ("что такое пекинские правила", "какого года"), "beijing_rules", "1985"),
        ("ru", ("что такое юнисеф", "замечание общего порядка 10 какой год"), "general_comment_10", "2007"),
    ],
)
def test_a_fragment_is_answered_from_what_was_just_shown(
    shipped: Edition, language: str, messages: tuple[str, ...], entry: str | None, says: str
) -> None:
    """What is asked in two words is looked up in the facts of the subject."""
    record = last_of(shipped, language, *messages).record
    assert entry in (None, record["card"])
    assert says in record["text"]


@pytest.mark.parametrize(
    ("language", "messages", "entry"),
    [
        ("en", ("what is iayfjm", "And the annual fee?"), "iayfjm"),
        ("en", ("jobs at ohchr", "is the salary ok"), "ohchr"),
        ("en", ("what is pri", "tax exempt?"), "pri"),
        ("en", ("global study", "who paid for it"), "global_study"),
        ("en", ("tell me about the beijing rules", "how many rules are there"), "beijing_rules"),
    ],
)
def test_what_nobody_knows_of_a_fresh_subject_is_said_to_be_unknown(
    shipped: Edition, language: str, messages: tuple[str, ...], entry: str
) -> None:
    """A weak word opens no card of something else, and nobody is told that they were not understood."""
    record = last_of(shipped, language, *messages).record
    assert (record["card"], record["known"]) == (entry, False)


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        ("en", ("what is unicef", "best pizza in town")),
        ("en", ("what is unicef", "who won the world cup 2022")),
        ("en", ("what is unicef", "bitcoin price")),
        ("en", ("what is unicef", "how do i bake bread")),
        ("en", ("what is unicef", "I am much obliged to you.")),
        ("de", ("was ist ijjo", "Wie ist das Rezept für Apfelstrudel?")),
        ("es", ("qué es el pnud", "quién ganó el mundial")),
        ("ru", ("что такое пекинские правила", "какая завтра погода")),
    ],
)
def test_what_is_about_something_else_stays_that_while_a_subject_is_fresh(
    shipped: Edition, language: str, messages: tuple[str, ...]
) -> None:
    """The subject just shown draws neither foreign questions nor small talk."""
    assert last_of(shipped, language, *messages).record["decision"] in ("none", "chat")


def test_few_questions_about_other_things_are_taken_for_one_about_what_was_shown(shipped: Edition) -> None:
    """What has nothing to do with this folder is not answered from the last card, whatever word of asking it has."""
    foreign = [one for one in questions("foreign") if not one.accept]
    before = Context(entry="omct", trail=("unicef",), attribute="phone")
    drawn = [
        one.q
        for one in foreign
        for decision in [shipped.matcher.decide(Question(one.q, asker_language=one.lang, context=before))]
        if isinstance(decision, Answer) and decision.entry.id == "omct"
    ]
    assert len(drawn) < MOST_DRAWN * len(foreign), drawn


@pytest.mark.parametrize(
    ("language", "messages", "entry", "attribute"),
    [
        ("es", ("telefono y correo de la OMCT", "direccion tambien", "lo mismo de DNI"), "dci", "address"),
        ("es", ("dirección de la omct", "lo mismo de DNI", "y de penal reform"), "pri", "address"),
        ("fr", ("quelle est l'adresse de l'omct", "idem pour dei"), "dci", "address"),
        ("pt", ("quem dirige a omct", "o mesmo da unicef"), "unicef", "head"),
        ("de", ("wer leitet unicef", "dasselbe für den ausschuss"), "crc", "head"),
        ("it", ("il telefono di omct", "lo stesso per crin"), "crin", "phone"),
        ("ru", ("где находится увкпч", "то же про юнисеф"), "unicef", "seat"),
        ("ar", ("من يدير اليونيسف", "نفس الشيء عن مفوضية حقوق الإنسان"), "ohchr", "head"),
        ("hi", ("unicef ka head kaun hai", "wahi undp ka"), "undp", "head"),
        ("en", ("who is the head of dci", "repeat that for unodc"), "unodc", "head"),
    ],
)
def test_the_same_is_asked_of_another(
    shipped: Edition, language: str, messages: tuple[str, ...], entry: str, attribute: str
) -> None:
    """However that is said, the last question is asked again."""
    record = last_of(shipped, language, *messages).record
    assert (record["card"], record["attribute"]) == (entry, attribute)


def test_all_that_was_asked_is_asked_of_another(shipped: Edition) -> None:
    """Whoever asked for two things of one gets both of the next, and of the one after that."""
    messages = ["phone and email of omct", "same for tdh", "and dci"]
    text = last_of(shipped, "en", *messages).record["text"]
    assert "734 05 58" in text
    assert "info@defenceforchildren.org" in text


@pytest.mark.parametrize(
    ("language", "messages", "entry", "says"),
    [
        ("en", ("where is ijjo", "thought it was belgium"), "ijjo", "No."),
        ("fr", ("où est l'oijj", "je croyais que c'était la belgique"), "ijjo", "Non."),
        ("es", ("dónde está el oijj", "pensaba que estaba en bélgica"), "ijjo", "No."),
        ("de", ("wo ist ijjo", "ich dachte in belgien"), "ijjo", "No."),
        ("en", ("when was unicef founded", "thought that was 1945"), "unicef", "1946"),
    ],
)
def test_what_was_believed_is_put_right(
    shipped: Edition, language: str, messages: tuple[str, ...], entry: str, says: str
) -> None:
    """A belief about what was told is a question for yes or no."""
    record = last_of(shipped, language, *messages).record
    assert record["card"] == entry
    assert says in record["text"]


@pytest.mark.parametrize(
    ("messages", "entry", "attribute"),
    [
        (("what is iayfjm", "juvenile justice conferences", "Who is its president at present?"), "iayfjm", "head"),
        (("what is pri", "restorative justice", "their email?"), "pri", "email"),
        (("what is iayfjm", "In which languages does it work?"), "iayfjm", "languages"),
    ],
)
def test_it_is_the_last_that_can_have_what_is_asked(
    shipped: Edition, messages: tuple[str, ...], entry: str, attribute: str
) -> None:
    """A topic shown in between has no president."""
    record = last_of(shipped, "en", *messages).record
    assert (record["card"], record["attribute"]) == (entry, attribute)


@pytest.mark.parametrize(
    ("language", "messages", "entry"),
    [
        ("ar", ("اخي ضربوه في السجن", "احنا في مصر", "هو في سن معين مينفعش يتحاسب قبله؟"), "macr"),
        (
            "en",
            ("my dad beats me every night and i am scared", "kenya", "if i complain to the un will they come"),
            "complaints",
        ),
    ],
)
def test_in_care_what_clearly_asks_something_is_answered(
    shipped: Edition, language: str, messages: tuple[str, ...], entry: str
) -> None:
    """The helplines were given; what is asked next gets its answer, with the way back to them."""
    answered = last_of(shipped, language, *messages)
    assert answered.decision.candidates
    assert getattr(answered.decision, "entry", None) is not None
    assert entry == answered.decision.entry.id  # type: ignore[union-attr]


def test_in_care_no_idea_what_to_do_is_no_correction(shipped: Edition) -> None:
    """A "no" with nothing behind it corrects nothing."""
    messages = (
        "mi padrastro me pega y tengo miedo",
        "colombia",
        "a qué edad puede ir preso un menor",
        "no sé qué hacer",
    )
    assert last_of(shipped, "es", *messages).record["decision"] == "help"
