"""Connections to Telegram: used again while they are good, over TLS as well; nothing is waited for without end."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram_app.outbox.answers import OddAnswer, TelegramRequest
from bot.telegram_app.outbox.connections import DirectRequest, connections

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SAID = b'{"ok": true, "result": true}'


@dataclass
class Far:
    """The other side: what it was asked over which connection, and how it answers.

    ``closes``: what ends each connection when it is set, without saying so. ``answers``: it says nothing until this is
    set. ``body``: what it answers, and ``breaks_at`` after how many bytes it breaks off.
    """

    url: str = ""
    asked: list[tuple[int, str, dict[str, list[str]]]] = field(default_factory=list)
    heard: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    opened: int = 0
    closes: asyncio.Event | None = None
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    body: bytes = SAID
    breaks_at: int | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        self.opened += 1
        number = self.opened
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
                given = await reader.readexactly(int(headers["content-length"]))
                self.asked.append((number, headers["host"], parse_qs(given.decode())))
                self.heard.put_nowait(number)
                await self.answers.wait()
                answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(self.body), self.body)
                writer.write(answer if self.breaks_at is None else answer[: self.breaks_at])
                await writer.drain()
                if self.closes:
                    await self.closes.wait()
                if self.closes or self.breaks_at is not None:
                    break
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()
            self.closed.set()


@asynccontextmanager
async def far(context: ssl.SSLContext | None = None, **how: object) -> AsyncIterator[tuple[Far, DirectRequest]]:
    """Open the other side, and what makes calls to it."""
    side = Far(**how)  # type: ignore[arg-type]
    side.answers.set()
    server = await asyncio.start_server(side.serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    side.url = f"{'https' if context else 'http'}://localhost:{port}/bot1:a/setMyName"
    request = DirectRequest(at_once=2)
    async with server:
        yield side, request
        await request.shutdown()


def given(**values: object) -> RequestData:
    """Return what a call says."""
    return RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])


async def test_calls_in_turn_share_a_connection_and_say_what_they_are_given() -> None:
    """Texts arrive as they are."""
    async with far() as (side, request):
        for text in ("a & b", "l'été\n🙂"):
            assert await request.post(side.url, given(text=text, chat_id=5)) is True
    host = side.url.split("/")[2]
    assert side.asked == [(1, host, {"text": [text], "chat_id": ["5"]}) for text in ("a & b", "l'été\n🙂")]


async def test_calls_side_by_side_have_a_connection_each_and_no_more_than_allowed() -> None:
    """The third waits, and gives up when its patience is over: it was not sent."""
    async with far() as (side, request):
        side.answers.clear()
        calls = [asyncio.create_task(request.post(side.url, given(text=text))) for text in "ab"]
        await side.heard.get()
        await side.heard.get()
        with pytest.raises(TimedOut, match="not sent"):
            await request.post(side.url, given(text="c"), pool_timeout=0.01)
        side.answers.set()
        assert await asyncio.gather(*calls) == [True, True]
        assert await request.post(side.url, given(text="d")) is True
    assert sorted(side.asked[at][0] for at in (0, 1)) == [1, 2]
    assert side.opened == 2


async def test_a_connection_that_the_other_side_has_closed_is_not_used_again() -> None:
    """No call fails for that, and none is sent twice."""
    async with far(closes=asyncio.Event()) as (side, request):
        for _ in range(3):
            assert side.closes
            side.closes.clear()
            side.closed.clear()
            assert await request.post(side.url) is True
            side.closes.set()
            await side.closed.wait()
            await asyncio.sleep(0)
    assert [number for number, *_ in side.asked] == [1, 2, 3]


@pytest.mark.parametrize("breaks_at", [0, 10, 45])
async def test_an_answer_that_breaks_off_is_a_failure_like_any_other(breaks_at: int) -> None:
    """Before, in the middle of the head, in the middle of the body; the next call has a new connection."""
    async with far(breaks_at=breaks_at) as (side, request):
        with pytest.raises(NetworkError):
            await request.post(side.url)
        side.breaks_at = None
        assert await request.post(side.url) is True
    assert side.opened == 2


async def test_an_answer_that_does_not_come_is_given_up() -> None:
    """And its connection with it: what comes late is the answer to nothing else."""
    async with far() as (side, request):
        side.answers.clear()
        with pytest.raises(TimedOut):
            await request.post(side.url, read_timeout=0.01)
        side.answers.set()
        assert await request.post(side.url) is True
    assert side.opened == 2


async def test_a_call_that_is_given_up_leaves_nothing_behind() -> None:
    """Its connection is closed and its place free."""
    async with far() as (side, request):
        for _ in range(3):
            side.answers.clear()
            call = asyncio.create_task(request.post(side.url))
            await side.heard.get()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            side.answers.set()
        assert await request.post(side.url) is True


async def test_nobody_there_is_a_failure() -> None:
    """A refused connection is repeated as long as the call is worth it."""
    async with far() as (side, request):
        pass
    with pytest.raises(NetworkError):
        await request.post(side.url)


async def test_what_is_not_telegrams_is_not_believed() -> None:
    """A page of a proxy has the right status, too."""
    async with far(body=b"<html>welcome</html>") as (side, request):
        with pytest.raises(OddAnswer):
            await request.post(side.url)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
async def test_only_a_certificate_that_is_trusted_is_spoken_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token is in the address of every call."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    making = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
    named = ("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", *making, *named], check=True, capture_output=True)  # noqa: ASYNC221, S603, S607
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    async with far(context) as (side, request):
        with pytest.raises(NetworkError):
            await request.post(side.url)
        assert side.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusting = DirectRequest()
        for _ in range(2):
            assert await trusting.post(side.url) is True
        assert [number for number, *_ in side.asked] == [side.asked[0][0]] * 2
        await trusting.shutdown()


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """By httpx, which knows proxies."""
    monkeypatch.setattr("urllib.request.getproxies", lambda: {"https": "http://127.0.0.1:1"})
    assert isinstance(connections(), TelegramRequest)
    monkeypatch.setattr("urllib.request.getproxies", dict)
    assert isinstance(connections(), DirectRequest)
