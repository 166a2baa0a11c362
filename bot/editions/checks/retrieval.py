"""Whether entries are found by their own words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bot.editions.checks.context import accepted, allow
from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.finding import Finding, Severity
from bot.matching.decision import Answer, Chat, Choose, Field, Help, Listing, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.editions.checks.context import CheckContext, Phrase
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision

MAX_TRIED = 20_000
"""Phrases that are asked in one check, names first: at a few milliseconds each, a minute or two."""

_ORDER = (Field.NAME, Field.ACRONYM, Field.ALIAS, Field.QUESTION)


class Lost(NamedTuple):
    """What a phrase found instead of its own entry.

    ``number``: of the phrase among those that were asked. ``what``: "choice", "help", "chat" or "other". ``entries``:
    the ids of what was offered, else of the one that was found, if any. ``heard``: the phrase of a cry for help.
    """

    number: int
    what: str
    entries: tuple[str, ...]
    heard: str = ""


def own_words(context: CheckContext) -> Iterator[Finding]:
    """Ask every name, acronym, alias and question, and yield those that another entry wins.

    An entry that wins none of its own is one finding, not many.
    """
    worth = _worth_asking(context)
    phrases = worth[:MAX_TRIED]
    tried = Counter(phrase.entry.id for phrase in phrases)
    lost: dict[str, list[Lost]] = defaultdict(list)
    for one in _lost(context, phrases):
        lost[phrases[one.number].entry.id].append(one)
    for entry_id, missed in lost.items():
        entry = phrases[missed[0].number].entry
        if len(missed) == tried[entry_id] and not any(_offered(entry, one) for one in missed):
            message = f"{entry_id!r} is found by none of its names, acronyms, aliases and questions."
            advice = "Give it a name of its own, or join it with the entry that is found instead."
            yield context.finding(Severity.WARNING, "unreachable", message, advice, entry, "name", key=True)
        else:
            yield from (finding for one in missed for finding in _report(context, phrases[one.number], one))
    if len(phrases) < len(worth):
        message = (
            f"{len(worth) - len(phrases)} of {len(worth)} names and questions were not tried: the folder is too large."
        )
        advice = "Ask the most important of them in golden.yaml."
        yield Finding(*context.folder.bot_place(), Severity.NOTE, "not-tried", message, advice)


def _lost(context: CheckContext, phrases: Sequence[Phrase]) -> list[Lost]:
    """Return what phrases find something else, as it was noted or by asking; of one file, only its own phrases."""
    noted = context.notes.asked(context.folder) if context.notes else None
    lost = [Lost(number, what, tuple(entries), heard) for number, what, entries, heard in noted or ()]
    if noted is None:
        asked = ((number, phrase) for number, phrase in enumerate(phrases) if context.concerns(phrase.entry))
        lost = [one for number, phrase in asked if (one := _asked(context, number, phrase))]
    if context.notes and noted is None and context.only is None:
        context.notes.note_asked(context.folder, lost)
    return [one for one in lost if context.concerns(phrases[one.number].entry)]


def _asked(context: CheckContext, number: int, phrase: Phrase) -> Lost | None:
    """Ask a phrase; return what it finds where that is not its entry."""
    language = None if phrase.language == ANY_LANGUAGE else phrase.language
    decision = context.matcher.decide(Question(phrase.text, language, bare=True))
    if _wins(phrase.entry, decision):
        return None
    if isinstance(decision, Choose):
        return Lost(number, "choice", tuple(entry.id for entry in decision.entries))
    if isinstance(decision, Help):
        return Lost(number, "help", (decision.entry.id,), decision.phrase)
    winner = decision.entries[0] if isinstance(decision, Listing) else decision.entry
    return Lost(number, "chat" if isinstance(decision, Chat) else "other", (winner.id,) if winner else ())


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


def _offered(entry: Entry, lost: Lost) -> bool:
    return lost.what == "choice" and entry.id in lost.entries


def _report(context: CheckContext, phrase: Phrase, lost: Lost) -> Iterator[Finding]:
    entry, what = phrase.entry, f"{phrase.field} {phrase.text!r}"
    known = context.folder.catalogue.entries
    if lost.what == "choice":
        others = [one for one in lost.entries if one != entry.id and not accepted(entry, known[one])]
        if others or not _offered(entry, lost):
            message = f"the {what} of {entry.id!r} leads to a choice: {', '.join(lost.entries)}."
            advice = (
                f"Make the words of one of them more its own; {allow(known[others[0]])}."
                if others
                else "Add a keyword."
            )
            yield context.finding(Severity.WARNING, "not-alone", message, advice, entry, *phrase.steps)
        return
    winner = known[lost.entries[0]] if lost.entries else None
    if winner and accepted(entry, winner):
        return
    advice = "Use words that say more about it."
    if winner and lost.what == "help":
        message = f"the {what} of {entry.id!r} is taken for a cry for help, by the phrase {lost.heard!r}."
        advice = f"If it is a calm question, add words that tell so to calm: of {winner.id!r}."
    elif winner:
        message = f"the {what} of {entry.id!r} finds {winner.id!r}."
        advice = f"Use words that are more its own; {allow(winner)}."
    elif lost.what == "chat":
        message = f"the {what} of {entry.id!r} is taken for a request for help with the bot."
    else:
        message = f"the {what} of {entry.id!r} finds nothing."
    # Whoever asks about a subject and gets an organisation that works on it has an answer all the same.
    lesser = winner and any(worker.id == winner.id for worker in entry.organisations)
    severity = Severity.NOTE if lesser else Severity.WARNING
    yield context.finding(severity, "not-found", message, advice, entry, *phrase.steps)
