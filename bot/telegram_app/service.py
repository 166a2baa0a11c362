"""The service: a running bot with its intake, its door for health and metrics, and an orderly end."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError

from bot.editions.store import Reload
from bot.matching.decision import Help, Question
from bot.replies.answer_json import kind
from bot.replies.composer import Composer
from bot.telegram_app import decision_log, startup
from bot.telegram_app.application import ALLOWED_UPDATES, build
from bot.telegram_app.intake.http_server import DELIVERIES_AT_ONCE, Deliveries, HttpServer
from bot.telegram_app.intake.poison import PoisonGuard
from bot.telegram_app.intake.polling import FINISHING, Polling
from bot.telegram_app.intake.throttle import Throttle
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import connections
from bot.telegram_app.outbox.sending import NOTICE, Sending
from bot.telegram_app.readiness import Readiness
from bot.telegram_app.tasks import aside
from bot.telegram_app.views import messages

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from telegram import WebhookInfo

    from bot.editions.store import EditionStore
    from bot.replies.reply import Reply
    from bot.settings import Settings
    from bot.telegram_app.views.response import Response

_LOGGER = logging.getLogger(__name__)

ATTEMPTS_FILE = "attempts.json"
"""In DATA_DIR: numbers of updates that the process may have died on."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between tries to reach Telegram at the start: doubled from the first to the longest."""

LOOK = 0.05
"""Seconds between looks at whether the event loop comes to its work in time."""

CHECK_REGISTRATION = 300.0
"""Seconds between looks at what Telegram knows of the webhook."""


class CannotListen(Exception):  # noqa: N818  (it says what is the matter with LISTEN)
    """The address of webhook and health cannot be used; the text says why."""


async def _unless_stopped(work: Coroutine[Any, Any, Any], stopping: asyncio.Task[bool]) -> bool:
    """Do ``work``, or break it off when the bot is told to stop; tell whether it was done. Raises what it raises."""
    task = asyncio.ensure_future(work)
    await asyncio.wait([task, stopping], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
        return True
    task.cancel()
    await asyncio.wait([task])
    return False


class Service:
    """One bot process. Everything that lives as long as it does is made here."""

    def __init__(self, settings: Settings, store: EditionStore) -> None:
        self._settings = settings
        self._store = store
        self.metrics = Metrics()
        self.readiness = Readiness(self._knowledge, by_webhook=settings.webhook_url is not None)
        self.application = build(
            settings,
            store,
            rate_limiter=Sending(repeated=self.metrics.repeated),
            reload=self.reload,
            decided=self._decided,
            request=connections.many(),
        )
        throttle = Throttle(
            self.application.bot,
            self.application.process_update,
            self._slow_down,
            is_cry=self._is_cry,
            turned_away=self.metrics.turned_away,
        )
        self._workers = Workers(throttle.admit, ended=self.metrics.update_ended)
        self._deliveries = Deliveries(self.application.bot, self._workers) if settings.webhook_url else None
        self._door = self._make_door()
        self._last_failure: datetime | None = None  # of a delivery, as Telegram told it at the last look

    def _knowledge(self) -> tuple[str, bool]:
        return self._store.edition.revision, self._store.standing_in

    def _decided(self, surface: str, response: Response) -> None:
        decision_log.decided(surface, response)
        if response.decision is not None:
            self.metrics.decided(kind(response.decision), surface)

    def _is_cry(self, text: str) -> bool:
        decision = self._store.edition.matcher.decide(Question(text=text))
        return isinstance(decision, Help)

    def _slow_down(self, language: str | None) -> Reply:
        composer = Composer(self._store.edition.catalogue, default_language=self._settings.default_language)
        return composer.slow_down(composer.language_for(language))

    def _make_door(self) -> HttpServer | None:
        settings = self._settings
        if settings.webhook_url is None and settings.health == "off":
            return None
        return HttpServer(
            settings.listen_address,
            self.readiness,
            self.metrics,
            deliveries=self._deliveries,
            path=urlsplit(settings.webhook_url or "").path or "/",
            secret=self._secret(),
        )

    def _secret(self) -> str:
        """Return the secret of the webhook: the one that was set, else one that follows from the token.

        So several processes behind one address agree without another setting.
        """
        if self._settings.webhook_secret is not None:
            return self._settings.webhook_secret.get_secret_value()
        return hmac.new(self.application.bot.token.encode(), b"webhook secret", hashlib.sha256).hexdigest()

    async def serve(self, stop: asyncio.Event) -> None:
        """Answer until ``stop`` is set, then finish what is in work.

        Raises telegram.error.InvalidToken when Telegram refuses the token, and CannotListen when LISTEN cannot be used.
        """
        if self._door is not None:
            try:
                port = self._door.open()
            except OSError as problem:
                raise CannotListen(problem.strerror or str(problem)) from problem
            _LOGGER.info("Listening on %s:%d.", self._settings.listen_address[0], port)
        self.metrics.serving(len(self._store.edition.catalogue.entries))
        stopping = asyncio.create_task(stop.wait())
        try:
            if await self._reached(stopping):
                async with asyncio.TaskGroup() as background:
                    telling = background.create_task(self._introduce())
                    watching = background.create_task(self._watch_loop())
                    try:
                        await (self._by_webhook(stopping) if self._deliveries else self._by_polling(stop, stopping))
                    finally:
                        telling.cancel()
                        watching.cancel()
        except* InvalidToken as refused:
            raise refused.exceptions[0] from None
        finally:
            stopping.cancel()
            self.readiness.stopping()
            if self._door is not None:
                await self._door.close()
            await self.application.shutdown()

    async def reload(self) -> Reload:
        """Read the knowledge folder again; it is compiled in a thread, so nobody's answer waits for it."""
        outcome = await aside(self._store.reload)
        result = "swapped" if outcome.swapped else "refused"
        self.metrics.reloaded(result, len(self._store.edition.catalogue.entries))
        changes = len(outcome.added), len(outcome.removed), len(outcome.changed)
        _LOGGER.log(
            logging.INFO if outcome.swapped else logging.ERROR,
            "The knowledge was %s: +%d -%d ~%d, %d findings.",
            "reloaded" if outcome.swapped else "not reloaded, the one before goes on being served",
            *changes,
            len(outcome.findings),
        )
        return outcome

    async def _reached(self, stopping: asyncio.Task[bool]) -> bool:
        """Wait until Telegram answers, however long the network takes; False if the bot is told to stop before."""
        pause = FIRST_PAUSE
        while not stopping.done():
            try:
                if not await _unless_stopped(self.application.initialize(), stopping):
                    return False
            except InvalidToken:
                raise
            except TelegramError as failure:
                _LOGGER.warning("Telegram cannot be reached (%s), next try in %.0f s.", type(failure).__name__, pause)
                await asyncio.wait([stopping], timeout=pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                return True
        return False

    async def _watch_loop(self) -> None:
        """Measure how late the event loop comes to its work: everybody's answer waits that long."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LOOK
            await asyncio.sleep(LOOK)
            self.metrics.stalled(loop.time() - due)

    async def _introduce(self) -> None:
        """Say in the log what is off at Telegram, register commands and texts, warn the administrators."""
        bot, settings = self.application.bot, self._settings
        for line in await startup.shortcomings(bot, polling=self._deliveries is None):
            _LOGGER.warning("%s", line)
        if self._store.standing_in:
            await self._warn_administrators()
        info = self._store.edition.catalogue.bot
        await startup.register(bot, info, settings.default_language, settings.admin_ids)

    async def _warn_administrators(self) -> None:
        """Tell each administrator what keeps the knowledge folder from being served."""
        composer = Composer(self._store.edition.catalogue, default_language=self._settings.default_language)
        report = composer.reload_report(
            Reload(swapped=False, findings=self._store.findings), self._settings.default_language
        )
        for administrator in sorted(self._settings.admin_ids):
            try:
                await self.application.bot.send_message(
                    chat_id=administrator, text=messages.text(report), rate_limit_args=NOTICE
                )
            except TelegramError as failure:
                _LOGGER.warning("An administrator could not be warned (%s).", type(failure).__name__)

    async def _by_polling(self, stop: asyncio.Event, stopping: asyncio.Task[bool]) -> None:
        bot = self.application.bot
        try:
            await _unless_stopped(bot.delete_webhook(), stopping)
        except TelegramError as failure:
            _LOGGER.warning("A webhook that may be left over was not removed (%s).", type(failure).__name__)
        attempts = PoisonGuard(self._settings.data_dir / ATTEMPTS_FILE)
        polling = Polling(bot, self._workers, attempts, allowed_updates=ALLOWED_UPDATES, polled=self._contact)
        _LOGGER.info("Fetching updates by polling.")
        await polling.run(stop)

    async def _by_webhook(self, stopping: asyncio.Task[bool]) -> None:
        assert self._deliveries is not None  # noqa: S101  (chosen by the caller)
        self._deliveries.open()
        while not stopping.done():
            await _unless_stopped(self._register(), stopping)
            await asyncio.wait(
                [stopping], timeout=CHECK_REGISTRATION if self.readiness.is_registered else LONGEST_PAUSE
            )
        self._deliveries.close()
        await self._deliveries.finish(FINISHING)

    async def _register(self) -> None:
        """Tell Telegram where to deliver, unless it knows; log what it says about its last deliveries."""
        bot, url = self.application.bot, self._settings.webhook_url or ""
        try:
            known = await bot.get_webhook_info()
            undelivered_for = self._undelivered_for(known)
            if known.url != url or not self.readiness.is_registered:
                # Also where the address is known: the secret and the kinds of update cannot be asked for.
                await bot.set_webhook(
                    url=url,
                    secret_token=self._secret(),
                    max_connections=DELIVERIES_AT_ONCE,
                    allowed_updates=ALLOWED_UPDATES,
                )
                _LOGGER.info("The webhook is registered with Telegram.")
            self.readiness.registered(undelivered_for)
        except InvalidToken:
            raise
        except TelegramError as failure:
            _LOGGER.warning("The webhook was not registered or checked (%s): tried again soon.", failure)

    def _undelivered_for(self, known: WebhookInfo) -> float | None:
        """Log a failed delivery that is news.

        Return the seconds since it if updates wait; None if all is well, or the failure is from before this process.
        """
        failed = known.last_error_date
        if failed is None or failed == self._last_failure:
            return None
        self._last_failure = failed
        _LOGGER.warning("Telegram could not deliver at %s: %s", failed.isoformat(), known.last_error_message)
        if not known.pending_update_count or not self.readiness.is_registered:
            return None
        return (datetime.now(UTC) - failed).total_seconds()

    def _contact(self) -> None:
        self.readiness.beat()
        self.metrics.contact()
