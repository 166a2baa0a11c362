"""Cards: what is shown of an entry."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE, pick
from bot.replies import lists
from bot.replies.reply import Button, Folded, Heading, Item, Lead, LinkButton, Paragraph, Quiet, Reply, Share, Show
from bot.replies.wording import strings
from bot.replies.wording.glyphs import BULLET
from bot.replies.wording.lengths import SCREEN_CHARACTERS, first_sentence, split_at, units
from bot.replies.wording.localiser import SUBJECTS, endonym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry, Fact
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

SUMMARY_UNITS = 800
"""Of a summary, what is shown before the fold, so that the lead, the status and the date stay on the first screen."""

FOLDED_UNITS = 1500
"""Behind the fold; whoever wants to know more asks, and gets the one fact in front."""

BESIDE_UNITS = 350
"""Of each summary, where two entries are presented together."""

DESCRIPTION_UNITS = 100
"""One line in a list of inline results."""

RELATED = 4
"""Related entries offered as buttons."""

WORKERS_A_ROW = 3
"""Buttons of organisations in one row: they carry acronyms."""

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def card(entry: Entry, localiser: Localiser, *, fact: int | None = None, link: str | None = None) -> Reply:
    """Return the card of an entry, leading with the fact and the link that were asked for."""
    if entry.kind not in SUBJECTS:
        return plain_reply(entry, localiser)
    shown, rest = split_at(localiser.pick(entry.summary), SUMMARY_UNITS)
    asked = entry.facts[fact] if fact is not None and fact < len(entry.facts) else None
    blocks: list[Block] = [Heading(localiser.name(entry))]
    if asked:
        blocks.append(Lead(statement(asked, localiser)))
    if link and not any(known.use == link for known in entry.links):
        blocks.append(Paragraph(localiser.words("card.no_such_link", what=localiser.words(f"link.{link}"))))
    blocks.append(Paragraph(shown))
    if entry.status != "active":
        blocks.append(Paragraph(localiser.pick(entry.status_note) or localiser.words(f"card.{entry.status}")))
    blocks.extend(_workers(entry, localiser, SCREEN_CHARACTERS - sum(units(block.text) for block in blocks)))
    blocks.extend(_folded(rest, [known for known in entry.facts if known is not asked], localiser))
    blocks.extend(_remarks(entry, localiser))
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        links=links(entry, localiser, link),
        actions=tuple(_buttons(entry, localiser)),
        title=localiser.name(entry),
        description=first_sentence(localiser.pick(entry.summary), DESCRIPTION_UNITS),
    )


def side_by_side(entries: Sequence[Entry], localiser: Localiser) -> Reply:
    """Return one reply that presents several entries, each in a few sentences, with its first link and its card."""
    blocks: list[Block] = []
    for entry in entries:
        shown, _ = split_at(localiser.pick(entry.summary or entry.reply), BESIDE_UNITS)
        blocks += [Heading(localiser.name(entry)), Paragraph(shown)]
        if entry.status != "active":
            blocks.append(Quiet(localiser.pick(entry.status_note) or localiser.words(f"card.{entry.status}")))
    found = [(entry, link) for entry in entries for link in links(entry, localiser)[:1]]
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        links=tuple(LinkButton(_naming(entry, link.label, localiser), link.url) for entry, link in found),
        actions=tuple(
            (Button(localiser.words("card.more_about", name=localiser.short_name(entry)), Show(entry.id)),)
            for entry in entries
            if entry.kind in SUBJECTS
        ),
        title=" / ".join(localiser.short_name(entry) for entry in entries),
        description=first_sentence(localiser.pick(entries[0].summary), DESCRIPTION_UNITS),
    )


def _naming(entry: Entry, label: str, localiser: Localiser) -> str:
    """Return a link's label, with whose it is unless it says so."""
    names = (localiser.short_name(entry), localiser.pick(entry.name))
    return label if any(name in label or label in name for name in names) else f"{names[0]}: {label}"


def plain_reply(entry: Entry, localiser: Localiser, helplines: Button | None = None) -> Reply:
    """Return what an entry of kind smalltalk or elsewhere says, with its links.

    ``helplines`` leads to them: who only wants to talk to somebody may need that.
    """
    text = localiser.pick(entry.reply)
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(text),),
        links=links(entry, localiser),
        actions=((lists.browse_button(localiser), *((helplines,) if helplines else ())),),
        title=localiser.name(entry),
        description=first_sentence(text, DESCRIPTION_UNITS),
    )


def statement(fact: Fact, localiser: Localiser, *, brief: bool = False) -> str:
    """Return a fact with the year it is known for, unless it says so itself, and a mark if nothing confirms it.

    The remarks are in the fact's own language where the program speaks it; ``brief`` leaves out "as of".
    """
    written, text = pick(fact.text, localiser.language, localiser.default)
    own = replace(localiser, language=written) if written in strings.languages() else localiser
    remarks = []
    if fact.as_of and not _YEAR.search(text) and (years := own.years(fact.as_of)):
        remarks.append(years if brief else own.words("card.year", year=years))
    if fact.confidence == "low":
        remarks.append(own.words("card.not_confirmed"))
    return f"{text.removesuffix('.')} ({', '.join(remarks)})." if remarks else text


def links(entry: Entry, localiser: Localiser, first: str | None = None) -> tuple[LinkButton, ...]:
    """Return an entry's links in the editor's order, those of the asked-for use first."""
    ordered = sorted(entry.links, key=lambda link: link.use != first)
    return tuple(LinkButton(localiser.link_label(link), link.url) for link in ordered)


def _workers(entry: Entry, localiser: Localiser, room: int) -> Iterator[Block]:
    """Yield who works on a subject, with the reason as long as there is room on the screen."""
    for worker in entry.organisations:
        if known := localiser.catalogue.entries.get(worker.id):
            why = localiser.pick(worker.why)
            room -= units(why)
            yield Item(text=why if room > 0 else "", label=localiser.short_name(known))


def _folded(rest: str, facts: Sequence[Fact], localiser: Localiser) -> Iterator[Block]:
    """Yield the rest of the summary and the other facts, the editor's first ones first, as far as there is room."""
    lines = [rest] if rest else []
    room = FOLDED_UNITS - units(rest)
    stated = [f"{BULLET}{statement(fact, localiser, brief=True)}" for fact in facts]
    kept = [line for line, used in zip(stated, accumulate(map(units, stated)), strict=True) if used <= room]
    if kept:
        lines += [localiser.words("card.more_facts"), *kept]
    if lines:
        yield Folded("\n".join(lines))


def _remarks(entry: Entry, localiser: Localiser) -> Iterator[Block]:
    if entry.reviewed_on:
        yield Quiet(localiser.words("card.as_of", when=localiser.month(entry.reviewed_on)))
    written, _ = pick(entry.summary, localiser.language, localiser.default)
    if written not in ("", ANY_LANGUAGE, localiser.language):
        yield Quiet(localiser.words("card.only_in", language=localiser.language_name(written)))


def _buttons(entry: Entry, localiser: Localiser) -> Iterator[tuple[Button, ...]]:
    """Yield rows: who works on it, related entries, other languages, sharing."""
    known = localiser.catalogue.entries
    workers = [known[worker.id] for worker in entry.organisations if worker.id in known]
    buttons = [Button(localiser.short_name(worker), Show(worker.id)) for worker in workers]
    yield from rows(buttons, WORKERS_A_ROW)
    related = [known[other] for other in entry.related if other in known and known[other] not in workers]
    for other in related[:RELATED]:
        yield (Button(localiser.label(other), Show(other.id)),)
    written = [language for language in localiser.catalogue.bot.languages if language in entry.summary]
    last = [
        Button(endonym(language), Show(entry.id, language)) for language in written if language != localiser.language
    ]
    yield (*last, Button(localiser.words("card.share"), Share(entry.id)))


def rows(buttons: Sequence[Button], width: int) -> Iterator[tuple[Button, ...]]:
    """Yield ``buttons`` in rows of at most ``width``."""
    for start in range(0, len(buttons), width):
        yield tuple(buttons[start : start + width])
