"""Texts that readers see: their languages and their lengths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.finding import Finding, Severity
from bot.limits import BUTTON_LABEL, DESCRIPTION, INLINE_QUERY, MESSAGE_TEXT, SHORT_DESCRIPTION
from bot.replies.wording import strings
from bot.replies.wording.lengths import units

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.editions.checks.context import CheckContext
    from bot.knowledge.entry import Entry, Text

SUMMARY_WORDS = (40, 90)
"""A summary has at least and at most so many words: one screen of a phone with everything around it."""

# Scripts written without spaces: characters that make about a word of English when translated.
_CHARACTERS_A_WORD = (
    (re.compile("[\u3400-\u9fff\uf900-\ufaff]"), 1.6),
    (re.compile("[\u3040-\u30ff]"), 2.5),
    (re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 5.0),
)
_WORD = re.compile(r"[^\W_](?:[^\s—–/]*[^\W_])?")


def word_count(text: str) -> int:
    """Return the number of words; for scripts without spaces, an estimate from the number of characters."""
    count = 0.0
    for characters, a_word in _CHARACTERS_A_WORD:
        text, found = characters.subn(" ", text)
        count += found / a_word
    return round(count) + len(_WORD.findall(text))


def missing_languages(context: CheckContext) -> Iterator[Finding]:
    """Yield the texts of an entry that are not there in one of the folder's languages.

    A text without a language counts for all of them. Names may be missing: many organisations have only one.
    """
    for entry in context.entries:
        for language in context.bot.languages:
            shown = [what for what, text in _shown(entry) if not _has(text, language)]
            typed = [what for what in ("questions", "keywords") if not _has(getattr(entry, what), language)]
            if shown or typed:
                message = f"{entry.id!r} has no {language!r} in {', '.join([*shown, *typed])}."
                severity = Severity.WARNING if shown else Severity.NOTE
                advice = "Add it, or take the language out of bot.yaml."
                first = (shown or typed)[0].split(" ")[0]
                yield context.finding(severity, "missing-language", message, advice, entry, first, key=True)


def _shown(entry: Entry) -> Iterator[tuple[str, Text]]:
    """Yield the texts of an entry that readers see, and what to call them."""
    yield "summary", entry.summary
    yield "reply", entry.reply
    yield "status_note", entry.status_note
    for number, fact in enumerate(entry.facts, 1):
        yield f"facts (number {number})", fact.text
    for worker in entry.organisations:
        yield f"organisations ({worker.id})", worker.why
    for number, link in enumerate(entry.links, 1):
        yield f"links (number {number})", link.label
    for number, line in enumerate(entry.lines, 1):
        for text in (line.name, line.hours, line.cost, line.note):
            yield f"lines (number {number})", text


def _has(texts: Mapping[str, object], language: str) -> bool:
    return not texts or language in texts or ANY_LANGUAGE in texts


def unspoken_languages(context: CheckContext) -> Iterator[Finding]:
    """Yield languages of ``bot.yaml`` in which the program itself cannot say a word."""
    for index, language in enumerate(context.bot.languages):
        if language.partition("-")[0] not in strings.languages():
            message = f"the entries may be in {language!r}, but the program's own words are not."
            advice = f"Readers get those in another of {', '.join(sorted(strings.languages()))}."
            place = context.folder.bot_place("languages", index)
            yield Finding(*place, Severity.NOTE, "unspoken-language", message, advice)


def summary_lengths(context: CheckContext) -> Iterator[Finding]:
    """Yield summaries that are shorter or longer than ``SUMMARY_WORDS``."""
    least, most = SUMMARY_WORDS
    for entry in context.entries:
        for language, text in entry.summary.items():
            count = word_count(text)
            if least <= count <= most:
                continue
            named = "the summary" if language == ANY_LANGUAGE else f"the {language} summary"
            message = f"{named} of {entry.id!r} has {count} words; {least} to {most} fill a screen without scrolling."
            advice = "Say what matters most, and make the rest facts." if count > most else "Say a little more."
            yield context.finding(Severity.WARNING, "summary-length", message, advice, entry, "summary", language)


def card_lengths(context: CheckContext) -> Iterator[Finding]:
    """Yield entries whose card would be cut, with the longest of its facts in front, and names too long for a button.

    Further facts and the reasons of the organisations give way by themselves.
    """
    for entry in context.entries:
        always = (entry.name, entry.summary, entry.reply, entry.status_note)
        for language in dict.fromkeys(key for text in always for key in text):
            size = sum(_units(text, language) for text in always)
            size += max((_units(fact.text, language) for fact in entry.facts), default=0)
            if size > MESSAGE_TEXT:
                message = (
                    f"the card of {entry.id!r} ({language}) has {size} units, and a message takes {MESSAGE_TEXT}:"
                    " the end is cut."
                )
                key = "reply" if entry.kind.built_in else "summary"
                yield context.finding(Severity.WARNING, "card-too-long", message, "Shorten it.", entry, key, language)
        for language, name in entry.name.items():
            if units(name) > BUTTON_LABEL and not entry.acronyms:
                message = f"the name has {units(name)} units, and a button shows {BUTTON_LABEL}."
                advice = "Put a shorter name here, and this one among the aliases."
                yield context.finding(Severity.NOTE, "name-too-long", message, advice, entry, "name", language)


def _units(text: Text, language: str) -> int:
    return units(text.get(language) or text.get(ANY_LANGUAGE, ""))


def profile_lengths(context: CheckContext) -> Iterator[Finding]:
    """Yield what Telegram would refuse of ``bot.yaml``."""
    bot = context.bot
    limits = (
        ("description", bot.description, DESCRIPTION),
        ("short_description", bot.short_description, SHORT_DESCRIPTION),
    )
    for key, texts, limit in limits:
        for language, text in texts.items():
            if units(text) > limit:
                message = f"the {key} has {units(text)} units, and Telegram takes {limit}."
                place = context.folder.bot_place(key, language)
                yield Finding(*place, Severity.WARNING, "profile-too-long", message, "Shorten it.")
    for language, examples in bot.examples.items():
        for index, example in enumerate(examples):
            if len(example) > INLINE_QUERY:
                message = (
                    f"the example has {len(example)} characters, and a question of this kind takes {INLINE_QUERY}."
                )
                place = context.folder.bot_place("examples", language, index)
                yield Finding(*place, Severity.WARNING, "profile-too-long", message, "Shorten it.")
