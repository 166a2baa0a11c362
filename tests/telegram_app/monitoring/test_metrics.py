"""What is counted is what really happens."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.telegram_app.monitoring.metrics import SURFACES

if TYPE_CHECKING:
    import pytest

    from tests.telegram_app.conftest import Visit


async def test_decisions_are_made_on_the_surfaces_that_are_named(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    """A question in private, in a group, typed, as a guest, and on a button: each on a surface of its own."""
    caplog.set_level(logging.INFO, "bot.telegram_app.monitoring.decision_log")
    group = visit.world.group("Gardeners", visit.anna)
    elsewhere = visit.world.group("Others", visit.anna, member=False)
    welcome = await visit.ask("/start")
    await visit.ask("rose society")
    await visit.say(group, "/about@stand_in_bot rose society")
    await visit.type("rose society")
    visit.world.call_guest(visit.anna, elsewhere, "@stand_in_bot rose society")
    await visit.settle()
    await visit.tap(welcome, welcome.buttons[0].text)
    seen = [record.facts["surface"] for record in caplog.records if hasattr(record, "facts")]
    assert seen == list(SURFACES)
