"""Which updates are let go when they stand before everybody else's."""

from __future__ import annotations

from bot.telegram_app.intake.early_acknowledgement import FLOODED, LET_GO, MOST, QUEUED, Waiting, in_the_way


def _waiting(*chats: int, since: float = 0.0) -> dict[int, Waiting]:
    """Return updates of these chats, numbered from 0."""
    return {number: Waiting(chat, since) for number, chat in enumerate(chats)}


def test_a_flood_is_let_go_after_seconds() -> None:
    """All that a chat has in work if that is much; never what others wait for beside it, and not at once."""
    in_work = _waiting(7, *[8] * (QUEUED + 1), *[9] * QUEUED)
    assert in_the_way(in_work, set(in_work), FLOODED) == set()
    assert in_the_way(in_work, set(in_work), FLOODED + 1) == set(range(1, QUEUED + 2))


def test_what_was_let_go_of_a_flood_still_counts() -> None:
    """What the same chat sends next is let go as well while its flood is in work."""
    in_work = _waiting(*[8] * (QUEUED + 1))
    assert in_the_way(in_work, {QUEUED}, FLOODED + 1) == {QUEUED}


def test_of_others_only_the_chat_of_the_oldest_is_let_go_and_late() -> None:
    """If Telegram fails for all, a look costs one chat's replies at the most."""
    in_work = _waiting(7, 8, 7)
    assert in_the_way(in_work, set(in_work), LET_GO) == set()
    assert in_the_way(in_work, set(in_work), LET_GO + 1) == {0, 2}
    assert in_the_way(in_work, {1}, LET_GO + 1) == {1}


def test_no_more_are_let_go_than_memory_is_meant_for() -> None:
    """Beyond a limit the others wait."""
    in_work = _waiting(*range(MOST + 1))
    assert in_the_way(in_work, {0}, LET_GO + 1) == set()
    assert in_the_way(in_work, {0, 1}, LET_GO + 1) == {0}
    assert in_the_way(in_work, set(), LET_GO + 1) == set()


def test_while_little_comes_only_floods_are_let_go() -> None:
    """Something new comes, one by one: whoever floods makes way, whoever has waited long does not."""
    in_work = _waiting(7, *[8] * (QUEUED + 1))
    assert in_the_way(in_work, set(in_work), LET_GO + 1, moves=True) == set(range(1, QUEUED + 2))
