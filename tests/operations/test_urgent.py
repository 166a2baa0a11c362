"""What passes the throttle: heard beside everything else, one in work, one that waits, newer before older."""

from __future__ import annotations

import asyncio
import threading

from bot.telegram_app.intake.urgent import REST, Kind, Urgent

ANNA, BOB = (7, 1), (7, 2)


def _urgent() -> Urgent:
    return Urgent(lambda text: "help" in text, pause=_at_once)


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


async def _settle() -> None:
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


class Passing:
    """Updates that ask for their turn, and are in work until they are told to end."""

    def __init__(self, urgent: Urgent) -> None:
        self._urgent = urgent
        self.passed: list[str] = []
        self.covered: list[str] = []
        self._ends = asyncio.Event()

    def start(self, name: str, sender: tuple[int, int] = ANNA, kind: Kind = Kind.CRY) -> asyncio.Task[None]:
        """Let one ask for its turn."""
        return asyncio.create_task(self._one(name, sender, kind))

    async def _one(self, name: str, sender: tuple[int, int], kind: Kind) -> None:
        if not await self._urgent.turn(sender, kind):
            self.covered.append(name)
            return
        self.passed.append(name)
        await self._ends.wait()

    async def end(self) -> None:
        """Let those in work end."""
        self._ends.set()
        await _settle()
        self._ends.clear()


async def test_of_many_cries_the_first_and_the_last_pass() -> None:
    """One is in work and one waits; a newer one takes the place of the one that waits, which is done at once."""
    passing = Passing(_urgent())
    for number in range(5):
        passing.start(str(number))
        await _settle()
    assert (passing.passed, passing.covered) == (["0"], ["1", "2", "3"])
    await passing.end()
    assert (passing.passed, passing.covered) == (["0", "4"], ["1", "2", "3"])
    await passing.end()
    later = passing.start("5")
    await _settle()
    assert passing.passed == ["0", "4", "5"]
    await passing.end()
    await later
    assert not passing._urgent._in_work
    assert not passing._urgent._waiting


async def test_nobody_is_covered_by_somebody_else_or_by_something_else() -> None:
    """Another member of the group passes by himself, and so does a button beside a cry."""
    passing = Passing(_urgent())
    for name, sender, kind in (
        ("a", ANNA, Kind.CRY),
        ("b", BOB, Kind.CRY),
        ("c", ANNA, Kind.BUTTON),
        ("d", ANNA, Kind.COMMAND),
    ):
        passing.start(name, sender, kind)
    await _settle()
    assert passing.passed == ["a", "b", "c", "d"]
    await passing.end()


async def test_one_that_is_broken_off_makes_room() -> None:
    """What is cancelled in its turn, or while it waits, holds up nothing."""
    passing = Passing(_urgent())
    first, second = passing.start("0"), passing.start("1")
    await _settle()
    second.cancel()
    first.cancel()
    await _settle()
    passing.start("2")
    await _settle()
    assert passing.passed == ["0", "2"]
    await passing.end()


async def test_texts_are_heard_outside_of_the_event_loop() -> None:
    """Hearing takes place in another thread, one text at a time, and tells what it heard."""
    seen: list[tuple[str, bool]] = []
    busy = threading.Lock()

    def is_cry(text: str) -> bool:
        assert busy.acquire(blocking=False)
        seen.append((text, threading.current_thread() is threading.main_thread()))
        busy.release()
        return text == "b"

    urgent = Urgent(is_cry, pause=_at_once)
    senders = (ANNA, BOB, ANNA)
    heard = await asyncio.gather(*(urgent.is_cry(sender, text) for sender, text in zip(senders, "abc", strict=True)))
    assert heard == [False, True, False]
    assert sorted(seen) == [("a", False), ("b", False), ("c", False)]
    assert not urgent._turns


async def test_senders_are_heard_in_turns() -> None:
    """Whoever writes one text does not wait until all of somebody else's are heard."""
    order: list[str] = []

    def is_cry(text: str) -> bool:
        order.append(text)
        return False

    urgent = Urgent(is_cry, pause=_at_once)
    texts = [(ANNA, f"long {number}") for number in range(5)]
    await asyncio.gather(*(urgent.is_cry(sender, text) for sender, text in [*texts, (BOB, "short")]))
    assert order.index("short") <= 2


async def test_after_a_text_that_is_no_cry_there_is_a_rest() -> None:
    """A flood of long texts leaves most of the time to everybody else; a cry goes on at once."""
    rests: list[float] = []

    async def pause(seconds: float) -> None:
        rests.append(seconds)

    urgent = Urgent(lambda text: text == "help", pause=pause)
    assert await urgent.is_cry(ANNA, "help")
    assert not rests
    assert not await urgent.is_cry(ANNA, "x")
    assert len(rests) == 1
    assert rests[0] > 0
    assert REST >= 1
