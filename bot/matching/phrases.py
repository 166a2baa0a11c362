"""The phrases of the entries: every name, acronym, alias, keyword, question, fact and summary, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE, Kind
from bot.matching.decision import Field
from bot.matching.normalising import normalise, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry

FIELD_WEIGHTS: dict[Field, float] = {
    Field.NAME: 2.0,
    Field.ACRONYM: 2.0,
    Field.ALIAS: 2.0,
    Field.QUESTION: 1.0,
    Field.KEYWORD: 1.0,
    Field.FACT: 0.5,
    Field.SUMMARY: 0.3,
}
"""How many examples of its entry a phrase counts for."""

NAMING: frozenset[Field] = frozenset({Field.NAME, Field.ACRONYM, Field.ALIAS})
"""Fields that name an entry (the others describe it)."""

MAX_PHRASES = 2_000
"""Phrases of one entry behind this many are not indexed: ten thousand would drown its neighbours."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the entry with number ``entry``; ``words`` are in normalised form and never empty."""

    entry: int
    field: Field
    language: str
    text: str
    words: tuple[str, ...]
    fact: int | None = None


def phrases(entries: Sequence[Entry]) -> list[Phrase]:
    """Return the phrases of all entries that are searched (all kinds but help), in order of the entries."""
    found: list[Phrase] = []
    for number, entry in enumerate(entries):
        if entry.kind is Kind.HELP:
            continue
        seen: set[tuple[str, Field]] = set()
        kept = 0
        for field, language, text, fact in _texts(entry):
            normalised = normalise(text)
            if not normalised or (normalised, field) in seen:
                continue
            seen.add((normalised, field))
            found.append(Phrase(number, field, language, text, split(normalised), fact))
            kept += 1
            if kept == MAX_PHRASES:
                break
    return found


def _texts(entry: Entry) -> Iterator[tuple[Field, str, str, int | None]]:
    for language, text in entry.name.items():
        yield Field.NAME, language, text, None
    for text in entry.acronyms:
        yield Field.ACRONYM, ANY_LANGUAGE, text, None
    for field, listed in (
        (Field.ALIAS, entry.aliases),
        (Field.QUESTION, entry.questions),
        (Field.KEYWORD, entry.keywords),
    ):
        for language, texts in listed.items():
            for text in texts:
                yield field, language, text, None
    for number, fact in enumerate(entry.facts):
        for language, text in fact.text.items():
            yield Field.FACT, language, text, number
    for language, text in entry.summary.items():
        yield Field.SUMMARY, language, text, None
