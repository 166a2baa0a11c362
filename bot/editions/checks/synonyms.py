"""Groups of synonyms: what in them can never be read, or says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity
from bot.matching.index.synonyms import ANY_ENDING
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext
    from bot.knowledge.loader.positions import Document

SHORTEST_BEGINNING = 4
"""Letters before a star: fewer begin words of all kinds. Of scripts that write a sign a syllable, two."""


def _groups(source: Document) -> Iterator[tuple[str, int, str]]:
    """Yield language, number and words of each group that a document has."""
    if isinstance(source.value, dict):
        for language, groups in source.value.items():
            for number, group in enumerate(groups or ()):
                yield language, number, str(group)


def synonym_groups(context: CheckContext) -> Iterator[Finding]:
    """Yield the words of ``synonyms.yaml`` that no word of a question can be, and groups of a single word."""
    for source in context.folder.synonym_sources:
        for language, number, group in _groups(source):
            written = group.split()
            place = source.place(language, number)
            for word in written:
                whole = word.removesuffix(ANY_ENDING)
                if ANY_ENDING in whole or len(words(whole)) != 1:
                    message = f"{word!r} is not one word: it is never found."
                    advice = f"Write single words, without hyphens or apostrophes; a {ANY_ENDING} only at the end."
                    yield Finding(*place, Severity.WARNING, "synonym", message, advice)
                elif word != whole and len(whole.encode()) < SHORTEST_BEGINNING:
                    message = f"{word!r} stands for words of all kinds."
                    yield Finding(*place, Severity.WARNING, "synonym", message, "Write the words out.")
            if len(written) < 2 and not group.endswith(ANY_ENDING):  # noqa: PLR2004  (a word and another)
                message = f"{group!r} stands alone in its group."
                yield Finding(*place, Severity.NOTE, "synonym", message, "Add words that mean the same, or remove it.")
