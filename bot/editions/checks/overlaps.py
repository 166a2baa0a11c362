"""Phrases of two entries that the matcher cannot tell apart, or hardly."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.editions.checks.context import accepted, allow
from bot.editions.checks.near_words import near_words
from bot.knowledge.finding import Severity
from bot.matching.decision import Field
from bot.matching.index.phrases import NAMING
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.editions.checks.context import CheckContext, Phrase
    from bot.knowledge.finding import Finding

MAX_WORDS = 12
"""Words of a name that are searched for other names: hardly anybody types more."""

SHOWN = 5
"""Names or entries listed in one finding."""

Table = dict[tuple[str, ...], "Phrase"]
"""Words -> the first phrase that has them."""


def same_phrases(context: CheckContext) -> Iterator[Finding]:
    """Yield names of two entries that are the same once normalised, and questions likewise."""
    for what, fields in (("name", NAMING), ("question", frozenset({Field.QUESTION}))):
        by_words: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
        for phrase in _of(context, fields):
            by_words[phrase.words].append(phrase)
        for phrases in by_words.values():
            reported: set[str] = set()
            for number, phrase in enumerate(phrases):
                entry = phrase.entry
                strangers = (
                    one for one in phrases[:number] if one.entry is not entry and not accepted(one.entry, entry)
                )
                first = next(strangers, None)
                if first is None or entry.id in reported:
                    continue
                reported.add(entry.id)
                message = f"{phrase.text!r} is also a {what} of {first.entry.id!r} ({context.where(first)})."
                advice = f"Keep it where it fits best; {allow(first.entry)}."
                yield context.finding(Severity.WARNING, f"same-{what}", message, advice, entry, *phrase.steps)


def same_keywords(context: CheckContext) -> Iterator[Finding]:
    """Yield pairs of entries that have the same keywords once normalised; one note a pair, at the first of them.

    What is said of two entries tells neither from the other, and a question with it offers a choice. Small talk and
    neighbours are left out: to sound like others is what they are for.
    """
    first: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
    shared: dict[tuple[str, str], dict[tuple[str, ...], tuple[Phrase, Phrase]]] = defaultdict(dict)
    for phrase in _of(context, {Field.KEYWORD}):
        if phrase.entry.kind.built_in:
            continue
        for other in first[phrase.words]:
            if other.entry is not phrase.entry and not accepted(other.entry, phrase.entry):
                shared[phrase.entry.id, other.entry.id].setdefault(phrase.words, (phrase, other))
        first[phrase.words].append(phrase)
    for pairs in shared.values():
        phrase, other = next(iter(pairs.values()))
        many = f"{len(pairs)} keywords are" if len(pairs) > 1 else "a keyword is"
        whose = f"{other.entry.id!r} ({context.where(other)})"
        message = f"{many} also in {whose}, the first is {phrase.text!r}."
        advice = f"Keep each where it fits best; {allow(other.entry)}."
        yield context.finding(Severity.NOTE, "same-keyword", message, advice, phrase.entry, *phrase.steps)


def near_names(context: CheckContext) -> Iterator[Finding]:
    """Yield names of two entries of which one typo makes the other."""
    table = _table(context)
    near = near_words({word for words in table for word in words})
    for words, phrase in table.items():
        for index, word in enumerate(words):
            for other_word in near.get(word, ()):
                other = table.get((*words[:index], other_word, *words[index + 1 :]))
                if other is None or other.entry.id >= phrase.entry.id or _related(phrase, other):
                    continue
                whose = f"{other.text!r} of {other.entry.id!r} ({context.where(other)})"
                message = f"{phrase.text!r} is one typo away from {whose}."
                advice = f"Check that both are spelt right; {allow(other.entry)}."
                yield context.finding(Severity.NOTE, "near-name", message, advice, phrase.entry, *phrase.steps)


def names_inside(context: CheckContext) -> Iterator[Finding]:
    """Yield names that stand whole inside names of other entries that have nothing to do with the first.

    Each entry whose names are inside others is one note: "justice" may stand in hundreds. Entries of kind elsewhere
    are left out: to look like others is what they are for.
    """
    table = {words: phrase for words, phrase in _table(context).items() if not phrase.entry.kind.built_in}
    fillers = languages().function | languages().frame
    around: dict[str, list[tuple[Phrase, Phrase]]] = defaultdict(list)
    for words, outer in table.items():
        for run in _runs(words[:MAX_WORDS]):
            inner = table.get(run)
            if inner is None or inner.entry is outer.entry or fillers.issuperset(run) or _related(outer, inner):
                continue
            around[inner.entry.id].append((inner, outer))
    for entry_id, pairs in around.items():
        inner, outer = pairs[0]
        texts = _listed([repr(one.text) for one, _ in pairs])
        ids = _listed([other.entry.id for _, other in pairs])
        message = f"names of {ids}, such as {outer.text!r}, contain {texts}, the name of {entry_id!r}."
        advice = f"Where they belong together, add the id to related:; {allow(outer.entry)}."
        yield context.finding(Severity.NOTE, "name-inside", message, advice, inner.entry, *inner.steps)


def _listed(texts: list[str]) -> str:
    different = sorted(set(texts))
    more = f" and {len(different) - SHOWN} more" if len(different) > SHOWN else ""
    return ", ".join(different[:SHOWN]) + more


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield every run of neighbouring words shorter than the whole."""
    for length in range(1, len(words)):
        for start in range(len(words) - length + 1):
            yield words[start : start + length]


def _related(one: Phrase, other: Phrase) -> bool:
    """Tell whether one entry refers to the other, so that whoever lands on the wrong one finds the right one there."""
    if accepted(one.entry, other.entry):
        return True
    for entry, target in ((one.entry, other.entry.id), (other.entry, one.entry.id)):
        if target in entry.related or any(worker.id == target for worker in entry.organisations):
            return True
    return False


def _of(context: CheckContext, fields: Iterable[Field]) -> Iterator[Phrase]:
    return (phrase for phrase in context.phrases if phrase.field in fields and phrase.words)


def _table(context: CheckContext) -> Table:
    table: Table = {}
    for phrase in _of(context, NAMING):
        table.setdefault(phrase.words, phrase)
    return table
