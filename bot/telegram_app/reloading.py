"""Reading the knowledge again while the bot answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.telegram_app.tasks import aside

if TYPE_CHECKING:
    import asyncio

    from bot.editions.store import EditionStore
    from bot.knowledge.finding import Reload
    from bot.telegram_app.monitoring.metrics import Metrics

_LOGGER = logging.getLogger(__name__)


class Reloading:
    """Reloads a store, in a thread, so that nobody's answer waits for it; counted and logged."""

    def __init__(self, store: EditionStore, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics

    async def reload(self) -> Reload:
        """Read the knowledge folder again and return what that changed."""
        outcome = await aside(self._store.reload)
        result = "swapped" if outcome.swapped else "refused"
        self._metrics.reloaded(result, len(self._store.edition.catalogue.entries))
        changes = len(outcome.added), len(outcome.removed), len(outcome.changed)
        _LOGGER.log(
            logging.INFO if outcome.swapped else logging.ERROR,
            "The knowledge was %s: +%d -%d ~%d, %d findings.",
            "reloaded" if outcome.swapped else "not reloaded, the one before goes on being served",
            *changes,
            len(outcome.findings),
        )
        return outcome

    async def whenever(self, told: asyncio.Event) -> None:
        """Reload each time ``told`` is set, for ever."""
        while True:
            await told.wait()
            told.clear()
            try:
                await self.reload()
            except Exception:
                _LOGGER.exception("The reload failed; the knowledge before it goes on being served.")
