"""The queue of updates: one cursor, lifetimes, one poller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.standin.rules.refusal import ApiError
from bot.standin.state import FIRST_UPDATE

if TYPE_CHECKING:
    from bot.standin.clock import ManualClock
    from bot.standin.world import World


def _fetch(world: World, **given: Any) -> list[int]:  # noqa: ANN401  (parameters of the Bot API)
    return [update["update_id"] - FIRST_UPDATE for update in world.call(world.token, "getUpdates", given)]


def _fill(world: World, number: int) -> None:
    for n in range(number):
        world.deliver({"message": {"text": str(n)}})


def test_nothing_is_forgotten_before_it_is_confirmed(world: World, clock: ManualClock) -> None:
    """Without an offset everything unconfirmed comes again; an offset confirms all before it."""
    _fill(world, 5)
    assert _fetch(world) == [0, 1, 2, 3, 4]
    clock.advance(1)
    assert _fetch(world) == [0, 1, 2, 3, 4]
    assert _fetch(world, offset=FIRST_UPDATE + 3) == [3, 4]
    clock.advance(1)
    assert _fetch(world, offset=FIRST_UPDATE) == [3, 4]
    assert _fetch(world, offset=FIRST_UPDATE + 5) == []
    assert world.pending == []


def test_asked_again_at_once_only_the_first_comes(world: World, clock: ManualClock) -> None:
    """The same offset within half a second of the last answer brings one update, later all again."""
    _fill(world, 3)
    assert _fetch(world) == [0, 1, 2]
    clock.advance(0.4)
    assert _fetch(world) == [0]
    clock.advance(0.5)
    assert _fetch(world) == [0, 1, 2]
    assert _fetch(world, offset=FIRST_UPDATE + 1) == [1, 2]


def test_at_most_a_hundred(world: World) -> None:
    """One answer holds at most 100 updates, or as many as asked for."""
    _fill(world, 120)
    assert len(_fetch(world)) == 100
    assert len(_fetch(world, offset=FIRST_UPDATE + 1, limit=7)) == 7
    assert len(_fetch(world, offset=FIRST_UPDATE + 2, limit=1000)) == 100


def test_a_negative_offset_keeps_the_last_ones(world: World) -> None:
    """An offset of -2 forgets all but the last two."""
    _fill(world, 5)
    assert _fetch(world, offset=-2) == [3, 4]
    assert len(world.pending) == 2
    assert _fetch(world, offset=-10) == [3, 4]


def test_an_offset_out_of_reach_confirms_nothing(world: World) -> None:
    """A bot that asks far ahead loses nothing."""
    _fill(world, 2)
    assert _fetch(world, offset=FIRST_UPDATE + 1000) == [0, 1]


@pytest.mark.parametrize(
    ("kind", "seconds"), [("inline_query", 30), ("callback_query", 150), ("chosen_inline_result", 600), ("poll", 86400)]
)
def test_lifetimes(world: World, clock: ManualClock, kind: str, seconds: int) -> None:
    """Updates that nobody fetches are gone after the time that Telegram keeps their kind."""
    world.deliver({kind: {}})
    world.deliver({"message": {}})
    clock.advance(seconds - 0.1)
    assert len(world.pending) == 2
    clock.advance(0.1)
    assert len(world.pending) == (0 if kind == "poll" else 1)


def test_allowed_updates_are_remembered(world: World) -> None:
    """The kinds asked for hold for later updates until others are asked for; the default leaves a few out."""
    assert world.deliver({"chat_member": {}}) is None
    _fetch(world, allowed_updates=["message"])
    assert world.deliver({"inline_query": {}}) is None
    _fetch(world)
    assert world.deliver({"inline_query": {}}) is None
    _fetch(world, allowed_updates=[])
    assert world.deliver({"inline_query": {}}) is not None


def test_a_second_poller_ends_the_first(world: World) -> None:
    """Two polls at once: the first is refused with 409, the second goes on."""
    first = world.poll(world.token, {"timeout": 10})
    second = world.poll(world.token, {"timeout": 10})
    updates = world.state.updates
    with pytest.raises(ApiError, match="409 Conflict: terminated by other getUpdates request"):
        updates.answer(first)
    assert updates.answer(second) is None
    _fill(world, 1)
    answer = updates.answer(second)
    assert answer is not None
    assert len(answer) == 1


def test_a_poll_ends_in_time(world: World, clock: ManualClock) -> None:
    """A long poll with nothing to say waits, at most 50 seconds, then answers with nothing."""
    poll = world.poll(world.token, {"timeout": 1000})
    assert poll.until == clock.now + 50
    clock.advance(49)
    assert world.state.updates.answer(poll) is None
    clock.advance(1)
    assert world.state.updates.answer(poll) == []
    assert world.state.updates.poll is None


def test_no_polling_beside_a_webhook(world: World) -> None:
    """While a webhook is set getUpdates is a 409, and setting one ends the poll under way."""
    poll = world.poll(world.token, {"timeout": 10})
    world.call(world.token, "setWebhook", {"url": "https://example.org/hook"})
    with pytest.raises(ApiError, match="409"):
        world.state.updates.answer(poll)
    with pytest.raises(ApiError, match="409 Conflict: can't use getUpdates method while webhook is active"):
        _fetch(world)
    world.call(world.token, "deleteWebhook", {"drop_pending_updates": True})
    assert _fetch(world) == []
