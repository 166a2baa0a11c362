"""Sending: what is done when Telegram says "later", fails or cannot be reached.

One table says how long each call is tried; everything the bot sends goes through here. A message is sent at least once:
after a cut connection nobody can know whether Telegram has it, so a second copy can arise when the cut came after the
effect, and only then. Edits and answers to buttons can be repeated without harm. Notices (sent with
``rate_limit_args=NOTICE``) are tried once, but wait where Telegram asks to: what it refused did not arrive.
"""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.telegram_app.tasks import BackOff
from bot.telegram_app.turn import off_the_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_LOGGER = logging.getLogger(__name__)

NOTICE = "notice"
"""Marks a message that is not worth repeating ("please slow down")."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call is repeated after failures, in seconds since the first try; 0: tried once.

    ``waits``: however long Telegram asks to wait (429), up to ``LONGEST_WAIT`` in all; after a wait the seconds begin
    anew, with the next failure. Else waits are only made within them.
    """

    seconds: float
    waits: bool
    why: str


# Booleans in the rows below are ``waits``: the table reads better without the name.
POLICY: dict[str, Patience] = {
    "sendMessage": Patience(600, True, "a reply is sent at least once, also through ten minutes without network"),
    "editMessageText": Patience(60, True, "the same edit twice is one edit"),
    "editMessageReplyMarkup": Patience(60, True, "the same edit twice is one edit"),
    "answerCallbackQuery": Patience(15, False, "the person has long looked away"),
    "answerInlineQuery": Patience(8, False, "Telegram refuses an answer after about ten seconds"),
    "answerGuestQuery": Patience(8, False, "as for an inline query"),
    "getMe": Patience(10, False, "the first call: for so long a refused token is not believed"),
}
OTHERWISE = Patience(30, False, "settings made at start: tried again at the next start")
ONCE = Patience(0, True, "a notice: whatever else goes wrong, it may have arrived")

LONGEST_WAIT = 3600.0
"""Seconds that a reply waits for a chat in all when Telegram asks for it (429), by itself or for another message."""

GATES = 1000
"""Chats that must be waited for, above which those whose wait is over are forgotten."""

FINAL = (BadRequest, Forbidden, Conflict)
"""Answers that would be the same next time. A refused token is believed only if it is refused all the time."""


class _Effort:
    """One call's tries: what of its patience is left. Times are the event loop's, in seconds."""

    def __init__(self, patience: Patience, now: float) -> None:
        self._patience = patience
        self._started = now
        self._failing_since: float | None = now  # None: not since the last wait
        self._waited = 0.0
        self._back_off = BackOff()
        self._always_refused = True

    def waited_for(self, seconds: float) -> None:
        """Note a wait that Telegram asked for; 0: there was none."""
        if seconds and self._patience.waits:
            self._waited += seconds
            self._failing_since = None
            self._back_off.reset()

    def may_wait(self, seconds: float, now: float) -> bool:
        """Return whether there is patience for a wait that Telegram asks for."""
        if self._patience.waits:
            return self._waited + seconds <= LONGEST_WAIT
        return now + seconds <= self._started + self._patience.seconds

    def pause_after(self, failure: TelegramError, now: float) -> float | None:
        """Return the seconds to wait before the next try, or None if patience is over."""
        self._always_refused = self._always_refused and isinstance(failure, InvalidToken)
        if self._failing_since is None:
            self._failing_since = now
        pause = self._back_off.pause()
        return pause if now + pause - self._failing_since <= self._patience.seconds else None

    def outcome(self, last: TelegramError) -> TelegramError:
        """Return what to raise after the last failure: a token is called refused only if nothing else was heard."""
        if isinstance(last, InvalidToken) and not self._always_refused:
            return TelegramError("the token was refused, but not all the time")
        return last


class Sending(BaseRateLimiter[str]):
    """Repeats what is worth repeating; a chat that Telegram asked to wait for holds up nobody else."""

    def __init__(
        self,
        *,
        repeated: Callable[[str, str], None] = lambda *_: None,
        pause: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        self._repeated = repeated
        self._pause = pause
        self._open_at: dict[int | str, float] = {}

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to take down."""

    async def process_request(  # noqa: PLR0917  (the signature is python-telegram-bot's)
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401  (same)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:  # noqa: ANN401  (same)
        """Make a call until it succeeds, is refused for good, or its patience is over (the last error is raised)."""
        patience = ONCE if rate_limit_args == NOTICE else POLICY.get(endpoint, OTHERWISE)
        loop = asyncio.get_running_loop()
        effort = _Effort(patience, loop.time())
        while True:
            effort.waited_for(await self._until_open(data.get("chat_id")))
            try:
                async with off_the_clock(holding_slot=True):
                    return await _called(callback, *args, **kwargs)
            except ChatMigrated as moved:
                if data.get("chat_id") == moved.new_chat_id:
                    raise
                data["chat_id"] = moved.new_chat_id
                self._repeated(endpoint, "migrated")
            except RetryAfter as later:
                seconds = seconds_asked_for(later)
                if not effort.may_wait(seconds, loop.time()):
                    raise
                self._repeated(endpoint, "flood")
                if (chat := data.get("chat_id")) is None:
                    await self._wait(seconds)
                    effort.waited_for(seconds)
                else:
                    self._close(chat, seconds)
            except FINAL:
                raise
            except TelegramError as failure:
                pause = effort.pause_after(failure, loop.time())
                if pause is None:
                    raise effort.outcome(failure) from None
                _LOGGER.info("%s failed (%s), next try in %.1f s.", endpoint, type(failure).__name__, pause)
                self._repeated(endpoint, "failure")
                await self._wait(pause * random.uniform(0.8, 1.2))  # noqa: S311  (spreads repetitions, no secret)

    def _close(self, chat: int | str, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        if len(self._open_at) >= GATES:
            self._open_at = {chat: opens for chat, opens in self._open_at.items() if opens > now}
        self._open_at[chat] = now + seconds

    async def _until_open(self, chat: int | str | None) -> float:
        """Wait for a chat's turn; return the seconds it took, exactly 0 if there was nothing to wait for."""
        loop = asyncio.get_running_loop()
        began, now = loop.time(), None
        while chat is not None and (opens := self._open_at.get(chat)) is not None:
            now = loop.time()
            if opens <= now:
                del self._open_at[chat]
                break
            await self._wait((opens - now) * random.uniform(1.0, 1.1))  # noqa: S311  (spreads repetitions, no secret)
        return 0.0 if now is None else loop.time() - began

    async def _wait(self, seconds: float) -> None:
        async with off_the_clock():
            await self._pause(seconds)


async def _called(callback: Callable[..., Coroutine[Any, Any, Any]], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
    """Make one call; an answer that is JSON but not Telegram's is a failure like any other."""
    try:
        return await callback(*args, **kwargs)
    except (KeyError, TypeError, AttributeError) as odd:
        raise TelegramError(f"an answer that is not Telegram's ({type(odd).__name__})") from odd


def seconds_asked_for(later: RetryAfter) -> float:
    """Return how long Telegram asked to wait."""
    wait = later.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
