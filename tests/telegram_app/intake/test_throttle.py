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
    from telegram import Update

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
            lambda language: composer.slow_down(composer.language_for(language)),
            is_cry=matcher.is_cry,
            chats=RateLimit(burst=1, per_second=0),
            groups=RateLimit(burst=1, per_second=0),
            members=RateLimit(),
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


async def test_of_many_cries_at_once_the_first_and_the_last_are_answered(throttled: Throttled) -> None:
    """The others are covered by the last one, and done at once: nobody waits for as many replies."""
    world, anna = throttled.visit.world, throttled.visit.anna
    chat, turned_away = world.private(anna), 0
    others_done = asyncio.Event()

    def count() -> None:
        nonlocal turned_away
        turned_away += 1
        if turned_away == 18:
            others_done.set()

    async def slowly(update: Update) -> None:
        """Handle the first one only when nothing but the last is left."""
        await others_done.wait()
        await throttled.visit.application.process_update(update)

    throttled.throttle._turned_away, throttled.throttle._handle = count, slowly
    for number in range(20):
        world.ask(anna, f"my dad hits me {number}")
    assert await throttled.settle() == [Outcome.DONE, *[Outcome.TURNED_AWAY] * 18, Outcome.DONE]
    assert [message.sender for message in world.messages(chat)[-2:]] == [world.state.bot] * 2


async def test_a_cry_of_one_member_is_not_covered_by_anothers(throttled: Throttled) -> None:
    """In a group each of them is answered."""
    world, anna = throttled.visit.world, throttled.visit.anna
    bea = world.user("Bea")
    group = world.group("Gardeners", anna, bea)
    await throttled.told(group)
    for who in (anna, bea, anna, bea):
        world.say(who, group, "/about@stand_in_bot my dad hits me")
    assert await throttled.settle() == [Outcome.DONE] * 4


async def test_one_member_cannot_use_up_what_a_group_may_ask(visit: Visit) -> None:
    """Whoever sends too much in a group is told and turned away; the other members are answered."""
    throttled = Throttled(visit)
    throttled.throttle._groups = RateLimit(burst=10, per_second=0)
    throttled.throttle._members = RateLimit(burst=2, per_second=0)
    world, anna, bea = visit.world, visit.anna, visit.world.user("Bea")
    group = world.group("Gardeners", anna, bea)
    for _ in range(12):
        world.say(anna, group, "/list@stand_in_bot")
    assert await throttled.settle() == [Outcome.DONE] * 3 + [Outcome.TURNED_AWAY] * 9  # the third is the notice
    world.say(bea, group, "/list@stand_in_bot")
    assert await throttled.settle() == [Outcome.DONE]
    assert "faster than I can answer" not in (world.last(group).text or "")


async def test_what_is_too_much_is_heard_and_not_searched(
    throttled: Throttled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a text that is turned away nobody asks what it is about."""
    matcher = throttled.visit.store.edition.matcher
    monkeypatch.setattr(matcher, "decide", None)
    throttled.visit.world.ask(throttled.visit.anna, "what is a hedge " * 200)
    assert await throttled.settle() == [Outcome.TURNED_AWAY]


async def test_the_notice_is_in_the_language_of_whoever_is_told(throttled: Throttled) -> None:
    """It is for one person, who may not read any other."""
    world = throttled.visit.world
    camille = world.user("Camille", language="fr")
    for _ in range(2):
        world.ask(camille, "/list")
    await throttled.settle()
    assert "plus vite" in (world.last(world.private(camille)).text or "")
