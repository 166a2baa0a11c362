"""The least bot there can be: polling and an echo. What the whole bot's throughput is held against.

It says again what was written, or with ECHOED always that: ``{"text": HTML, "buttons": reply markup or null}``.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, MessageHandler, filters

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes


_ECHOED: dict[str, Any] = json.loads(os.environ.get("ECHOED", "{}"))
_BUTTONS = InlineKeyboardMarkup.de_json(_ECHOED["buttons"], None) if _ECHOED.get("buttons") else None


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is None:
        return
    if _ECHOED:
        await message.reply_text(_ECHOED["text"], parse_mode=ParseMode.HTML, reply_markup=_BUTTONS)
    else:
        await message.reply_text(message.text or "")


def main() -> None:
    """Run until a signal comes; settings as for the whole bot, and AT_ONCE for the updates handled at once."""
    application = (
        ApplicationBuilder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(os.environ["TELEGRAM_API_URL"] + "/bot")
        .concurrent_updates(int(os.environ["AT_ONCE"]))
        .connection_pool_size(int(os.environ["AT_ONCE"]))
        .pool_timeout(30)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main()
