"""Subjects, instruments and programmes: what is simply asked about them stands first, and the same in each language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.editions.answering import Answerer
from bot.matching.decision import Question
from tests.knowledge_content.test_organisations import LANGUAGES, figures, shown_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.edition import Edition
    from bot.knowledge.entry import Entry

KINDS = ("topic", "instrument", "programme")

SENTENCE_WORDS = 17
"""Words of a sentence in English summaries on average, above which a fifteen-year-old loses the thread."""


def subjects(edition: Edition) -> Iterator[Entry]:
    """Yield all entries that are no organisations and have a card."""
    return (entry for entry in edition.catalogue.entries.values() if entry.kind.id in KINDS)


def first_line(edition: Edition, text: str, language: str) -> str:
    """Return the first line of what the bot says."""
    record = Answerer(edition, "en").answer(Question(text, asker_language=language)).record
    return str(record["text"]).splitlines()[0]


@pytest.mark.parametrize(
    ("language", "asked", "says"),
    [
        ("en", "resolution of the beijing rules", "40/33"),
        ("en", "since when is the children's convention in force", "2 September 1990"),
        ("en", "date when opac was adopted", "25 May 2000"),
        ("en", "may a complaint under opic be anonymous", "Anonymous complaints are not accepted"),
        ("en", "number of children interviewed for the un global study", "274"),
        ("en", "how old are the tokyo rules", "1990"),
        ("en", "who created the riyadh guidelines", "General Assembly"),
        ("en", "when did sos-torture network start", "1985"),
        ("en", "what year was no kids behind bars launched", "July 2005"),
        ("en", "what does article 40 of the children's convention say", "every child accused"),
        ("fr", "le délai pour envoyer une plainte opic après la dernière décision", "un an"),
        ("fr", "où s'est tenu le dernier congrès mondial de justice juvénile", "Madrid"),
        ("es", "cuántos indicadores hay en el manual de indicadores de la justicia de menores", "Quince"),
        ("es", "quién ocupa el cargo de representante especial sobre la violencia contra los niños", "Maalla"),
    ],
)
def test_a_simple_question_is_answered_in_the_first_line(
    shipped: Edition, language: str, asked: str, says: str
) -> None:
    """Numbers, years, names and conditions are facts of their own, found by the words that ask for them."""
    assert says in first_line(shipped, asked, language)


def test_summaries_are_short_guides(shipped: Edition) -> None:
    """A summary has 40 to 90 words in each language, and sentences that can be read aloud."""
    for entry in subjects(shipped):
        for language in LANGUAGES:
            assert 40 <= len(entry.summary[language].split()) <= 90, (entry.id, language)
    lengths = [
        len(entry.summary["en"].split()) / len(re.findall(r"[.?](?:\s|$)", entry.summary["en"]))
        for entry in subjects(shipped)
    ]
    assert sum(lengths) / len(lengths) < SENTENCE_WORDS


def test_figures_agree(shipped: Edition) -> None:
    """The years, counts and resolution numbers of a text are the same in its translations."""
    for entry in subjects(shipped):
        for text in shown_texts(entry):
            found = {language: figures(text[language]) for language in LANGUAGES}
            assert found["fr"] == found["es"] == found["en"], (entry.id, text["en"])


def test_facts_are_sourced(shipped: Edition) -> None:
    """Each fact says where it comes from and of when it is."""
    unsourced = [entry.id for entry in subjects(shipped) for fact in entry.facts if not (fact.source and fact.as_of)]
    assert not unsourced


def test_a_draft_is_called_one_in_every_language(shipped: Edition) -> None:
    """On a button nothing else tells that a text is not adopted."""
    name = shipped.catalogue.entries["general_comment_27"].name
    assert [word in name[language] for word, language in (("draft", "en"), ("projet", "fr"), ("proyecto", "es"))] == [
        True
    ] * len(LANGUAGES)


def test_french_is_spaced_as_french(shipped: Edition) -> None:
    """A no-break space stands before the tall punctuation marks and inside guillemets, and apostrophes are curly."""
    astray = [
        text["fr"]
        for entry in subjects(shipped)
        for text in shown_texts(entry)
        if re.search(r" [:;?!»]|« |'", text["fr"])
    ]
    assert not astray
