"""Every text of the knowledge is there in its three languages, and each is in the language it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.entry import ANY_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.editions.edition import Edition
    from bot.knowledge.entry import Entry

LANGUAGES = ("en", "fr", "es")
LONG = 10
"""Words from which on a text has to show its language; a shorter one must not look like another."""
_WORDS = {
    "en": """the of and to in for that is with by are it from who which has have its their was were be at or as not an a
             on no this these how what where when can about they them other between under into but also only""",
    "fr": """le la les de des du et une un en qui que dans pour par sur au aux est sont avec ses sa son leur leurs ou ne
             pas ce cette ces d l qu n il elle elles ils a on tu es été comme plus à où sans chez entre depuis dont""",
    "es": """el la los las de del y una un en que por para con no se su sus a o es son lo como más al sin desde donde
             qué cuando fue han ha ser está están hay sobre entre este esta estos pero también quien quienes hasta""",
}
FUNCTION_WORDS = {language: frozenset(text.split()) for language, text in _WORDS.items()}
"""The commonest words that carry no subject. A word of two languages counts for both."""
LETTERS = {"fr": set("àâçèêëîôœùû"), "es": set("áíñóú")}
"""Letters with marks that only this one of the languages has: a word with one counts for it."""
NAMES = re.compile(
    "terre des hommes|save the children|reimagine justice for children|no kids behind bars"
    "|united nations international children's emergency fund"
)
"""Names that stay in their own language."""


SAME = {"address", "social"}
"""Attributes whose values are written the same in all languages, with hardly a word around them."""


def looks_like(text: str) -> str:
    """Return the language whose function words are most frequent in a text; ``""`` where none is ahead."""
    plain = re.sub(r"\b[A-Z]{2,}s?\b", "", text.replace("’", "'"))  # UN is no French article
    counts = dict.fromkeys(LANGUAGES, 0)
    for word in re.findall(r"[^\W\d_]+", NAMES.sub("", plain.casefold())):
        for language in LANGUAGES:
            counts[language] += word in FUNCTION_WORDS[language] or not LETTERS.get(language, set()).isdisjoint(word)
    best, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=lambda language: counts[language]) if best > second else ""


def texts(entry: Entry) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every text that readers see, with the field it stands in."""
    yield "name", entry.name
    yield "summary" if not entry.kind.built_in else "reply", entry.summary or entry.reply
    if entry.status_note:
        yield "status_note", entry.status_note
    for number, fact in enumerate(entry.facts, start=1):
        yield f"fact {number}", fact.text if SAME.isdisjoint(fact.about) else dict.fromkeys(fact.text, "")
    for worker in entry.organisations:
        yield f"why of {worker.id}", worker.why
    for link in entry.links:
        if link.label:
            yield f"label of {link.url}", link.label


def subjects(edition: Edition) -> Iterator[Entry]:
    """Yield the entries that have a card."""
    return (entry for entry in edition.catalogue.entries.values() if not entry.kind.built_in)


def test_every_text_is_there_in_three_languages(shipped: Edition) -> None:
    """No field of a card lacks English, French or Spanish, unless one text serves all."""
    missing = [
        f"{entry.id}: {field} has no {language}"
        for entry in subjects(shipped)
        for field, text in texts(entry)
        for language in LANGUAGES
        if ANY_LANGUAGE not in text and language not in text
    ]
    assert not missing, "\n".join(missing)


def test_only_labels_may_do_without_a_language(shipped: Edition) -> None:
    """Names, summaries, facts and reasons are sentences or translated names: each is given a language."""
    plain = [
        f"{entry.id}: {field}"
        for entry in subjects(shipped)
        for field, text in texts(entry)
        if ANY_LANGUAGE in text and not field.startswith(("label", "name"))
    ]
    assert not plain, "\n".join(plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_in_the_language_it_says(shipped: Edition, language: str) -> None:
    """The function words of each text are those of its language, small talk and pointers elsewhere included."""
    astray = []
    for entry in shipped.catalogue.entries.values():
        for field, text in texts(entry):
            seems = looks_like(text.get(language, ""))
            unclear = not seems and len(text.get(language, "").split()) >= LONG
            if unclear or seems not in {"", language}:
                astray.append(f"{entry.id}: {field} ({seems or 'unclear'}): {text[language]}")
    assert not astray, "\n".join(astray)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It asks the States to lock up fewer children and to report on it.", "en"),
        ("Elle demande aux États d'enfermer moins d'enfants et d'en rendre compte.", "fr"),
        ("Pide a los Estados que encierren a menos niños y que informen sobre ello.", "es"),
        ("UNICEF, UNODC, OHCHR", ""),
    ],
)
def test_a_language_is_told_by_its_function_words(text: str, language: str) -> None:
    """The measure itself tells three sentences of the same meaning apart."""
    assert looks_like(text) == language
