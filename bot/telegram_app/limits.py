"""Telegram's limits, each named once with its unit.

Sources: the Bot API documentation for the documented ones; the constants of python-telegram-bot for those that
Telegram applies without documenting them (buttons). Texts are measured in UTF-16 code units, for which see
``bot.replies.lengths``, and identifiers in bytes of UTF-8.
"""

from __future__ import annotations

from bot.replies import lengths, limits

MESSAGE_TEXT = lengths.MESSAGE_UNITS
"""Text of a message after its markup was parsed; UTF-16 code units."""

CALLBACK_DATA = 64
"""What a button sends back; bytes, at least 1."""

CALLBACK_ANSWER = 200
"""The notice shown after a button was pressed; UTF-16 code units."""

KEYBOARD_BUTTONS = 100
"""Buttons of one keyboard."""

KEYBOARD_ROW = 8
"""Buttons in one row of a keyboard."""

START_PAYLOAD = 64
"""Payload of a deep link, and the start parameter of the button above inline results; characters of A-Za-z0-9_-."""

INLINE_QUERY = limits.INLINE_QUERY
"""Text of an inline query; characters."""

INLINE_RESULTS = 50
"""Results in one answer to an inline query."""

INLINE_RESULT_ID = 64
"""Identifier of an inline result, unique within the answer; bytes, at least 1."""

INLINE_OFFSET = 64
"""Where the next page of inline results starts; bytes."""

COMMAND_DESCRIPTION = 256
"""Description of one command; UTF-16 code units, at least 1."""

DESCRIPTION = limits.DESCRIPTION
"""What an empty chat with the bot shows; UTF-16 code units."""

SHORT_DESCRIPTION = limits.SHORT_DESCRIPTION
"""What the bot's profile page shows; UTF-16 code units."""

# Not Telegram's limits but ours: what is still readable on a phone. Telegram has no documented limit for these.
BUTTON_LABEL = limits.BUTTON_LABEL
"""Label of a button; UTF-16 code units."""

RESULT_TITLE = 100
"""Title of an inline result; UTF-16 code units."""

RESULT_DESCRIPTION = 180
"""Line below the title of an inline result; UTF-16 code units."""

GROUP_TEXT = 700
"""Text of a reply in a group, where it pushes other people's messages off the screen; UTF-16 code units."""


def byte_length(text: str) -> int:
    """Return the length of ``text`` in bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))
