"""What was answered lately: ids of messages, few of them, and in memory only."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram import Message

REMEMBERED = 1024
"""Answers remembered: the oldest goes when there are more."""


class EditTracker:
    """Which of the bot's messages answers which question, so that an edited question changes its answer."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._answers: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._albums: OrderedDict[tuple[int, str], None] = OrderedDict()

    def remember(self, question: Message, answer: Message) -> None:
        """Note the answer to a question."""
        self._answers[question.chat_id, question.message_id] = answer.message_id
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)

    def answer_to(self, question: Message) -> int | None:
        """Return the id of the message that answered ``question``, if it is still at hand."""
        return self._answers.get((question.chat_id, question.message_id))

    def is_more_of_an_album(self, message: Message) -> bool:
        """Tell whether another picture of the same album came before: an album is several messages at once."""
        if message.media_group_id is None:
            return False
        album = (message.chat_id, message.media_group_id)
        known = album in self._albums
        self._albums[album] = None
        while len(self._albums) > self._size:
            self._albums.popitem(last=False)
        return known
