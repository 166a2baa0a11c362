"""The one place where the Telegram application is put together."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    Defaults,
    ExtBot,
    InlineQueryHandler,
    TypeHandler,
)
from telegram.request import HTTPXRequest

from bot.telegram_app import decision_log
from bot.telegram_app.handlers.buttons import Buttons
from bot.telegram_app.handlers.conversation import Conversation
from bot.telegram_app.handlers.failures import Failures
from bot.telegram_app.handlers.inline import InlineSearch
from bot.telegram_app.handlers.responder import CurrentResponder
from bot.telegram_app.outbox import connections

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.ext import BaseRateLimiter
    from telegram.request import BaseRequest

    from bot.editions.store import EditionStore, Reload
    from bot.settings import Settings
    from bot.telegram_app.decision_log import Observer
    from bot.telegram_app.ptb_types import App

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.GUEST_MESSAGE,
    Update.INLINE_QUERY,
    Update.CALLBACK_QUERY,
)
"""What Telegram is asked to deliver: exactly what is answered."""


class Forgetful(Application[Any, Any, Any, Any, Any, None]):
    """An application that does not remember who wrote.

    python-telegram-bot notes the id of every chat and person for a persistence that this bot does not have, and never
    forgets them: that would be personal data, and memory that only grows (14 MiB in 90,000 people).
    """

    __slots__ = ()

    def _mark_for_persistence_update(self, **_: object) -> None:
        """Note nothing."""


def build(
    settings: Settings,
    store: EditionStore,
    *,
    rate_limiter: BaseRateLimiter[Any] | None = None,
    reload: Callable[[], Awaitable[Reload]] | None = None,
    decided: Observer = decision_log.decided,
    request: BaseRequest | None = None,
    get_updates_request: BaseRequest | None = None,
) -> App:
    """Return the application that answers from ``store``; the settings must hold a token.

    It has no updater: whoever fetches updates hands them to ``process_update``. ``reload`` is what /reload does, by
    default ``store.reload`` in a thread; ``decided`` is told of each decision. httpx makes the requests unless others
    are given.
    """
    if settings.telegram_bot_token is None:
        raise ValueError("an application needs a token")
    bot: ExtBot[Any] = ExtBot(
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=request or connections.many(),
        get_updates_request=get_updates_request or HTTPXRequest(connection_pool_size=1),
        # Links stand on buttons, and a preview would push the text off a phone's screen.
        defaults=Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=rate_limiter,
    )
    application: App = Application.builder().application_class(Forgetful).bot(bot).updater(None).job_queue(None).build()
    current = CurrentResponder(store, settings.default_language)
    conversation = Conversation(
        current, settings.admin_ids, reload or (lambda: asyncio.to_thread(store.reload)), decided
    )
    # The order matters: the first handler that takes an update is the only one.
    application.add_handler(InlineQueryHandler(InlineSearch(current, decided).typed))
    application.add_handler(CallbackQueryHandler(Buttons(current, decided).pressed))
    application.add_handler(TypeHandler(Update, conversation.message))
    application.add_error_handler(Failures(current).failed)
    return application
