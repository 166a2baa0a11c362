"""What can be tapped below a card: links, who works on a subject, what is related, the rest, the helplines, sharing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.reply import Button, LinkButton, Share, Show
from bot.replies.screen import packed
from bot.replies.wording.localiser import endonym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry
    from bot.replies.wording.localiser import Localiser

    Rows = tuple[tuple[Button, ...], ...]

RELATED = 4
"""Related entries offered on a full card."""

WORKERS_A_ROW = 3
"""Buttons of organisations in one row: they carry acronyms."""


def links(entry: Entry, localiser: Localiser, first: str | None = None) -> tuple[LinkButton, ...]:
    """Return an entry's links in the editor's order, those of the asked-for use first."""
    ordered = sorted(entry.links, key=lambda link: link.use != first)
    return tuple(LinkButton(localiser.link_label(link), link.url) for link in ordered)


def short(entry: Entry, localiser: Localiser, most: int, helplines: Button | None, *, left_out: bool) -> Rows:
    """Return buttons for at most ``most`` other entries, who works on it first, and a row for the card itself.

    ``left_out``: the text of the card is not all there is, so that "more" is offered.
    """
    workers, related = _workers(entry, localiser), _related(entry, localiser)
    others = [Button(localiser.short_name(one), Show(one.id)) for one in (*workers, *related)[:most]]
    missing = left_out or len(workers) + len(related) > most or len(_written(entry, localiser)) > 1
    own = (
        *((_more(entry, localiser),) if missing else ()),
        *((helplines,) if helplines else ()),
        Button(localiser.words("card.share"), Share(entry.id)),
    )
    return (*packed(others), *packed(own))


def brief(entry: Entry, localiser: Localiser, helplines: Button | None) -> Rows:
    """Return the button to the rest."""
    return ((_more(entry, localiser), *((helplines,) if helplines else ())),)


def full(entry: Entry, localiser: Localiser, helplines: Button | None) -> Rows:
    """Return rows: who works on it, related entries, the helplines, other languages, sharing."""
    workers = [Button(localiser.short_name(worker), Show(worker.id)) for worker in _workers(entry, localiser)]
    related = _related(entry, localiser)[:RELATED]
    others = [language for language in _written(entry, localiser) if language != localiser.language]
    return (
        *rows(workers, WORKERS_A_ROW),
        *((Button(localiser.label(other), Show(other.id)),) for other in related),
        *(((helplines,),) if helplines else ()),
        (
            *(Button(endonym(language), Show(entry.id, language, full=True)) for language in others),
            Button(localiser.words("card.share"), Share(entry.id)),
        ),
    )


def rows(buttons: Sequence[Button], width: int) -> Iterator[tuple[Button, ...]]:
    """Yield ``buttons`` in rows of at most ``width``."""
    for start in range(0, len(buttons), width):
        yield tuple(buttons[start : start + width])


def _more(entry: Entry, localiser: Localiser) -> Button:
    return Button(localiser.words("card.more"), Show(entry.id, full=True))


def _workers(entry: Entry, localiser: Localiser) -> list[Entry]:
    known = localiser.catalogue.entries
    return [known[worker.id] for worker in entry.organisations if worker.id in known]


def _related(entry: Entry, localiser: Localiser) -> list[Entry]:
    known, workers = localiser.catalogue.entries, {worker.id for worker in entry.organisations}
    return [known[other] for other in entry.related if other in known and other not in workers]


def _written(entry: Entry, localiser: Localiser) -> list[str]:
    return [language for language in localiser.catalogue.bot.languages if language in entry.summary]
