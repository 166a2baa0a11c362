"""The throttle before the real bot: what passes however much came before, and what is turned away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.replies.composer import Composer
from bot.telegram_app.application import ALLOWED_UPDATES
from bot.telegram_app.intake.rate_limit import RateLimit
from bot.telegram_app.intake.throttle import Throttle
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.turn import Outcome

if TYPE_CHECKING:
    from bot.standin.chats import Chat
    from tests.telegram_app.conftest import Visit


class Throttled:
    """The bot of a visit behind a throttle that lets one update of each chat through, and no more."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        matcher, composer = visit.store.edition.matcher, Composer(visit.store.edition.catalogue)
        self.throttle = Throttle(
            visit.application.bot,
            visit.application.process_update,
            lambda _: composer.slow_down("en"),
            is_cry=matcher.is_cry,
            chats=RateLimit(burst=1, per_second=0),
            groups=RateLimit(burst=1, per_second=0),
        )
        self._workers = Workers(self.throttle.admit)
        self._offset = 0

    async def settle(self) -> list[Outcome]:
        """Handle what is waiting, and what goes on beside it."""
        updates = await self.visit.application.bot.get_updates(
            offset=self._offset, timeout=0, allowed_updates=ALLOWED_UPDATES
        )
        self._offset = updates[-1].update_id + 1
        outcomes = await asyncio.gather(*map(self._workers.submit, updates))
        await asyncio.gather(*self.throttle._releasing)
        return outcomes

    async def told(self, chat: Chat) -> None:
        """Use up what a chat may ask, and its one notice."""
        for _ in range(2):
            self.visit.world.say(self.visit.anna, chat, "/list@stand_in_bot")
        await self.settle()
        assert "faster than I can answer" in (self.visit.world.last(chat).text or "")


@pytest.fixture
async def throttled(visit: Visit) -> Throttled:
    """Anna's chat has used up what it may ask, and was told."""
    throttled = Throttled(visit)
    await throttled.told(visit.world.private(visit.anna))
    return throttled


@pytest.mark.parametrize("text", ["/start _helplines", "/help", "my dad hits me"])
async def test_what_leads_to_help_is_answered_however_much_came_before(throttled: Throttled, text: str) -> None:
    """A cry, the command for it and the deep link to the helplines; another link is turned away."""
    world, anna = throttled.visit.world, throttled.visit.anna
    world.ask(anna, "/start rose")
    assert await throttled.settle() == [Outcome.TURNED_AWAY]
    world.ask(anna, text)
    assert await throttled.settle() == [Outcome.DONE]
    assert "emergency number" in (world.last(world.private(anna)).text or "")


@pytest.mark.parametrize("in_group", [False, True], ids=["private", "group"])
async def test_buttons_to_the_helplines_are_answered_however_much_came_before(
    throttled: Throttled, *, in_group: bool
) -> None:
    """Everywhere, or those of a country; in a group all members together have used up what they may ask."""
    world, anna = throttled.visit.world, throttled.visit.anna
    chat = world.group("Gardeners", anna) if in_group else world.private(anna)
    if in_group:
        await throttled.told(chat)
    pressed = world.press(anna, world.last(chat), "1en:hIN")
    assert await throttled.settle() == [Outcome.DONE]
    assert pressed.answered
    assert "1098" in (world.last(chat).text or "")


async def test_a_button_that_is_turned_away_does_not_go_on_turning(throttled: Throttled) -> None:
    """The person's app is told that nothing will come of it, though the chat's turn is taken; the card stays."""
    world, anna = throttled.visit.world, throttled.visit.anna
    notice = world.last(world.private(anna))
    before = notice.text
    pressed = world.press(anna, notice, "1en:srose")
    assert await throttled.settle() == [Outcome.TURNED_AWAY]
    assert pressed.answered
    assert notice.text == before


async def test_a_group_has_a_limit_of_its_own(visit: Visit) -> None:
    """A group is counted with the limit for groups: Telegram takes fewer messages for it."""
    throttled = Throttled(visit)
    throttled.throttle._chats = RateLimit()
    group = visit.world.group("Gardeners", visit.anna)
    await throttled.told(group)
    visit.world.ask(visit.anna, "/list")
    assert await throttled.settle() == [Outcome.DONE]
