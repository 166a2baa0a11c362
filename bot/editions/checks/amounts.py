"""How many phrases there are, and how long: more than an editor can keep in mind, or than the engine reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.editions.checks.context import CheckContext
    from bot.knowledge.entry import Entry


class Amounts(NamedTuple):
    """Phrases that one list should have at most: a note says so above that, a warning from ``FAR`` times as many on."""

    keywords: int
    questions: int


OF_A_SUBJECT = Amounts(keywords=40, questions=10)
"""In one language, of an entry whose name is an everyday word: people describe it in many ways."""

OF_A_NAME = Amounts(keywords=15, questions=10)
"""In one language, of an entry of a kind with proper names: it is asked for by its name, and described by what it
works on."""

OF_A_FURTHER_LANGUAGE = Amounts(keywords=12, questions=5)
"""In a language that is none of the folder's first ones: readers get the text in another."""

FIRST_LANGUAGES = 3
"""Languages of ``bot.yaml`` that are not further ones."""

KEYWORD_WORDS = 4
"""Words of a keyword: whoever says more asks a question."""

FAR = 2
"""Times a limit that is far above it."""

SHOWN = 60
"""Characters of a phrase that a finding quotes."""

NEARLY = 0.8
"""Share of the most that the engine learns from which on somebody should know: beyond it answers change overnight."""


def limit(entry: Entry, key: str, language: str, languages: Sequence[str]) -> int:
    """Return how many phrases a list of an entry should have at most; ``languages`` are those of the folder."""
    usual = OF_A_NAME if entry.kind.proper_names else OF_A_SUBJECT
    first = language in (*languages[:FIRST_LANGUAGES], ANY_LANGUAGE)
    further = usual if first else OF_A_FURTHER_LANGUAGE
    most: int = min(getattr(usual, key), getattr(further, key))
    return most


def phrase_amounts(context: CheckContext) -> Iterator[Finding]:
    """Yield lists of keywords and questions that are longer than ``Amounts``; one finding a list.

    Small talk, neighbours and cries for help are lists by nature.
    """
    for entry in _limited(context):
        for language, key, listed in _lists(entry):
            most = limit(entry, key, language, context.bot.languages)
            if len(listed) > most:
                shown = "" if language == ANY_LANGUAGE else f"{language} "
                message = f"{entry.id!r} has {len(listed)} {shown}{key}, and {most} are enough."
                advice = "Keep those that differ most, and drop those that only turn the same words round."
                severity = _severity(len(listed), most)
                yield context.finding(severity, "many-phrases", message, advice, entry, key, language, key=True)


def long_keywords(context: CheckContext) -> Iterator[Finding]:
    """Yield lists with keywords of more than ``KEYWORD_WORDS`` words; one finding a list, at the first of them."""
    for entry in _limited(context):
        for language, key, listed in _lists(entry):
            long = [(index, one) for index, one in enumerate(listed) if len(one.split()) > KEYWORD_WORDS]
            if key != "keywords" or not long:
                continue
            index, phrase = long[0]
            quoted = phrase if len(phrase) <= SHOWN else f"{phrase[:SHOWN]}…"
            many = f"{len(long)} keywords have" if len(long) > 1 else "a keyword has"
            message = f"{many} more than {KEYWORD_WORDS} words, the first is {quoted!r}."
            advice = "Keep the words that decide; a whole question belongs to the questions."
            severity = _severity(max(len(one.split()) for _, one in long), KEYWORD_WORDS)
            yield context.finding(severity, "long-keyword", message, advice, entry, key, language, index)


def learned_table(context: CheckContext) -> Iterator[Finding]:
    """Yield a warning where the table that tells the entries apart is nearly too large to be learned, or is not."""
    full = context.matcher.fullness
    if full < NEARLY:
        return
    message = f"the folder fills {full:.0%} of the table that tells its entries apart"
    message += ": it is too large, and answers go without." if full > 1 else "; a larger one goes without."
    advice = "Remove phrases that nobody types, or divide the folder: words times entries count."
    yield Finding(*context.folder.bot_place(), Severity.WARNING, "too-large", message, advice)


def unread_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield entries with more phrases than are read of one."""
    for entry_id, number in context.matcher.unread.items():
        message = f"the last {number} phrases of {entry_id!r} are not read: the entry has too many."
        entry = context.folder.catalogue.entries[entry_id]
        yield context.finding(
            Severity.WARNING, "too-many-phrases", message, "Keep those that people type.", entry, "name", key=True
        )


def _limited(context: CheckContext) -> Iterator[Entry]:
    return (entry for entry in context.entries if not entry.kind.built_in)


def _lists(entry: Entry) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield language, key and phrases of each limited list."""
    for key in Amounts._fields:
        for language, listed in getattr(entry, key).items():
            yield language, key, listed


def _severity(count: int, most: int) -> Severity:
    return Severity.WARNING if count > FAR * most else Severity.NOTE
