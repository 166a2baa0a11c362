"""A steady load: people who ask, and how long each of them waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.operations.process import Site


async def run_load(place: Site, count: int, every: float) -> list[float]:
    """Let ``count`` new people ask, one ``every`` so many seconds; return how many seconds each waited, in order."""
    loop, calls = asyncio.get_running_loop(), place.world.calls
    asked: dict[int, float] = {}
    answered: dict[int, float] = {}
    seen = len(calls)

    def look() -> None:
        nonlocal seen
        for method, given, error in calls[seen:]:
            if method == "sendMessage" and error is None:
                answered.setdefault(int(given["chat_id"]), loop.time())
        seen = len(calls)

    stop_listening = place.world.listen(look)
    started = loop.time()
    try:
        for number in range(count):
            await asyncio.sleep(max(0.0, started + number * every - loop.time()))
            asked[place.ask(1)[0]] = loop.time()  # nothing else runs between the question and this
        await place.answered(list(asked))
    finally:
        stop_listening()
    return [answered[chat] - moment for chat, moment in asked.items()]
