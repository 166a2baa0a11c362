"""What entries must have beyond their form, one by one and towards each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity
from bot.knowledge.kinds import HELP, SMALLTALK
from bot.knowledge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.entry import Entry, GoldenQuestion
    from bot.knowledge.loader.positions import Document

DECISIONS = {"none": None, "help": HELP, "chat": SMALLTALK}
"""What a golden question may want besides an id, and the kind of entry that may have it as its id."""


def check_entry(entry: Entry, document: Document) -> Iterator[Finding]:
    """Yield what an entry lacks for its kind, and what it has to no effect."""
    yield from _texts(entry, document)
    yield from _helplines(entry, document)
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


def _helplines(entry: Entry, document: Document) -> Iterator[Finding]:
    name = _name(entry)
    if entry.kind == HELP:
        if not entry.lines:
            message = f"{name} has no helplines."
            yield Finding(*document.place(), Severity.WARNING, "missing-lines", message, "Add lines:")
    else:
        for key in ("lines", "calm"):
            if getattr(entry, key):
                message, advice = f"{key!r} has no effect on {name}.", "Move it to the entry of kind help."
                yield Finding(*document.place(key, key=True), Severity.WARNING, "no-effect", message, advice)
    for index, line in enumerate(entry.lines):
        if not line.number and not line.url:
            message = "a helpline has neither number nor url."
            yield Finding(*document.place("lines", index), Severity.ERROR, "missing-key", message, "Add one of them.")


def _name(entry: Entry) -> str:
    return f"{entry.kind} {entry.id!r}"


def check_references(
    catalogue: Catalogue, sources: Mapping[str, Document], broken: Collection[str]
) -> Iterator[Finding]:
    """Yield what refers to entries that are not there. ``broken`` ids exist, but could not be read."""
    known = {*catalogue.entries, *broken}
    for entry in catalogue.entries.values():
        references = [
            *((worker.id, ("organisations", index, "id")) for index, worker in enumerate(entry.organisations)),
            *((other, ("related", index)) for index, other in enumerate(entry.related)),
            *((other, ("accept_overlap", other)) for other in entry.accept_overlap),
        ]
        seen: set[tuple[object, str]] = set()
        for other, steps in references:
            place = sources[entry.id].place(*steps, key=steps[0] == "accept_overlap")
            if other not in known:
                message, advice = (
                    f"there is no entry {other!r}.",
                    did_you_mean(other, known) or "Write it, or remove this.",
                )
                yield Finding(*place, Severity.ERROR, "unknown-id", message, advice)
            elif other == entry.id:
                message = f"{entry.id!r} refers to itself."
                yield Finding(*place, Severity.WARNING, "self-reference", message, "Remove this.")
            elif (steps[0], other) in seen:
                message = f"{other!r} stands twice in this list."
                yield Finding(*place, Severity.WARNING, "repeated-id", message, "Remove one of them.")
            elif steps[0] == "organisations" and not _may_work(catalogue, other):
                kind = catalogue.entries[other].kind
                message = f"{other!r} is of kind {kind}, which is none that works on a subject."
                advice = "Move it to related:, or say works: yes of its kind in bot.yaml."
                yield Finding(*place, Severity.WARNING, "not-an-organisation", message, advice)
            seen.add((steps[0], other))


def _may_work(catalogue: Catalogue, other: str) -> bool:
    """Return whether an entry is of a kind that works on subjects; a folder that declares none leaves that open."""
    entry = catalogue.entries.get(other)
    return entry is None or entry.kind.works or not (catalogue.bot.kinds or entry.kind.built_in)


def check_facts(catalogue: Catalogue, sources: Mapping[str, Document], broken: Collection[str]) -> Iterator[Finding]:
    """Yield facts that say nothing, answer an unknown attribute, have a value that is none, or name unknown entries."""
    attributes, known = catalogue.attributes, {*catalogue.entries, *broken}
    for entry in catalogue.entries.values():
        document = sources[entry.id]
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
                place = document.place("facts", number, "about")
                if name not in attributes:
                    advice = did_you_mean(name, attributes) or f"The attributes are {', '.join(attributes)}."
                    yield Finding(
                        *place, Severity.ERROR, "unknown-attribute", f"there is no attribute {name!r}.", advice
                    )
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
