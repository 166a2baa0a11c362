"""The least bot there can be: polling and an echo. What the whole bot's throughput is held against."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from telegram.ext import ApplicationBuilder, MessageHandler, filters

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ContextTypes


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is not None:
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
