"""Phrases that cannot find anything, or that nobody would type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.hearing import unused_care
from bot.knowledge.finding import Severity
from bot.knowledge.kinds import SMALLTALK
from bot.limits import INLINE_QUERY
from bot.matching.decision import Field
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext
    from bot.knowledge.entry import Entry
    from bot.knowledge.finding import Finding


def empty_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield phrases without a letter or figure, and those made of words like "the" and "of" only.

    Small talk is made of just such words, and is compared as a whole.
    """
    function = languages().function
    for phrase in context.phrases:
        if not phrase.words:
            message = f"the {phrase.field} {phrase.text!r} has no letter or figure: nothing can match it."
            yield context.finding(
                Severity.WARNING, "empty-phrase", message, "Write it in words.", phrase.entry, *phrase.steps
            )
        elif phrase.entry.kind != SMALLTALK and phrase.field is not Field.ACRONYM and function.issuperset(phrase.words):
            message = f"the {phrase.field} {phrase.text!r} consists of words that stand in every question."
            yield context.finding(
                Severity.WARNING, "stop-words", message, "Add a word that says more.", phrase.entry, *phrase.steps
            )


def nobody_heard(context: CheckContext) -> Iterator[Finding]:
    """Yield an error where somebody in danger is provided for and would not be heard."""
    yield from unused_care(context.folder)


def unreadable_cries(context: CheckContext) -> Iterator[Finding]:
    """Yield phrases of help entries that are not written as they must be, and are therefore not listened for.

    An error: whoever writes such words in danger would be answered as if nothing had happened.
    """
    for entry_id, language, text, reason in context.unheard:
        entry = context.folder.catalogue.entries[entry_id]
        message = f"the phrase {text!r} is not listened for: {reason}"
        steps = _where(entry, language, text)
        yield context.finding(Severity.ERROR, "unreadable-phrase", message, "Write it in another way.", entry, *steps)


def _where(entry: Entry, language: str, text: str) -> tuple[str | int, ...]:
    for key in ("keywords", "questions", "calm"):
        listed = getattr(entry, key).get(language, ())
        if text in listed:
            return key, language, listed.index(text)
    return ()


def repeated_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield phrases that the same list of an entry has twice once normalised."""
    seen: dict[tuple[str, tuple[str | int, ...], tuple[str, ...]], str] = {}
    for phrase in context.phrases:
        listed = (phrase.entry.id, phrase.steps[:-1], phrase.words)
        if phrase.field is Field.NAME or listed not in seen:
            seen[listed] = phrase.text
            continue
        message = f"the {phrase.field} {phrase.text!r} says the same as {seen[listed]!r} in this list."
        yield context.finding(Severity.NOTE, "repeated-phrase", message, "Remove one.", phrase.entry, *phrase.steps)


def long_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield phrases longer than an inline query can be."""
    for phrase in context.phrases:
        if len(phrase.text) > INLINE_QUERY:
            message = (
                f"the {phrase.field} has {len(phrase.text)} characters, and nobody types more than {INLINE_QUERY}."
            )
            yield context.finding(
                Severity.WARNING, "long-phrase", message, "Shorten it, or make it a fact.", phrase.entry, *phrase.steps
            )
