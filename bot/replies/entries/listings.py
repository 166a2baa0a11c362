"""Lists of entries that have something in common, and the honest word that none is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Relation
from bot.replies.entries import values
from bot.replies.entries.card_buttons import WORKERS_A_ROW, rows
from bot.replies.lists import browse_button
from bot.replies.reply import Button, Item, Lead, Paragraph, Reply, Show
from bot.replies.screen import fits
from bot.replies.wording.glyphs import DOT
from bot.replies.wording.localiser import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Condition, Listing
    from bot.replies.wording.localiser import Localiser

SHOWN = 24
"""Entries named in one list; whoever has more browses."""


def listing(decision: Listing, localiser: Localiser) -> Reply:
    """Return the number, then the names: as buttons, and as lines too where that is one screen."""
    entries: Sequence[Entry] = decision.entries
    if decision.alphabetical:
        entries = in_order(entries, localiser.name)
    what = ", ".join(values.condition(one, localiser) for one in decision.conditions)
    first = decision.conditions[0] if decision.conditions else None
    if first and first.relation in (Relation.FIRST, Relation.LAST) and entries:
        value = values.brief(entries[0], first.attribute, localiser)
        lead = f"{what}{localiser.colon}{localiser.name(entries[0])} ({value})"
    elif what:
        lead = localiser.words("listing.lead", count=len(entries), what=what)
    elif decision.of:
        key = "listing.workers" if decision.of.organisations else "listing.of"
        lead = localiser.words(key, count=len(entries), name=localiser.name(decision.of))
    else:
        lead = localiser.words("listing.all", count=len(entries))
    shown = entries[:SHOWN]
    reply = Reply(
        language=localiser.language,
        blocks=(Lead(lead), *(_line(entry, decision.of, first, localiser) for entry in shown)),
        actions=_buttons(entries, None, localiser),
        title=lead,
        description=", ".join(localiser.short_name(entry) for entry in shown),
    )
    if fits(reply):
        return reply
    return replace(reply, blocks=(Lead(lead),), actions=_buttons(entries, first, localiser))


def _buttons(entries: Sequence[Entry], by: Condition | None, localiser: Localiser) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each entry, with the year that the list is made ``by``, and one to the whole list."""
    buttons = [
        Button(DOT.join(filter(None, (localiser.short_name(one), _told(one, by, localiser)))), Show(one.id))
        for one in entries[:SHOWN]
    ]
    return (*rows(buttons, WORKERS_A_ROW), *(((browse_button(localiser),),) if len(entries) > SHOWN else ()))


def _line(entry: Entry, of: Entry | None, by: Condition | None, localiser: Localiser) -> Item:
    """Return a name with what it is listed for: its year, what it does about the subject; else with its full name."""
    short, name = localiser.short_name(entry), localiser.pick(entry.name)
    why = next((localiser.pick(worker.why) for worker in of.organisations if worker.id == entry.id), "") if of else ""
    return Item(text=why or _told(entry, by, localiser) or (name if name != short else ""), label=short)


def _told(entry: Entry, by: Condition | None, localiser: Localiser) -> str:
    """Return the year that a list is made by; any other value is the same for all that it lists."""
    if by is None or localiser.catalogue.attributes[by.attribute].type != "year":
        return ""
    return values.brief(entry, by.attribute, localiser)


def nobody(conditions: Sequence[Condition], localiser: Localiser, helplines: Button) -> Reply:
    """Return that none is known to have this, which does not say that there is none."""
    what = ", ".join(values.condition(one, localiser) for one in conditions)
    lead = localiser.words("listing.none", what=what)
    return Reply(
        language=localiser.language,
        blocks=(Lead(lead), Paragraph(localiser.words("listing.not_all"))),
        actions=((browse_button(localiser), helplines),),
        title=lead,
        description=localiser.words("listing.not_all"),
    )
