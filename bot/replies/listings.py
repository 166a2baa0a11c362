"""Lists of entries that have something in common, and the honest word that none is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Relation
from bot.replies import values
from bot.replies.cards import WORKERS_A_ROW, rows
from bot.replies.lists import browse_button
from bot.replies.reply import Button, Item, Lead, Paragraph, Reply, Show
from bot.replies.wording.localiser import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Condition, Listing
    from bot.replies.wording.localiser import Localiser

SHOWN = 24
"""Entries named in one list; whoever has more browses."""


def listing(decision: Listing, localiser: Localiser) -> Reply:
    """Return the number, then the names as lines and as buttons."""
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
        lead = localiser.words("listing.of", count=len(entries), name=localiser.name(decision.of))
    else:
        lead = localiser.words("listing.all", count=len(entries))
    shown = entries[:SHOWN]
    buttons = [Button(localiser.short_name(entry), Show(entry.id)) for entry in shown]
    return Reply(
        language=localiser.language,
        blocks=(Lead(lead), *(_line(entry, first, localiser) for entry in shown)),
        actions=(*rows(buttons, WORKERS_A_ROW), *((browse_button(localiser),) for _ in entries[SHOWN : SHOWN + 1])),
        title=lead,
        description=", ".join(localiser.short_name(entry) for entry in shown),
    )


def _line(entry: Entry, by: Condition | None, localiser: Localiser) -> Item:
    short, name = localiser.short_name(entry), localiser.pick(entry.name)
    value = values.brief(entry, by.attribute, localiser) if by else ""
    is_told = by is not None and localiser.catalogue.attributes[by.attribute].type in ("year", "place")
    text = value if value and is_told else (name if name != short else "")
    return Item(text=text, label=short)


def nobody(conditions: Sequence[Condition], localiser: Localiser) -> Reply:
    """Return that none is known to have this, which does not say that there is none."""
    what = ", ".join(values.condition(one, localiser) for one in conditions)
    lead = localiser.words("listing.none", what=what)
    return Reply(
        language=localiser.language,
        blocks=(Lead(lead), Paragraph(localiser.words("listing.not_all"))),
        actions=((browse_button(localiser),),),
        title=lead,
        description=localiser.words("listing.not_all"),
    )
