"""A folder of ten thousand entries is read again while people ask: nobody waits for that."""

from __future__ import annotations

import json
import signal
import statistics
from typing import TYPE_CHECKING

import pytest
from tornado.httpclient import AsyncHTTPClient

from tests.benchmarks.synthetic import synthetic
from tests.operations.load import run_load
from tests.operations.process import Bot, Site, site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.documents import Document

pytestmark = pytest.mark.long

ENTRIES = 10_000
PER_FILE = 400
QUESTIONS = 40
EVERY = 0.1
LATER = 0.25
"""Seconds that a reply may come later during a reload than without one: what a person would notice."""


def _write(folder: Path, documents: tuple[Document, ...]) -> None:
    """Write a knowledge folder; JSON is YAML, and quick to write."""
    folder.mkdir()
    (folder / "bot.yaml").write_text("title: Many\nlanguages: [en]\n", encoding="utf-8")
    for start in range(0, len(documents), PER_FILE):
        entries = [
            {
                "id": document.id,
                "name": document.name,
                "acronyms": [document.acronym],
                "aliases": list(document.aliases),
                "keywords": {"en": list(document.keywords)},
                "questions": {"en": list(document.questions)},
                "summary": document.summary,
            }
            for document in documents[start : start + PER_FILE]
        ]
        text = "\n---\n".join(json.dumps(entry) for entry in entries)
        (folder / f"entries{start}.yaml").write_text(text, encoding="utf-8")


async def _longest_stall(place: Site) -> float:
    """Return the longest stall of the event loop so far, in seconds, from the bot's own metrics."""
    answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{place.port}/metrics")
    lines = answer.body.decode().splitlines()
    return float(next(line for line in lines if line.startswith("jjbot_longest_stall_seconds")).split()[1])


async def _during_a_reload(place: Site, bot: Bot, folder: Path, number: int) -> list[float]:
    """Return how long people waited who asked while one more entry was read."""
    (folder / "more.yaml").write_text(f"id: more{number}\nname: Another {number}\nsummary: More.\n", encoding="utf-8")
    reloads = sum("reloaded" in line for line in bot.lines)
    bot.process.send_signal(signal.SIGHUP)
    waited: list[float] = []
    while sum("reloaded" in line for line in bot.lines) == reloads:
        waited += await run_load(place, 10, EVERY)
    return waited


async def test_a_large_reload_delays_nobody(tmp_path: Path) -> None:
    """No reply comes more than a quarter of a second later during a reload of 10,000 entries than without one."""
    folder = tmp_path / "many"
    _write(folder, synthetic(ENTRIES, 6).documents)
    async with site(tmp_path / "data") as place:
        place.knowledge, place.extra = folder, {"LOG_LEVEL": "INFO"}
        bot = await place.start()
        await place.answered(place.ask(20))
        alone: list[float] = []
        during: list[float] = []
        before = await _longest_stall(place)
        for number in range(2):
            alone += await run_load(place, QUESTIONS, EVERY)
            quiet = await _longest_stall(place)
            during += await _during_a_reload(place, bot, folder, number)
        stall = await _longest_stall(place)
        assert await bot.stop() == 0
    print(  # noqa: T201  (the figures)
        f"\n{len(during)} questions during reloads: median {statistics.median(during) * 1000:.0f} ms, longest "
        f"{max(during) * 1000:.0f} ms; {len(alone)} without: {statistics.median(alone) * 1000:.0f} ms, longest "
        f"{max(alone) * 1000:.0f} ms; longest stall {stall * 1000:.0f} ms (at first {before * 1000:.0f} ms, "
        f"before the last reload {quiet * 1000:.0f} ms)"
    )
    assert max(during) - max(alone) < LATER
