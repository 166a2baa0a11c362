"""The HTTP door among strangers, over sockets: half requests, bodies nobody asked for, too many connections."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import resource
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from telegram.ext import ExtBot

from bot.telegram_app.intake.door import http_server
from bot.telegram_app.intake.door.http_server import CHUNK, LARGEST_BODY, HttpServer
from bot.telegram_app.intake.door.visitors import MOST, Visitors
from bot.telegram_app.intake.in_flight import InFlight
from bot.telegram_app.intake.webhook import SECRET_HEADER, Deliveries, route
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.monitoring import logs
from bot.telegram_app.monitoring.metrics import Metrics
from bot.telegram_app.monitoring.readiness import Readiness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Update

SECRET = "open-sesame"
HALF = b"POST /hook HTTP/1.1\r\nHost: x\r\nX-Long: "


def _head(length: int | str, secret: str = SECRET, path: str = "/hook") -> bytes:
    framing = f"Content-Length: {length}" if isinstance(length, int) else f"Transfer-Encoding: {length}"
    lines = (
        f"POST {path} HTTP/1.1",
        "Host: x",
        f"{SECRET_HEADER}: {secret}",
        "Content-Type: application/json",
        framing,
    )
    return "\r\n".join((*lines, "", "")).encode()


@dataclass(slots=True)
class Caller:
    """One connection to the door; ``answer`` is all that came back until the door closed it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answer: asyncio.Task[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.answer = asyncio.create_task(self._listen())

    async def _listen(self) -> bytes:
        came = b""
        try:
            while part := await self.reader.read(4096):
                came += part
        except ConnectionError:
            pass
        self.writer.close()
        return came

    async def status(self) -> int:
        """Return the status of the answer once the door has closed the connection; 0: there was none."""
        came = await self.answer
        return int(came.split()[1]) if came else 0


@dataclass(slots=True)
class Door:
    """An open door and what can be seen of it."""

    port: int
    visitors: Visitors
    deliveries: Deliveries
    gate: asyncio.Event
    callers: list[Caller] = field(default_factory=list)
    next: int = 1

    async def call(self, data: bytes) -> Caller:
        """Connect and send something."""
        caller = Caller(*await asyncio.open_connection("127.0.0.1", self.port))
        self.callers.append(caller)
        caller.writer.write(data)
        return caller

    async def deliver(self) -> Caller:
        """Connect and deliver an update as Telegram does."""
        self.next += 1
        message = {"message_id": 1, "date": 1, "chat": {"id": self.next, "type": "private"}, "text": "x"}
        body = json.dumps({"update_id": self.next, "message": message}).encode()
        return await self.call(_head(len(body)).replace(b"Host: x", b"Host: x\r\nConnection: close") + body)

    def kept(self) -> int:
        """Return the bytes of everybody's requests that the door holds."""
        return self.deliveries.kept + sum(len(stream._read_buffer) for stream in self.visitors._visitors)

    async def until(self, seen: Any) -> None:  # noqa: ANN401  (any condition)
        """Let the others go on until a condition holds."""
        async with asyncio.timeout(20):
            while not seen():  # noqa: ASYNC110  (what is waited for has no event)
                await asyncio.sleep(0)


@asynccontextmanager
async def opened(most: int = MOST, silent: float = 60, *, waiting: bool = False) -> AsyncIterator[Door]:
    """Open a door with a webhook at /hook; with ``waiting`` deliveries are in work until the gate is opened."""
    gate = asyncio.Event()
    if not waiting:
        gate.set()

    async def handle(_update: Update) -> None:
        await gate.wait()

    bot: ExtBot[None] = ExtBot("1:x")
    deliveries = Deliveries(InFlight(bot, Workers(lambda _: handle)))
    deliveries.open()
    visitors = Visitors(most=most, silent=silent)
    hook = route("/hook", deliveries, SECRET, lambda: None)
    readiness = Readiness(lambda: ("abc", False), by_webhook=True)
    server = HttpServer(("127.0.0.1", 0), readiness, Metrics(), [hook], visitors)
    door = Door(server.open(), visitors, deliveries, gate)
    try:
        yield door
    finally:
        gate.set()
        await server.close()
        await asyncio.gather(*(caller.answer for caller in door.callers))


async def test_half_requests_shut_nobody_out() -> None:
    """While a thousand connections say nothing deliveries are answered, and what is kept of all is bounded."""
    async with opened() as door:
        most = 0
        for number in range(1000):
            await door.call(HALF + b"x" * 4000)
            if number % 50 == 0:
                assert await (await door.deliver()).status() == 200
            assert len(door.visitors) <= MOST
            most = max(most, door.kept())
        assert most <= MOST * 2 * CHUNK
        assert sum(not caller.answer.done() for caller in door.callers) <= MOST


async def test_nothing_is_kept_of_an_unsigned_body() -> None:
    """Four hundred large bodies without the secret are refused by their headers while deliveries are answered."""
    async with opened() as door:
        answers: list[tuple[int, Caller]] = []
        for number in range(400):
            part = 1000 if number % 2 else LARGEST_BODY // 8
            stranger = await door.call(_head(LARGEST_BODY, SECRET[: number % len(SECRET)]) + b"x" * part)
            answers.append((part, stranger))
            if number % 50 == 0:
                assert await (await door.deliver()).status() == 200
            assert door.deliveries.kept == 0
            assert door.kept() <= MOST * 2 * CHUNK
        for part, stranger in answers:  # who still sends may be cut off before the answer is read
            assert await stranger.status() in ({403} if part == 1000 else {403, 0})
        assert door.deliveries.answering == 0


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (_head(LARGEST_BODY + 1), 413),
        (_head(10**30), 413),
        (_head(10, "wrong"), 403),
        (_head("chunked", "wrong"), 403),
        (_head("chunked") + b"%x\r\n" % (LARGEST_BODY + 1), 400),
        (_head(10, path="/live"), 413),
        (_head("chunked", path="/metrics"), 413),
        (_head(10, path="/other"), 404),
        (_head(10).replace(b"application/json", b"text/plain"), 415),
        (_head(10).replace(b"POST", b"PUT"), 405),
        (_head(10).replace(b"10", b"ten"), 400),
        (_head(10).replace(b"10", b"9" * 5000), 413),
        (HALF + b"x" * 2 * CHUNK, 0),
    ],
)
async def test_what_is_refused_is_refused_before_its_body(request_: bytes, status: int) -> None:
    """The answer comes, and the connection is closed, though of the body not a byte has come."""
    async with opened() as door:
        assert await (await door.call(request_)).status() == status
        assert door.kept() == 0


async def test_a_body_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given up after a while, and as one that has come too far."""
    monkeypatch.setattr(http_server, "SLOWEST_BODY", 0.1)
    async with opened() as door:
        slow = await door.call(_head(1000) + b"{")
        await door.until(lambda: door.deliveries.kept == 1)
        assert await slow.status() == 0
        endless = await door.call(_head("chunked"))
        try:
            while not endless.answer.done():
                endless.writer.write(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")
                await endless.writer.drain()
                assert door.deliveries.kept <= LARGEST_BODY
        except ConnectionError:
            pass
        await endless.answer
        assert door.kept() == 0
        assert not door.deliveries.arriving


async def test_a_stop_waits_for_no_body_and_says_that_it_must_come_again() -> None:
    """What a stop cuts off, in work or on its way, gets 503, and only what came whole is waited for."""
    async with opened(waiting=True) as door:
        in_work = await door.deliver()
        on_its_way = await door.call(_head(1000) + b"{")
        await door.until(lambda: door.deliveries.answering == 1 and door.deliveries.kept == 1)
        await door.deliveries.finish(0)
        assert door.deliveries.answering == 0
        assert await in_work.status() == 503
        assert await on_its_way.status() == 503
        assert await (await door.deliver()).status() == 503


async def test_a_delivery_in_work_never_gives_way() -> None:
    """However many come after it; where all connections carry one, the next is not taken in."""
    async with opened(most=3, waiting=True) as door:
        in_work = [await door.deliver() for _ in range(2)]
        await door.until(lambda: door.deliveries.answering == 2)
        halves = [await door.call(HALF) for _ in range(20)]
        for half in halves[:-1]:
            assert await half.status() == 0
        assert not halves[-1].answer.done()
        in_work.append(await door.deliver())
        await door.until(lambda: door.deliveries.answering == 3)
        assert await halves[-1].status() == 0
        assert await (await door.call(HALF)).status() == 0
        door.gate.set()
        assert [await each.status() for each in in_work] == [200] * 3


async def test_strangers_give_way_before_who_has_delivered() -> None:
    """An idle connection that has brought a delivery is kept for the next one as long as there is another to close."""
    async with opened(most=3) as door:
        body = b'{"update_id": 1}'
        known = await door.call(_head(len(body)) + body)
        await door.until(lambda: any(visitor.proven for visitor in door.visitors._visitors.values()))
        halves = [await door.call(HALF) for _ in range(5)]
        for half in halves[:3]:
            assert await half.status() == 0
        known.writer.write(_head(len(body)).replace(b"Host: x", b"Host: x\r\nConnection: close") + body)
        assert (await known.answer).count(b"HTTP/1.1 200") == 2


async def test_who_has_delivered_and_carries_nothing_gives_way_too() -> None:
    """Where there is nobody else to close, the oldest that has its answer is."""
    async with opened(most=2) as door:
        body = b'{"update_id": 1}'
        known = [await door.call(_head(len(body)) + body) for _ in range(2)]
        await door.until(
            lambda: [(one.proven, one.delivering) for one in door.visitors._visitors.values()] == [(True, False)] * 2
        )
        assert await (await door.deliver()).status() == 200
        assert await known[0].status() == 200
        assert not known[1].answer.done()


async def test_whoever_gave_way_is_gone_at_once() -> None:
    """The next one that must give way is another, though the first connection's end was not told yet."""
    visitors = Visitors(most=2)
    closed: list[object] = []

    class Stream:
        """A connection that notes that it was closed, and tells nobody."""

        def close(self) -> None:
            """Note it."""
            closed.append(self)

    first, second = Stream(), Stream()
    for stream in (first, second):
        assert visitors.came(stream)  # type: ignore[arg-type]
    assert [visitors.give_way(), visitors.give_way(), visitors.give_way()] == [True, True, False]
    assert closed == [first, second]
    assert len(visitors) == 0


async def test_who_says_nothing_is_sent_away() -> None:
    """A connection must bring the headers of a request soon; one whose delivery is in work may stay."""
    async with opened(silent=0.05, waiting=True) as door:
        in_work = await door.deliver()
        await door.until(lambda: door.deliveries.answering == 1)
        silent, half = await door.call(b""), await door.call(HALF)
        assert await silent.status() == await half.status() == 0
        door.gate.set()
        assert await in_work.status() == 200


async def test_a_system_without_room_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no connection can be accepted the log has one line, and they are once there is room."""
    monkeypatch.setattr(http_server, "NO_ROOM", 0.001)
    written = io.StringIO()
    handler = logs.handler(stream=written)
    logging.getLogger().addHandler(handler)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    refused = 0
    give_way = Visitors.give_way

    def count(visitors: Visitors) -> bool:
        nonlocal refused
        refused += 1
        return give_way(visitors)

    monkeypatch.setattr(Visitors, "give_way", count)
    try:
        async with opened() as door:
            client = socket.socket()
            client.setblocking(False)
            resource.setrlimit(resource.RLIMIT_NOFILE, (client.fileno() + 1, limits[1]))
            held = []
            try:
                while True:
                    held.append(client.dup())  # whatever lower numbers are free
            except OSError:
                pass
            loop = asyncio.get_running_loop()
            await loop.sock_connect(client, ("127.0.0.1", door.port))
            await door.until(lambda: refused > 5)
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
            for each in held:
                each.close()
            await loop.sock_sendall(client, b"GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert (await loop.sock_recv(client, 100)).startswith(b"HTTP/1.1 200")
            client.close()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        logging.getLogger().removeHandler(handler)
    lines = [line for line in written.getvalue().splitlines() if "accepted" in line]
    assert len(lines) == 1
    assert "(Too many open files)" in lines[0]
    assert "Traceback" not in written.getvalue()
