"""The one place where the parts of a running bot are put together."""

from __future__ import annotations

import hashlib
import hmac
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, Defaults, ExtBot, InlineQueryHandler, TypeHandler

from bot.replies.answer_json import kind
from bot.telegram_app import startup
from bot.telegram_app.handlers.buttons import Buttons
from bot.telegram_app.handlers.conversation import Conversation
from bot.telegram_app.handlers.failures import Failures
from bot.telegram_app.handlers.inline import InlineSearch
from bot.telegram_app.handlers.responder import CurrentResponder
from bot.telegram_app.intake.door.http_server import HttpServer
from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.poison import PoisonGuard
from bot.telegram_app.intake.polling import Polling
from bot.telegram_app.intake.registration import Registration
from bot.telegram_app.intake.throttle import Throttle
from bot.telegram_app.intake.webhook import Deliveries, route
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.memory import Memory
from bot.telegram_app.monitoring import decision_log
from bot.telegram_app.monitoring.metrics import Metrics
from bot.telegram_app.monitoring.readiness import Readiness
from bot.telegram_app.outbox.answers import TelegramRequest
from bot.telegram_app.outbox.connections import connections
from bot.telegram_app.outbox.sending import Sending
from bot.telegram_app.reloading import Reloading
from bot.telegram_app.service import Service

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.ext import BaseRateLimiter
    from telegram.request import BaseRequest

    from bot.editions.store import EditionStore
    from bot.knowledge.finding import Reload
    from bot.replies.reply import Reply
    from bot.settings import Settings
    from bot.telegram_app.monitoring.decision_log import Observer
    from bot.telegram_app.ptb_types import App
    from bot.telegram_app.views.response import Response

ATTEMPTS_FILE = "attempts.json"
"""In DATA_DIR: numbers of updates that the process may have died on."""

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
    current: CurrentResponder,
    *,
    reload: Callable[[], Awaitable[Reload]],
    decided: Observer = decision_log.decided,
    rate_limiter: BaseRateLimiter[Any] | None = None,
    request: BaseRequest | None = None,
    get_updates_request: BaseRequest | None = None,
    memory: Memory | None = None,
) -> App:
    """Return the application that answers from ``current``; the settings must hold a token.

    It has no updater: whoever fetches updates hands them to ``process_update``. ``reload`` is what /reload does;
    ``decided`` is told of each decision. ``memory`` is that of the conversations, by default one of its own.
    """
    if settings.telegram_bot_token is None:
        raise ValueError("an application needs a token")
    bot: ExtBot[Any] = ExtBot(
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=request or connections(),
        get_updates_request=get_updates_request or TelegramRequest(connection_pool_size=1),
        # Links stand on buttons, and a preview would push the text off a phone's screen.
        defaults=Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=rate_limiter,
    )
    application: App = Application.builder().application_class(Forgetful).bot(bot).updater(None).job_queue(None).build()
    remembered = Memory() if memory is None else memory
    conversation = Conversation(current, settings.admin_ids, reload, decided, remembered)
    # The order matters: the first handler that takes an update is the only one.
    application.add_handler(InlineQueryHandler(InlineSearch(current, decided).typed))
    application.add_handler(CallbackQueryHandler(Buttons(current, decided, remembered).pressed))
    application.add_handler(TypeHandler(Update, conversation.message))
    application.add_error_handler(Failures(current).failed)
    return application


def assemble(settings: Settings, store: EditionStore) -> Service:
    """Return the whole bot that answers from ``store``, not started; the settings must hold a token."""
    metrics = Metrics()
    readiness = Readiness(
        lambda: (store.edition.revision, store.standing_in), by_webhook=settings.webhook_url is not None
    )
    current = CurrentResponder(store, settings.default_language)
    reloading = Reloading(store, metrics)

    def decided(surface: str, response: Response) -> None:
        decision_log.decided(surface, response)
        if response.decision is not None:
            metrics.decided(kind(response.decision), surface)

    def slow_down(language: str | None) -> Reply:
        composer = current.responder.composer
        return composer.slow_down(composer.language_for(language))

    def is_cry(text: str) -> bool:
        return current.responder.edition.matcher.is_cry(text)

    def contact() -> None:
        readiness.beat()
        metrics.contact()

    sending = Sending(repeated=metrics.repeated)
    memory = Memory()
    application = build(
        settings, current, reload=reloading.reload, decided=decided, rate_limiter=sending, memory=memory
    )
    bot = application.bot
    throttle = Throttle(bot, application.process_update, slow_down, is_cry=is_cry, turned_away=metrics.turned_away)
    workers = Workers(throttle.admit, ended=metrics.update_ended)
    in_flight = InFlight(bot, workers, PoisonGuard(settings.data_dir / ATTEMPTS_FILE))
    intake: Polling | Registration
    routes = []
    if settings.webhook_url is None:
        intake = Polling(bot, in_flight, allowed_updates=ALLOWED_UPDATES, polled=contact)
    else:
        deliveries, secret = Deliveries(in_flight), _secret(settings, bot.token)
        routes.append(route(urlsplit(settings.webhook_url).path or "/", deliveries, secret, contact))
        intake = Registration(
            bot, deliveries, readiness, url=settings.webhook_url, secret=secret, allowed_updates=ALLOWED_UPDATES
        )
    door = None
    if routes or settings.health != "off":
        door = HttpServer(settings.listen_address, readiness, metrics, routes)
    metrics.serving(len(store.edition.catalogue.entries))
    introduce = partial(startup.introduce, bot, store, current, settings, polling=settings.webhook_url is None)
    return Service(application, intake, door, readiness, metrics, reloading, memory, introduce)


def _secret(settings: Settings, token: str) -> str:
    """Return the secret of the webhook: the one that was set, else one that follows from the token.

    So several processes behind one address agree without another setting.
    """
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()
