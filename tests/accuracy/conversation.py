"""A conversation with a bot that remembers nothing: each message is answered as if it were the first.

It stands in for a conversation with memory, which has the same methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.commands.asking import Asker, Line
from bot.replies.answer_json import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.editions.edition import Edition


class Answered(NamedTuple):
    """A reply as the JSON object of ``jjbot ask --json``."""

    record: Mapping[str, object]


class Conversation:
    """One chat: ``say`` a message, get the reply."""

    def __init__(self, edition: Edition, default_language: str, asker_language: str) -> None:
        self._asker = Asker(edition, default_language)
        self._language = asker_language

    def say(self, text: str) -> Answered:
        """Answer a message."""
        given = self._asker.answer(Line(text, self._language))
        return Answered({**record(given.decision, given.reply, given.milliseconds)})
