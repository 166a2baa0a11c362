"""The rate limit: bursts, one notice, bounded memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_app.intake.rate_limit import RateLimit, Verdict


class _Clock:
    """Time that passes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_then_one_notice_then_silence() -> None:
    """The first ones are handled, one more brings the notice, the rest is dropped."""
    limit = RateLimit(burst=3, per_second=1, clock=_Clock())
    verdicts = [limit.take(1) for _ in range(6)]
    assert verdicts == [Verdict.HANDLE] * 3 + [Verdict.NOTICE] + [Verdict.DROP] * 2


def test_other_chats_are_not_touched() -> None:
    """One chat's burst costs another nothing."""
    limit = RateLimit(burst=1, per_second=1, clock=_Clock())
    limit.take(1)
    assert limit.take(1) is Verdict.NOTICE
    assert limit.take(2) is Verdict.HANDLE


def test_the_notice_comes_again_only_after_a_full_rest() -> None:
    """Somebody who goes on at the limit is not told again; after a rest it starts afresh."""
    clock = _Clock()
    limit = RateLimit(burst=2, per_second=1, clock=clock)
    assert [limit.take(1) for _ in range(3)][-1] is Verdict.NOTICE
    clock.now += 1
    assert [limit.take(1), limit.take(1)] == [Verdict.HANDLE, Verdict.DROP]
    clock.now += 60
    assert [limit.take(1) for _ in range(3)] == [Verdict.HANDLE, Verdict.HANDLE, Verdict.NOTICE]


def test_a_clock_that_goes_back_does_no_harm() -> None:
    """A wrong clock neither grants nor takes what was there."""
    clock = _Clock()
    limit = RateLimit(burst=2, per_second=1, clock=clock)
    limit.take(1)
    clock.now -= 1000
    assert limit.take(1) is Verdict.HANDLE
    assert limit.take(1) is Verdict.NOTICE


@given(st.lists(st.integers(0, 50), max_size=300))
def test_memory_is_bounded(chats: list[int]) -> None:
    """However many chats write, no more than the limit is remembered."""
    limit = RateLimit(burst=5, per_second=1, chats=10, clock=_Clock())
    for chat in chats:
        limit.take(chat)
    assert len(limit._buckets) <= 10
