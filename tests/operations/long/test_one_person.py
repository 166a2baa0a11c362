"""What one person can do at once to everybody else: a hundred of the longest texts, two hundred cries for help."""

from __future__ import annotations

import random
import statistics
from pathlib import Path

import pytest

from bot.telegram_app.intake.rate_limit import BURST
from tests.operations.load import run_load
from tests.operations.process import PATIENCE, Site, site
from tests.operations.searching import PLANTED

pytestmark = pytest.mark.long

SHIPPED = Path(__file__).parents[3] / "knowledge"
TEXTS, LONGEST = 100, 4_090
CRIES = 200
QUESTIONS, EVERY = 60, 0.1
ALLOWED = 0.2
"""Seconds that others' median reply may come later."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def nasty(number: int) -> str:
    """Return a text of words that nobody knows, each of which may be a slip of many."""
    draw = random.Random(number)  # noqa: S311  (a fixed seed is the point)
    words = ("".join(draw.choices(LETTERS, k=draw.randint(4, 9))) for _ in range(LONGEST))
    return " ".join([PLANTED, *words])[:LONGEST]


async def _beside(place: Site, texts: list[str]) -> tuple[float, float, int]:
    """Return others' median delay alone and beside ``texts``, and how many replies their sender got."""
    bot = await place.start()
    await place.answered(place.ask(20))
    somebody = place.world.user(f"{PLANTED}Many")
    alone: list[float] = []
    beside: list[float] = []
    for _ in range(2):  # in turns, as other work on the machine comes and goes
        alone += await run_load(place, QUESTIONS, EVERY)
        chats = {place.world.ask(somebody, text).chat.id for text in texts}
        beside += await run_load(place, QUESTIONS, EVERY)
        await place.settled()
    replies = len(place.texts(chats.pop()))
    assert await bot.stop() == 0
    first, second = statistics.median(alone), statistics.median(beside)
    print(  # noqa: T201  (the figures)
        f"\nmedian delay alone {first * 1000:.0f} ms, beside {second * 1000:.0f} ms; longest {max(alone) * 1000:.0f} "
        f"and {max(beside) * 1000:.0f} ms; {replies} replies to whoever wrote {2 * len(texts)} texts"
    )
    return first, second, replies


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
async def test_a_hundred_of_the_longest_texts_delay_nobody_else(tmp_path: Path, *, by_webhook: bool) -> None:
    """Others' median delay grows by less than 200 ms while one person's texts are answered or heard for a cry."""
    async with site(tmp_path, by_webhook=by_webhook) as place:
        place.knowledge = SHIPPED
        alone, beside, _ = await _beside(place, [nasty(number) for number in range(TEXTS)])
    assert beside - alone < ALLOWED


async def test_two_hundred_cries_delay_nobody_else(tmp_path: Path) -> None:
    """The first of one person's cries are answered, and one for all others; nobody else waits for them."""
    async with site(tmp_path, flood_limits=True) as place:
        place.knowledge = SHIPPED
        bot = await place.start()
        await place.answered(place.ask(20))
        somebody = place.world.user(f"{PLANTED}Many")
        heavy = {place.world.ask(somebody, "my father beats me and i am scared").chat.id for _ in range(CRIES)}.pop()
        waited = sorted(await run_load(place, QUESTIONS, EVERY))
        await place.settled()
        await place.door.until(lambda: place.replies()[heavy] > BURST, "a reply to the last one", PATIENCE)
        assert await bot.stop() == 0
        replies = place.replies()[heavy]
    print(  # noqa: T201  (the figures)
        f"\nothers waited {statistics.median(waited):.2f} s, at most {waited[-1]:.2f} s; {replies} replies to {CRIES}"
    )
    assert replies <= BURST + 3
    assert waited[-1] < 4
