"""What was said just before: the part of a conversation that a message can hang on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from bot.matching.decision import Condition

TRAIL = 8
"""Entries shown before the last one that "back" leads to."""

ROW = 5
"""Entries shown one by one that "them" can mean."""


@dataclass(frozen=True, slots=True)
class InCare:
    """Somebody may be in danger, and the chat is about that for a while.

    ``entry``: id of the help entry. ``country``: ISO 3166 code of where they are, if they said it or tapped it.
    ``concern``: what it is about (see ``Help``). ``adult``: it is about a child of theirs. ``write``: they cannot call.
    ``told``: ids of the steps that were told, "" for the first reply.
    ``light``: nobody said so much; only what is clearly about it is taken for that.
    ``left``: messages about something else after which the chat is as any other.
    """

    entry: str = ""
    country: str | None = None
    concern: str = ""
    adult: bool = False
    write: bool = False
    told: tuple[str, ...] = ()
    light: bool = False
    left: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """The state of one conversation; an empty one is the beginning.

    ``entry``: id of the entry shown last. ``choices``: ids offered or listed last, in the order shown ("the second
    one"). ``attribute``: id of what was asked last ("and omct?"), ``also``: of what was asked beside it.
    ``conditions``: what the last list was made by. ``language``: that the last reply was in. ``wanted``: the
    language asked for in words, until another one is. ``care``: what is known of somebody who may be in danger,
    while the chat is about that. ``trail``: ids of the entries shown before, the latest last. ``candidates``: ids
    that the last question may have been about, best first ("no, the other one"). ``unanswered``: how many messages
    in a row had no answer. ``pending``: ``attribute`` was asked of nobody, and the bot asked back. ``pinned``: the
    message replies to the card of ``entry``, and is about that whatever was said meanwhile. ``row``: ids of the
    entries shown one by one since the last list, or compared, the latest last ("compare them"). ``together``:
    several were told last. ``within``: ids that the last list was made out of, where not of all ("and the UN
    ones?"). ``fact``: number of the fact that the card of ``entry`` began with ("source?").
    """

    entry: str | None = None
    choices: tuple[str, ...] = ()
    attribute: str | None = None
    also: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    language: str | None = None
    wanted: str | None = None
    care: InCare | None = None
    trail: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    unanswered: int = 0
    pending: bool = False
    pinned: bool = False
    row: tuple[str, ...] = ()
    together: bool = False
    within: tuple[str, ...] = ()
    fact: int | None = None

    @property
    def condition(self) -> Condition | None:
        """The first of what the last list was made by."""
        return next(iter(self.conditions), None)

    @property
    def in_care(self) -> bool:
        """Whether somebody may be in danger."""
        return self.care is not None

    @property
    def seen(self) -> frozenset[str]:
        """The entries that were shown in this conversation."""
        return frozenset(self.trail) | ({self.entry} if self.entry else frozenset[str]())

    def shows(self, entry: str) -> Self:
        """Return the context after an entry was shown as a whole: by a question, or by a button."""
        trail = self.trail
        if self.entry and self.entry != entry:
            trail = (*[one for one in trail if one != self.entry], self.entry)[-TRAIL:]
        row = (*[one for one in self.row if one != entry], entry)[-ROW:]
        shown = replace(self, entry=entry, trail=trail, row=row, together=False, also=())
        return replace(shown, attribute=None, unanswered=0, pending=False, pinned=False, fact=None)
