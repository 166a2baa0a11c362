"""One conversation with an edition, as somebody has it on Telegram: each message hangs on what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.answering import Answerer
from bot.matching.context import Context
from bot.matching.decision import Question

if TYPE_CHECKING:
    from bot.editions.answering import Answered
    from bot.editions.edition import Edition


class Conversation:
    """A conversation from its beginning; ``asker_language`` is that of the asker's Telegram, such as "en"."""

    def __init__(self, edition: Edition, default_language: str, asker_language: str | None = None) -> None:
        self._answerer = Answerer(edition, default_language)
        self._asker_language = asker_language
        self.context = Context()
        """What was said just before; it lasts as long as the conversation, whatever time that takes."""

    def say(self, text: str) -> Answered:
        """Write a message and return what is answered."""
        answered = self._answerer.answer(Question(text, asker_language=self._asker_language, context=self.context))
        self.context = answered.context or self.context
        return answered
