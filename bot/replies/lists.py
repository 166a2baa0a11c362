"""Lists to look through: the kinds of entry, and the entries of a kind, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.reply import Browse, Button, Heading, Paragraph, Reply, Show
from bot.replies.wording.localiser import in_order

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.knowledge.kinds import Kind
    from bot.replies.wording.localiser import Localiser

PAGE = 8
"""Entries on one page: with the buttons to turn it, one screen of a phone."""

LEAP = 10
"""Pages jumped over at once in a long list."""


def browse_button(localiser: Localiser) -> Button:
    """Return the button that opens the list of everything."""
    return Button(localiser.words("list.all"), Browse())


def browse(kind: str | None, page: int, localiser: Localiser) -> Reply:
    """Return a page (from 0, the nearest one that exists) of a kind; None or an unknown kind: the kinds themselves."""
    there = {known.id: known for known in localiser.catalogue.listed_kinds}
    if not there:
        return _reply(localiser, localiser.words("list.title"), localiser.words("list.empty"), ())
    if len(there) == 1:
        return _page(next(iter(there.values())), page, localiser, only=True)
    if kind in there:
        return _page(there[kind], page, localiser, only=False)
    buttons = tuple(
        (
            Button(
                localiser.words("kind.count", kind=localiser.kind_label(known), count=len(_of_kind(known, localiser))),
                Browse(known.id),
            ),
        )
        for known in there.values()
    )
    return _reply(localiser, localiser.words("list.title"), localiser.words("list.lead"), buttons)


def _page(kind: Kind, page: int, localiser: Localiser, *, only: bool) -> Reply:
    entries = _of_kind(kind, localiser)
    last = (len(entries) - 1) // PAGE
    page = min(max(page, 0), last)
    title = localiser.kind_label(kind)
    if last:
        title = localiser.words("list.page", kind=title, page=page + 1, pages=last + 1)
    shown = entries[page * PAGE :][:PAGE]
    buttons: list[tuple[Button, ...]] = [(Button(localiser.label(entry), Show(entry.id)),) for entry in shown]
    if turning := _turning(kind, page, last, localiser):
        buttons.append(turning)
    if not only:
        buttons.append((browse_button(localiser),))
    return _reply(localiser, title, localiser.words("list.tap"), tuple(buttons))


def _turning(kind: Kind, page: int, last: int, localiser: Localiser) -> tuple[Button, ...]:
    """Return the buttons back, a leap back, a leap on, and on: those that lead somewhere."""
    steps = {
        "list.leap_back": page - LEAP,
        "list.previous": page - 1,
        "list.next": page + 1,
        "list.leap_on": page + LEAP,
    }
    return tuple(
        Button(localiser.words(step, page=to + 1), Browse(kind.id, to)) for step, to in steps.items() if 0 <= to <= last
    )


def _of_kind(kind: Kind, localiser: Localiser) -> list[Entry]:
    found = (entry for entry in localiser.catalogue.entries.values() if entry.kind == kind)
    return in_order(found, localiser.label)


def _reply(localiser: Localiser, title: str, lead: str, actions: tuple[tuple[Button, ...], ...]) -> Reply:
    return Reply(
        language=localiser.language,
        blocks=(Heading(title), Paragraph(lead)),
        actions=actions,
        title=title,
        description=lead,
    )
