"""Replies that offer instead of answering: choices, an honest no, and what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.cards import DESCRIPTION_UNITS, links
from bot.replies.helping import button
from bot.replies.lists import browse_button
from bot.replies.measuring import first_sentence
from bot.replies.reply import Button, NoneOfThese, Paragraph, Quiet, Reply, Show
from bot.replies.voice import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge.entry import Entry
    from bot.replies.voice import Voice

CHOICES = 5
"""Choices offered at once."""

NEAREST = 3
"""Nearest names offered with an honest no."""


def choose(entries: Iterable[Entry], voice: Voice) -> Reply:
    """Return up to five choices, a row each, and "none of these"."""
    lead = voice.words("choose.lead")
    return Reply(
        language=voice.language,
        blocks=(Paragraph(lead),),
        actions=(*_shown(entries, CHOICES, voice), (Button(voice.words("choose.none"), NoneOfThese()),)),
        title=voice.words("choose.title"),
        description=lead,
    )


def none_of_these(voice: Voice) -> Reply:
    """Return what to try when no choice was right."""
    lead = voice.words("none_of_these.lead")
    return Reply(
        language=voice.language,
        blocks=(Paragraph(lead), Paragraph(voice.words("none_of_these.rephrase")), Quiet(voice.words("none.danger"))),
        actions=((browse_button(voice), button(voice)),),
        title=lead,
    )


def no_match(nearest: Iterable[Entry], voice: Voice, helplines: Button, *, readable: bool = True) -> Reply:
    """Return an honest no with the nearest names, if there are any; ``readable`` is False for an empty question.

    The last line and ``helplines`` are for somebody in danger whose words were not heard as a cry: not all of them are.
    """
    rows = _shown((entry for entry in nearest if entry.kind in SUBJECTS), NEAREST, voice)
    lead = voice.words("none.lead" if readable else "none.empty")
    return Reply(
        language=voice.language,
        blocks=(
            Paragraph(lead),
            Paragraph(voice.words("none.nearest" if rows else "none.try")),
            Quiet(voice.words("none.danger")),
        ),
        actions=(*rows, (browse_button(voice), helplines)),
        title=voice.words("none.title"),
        description=lead,
    )


def elsewhere(entry: Entry, voice: Voice) -> Reply:
    """Return what the folder says about somebody it does not cover: an honest line and, if there is one, a pointer."""
    text = voice.pick(entry.reply)
    related = (voice.catalogue.entries[other] for other in entry.related if other in voice.catalogue.entries)
    return Reply(
        language=voice.language,
        blocks=(Paragraph(text),),
        links=links(entry, voice),
        actions=(*_shown(related, NEAREST, voice), (browse_button(voice),)),
        title=voice.words("none.title"),
        description=first_sentence(text, DESCRIPTION_UNITS),
    )


def _shown(entries: Iterable[Entry], limit: int, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(voice.label(entry), Show(entry.id)),) for entry in list(entries)[:limit])
