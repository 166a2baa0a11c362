"""Whether entries are found by their own words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bot.editions.checks.context import accepted, allow
from bot.editions.checks.verdicts import Grounds, Verdict
from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.finding import Finding, Severity
from bot.matching.decision import Answer, Chat, Choose, Field, Help, Listing, Question, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.editions.checks.context import CheckContext, Phrase
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision

MAX_TRIED = 20_000
"""Phrases that are asked in one check, names first: at a few milliseconds each, a minute or two."""

_BY_ITSELF = frozenset({Rule.CRY, Rule.BARE_HELP, Rule.EXACT, Rule.ELSEWHERE, Rule.ATTRIBUTE})
"""Rules that look at the phrase and whom it names, and weigh nothing."""

_ORDER = (Field.NAME, Field.ACRONYM, Field.ALIAS, Field.QUESTION)


def own_words(context: CheckContext) -> Iterator[Finding]:
    """Ask every name, acronym, alias and question, and yield those that another entry wins.

    An entry that wins none of its own is one finding, not many.
    """
    worth = _worth_asking(context)
    phrases = worth[:MAX_TRIED]
    tried = Counter(phrase.entry.id for phrase in phrases)
    lost: dict[str, list[tuple[Phrase, Verdict]]] = defaultdict(list)
    found, missing = _lost(context, phrases)
    for phrase, verdict in found:
        lost[phrase.entry.id].append((phrase, verdict))
    for entry_id, missed in lost.items():
        entry = missed[0][0].entry
        if len(missed) == tried[entry_id] and not any(_offered(entry, verdict) for _, verdict in missed):
            message = f"{entry_id!r} is found by none of its names, acronyms, aliases and questions."
            advice = "Give it a name of its own, or join it with the entry that is found instead."
            yield context.finding(Severity.WARNING, "unreachable", message, advice, entry, "name", key=True)
        else:
            yield from (finding for phrase, verdict in missed for finding in _report(context, phrase, verdict))
    if missing:
        message = f"{missing} names and questions in this file were not tried: only a check of the folder does."
        advice = "Check the folder, too, when the file is done."
        yield Finding(context.only or "", 1, 1, Severity.NOTE, "not-tried", message, advice)
    if len(phrases) < len(worth) and context.only is None:
        message = (
            f"{len(worth) - len(phrases)} of {len(worth)} names and questions were not tried: the folder is too large."
        )
        advice = "Ask the most important of them in golden.yaml."
        yield Finding(*context.folder.bot_place(), Severity.NOTE, "not-tried", message, advice)


def _lost(context: CheckContext, phrases: Sequence[Phrase]) -> tuple[list[tuple[Phrase, Verdict]], int]:
    """Return the phrases that find something else with what they find, and how many of one file were not asked.

    What an earlier check found is not asked again as long as it holds; of one file nothing else is known.
    """
    grounds = Grounds(context.folder, context.phrases)
    earlier = context.notes.verdicts(context.folder) if context.notes else {}
    known = context.folder.catalogue.entries.keys()
    verdicts: dict[str, Verdict] = {}
    lost: list[tuple[Phrase, Verdict]] = []
    missing = 0
    for phrase in phrases:
        if not context.concerns(phrase.entry):
            continue
        ground = grounds.of(phrase)
        verdict = earlier.get(ground)
        if verdict is None or verdict.of_all not in ("", grounds.whole) or not known >= set(verdict.entries):
            if context.only:
                missing += 1
                continue
            verdict = _asked(context, phrase, grounds)
        verdicts[ground] = verdict
        if verdict.what:
            lost.append((phrase, verdict))
    if context.notes and context.only is None and verdicts != earlier:
        context.notes.note_verdicts(context.folder, verdicts)
    return lost, missing


def _asked(context: CheckContext, phrase: Phrase, grounds: Grounds) -> Verdict:
    """Ask a phrase; return what it finds where that is not its entry."""
    language = None if phrase.language == ANY_LANGUAGE else phrase.language
    decision = context.matcher.decide(Question(phrase.text, language, bare=True))
    of_all = "" if decision.rule in _BY_ITSELF else grounds.whole
    if _wins(phrase.entry, decision):
        return Verdict("", of_all=of_all)
    if isinstance(decision, Choose):
        return Verdict("choice", tuple(entry.id for entry in decision.entries), of_all=of_all)
    if isinstance(decision, Help):
        return Verdict("help", (decision.entry.id,), decision.phrase, of_all)
    winner = decision.entries[0] if isinstance(decision, Listing) else decision.entry
    what = "chat" if isinstance(decision, Chat) else "other"
    return Verdict(what, (winner.id,) if winner else (), of_all=of_all)


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


def _offered(entry: Entry, lost: Verdict) -> bool:
    return lost.what == "choice" and entry.id in lost.entries


def _report(context: CheckContext, phrase: Phrase, lost: Verdict) -> Iterator[Finding]:
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
