"""Metrics: what the bot did, in numbers for Prometheus; never a text, a name or an id of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from telegram import Update

    from bot.telegram_app.turn import Outcome

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""The text format that every Prometheus reads."""

SURFACES = ("private", "group", "inline", "guest", "button")
"""Where decisions are made; "button": again, or about an example question, for a button that was pressed anywhere."""

UPDATE_TYPES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "guest_message",
    "my_chat_member",
)
"""Types of update that are counted by name; all others count as "other"."""


def type_of(update: Update) -> str:
    """Return which kind of update this is."""
    return next((name for name in UPDATE_TYPES if getattr(update, name, None) is not None), "other")


class Metrics:
    """The counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = Counter(
            "jjbot_updates", "Updates handled, by type and outcome", ["type", "outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "jjbot_update_seconds",
            "Seconds from fetching an update to the end of its handling",
            registry=self.registry,
            buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
        )
        self._decisions = Counter(
            "jjbot_decisions",
            "Questions decided, by decision and surface",
            ["decision", "surface"],
            registry=self.registry,
        )
        self._repeated = Counter(
            "jjbot_calls_repeated",
            "Calls of the Bot API repeated, by method and reason",
            ["method", "reason"],
            registry=self.registry,
        )
        self._reloads = Counter(
            "jjbot_reloads", "Reloads of the knowledge, by result", ["result"], registry=self.registry
        )
        self._turned_away = Counter(
            "jjbot_turned_away", "Updates not handled because their chat sent too many", registry=self.registry
        )
        self._entries = Gauge("jjbot_entries", "Entries served", registry=self.registry)
        self._stall = Gauge(
            "jjbot_longest_stall_seconds",
            "Longest time since the start that the event loop was kept from its work",
            registry=self.registry,
        )
        self._longest_stall = 0.0
        self._last_contact = Gauge(
            "jjbot_last_contact_timestamp_seconds",
            "When updates last came in: the last poll that succeeded, or the last delivery",
            registry=self.registry,
        )

    def update_ended(self, update: Update, outcome: Outcome, seconds: float) -> None:
        """Count an update whose handling ended."""
        self._updates.labels(type_of(update), outcome.value).inc()
        self._seconds.observe(seconds)

    def decided(self, decision: str, surface: str) -> None:
        """Count a decision: "answer", "choose", "help", "chat" or "none", on one of ``SURFACES``."""
        self._decisions.labels(decision, surface).inc()

    def repeated(self, method: str, reason: str) -> None:
        """Count a call of the Bot API that is made again."""
        self._repeated.labels(method, reason).inc()

    def reloaded(self, result: str, entries: int) -> None:
        """Count a reload ("swapped" or "refused"); ``entries``: how many are served now."""
        self._reloads.labels(result).inc()
        self.serving(entries)

    def serving(self, entries: int) -> None:
        """Note how many entries are served."""
        self._entries.set(entries)

    def turned_away(self) -> None:
        """Count an update that the rate limit dropped."""
        self._turned_away.inc()

    def contact(self) -> None:
        """Note that updates can come in right now."""
        self._last_contact.set_to_current_time()

    def stalled(self, seconds: float) -> None:
        """Note that the event loop came to its work so much too late."""
        if seconds > self._longest_stall:
            self._longest_stall = seconds
            self._stall.set(seconds)

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)
