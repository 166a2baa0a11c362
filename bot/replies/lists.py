"""Lists to look through: the kinds of entry, and the entries of a kind, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.replies.reply import Browse, Button, Heading, Paragraph, Reply, Show
from bot.replies.voice import SUBJECTS, alphabetical

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.replies.voice import Voice

PAGE = 8
"""Entries on one page: with the buttons to turn it, one screen of a phone."""

LEAP = 10
"""Pages jumped over at once in a long list."""


def browse_button(voice: Voice) -> Button:
    """Return the button that opens the list of everything."""
    return Button(voice.words("list.all"), Browse())


def browse(kind: str | None, page: int, voice: Voice) -> Reply:
    """Return a page (from 0, the nearest one that exists) of a kind; None or an unknown kind: the kinds themselves."""
    counts = {known: len(_of_kind(known, voice)) for known in SUBJECTS}
    there = [known for known in SUBJECTS if counts[known]]
    if not there:
        return _reply(voice, voice.words("list.title"), voice.words("list.empty"), ())
    if len(there) == 1:
        return _page(there[0], page, voice, only=True)
    if kind in there:
        return _page(Kind(kind), page, voice, only=False)
    buttons = tuple(
        (Button(voice.words("kind.count", kind=voice.words(f"kind.{known}"), count=counts[known]), Browse(known)),)
        for known in there
    )
    return _reply(voice, voice.words("list.title"), voice.words("list.lead"), buttons)


def _page(kind: Kind, page: int, voice: Voice, *, only: bool) -> Reply:
    entries = _of_kind(kind, voice)
    last = (len(entries) - 1) // PAGE
    page = min(max(page, 0), last)
    title = voice.words(f"kind.{kind}")
    if last:
        title = voice.words("list.page", kind=title, page=page + 1, pages=last + 1)
    shown = entries[page * PAGE :][:PAGE]
    buttons: list[tuple[Button, ...]] = [(Button(voice.label(entry), Show(entry.id)),) for entry in shown]
    if turning := _turning(kind, page, last, voice):
        buttons.append(turning)
    if not only:
        buttons.append((browse_button(voice),))
    return _reply(voice, title, voice.words("list.tap"), tuple(buttons))


def _turning(kind: Kind, page: int, last: int, voice: Voice) -> tuple[Button, ...]:
    """Return the buttons back, a leap back, a leap on, and on: those that lead somewhere."""
    steps = [(page - LEAP, f"« {page - LEAP + 1}"), (page - 1, voice.words("list.previous"))]
    steps += [(page + 1, voice.words("list.next")), (page + LEAP, f"{page + LEAP + 1} »")]
    return tuple(Button(label, Browse(kind, to)) for to, label in steps if 0 <= to <= last)


def _of_kind(kind: Kind, voice: Voice) -> list[Entry]:
    found = [entry for entry in voice.catalogue.entries.values() if entry.kind is kind]
    return sorted(found, key=lambda entry: (alphabetical(voice.label(entry)), entry.id))


def _reply(voice: Voice, title: str, lead: str, actions: tuple[tuple[Button, ...], ...]) -> Reply:
    return Reply(
        language=voice.language,
        blocks=(Heading(title), Paragraph(lead)),
        actions=actions,
        title=title,
        description=lead,
    )
