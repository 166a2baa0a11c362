"""Telegram's limits as the stand-in enforces them, each named once with its unit."""

from __future__ import annotations

from typing import Final

TEXT: Final = 4096
"""Characters of a message, counted after the formatting was taken out."""
RAW_TEXT: Final = 32_768
"""Bytes of a message's text before its formatting is parsed."""
CALLBACK_DATA: Final = 64
"""Bytes of the data behind a button."""
COPY_TEXT: Final = 256
"""Characters that a button copies."""
BUTTONS: Final = 100
"""Buttons of one inline keyboard."""
BUTTONS_PER_ROW: Final = 8
"""Buttons side by side."""
TOAST: Final = 200
"""Characters of the notice that answers a button."""
INLINE_QUERY: Final = 256
"""Characters of an inline query."""
INLINE_RESULTS: Final = 50
"""Results in one answer to an inline query."""
RESULT_ID: Final = 64
"""Bytes of an inline result's identifier."""
INLINE_OFFSET: Final = 64
"""Bytes of the offset of an inline query."""
INLINE_CACHE: Final = 300
"""Seconds for which an inline answer is kept unless it says otherwise."""
START_PARAMETER: Final = 64
"""Characters of a deep link's payload, of the alphabet ``A-Z a-z 0-9 _ -``."""
COMMANDS: Final = 100
"""Commands in one list."""
COMMAND: Final = 32
"""Characters of a command, of the alphabet ``a-z 0-9 _``."""
COMMAND_DESCRIPTION: Final = 256
"""Characters that describe a command."""
NAME: Final = 64
"""Characters of the bot's name."""
DESCRIPTION: Final = 512
"""Characters of the bot's description."""
SHORT_DESCRIPTION: Final = 120
"""Characters of the bot's short description."""
UPDATES: Final = 100
"""Updates in one answer to getUpdates."""
LONG_POLL: Final = 50
"""Seconds that getUpdates waits at most."""
WEBHOOK_CONNECTIONS: Final = 100
"""Deliveries to a webhook at the same time, at most."""
WEBHOOK_CONNECTIONS_DEFAULT: Final = 40
"""Deliveries to a webhook at the same time, unless set."""
WEBHOOK_SECRET: Final = 256
"""Characters of the secret that comes with each delivery."""
WEBHOOK_RETRY_AFTER: Final = 3600
"""Seconds of a Retry-After header that are honoured at most."""
WEBHOOK_RETRY: Final = 60
"""Seconds between two attempts of a delivery at most, where no Retry-After says otherwise."""
ASKED_AGAIN: Final = 0.5
"""Seconds within which getUpdates with the same offset brings one update only."""

LIFETIME: Final = {"inline_query": 30, "callback_query": 150, "chosen_inline_result": 600, "message": 86_400}
"""Seconds that an update is kept for a bot that does not fetch it; kinds not named here live as long as messages."""

FLOOD_CHAT: Final = 1.0
"""Messages a second to one chat, in the long run."""
FLOOD_CHAT_BURST: Final = 3
"""Messages at once to one chat (Telegram speaks of "short bursts" and gives no figure)."""
FLOOD_GROUP: Final = 20
"""Messages a minute to one group."""
FLOOD_OVERALL: Final = 30
"""Messages a second to all chats."""
