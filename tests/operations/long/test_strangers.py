"""Strangers at the door of the whole bot while people ask: half requests, and large bodies without the secret."""

from __future__ import annotations

import asyncio
import statistics
from pathlib import Path

import pytest

from bot.telegram_app.intake.door.http_server import LARGEST_BODY
from tests.operations.load import run_load
from tests.operations.process import Site, site

pytestmark = pytest.mark.long

HALVES, BODIES = 1_000, 400
PEOPLE, EVERY = 150, 0.05
HALF = b"POST /updates HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 4_000
UNSIGNED = (
    b"POST /updates HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"X-Telegram-Bot-Api-Secret-Token: of-world-\r\nContent-Length: %d\r\n\r\n" % LARGEST_BODY
)


def _memory(place: Site) -> int:
    """Return the memory of the bot in KiB."""
    status = Path(f"/proc/{place.bots[-1].process.pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


async def _half(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HALF)
    except OSError:
        return None
    return reader, writer


async def _unsigned(port: int) -> None:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(UNSIGNED)
        for _ in range(16):
            writer.write(b"x" * (LARGEST_BODY // 16))
            await writer.drain()
        await reader.read()
    except OSError:
        return
    writer.close()


async def test_strangers_cost_nobody_an_answer(tmp_path: Path) -> None:
    """A thousand half requests and 400 unsigned bodies: everybody is answered, memory grows by a fifth at the most."""
    async with site(tmp_path, by_webhook=True) as place:
        bot = await place.start()
        await place.answered(place.ask(20))
        quiet = await run_load(place, PEOPLE, EVERY)
        before = _memory(place)
        asking = asyncio.create_task(run_load(place, PEOPLE, EVERY))
        halves = [await _half(place.port) for _ in range(HALVES)]
        await asyncio.gather(*(_unsigned(place.port) for _ in range(BODIES)))
        waited = await asking
        most = _memory(place)
        for half in halves:
            if half is not None:
                half[1].close()
        await place.settled()
        assert await bot.stop() == 0
    assert len(waited) == PEOPLE
    print(  # noqa: T201  (the figures)
        f"\nmedian {statistics.median(quiet) * 1000:.0f} ms quiet, {statistics.median(waited) * 1000:.0f} ms beside "
        f"strangers, longest {max(waited) * 1000:.0f} ms; memory {before / 1024:.0f} MiB, {most / 1024:.0f} then"
    )
    assert most < 1.2 * before
