"""Telegram's limits, each named once with its unit, and what the program itself keeps to on a phone.

Sources: the Bot API documentation, where it names the method or the field. Texts are measured in UTF-16 code units, for
which see ``bot.replies.wording.lengths``, unless another unit is named.
"""

from __future__ import annotations

MESSAGE_TEXT = 4096
"""Text of a message after its markup was parsed; UTF-16 code units (sendMessage, editMessageText)."""

CALLBACK_DATA = 64
"""What a button sends back; bytes of UTF-8, at least 1 (InlineKeyboardButton)."""

CALLBACK_ANSWER = 200
"""The notice shown after a button was pressed; UTF-16 code units (answerCallbackQuery)."""

KEYBOARD_BUTTONS = 100
"""Buttons of one keyboard; not documented, python-telegram-bot has it (InlineKeyboardMarkupLimit)."""

KEYBOARD_ROW = 8
"""Buttons in one row of a keyboard; not documented, from the same place."""

START_PAYLOAD = 64
"""Payload of a deep link, and the start parameter of the button above inline results; characters of A-Za-z0-9_-
(InlineQueryResultsButton)."""

INLINE_QUERY = 256
"""Text of an inline query; characters (InlineQuery)."""

COMMAND_DESCRIPTION = 256
"""Description of one command; UTF-16 code units, at least 1 (BotCommand)."""

DESCRIPTION = 512
"""What an empty chat with the bot shows; UTF-16 code units (setMyDescription)."""

SHORT_DESCRIPTION = 120
"""What the bot's profile page shows; UTF-16 code units (setMyShortDescription)."""

# Not Telegram's limits but ours: what is still readable on a phone. Telegram documents none for these.
BUTTON_LABEL = 64
"""Label of a button; UTF-16 code units."""

RESULT_TITLE = 100
"""Title of an inline result; UTF-16 code units."""

RESULT_DESCRIPTION = 180
"""Line below the title of an inline result; UTF-16 code units."""

GROUP_TEXT = 700
"""Text of a reply in a group, where it pushes other people's messages off the screen; UTF-16 code units."""
