"""Replies that offer instead of answering: choices, an honest no, and what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.cards import DESCRIPTION_UNITS, links
from bot.replies.helplines import button
from bot.replies.lists import browse_button
from bot.replies.reply import Button, NoneOfThese, Paragraph, Quiet, Reply, Show
from bot.replies.wording.lengths import first_sentence
from bot.replies.wording.localiser import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge.entry import Entry
    from bot.replies.wording.localiser import Localiser

CHOICES = 5
"""Choices offered at once."""

NEAREST = 3
"""Nearest names offered with an honest no."""


def choose(entries: Iterable[Entry], localiser: Localiser, *, which: bool = False) -> Reply:
    """Return up to five choices, a row each, and "none of these"; ``which``: something was asked, and of nobody."""
    lead = localiser.words("choose.which" if which else "choose.lead")
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(lead),),
        actions=(*_shown(entries, CHOICES, localiser), (Button(localiser.words("choose.none"), NoneOfThese()),)),
        title=localiser.words("choose.title"),
        description=lead,
    )


def none_of_these(localiser: Localiser) -> Reply:
    """Return what to try when no choice was right."""
    lead = localiser.words("none_of_these.lead")
    return Reply(
        language=localiser.language,
        blocks=(
            Paragraph(lead),
            Paragraph(localiser.words("none_of_these.rephrase")),
            Quiet(localiser.words("none.danger")),
        ),
        actions=((browse_button(localiser), button(localiser)),),
        title=lead,
    )


def no_match(nearest: Iterable[Entry], localiser: Localiser, helplines: Button, *, readable: bool = True) -> Reply:
    """Return an honest no with the nearest names, if there are any; ``readable`` is False for an empty question.

    The last line and ``helplines`` are for somebody in danger whose words were not heard as a cry: not all of them are.
    """
    rows = _shown((entry for entry in nearest if entry.kind in SUBJECTS), NEAREST, localiser)
    lead = localiser.words("none.lead" if readable else "none.empty")
    return Reply(
        language=localiser.language,
        blocks=(
            Paragraph(lead),
            Paragraph(localiser.words("none.nearest" if rows else "none.try")),
            Quiet(localiser.words("none.danger")),
        ),
        actions=(*rows, (browse_button(localiser), helplines)),
        title=localiser.words("none.title"),
        description=lead,
    )


def elsewhere(entry: Entry, localiser: Localiser) -> Reply:
    """Return what the folder says about somebody it does not cover: an honest line and, if there is one, a pointer."""
    text = localiser.pick(entry.reply)
    related = (localiser.catalogue.entries[other] for other in entry.related if other in localiser.catalogue.entries)
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(text),),
        links=links(entry, localiser),
        actions=(*_shown(related, NEAREST, localiser), (browse_button(localiser),)),
        title=localiser.words("none.title"),
        description=first_sentence(text, DESCRIPTION_UNITS),
    )


def _shown(entries: Iterable[Entry], limit: int, localiser: Localiser) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(localiser.label(entry), Show(entry.id)),) for entry in list(entries)[:limit])
