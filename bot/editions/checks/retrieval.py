"""Whether entries are found by their own words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.editions.checks.context import accepted, allow
from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.finding import Finding, Severity
from bot.matching.decision import Answer, Chat, Choose, Field, Help, Listing, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext, Phrase
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision

MAX_TRIED = 20_000
"""Phrases that are asked in one check, names first: at a millisecond or two each, half a minute."""

_ORDER = (Field.NAME, Field.ACRONYM, Field.ALIAS, Field.QUESTION)


def own_words(context: CheckContext) -> Iterator[Finding]:
    """Ask every name, acronym, alias and question, and yield those that another entry wins.

    An entry that wins none of its own is one finding, not many.
    """
    lost: dict[str, list[tuple[Phrase, Decision]]] = defaultdict(list)
    tried: dict[str, int] = defaultdict(int)
    asked, phrases = 0, _worth_asking(context)
    for phrase in phrases[:MAX_TRIED]:
        asked += 1
        language = None if phrase.language == ANY_LANGUAGE else phrase.language
        decision = context.matcher.decide(Question(phrase.text, language))
        tried[phrase.entry.id] += 1
        if not _wins(phrase.entry, decision):
            lost[phrase.entry.id].append((phrase, decision))
    for entry_id, phrases_lost in lost.items():
        entry = phrases_lost[0][0].entry
        if len(phrases_lost) == tried[entry_id] and not any(_offered(entry, one[1]) for one in phrases_lost):
            message = f"{entry_id!r} is found by none of its names, acronyms, aliases and questions."
            advice = "Give it a name of its own, or join it with the entry that is found instead."
            yield context.finding(Severity.WARNING, "unreachable", message, advice, entry, "name", key=True)
        else:
            yield from (finding for one in phrases_lost for finding in _report(context, *one))
    if asked < len(phrases):
        message = (
            f"{len(phrases) - asked} of {len(phrases)} names and questions were not tried: the folder is too large."
        )
        advice = "Ask the most important of them in golden.yaml."
        yield Finding(*context.folder.bot_place(), Severity.NOTE, "not-tried", message, advice)


def _worth_asking(context: CheckContext) -> list[Phrase]:
    """Return the phrases in order of importance, without those that two entries share: they are reported as that."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for phrase in context.phrases:
        if phrase.field in _ORDER:
            owners[phrase.words].add(phrase.entry.id)
    asked = [phrase for phrase in context.phrases if phrase.words and len(owners[phrase.words]) == 1]
    return [phrase for field in _ORDER for phrase in asked if phrase.field is field]


def _wins(entry: Entry, decision: Decision) -> bool:
    if isinstance(decision, Answer) and entry in decision.beside:
        return True
    return getattr(decision, "entry", None) == entry


def _offered(entry: Entry, decision: Decision) -> bool:
    return isinstance(decision, Choose) and entry in decision.entries


def _report(context: CheckContext, phrase: Phrase, decision: Decision) -> Iterator[Finding]:
    entry, what = phrase.entry, f"{phrase.field} {phrase.text!r}"
    if isinstance(decision, Choose):
        others = [other for other in decision.entries if other.id != entry.id and not accepted(entry, other)]
        if others or not _offered(entry, decision):
            message = (
                f"the {what} of {entry.id!r} leads to a choice: {', '.join(other.id for other in decision.entries)}."
            )
            advice = f"Make the words of one of them more its own; {allow(others[0])}." if others else "Add a keyword."
            yield context.finding(Severity.WARNING, "not-alone", message, advice, entry, *phrase.steps)
        return
    winner = decision.entries[0] if isinstance(decision, Listing) else decision.entry
    if winner and accepted(entry, winner):
        return
    advice = "Use words that say more about it."
    if isinstance(decision, Help):
        message = f"the {what} of {entry.id!r} is taken for a cry for help, by the phrase {decision.phrase!r}."
        advice = f"If it is a calm question, add words that tell so to calm: of {decision.entry.id!r}."
    elif winner:
        message = f"the {what} of {entry.id!r} finds {winner.id!r}."
        advice = f"Use words that are more its own; {allow(winner)}."
    elif isinstance(decision, Chat):
        message = f"the {what} of {entry.id!r} is taken for a request for help with the bot."
    else:
        message = f"the {what} of {entry.id!r} finds nothing."
    # Whoever asks about a subject and gets an organisation that works on it has an answer all the same.
    lesser = winner and any(worker.id == winner.id for worker in entry.organisations)
    severity = Severity.NOTE if lesser else Severity.WARNING
    yield context.finding(severity, "not-found", message, advice, entry, *phrase.steps)
