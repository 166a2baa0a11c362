"""Handover: who goes on when two processes fetch updates with one token, as for a moment at each deployment.

Telegram knows no turns: whoever asks ends the other's waiting call with 409. So that the two do not end each other's
calls in turn, the one that has run for longer stands back, and the one that has just started asks again at once: it is
the one that will stay. Where two go on side by side by mistake, one of them fetches and the other tries now and then.
"""

from __future__ import annotations

import math

from bot.telegram_app.tasks import BackOff

STAND_BACK = 10.0
"""Seconds that the older one leaves to the newer one before it tries again: it may be gone."""
NEW = 15.0
"""Seconds since its first call for which a process is the newer one: longer than STAND_BACK, after which the older one
ends a call of the newer one for the first time."""
HELD = 5.0
"""Seconds of fetching undisturbed after which the next call is worth repeating at once: the other one stands back."""
OVER = 60.0
"""Seconds without 409 after which nobody else fetches any more."""
BY_MISTAKE = 30.0
"""Seconds after which two processes at once are no handover."""


class Handover:
    """The dispute with another process that fetches. Times are the event loop's, in seconds."""

    def __init__(self, began: float) -> None:
        self._began = began
        self._since = began
        self._last = -math.inf
        self._resumed = -math.inf
        self._newer = True
        self._back_off = BackOff()

    def pause(self, now: float) -> float:
        """Return the seconds to wait after one more call that another process has ended."""
        is_new = now - self._began < NEW
        if now - self._last > OVER:
            self._since, self._newer = now, is_new
        if is_new or now - self._resumed > HELD:
            self._back_off.reset()
        pause = min(self._back_off.pause(), STAND_BACK) if self._newer else STAND_BACK
        self._last, self._resumed = now, now + pause
        return pause

    @property
    def is_mistake(self) -> bool:
        """Whether two processes have been fetching for longer than a handover takes."""
        return self._last - self._since > BY_MISTAKE
