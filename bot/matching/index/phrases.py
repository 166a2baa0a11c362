"""The phrases of the entries: every name, acronym, alias, keyword, question, fact and summary, with its place."""

from __future__ import annotations

from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.kinds import HELP
from bot.matching.decision import Field
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.knowledge.entry import Entry

NAMING: frozenset[Field] = frozenset({Field.NAME, Field.ACRONYM, Field.ALIAS})
"""Fields that name an entry (the others describe it)."""


class Phrase(NamedTuple):
    """One phrase of the entry with number ``entry``, as written, with its words in normalised form.

    ``steps`` lead to it inside the entry: ``("keywords", "en", 3)``.
    """

    entry: int
    field: Field
    language: str
    text: str
    words: tuple[str, ...]
    steps: tuple[str | int, ...]

    @property
    def fact(self) -> int | None:
        """The number of the fact that the phrase is, if it is one."""
        return int(self.steps[1]) if self.field is Field.FACT else None


def written(entries: Sequence[Entry]) -> list[Phrase]:
    """Return every phrase of the entries (all kinds but help), in their order; one without a letter has no words."""
    # A word is one object in however many phrases it stands, and so are the steps to the same place of all entries.
    once: dict[str, str] = {}
    same: dict[tuple[str | int, ...], tuple[str | int, ...]] = {}
    return [
        Phrase(
            number,
            field,
            language,
            text,
            tuple([once.setdefault(word, word) for word in words(text)]),
            same.setdefault(steps, steps),
        )
        for number, entry in enumerate(entries)
        if entry.kind != HELP
        for field, language, text, steps in _texts(entry)
    ]


def searched(phrases: Iterable[Phrase], most: int) -> tuple[list[Phrase], dict[int, int]]:
    """Return the phrases that are indexed: with words, none twice in a field of an entry, at most ``most`` of each.

    With them, the entries that have more, and how many.
    """
    found: list[Phrase] = []
    more: dict[int, int] = {}
    for entry, group in groupby(phrases, key=attrgetter("entry")):
        different: dict[tuple[Field, tuple[str, ...]], Phrase] = {}
        for phrase in group:
            if phrase.words:
                different.setdefault((phrase.field, phrase.words), phrase)
        found.extend(islice(different.values(), most))
        if len(different) > most:
            more[entry] = len(different) - most
    return found, more


def _texts(entry: Entry) -> Iterator[tuple[Field, str, str, tuple[str | int, ...]]]:
    for language, text in entry.name.items():
        yield Field.NAME, language, text, ("name", language)
    for index, text in enumerate(entry.acronyms):
        yield Field.ACRONYM, ANY_LANGUAGE, text, ("acronyms", index)
    for field, key, listed in (
        (Field.ALIAS, "aliases", entry.aliases),
        (Field.QUESTION, "questions", entry.questions),
        (Field.KEYWORD, "keywords", entry.keywords),
    ):
        for language, texts in listed.items():
            for index, text in enumerate(texts):
                yield field, language, text, (key, language, index)
    for number, fact in enumerate(entry.facts):
        for language, text in fact.text.items():
            yield Field.FACT, language, text, ("facts", number, "text", language)
    for language, text in entry.summary.items():
        yield Field.SUMMARY, language, text, ("summary", language)
