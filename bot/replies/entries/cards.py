"""Cards: what is shown of an entry as a whole, on one screen of a phone, in brief, or in full."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from bot.knowledge.entry import ANY_LANGUAGE, pick
from bot.replies import lists, screen
from bot.replies.entries import card_buttons, dates, values
from bot.replies.entries.card_buttons import links
from bot.replies.entries.statements import statement, status
from bot.replies.reply import Button, Folded, Heading, Item, Lead, Paragraph, Quiet, Reply
from bot.replies.wording.glyphs import BULLET
from bot.replies.wording.lengths import first_sentence, sentences, shorten, split_at, units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry, Fact
    from bot.replies.reply import Block, LinkButton
    from bot.replies.wording.localiser import Localiser

SUMMARY_UNITS = 800
"""Of a summary, what a full card shows before the fold."""

SENTENCES_UNITS = 450
"""Of a summary, what a card shows that fits on a screen; what is longer is cut, and stands in whole behind the fold."""

FOLDED_UNITS = 1500
"""Behind the fold; whoever wants to know more asks, and gets the one fact in front."""

DESCRIPTION_UNITS = 100
"""One line in a list of inline results."""


class Extent(NamedTuple):
    """How much of an entry a card shows: sentences of its summary, who works on it, links, buttons to other entries."""

    sentences: int
    workers: int
    links: int
    buttons: int


EXTENTS = (
    *(Extent(2, workers, 3, 3) for workers in (5, 4, 3)),
    *(Extent(2, 3, links, 3) for links in (2, 1)),
    Extent(2, 2, 1, 3),
    *(Extent(1, workers, 2, 3) for workers in (5, 4, 3)),
    *(Extent(1, workers, 1, 3) for workers in (4, 3, 2)),
    *(Extent(1, workers, 1, 2) for workers in (2, 1)),
    *(Extent(1, 1, 1, buttons) for buttons in (1, 0)),
    Extent(1, 0, 1, 0),
)
"""What a card gives up until it fits on a screen: who works on it beyond the third, the third link and the second, then
the second sentence. All of it is behind the fold, or behind "more"."""


def card(
    entry: Entry,
    localiser: Localiser,
    *,
    fact: int | None = None,
    link: str | None = None,
    brief: bool = False,
    full: bool = False,
    helplines: Button | None = None,
) -> Reply:
    """Return the card of an entry: what it is in a screen, with a way to the rest.

    ``fact`` (an index) and ``link`` (the ``is`` of one) were asked for: a fact stands first, and of the card the name,
    a sentence and the attributes, as with ``brief`` for an entry that was shown before. ``full``: all there is.
    ``helplines`` is offered with entries that ask for it.
    """
    if entry.kind.built_in:
        return plain_reply(entry, localiser, helplines)
    beside = helplines if entry.helplines else None
    asked = entry.facts[fact] if fact is not None and fact < len(entry.facts) else None
    lacking = localiser.words(f"link.{link}") if link and all(known.use != link for known in entry.links) else ""
    first: list[Block] = [Lead(statement(asked, entry, localiser))] if asked else []
    first.append(Heading(localiser.name(entry)))
    if lacking:
        first.append(Paragraph(localiser.words("card.no_such_link", what=lacking)))
    if full:
        facts = [known for known in entry.facts if known is not asked]
        buttons = card_buttons.full(entry, localiser, beside)
        return _reply(entry, localiser, _full(entry, localiser, first, facts), links(entry, localiser, link), buttons)
    if brief or asked:
        shown = links(entry, localiser, link)[:1] if asked or link else ()
        return _brief(entry, localiser, first, shown, beside)
    return _short(entry, localiser, first, links(entry, localiser, link), beside)


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


def _brief(
    entry: Entry,
    localiser: Localiser,
    first: Sequence[Block],
    offered: tuple[LinkButton, ...],
    helplines: Button | None,
) -> Reply:
    """Return the least there is of an entry; where it is too much, in fewer words, and at last without its sentence."""
    told, line = first_sentence(localiser.pick(entry.summary), SENTENCES_UNITS), values.line(entry, localiser)
    note = status(entry, localiser)
    less = localiser.words(f"card.{entry.status}") if note else ""
    reply = _reply(entry, localiser, first, offered, card_buttons.brief(entry, localiser, helplines))
    for texts in ((told, note, line), (told, less, line), (less, line)):
        reply = replace(reply, blocks=(*first, *(Paragraph(text) for text in texts if text)))
        if screen.fits(reply):
            break
    return reply


def _short(
    entry: Entry,
    localiser: Localiser,
    first: Sequence[Block],
    offered: tuple[LinkButton, ...],
    helplines: Button | None,
) -> Reply:
    """Return as much of an entry as fits on a screen, with the rest of its text folded away."""
    told, only_in = sentences(localiser.pick(entry.summary)), _only_in(entry, localiser)
    as_of = [line for line in (dates.line(entry, localiser),) if line]
    notes = [Paragraph(text) for text in (status(entry, localiser), values.line(entry, localiser)) if text]
    reply, extent = _reply(entry, localiser, first, offered), EXTENTS[0]
    before, what = [*first], ""
    for extent in EXTENTS:
        what = shorten(" ".join(told[: extent.sentences]), SENTENCES_UNITS)
        before = [*first, Paragraph(what), *notes, *_workers(entry, localiser, extent.workers)]
        left_out = len(entry.organisations) > extent.workers or len(entry.links) > extent.links
        buttons = card_buttons.short(entry, localiser, extent.buttons, helplines, left_out=left_out)
        # The date is of the whole; where there is a fold it stands at its end, for it would take two lines.
        dated = [] if len(told) > extent.sentences or entry.facts else list(map(Quiet, as_of))
        reply = _reply(entry, localiser, (*before, *dated, *only_in), offered[: extent.links], buttons)
        if screen.fits(reply):
            break
    summary = " ".join(told)
    rest = _rest(summary.removeprefix(what).lstrip(), entry, entry.facts, localiser)
    folded = [Folded("\n".join((*rest, *as_of)))] if rest else list(map(Quiet, as_of))
    return replace(reply, blocks=(*before, *folded, *only_in))


def _full(entry: Entry, localiser: Localiser, first: Sequence[Block], facts: Sequence[Fact]) -> list[Block]:
    shown, after = split_at(localiser.pick(entry.summary), SUMMARY_UNITS)
    texts = (shown, status(entry, localiser), values.line(entry, localiser))
    blocks = [*first, *(Paragraph(text) for text in texts if text)]
    blocks += _workers(entry, localiser, len(entry.organisations))
    if rest := _rest(after, entry, facts, localiser):
        blocks.append(Folded("\n".join(rest)))
    as_of = dates.line(entry, localiser)
    return [*blocks, *([Quiet(as_of)] if as_of else []), *_only_in(entry, localiser)]


def _reply(
    entry: Entry,
    localiser: Localiser,
    blocks: Sequence[Block],
    offered: tuple[LinkButton, ...],
    actions: tuple[tuple[Button, ...], ...] = (),
) -> Reply:
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        links=offered,
        actions=actions,
        title=localiser.name(entry),
        description=first_sentence(localiser.pick(entry.summary), DESCRIPTION_UNITS),
    )


def _workers(entry: Entry, localiser: Localiser, reasons: int) -> Iterator[Block]:
    """Yield who works on a subject, the first ones with the reason, and the others by name in one line."""
    known = localiser.catalogue.entries
    workers = [worker for worker in entry.organisations if worker.id in known]
    for worker in workers[:reasons]:
        yield Item(text=localiser.pick(worker.why), label=localiser.short_name(known[worker.id]))
    if others := workers[reasons:]:
        yield Item(text=", ".join(localiser.short_name(known[worker.id]) for worker in others))


def _rest(summary: str, entry: Entry, facts: Sequence[Fact], localiser: Localiser) -> list[str]:
    """Return the rest of the summary and the facts, the new ones first, as far as there is room."""
    told = [fact for fact in dates.newest_first(facts, entry, localiser) if fact.text]
    stated = [f"{BULLET}{statement(fact, entry, localiser, brief=True)}" for fact in told]
    room = FOLDED_UNITS - units(summary)
    kept = [line for line, used in zip(stated, accumulate(map(units, stated)), strict=True) if used <= room]
    return [*([summary] if summary else []), *([localiser.words("card.more_facts"), *kept] if kept else [])]


def _only_in(entry: Entry, localiser: Localiser) -> list[Block]:
    written, _ = pick(entry.summary, localiser.language, localiser.default)
    if written in ("", ANY_LANGUAGE, localiser.language):
        return []
    return [Quiet(localiser.words("card.only_in", language=localiser.language_name(written)))]
