"""What entries must have beyond their form, one by one and towards each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity
from bot.knowledge.help.care import COUNTRY, STAY
from bot.knowledge.kinds import HELP, SMALLTALK
from bot.knowledge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.entry import Entry, GoldenQuestion, Line
    from bot.knowledge.help.care import Care
    from bot.knowledge.help.numbers import Numbers
    from bot.knowledge.loader.positions import Document

DECISIONS = {"none": None, "help": HELP, "chat": SMALLTALK}
"""What a golden question may want besides an id, and the kind of entry that may have it as its id."""


def check_entry(entry: Entry, document: Document, lines: Sequence[Line] = ()) -> Iterator[Finding]:
    """Yield what an entry lacks for its kind, and what it has to no effect; ``lines`` are those of helplines.yaml."""
    yield from _texts(entry, document)
    yield from _helplines(entry, document, lines)
    name = _name(entry)
    if entry.kind.works and not entry.links:
        message, advice = f"{name} has no link.", "Add its official website to links:"
        yield Finding(*document.place(), Severity.WARNING, "missing-link", message, advice)
    if entry.status != "active" and not entry.status_note:
        message, advice = f"{name} is {entry.status}, and nothing says why.", "Add status_note: with one sentence."
        yield Finding(*document.place("status"), Severity.WARNING, "missing-note", message, advice)
    for language, short in entry.short.items():
        if short not in entry.acronyms:
            message = f"{short!r} is none of the acronyms: whoever reads and types it would not find {name}."
            yield Finding(
                *document.place("short", language), Severity.WARNING, "no-acronym", message, "Add it to them."
            )
    if DECISIONS.get(entry.id, entry.kind) != entry.kind:
        message = f"{entry.id!r} cannot be the id of {name}: it is the name of a decision."
        yield Finding(*document.place("id"), Severity.ERROR, "bad-id", message, "Choose another id.")


def _texts(entry: Entry, document: Document) -> Iterator[Finding]:
    name = _name(entry)
    needed, useless = ("reply", "summary") if entry.kind.built_in else ("summary", "reply")
    for key in ("name", needed):
        if not getattr(entry, key):
            message, advice = f"{name} needs {key!r}.", f"Add {key}:"
            yield Finding(*document.place(key), Severity.ERROR, "missing-key", message, advice)
    if getattr(entry, useless):
        message = f"the {useless} of {name} is never shown: entries of this kind have a {needed}."
        advice = f"Move it to {needed}:, or correct the kind."
        yield Finding(*document.place(useless, key=True), Severity.WARNING, "no-effect", message, advice)


def _helplines(entry: Entry, document: Document, lines: Sequence[Line]) -> Iterator[Finding]:
    name = _name(entry)
    if entry.kind == HELP:
        if not (entry.lines or lines):
            message = f"{name} has no helplines."
            yield Finding(*document.place(), Severity.WARNING, "missing-lines", message, "Add helplines.yaml.")
    else:
        for key in ("lines", "calm"):
            if getattr(entry, key):
                message, advice = f"{key!r} has no effect on {name}.", "Move it to the entry of kind help."
                yield Finding(*document.place(key, key=True), Severity.WARNING, "no-effect", message, advice)
    yield from _unreachable(entry.lines, document)


def _unreachable(lines: Sequence[Line], document: Document) -> Iterator[Finding]:
    for index, line in enumerate(lines):
        if not line.number and not line.url:
            message = "a helpline has neither number nor url."
            yield Finding(*document.place("lines", index), Severity.ERROR, "missing-key", message, "Add one of them.")


def _name(entry: Entry) -> str:
    return f"{entry.kind} {entry.id!r}"


def check_numbers(numbers: Numbers, document: Document) -> Iterator[Finding]:
    """Yield helplines of ``helplines.yaml`` that nobody can reach, and countries without any emergency number."""
    yield from _unreachable(numbers.lines, document)
    for country, emergency in numbers.emergency.items():
        if not (emergency.general or emergency.police or emergency.ambulance):
            message = f"{country} has no emergency number."
            place = document.place("emergency", country)
            yield Finding(*place, Severity.ERROR, "missing-key", message, "Add general: or police: and ambulance:")


def check_care(care: Care, document: Document, known: Collection[str]) -> Iterator[Finding]:
    """Yield steps of ``care.yaml`` that have the same id or nothing to be known by, and entries that are not there."""
    seen: set[str] = set()
    for index, step in enumerate(care.steps):
        if step.id in seen:
            message = f"the step {step.id!r} stands here twice."
            yield Finding(*document.place("steps", index, "id"), Severity.ERROR, "duplicate-id", message, "Join them.")
        seen.add(step.id)
        if not step.says and step.id not in (COUNTRY, STAY):
            message = f"nothing leads to the step {step.id!r}."
            yield Finding(*document.place("steps", index), Severity.ERROR, "missing-key", message, "Add says:")
    shown = ((name, at, other) for name, one in care.concerns.items() for at, other in enumerate(one.see))
    references: list[tuple[str, tuple[str | int, ...]]] = [
        *((other, ("concerns", name, "see", at)) for name, at, other in shown),
        *((one.entry, ("answers", at, "entry")) for at, one in enumerate(care.answers)),
    ]
    for other, steps in references:
        if other not in known:
            place, message = document.place(*steps), f"there is no entry {other!r}."
            advice = did_you_mean(other, known) or "Write it, or remove this."
            yield Finding(*place, Severity.ERROR, "unknown-id", message, advice)


def check_references(
    entry: Entry, document: Document, catalogue: Catalogue, known: Collection[str]
) -> Iterator[Finding]:
    """Yield what refers to entries that are not ``known``. Some are that could not be read."""
    references: list[tuple[str, tuple[str | int, ...]]] = [
        *((worker.id, ("organisations", index, "id")) for index, worker in enumerate(entry.organisations)),
        *((other, ("related", index)) for index, other in enumerate(entry.related)),
        *((other, ("accept_overlap", other)) for other in entry.accept_overlap),
    ]
    seen: set[tuple[object, str]] = set()
    for other, steps in references:
        found: tuple[Severity, str, str, str] | None = None
        if other not in known:
            advice = did_you_mean(other, known) or "Write it, or remove this."
            found = Severity.ERROR, "unknown-id", f"there is no entry {other!r}.", advice
        elif other == entry.id:
            found = Severity.WARNING, "self-reference", f"{entry.id!r} refers to itself.", "Remove this."
        elif (steps[0], other) in seen:
            found = Severity.WARNING, "repeated-id", f"{other!r} stands twice in this list.", "Remove one of them."
        elif steps[0] == "organisations" and not _may_work(catalogue, other):
            message = f"{other!r} is of kind {catalogue.entries[other].kind}, which is none that works on a subject."
            advice = "Move it to related:, or say works: yes of its kind in bot.yaml."
            found = Severity.WARNING, "not-an-organisation", message, advice
        if found:
            severity, code, message, advice = found
            place = document.place(*steps, key=steps[0] == "accept_overlap")
            yield Finding(*place, severity, code, message, advice)
        seen.add((steps[0], other))


def _may_work(catalogue: Catalogue, other: str) -> bool:
    """Return whether an entry is of a kind that works on subjects; a folder that declares none leaves that open."""
    entry = catalogue.entries.get(other)
    return entry is None or entry.kind.works or not (catalogue.bot.kinds or entry.kind.built_in)


def check_facts(entry: Entry, document: Document, catalogue: Catalogue, known: Collection[str]) -> Iterator[Finding]:
    """Yield facts that say nothing, answer an unknown attribute, have a value that is none, or name unknown entries."""
    attributes = catalogue.attributes
    for number, fact in enumerate(entry.facts):
        if not fact.text and not (fact.about and fact.value):
            message, advice = "a fact has neither text nor about and value.", "Add text:"
            yield Finding(*document.place("facts", number), Severity.ERROR, "missing-key", message, advice)
        for index, other in enumerate(fact.entries):
            if other not in known:
                advice = did_you_mean(other, known) or "Write it, or remove this."
                place = document.place("facts", number, "entries", index)
                yield Finding(*place, Severity.ERROR, "unknown-id", f"there is no entry {other!r}.", advice)
        for name in fact.about:
            if name not in attributes:
                place = document.place("facts", number, "about")
                advice = did_you_mean(name, attributes) or f"The attributes are {', '.join(attributes)}."
                yield Finding(*place, Severity.ERROR, "unknown-attribute", f"there is no attribute {name!r}.", advice)
                continue
            for value in fact.value:
                said = next(iter(value.values()))
                if attributes[name].values and said not in attributes[name].values:
                    choices = attributes[name].values
                    advice = did_you_mean(said, choices) or f"The values are {', '.join(choices)}."
                    place = document.place("facts", number, "value")
                    message = f"{said!r} is no value of {name!r}."
                    yield Finding(*place, Severity.ERROR, "unknown-value", message, advice)


def check_golden(
    questions: Mapping[int, GoldenQuestion], document: Document, known: Collection[str]
) -> Iterator[Finding]:
    """Yield golden questions (by their number in ``document``) that want an entry which is not ``known``."""
    for index, question in questions.items():
        if question.want not in known and question.want not in DECISIONS:
            message = f"there is no entry {question.want!r}."
            advice = did_you_mean(question.want, known) or f"Write an id, or one of {', '.join(DECISIONS)}."
            yield Finding(*document.place(index, "want"), Severity.ERROR, "unknown-id", message, advice)
