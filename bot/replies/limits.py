"""What Telegram takes of the texts that editors write, so that a check of the knowledge can tell them.

The limits of everything else are in ``bot.telegram_app.limits``, with the sources of all.
"""

from __future__ import annotations

INLINE_QUERY = 256
"""Text of an inline query; characters."""

DESCRIPTION = 512
"""What an empty chat with the bot shows; UTF-16 code units."""

SHORT_DESCRIPTION = 120
"""What the bot's profile page shows; UTF-16 code units."""

# Not Telegram's limit but ours: what is still readable on a phone.
BUTTON_LABEL = 64
"""Label of a button; UTF-16 code units."""
