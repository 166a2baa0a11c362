"""The updates that wait for the bot, and the cursor that confirms them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from bot.standin.rules import limits
from bot.standin.rules.refusal import conflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.standin.clock import Clock

Update = dict[str, Any]

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that a bot gets only when it names them in ``allowed_updates``."""


def kind(update: Update) -> str:
    """Return which kind of update this is: the name of its one field beside the number."""
    return next((name for name in update if name != "update_id"), "")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An update not yet confirmed, gone by itself at ``expires`` (Unix time)."""

    update: Update
    expires: float


@dataclass(slots=True, eq=False)
class Poll:
    """One call of getUpdates; ``until`` is when it is answered at the latest, even with nothing."""

    offset: int
    limit: int
    until: float
    replaced: bool = False
    """Another poll came meanwhile: this one is to be refused."""


class Updates:
    """The queue of one bot.

    As at Telegram there is one cursor: asking with ``offset`` confirms everything before it. Polls are answered with
    at most 100 unconfirmed updates; a poll with the offset of the last one within half a second of its end brings the
    first only. A second poll ends the first with 409.
    """

    def __init__(self, clock: Clock, first: int) -> None:
        self._clock = clock
        self._next = first
        self._waiting: dict[int, _Waiting] = {}
        self._first_expiry = math.inf
        self._allowed: frozenset[str] | None = None
        self._poll: Poll | None = None
        self._last_offset: int | None = None
        self._last_end = -math.inf
        self.last_poll: float | None = None
        """When the bot last asked, Unix time."""

    def __len__(self) -> int:
        return len(self._unexpired())

    @property
    def pending(self) -> list[Update]:
        """The unconfirmed updates, oldest first; what has expired is gone."""
        return list(self.waiting())

    def waiting(self) -> Iterator[Update]:
        """Go through the unconfirmed updates, oldest first; none may be added or confirmed meanwhile."""
        return (waiting.update for waiting in self._unexpired().values())

    def __contains__(self, number: int) -> bool:
        return number in self._unexpired()

    @property
    def allowed(self) -> list[str] | None:
        """The kinds asked for; None is the default, all but a few."""
        return None if self._allowed is None else sorted(self._allowed)

    @property
    def poll(self) -> Poll | None:
        """The poll that is being waited for."""
        return self._poll

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds are wanted from now on; an empty list is the default, None changes nothing."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def add(self, update: Update) -> Update | None:
        """Give an update its number and keep it for the bot; None where the bot does not want this kind."""
        name = kind(update)
        wanted = name in self._allowed if self._allowed is not None else name not in NOT_BY_DEFAULT
        if not wanted:
            return None
        numbered = {"update_id": self._next, **{key: value for key, value in update.items() if key != "update_id"}}
        self._next += 1
        expires = self._clock() + limits.LIFETIME.get(name, limits.LIFETIME["message"])
        self._waiting[numbered["update_id"]] = _Waiting(numbered, expires)
        self._first_expiry = min(self._first_expiry, expires)
        return numbered

    def confirm(self, number: int) -> None:
        """Forget one update (delivered to a webhook)."""
        self._waiting.pop(number, None)

    def drop(self) -> None:
        """Forget all."""
        self._waiting.clear()

    def begin(self, offset: int, limit: int, timeout: int) -> Poll:
        """Begin a poll: confirm what lies before ``offset``; any other poll is replaced."""
        now = self.last_poll = self._clock()
        if self._poll is not None:
            self._poll.replaced = True
        limit = min(max(limit, 1), limits.UPDATES)
        timeout = min(max(timeout, 0), limits.LONG_POLL)
        if offset == self._last_offset and now < self._last_end + limits.ASKED_AGAIN:
            limit = 1
        self._last_offset = offset
        self._confirm_before(offset)
        self._poll = Poll(offset, limit, now + timeout)
        return self._poll

    def answer(self, poll: Poll) -> list[Update] | None:
        """Return the updates for this poll, [] where its time is over, None to go on waiting.

        Raises ApiError where another poll took its place.
        """
        if poll.replaced:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        updates = list(islice(self.waiting(), poll.limit))
        if not updates and self._clock() < poll.until:
            return None
        self.end(poll)
        return updates

    def end(self, poll: Poll) -> None:
        """End a poll: answered, or its caller has gone."""
        if self._poll is poll:
            self._poll = None
            self._last_end = self._clock()

    def replace_poll(self) -> None:
        """Refuse the poll that is being waited for: a webhook takes its place."""
        if self._poll is not None:
            self._poll.replaced = True
            self._poll = None

    def _confirm_before(self, offset: int) -> None:
        numbers = list(self._unexpired())
        if offset < 0 and numbers:
            offset = numbers[max(len(numbers) + offset, 0)]
        if 0 < offset <= self._next:
            for number in takewhile(lambda number: number < offset, numbers):
                del self._waiting[number]

    def _unexpired(self) -> dict[int, _Waiting]:
        now = self._clock()
        if now >= self._first_expiry:
            self._waiting = {n: waiting for n, waiting in self._waiting.items() if waiting.expires > now}
            self._first_expiry = min((waiting.expires for waiting in self._waiting.values()), default=math.inf)
        return self._waiting
