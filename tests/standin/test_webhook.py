"""Delivery of updates to a webhook."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from bot.standin.server import Server
from bot.standin.webhook import SECRET_HEADER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.standin.clock import ManualClock
    from bot.standin.world import World


class Hook:
    """A bot's webhook that answers as told: ``answers`` are statuses with headers, 200 once there are none."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.seen: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.hold: asyncio.Event | None = None
        self.at_once = self.most_at_once = 0
        self.two_at_once = asyncio.Event()
        self._server = HTTPServer(self._answer)
        sockets = bind_sockets(0, "127.0.0.1")
        self._server.add_sockets(sockets)
        self.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook"

    def _answer(self, request: HTTPServerRequest) -> None:
        self.seen.append(json.loads(request.body))
        self.secrets.append(request.headers.get(SECRET_HEADER))
        asyncio.ensure_future(self._later(request))  # noqa: RUF006  (the server keeps the connection)

    async def _later(self, request: HTTPServerRequest) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once > 1:
            self.two_at_once.set()
        if self.hold is not None:
            await self.hold.wait()
        self.at_once -= 1
        status, headers = self.answers.pop(0) if self.answers else (200, {})
        connection = request.connection
        assert connection is not None
        lines = request.headers.__class__({"Content-Length": "0", **headers})
        await connection.write_headers(ResponseStartLine("HTTP/1.1", status, "x"), lines)
        connection.finish()

    async def close(self) -> None:
        """Answer no more."""
        self._server.stop()
        await self._server.close_all_connections()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """Listen on loopback."""
    hook = Hook()
    yield hook
    await hook.close()


@pytest.fixture
def pauses() -> list[float]:
    """Collect the seconds between two attempts, which nobody waits for."""
    return []


@pytest.fixture
async def door(world: World, pauses: list[float]) -> AsyncIterator[Server]:
    """Serve the world without waiting between attempts."""

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with Server(world, pause=pause) as door:
        yield door


def _set(world: World, hook: Hook, **given: Any) -> None:  # noqa: ANN401  (parameters of the Bot API)
    world.call(world.token, "setWebhook", {"url": hook.url, **given})


async def test_updates_are_posted_with_the_secret(world: World, hook: Hook, door: Server) -> None:
    """What waited and what comes is posted once, with the secret, and is confirmed by a 200."""
    anna = world.user("Anna")
    world.ask(anna, "one")
    _set(world, hook, secret_token="s3cret")
    world.ask(anna, "two")
    await door.settled()
    assert [update["message"]["text"] for update in hook.seen] == ["one", "two"]
    assert hook.secrets == ["s3cret", "s3cret"]


async def test_what_fails_is_posted_again(world: World, hook: Hook, door: Server, pauses: list[float]) -> None:
    """Errors are tried again after pauses that double, or after what Retry-After says; the order stays."""
    hook.answers = [(500, {}), (503, {}), (429, {"Retry-After": "7"}), (302, {"Location": "/"}), (200, {})]
    _set(world, hook)
    anna = world.user("Anna")
    world.ask(anna, "one")
    world.ask(anna, "two")
    await door.settled()
    assert pauses == [1.0, 2.0, 7.0, 8.0]
    assert [update["message"]["text"] for update in hook.seen] == ["one"] * 5 + ["two"]
    info = world.call(world.token, "getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 x"


async def test_in_order_within_a_chat_at_once_across_chats(world: World, hook: Hook, door: Server) -> None:
    """One at a time for a chat, several chats together, never more than allowed."""
    hook.hold = asyncio.Event()
    _set(world, hook, max_connections=2)
    for name in ("Anna", "Ben", "Cleo"):
        user = world.user(name)
        world.ask(user, "one")
        world.ask(user, "two")
    await hook.two_at_once.wait()
    assert [update["message"]["text"] for update in hook.seen] == ["one", "one"]
    hook.hold.set()
    await door.settled()
    assert hook.most_at_once == 2
    for name in ("Anna", "Ben", "Cleo"):
        texts = [u["message"]["text"] for u in hook.seen if u["message"]["from"]["first_name"] == name]
        assert texts == ["one", "two"]


async def test_nobody_listens(world: World, hook: Hook, clock: ManualClock, pauses: list[float]) -> None:
    """A webhook that cannot be reached is tried until the update expires."""
    await hook.close()
    failed = asyncio.Event()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 8:
            failed.set()
            clock.advance(86_400)

    async with Server(world, pause=pause) as door:
        _set(world, hook)
        world.ask(world.user("Anna"), "hello")
        await failed.wait()
        await door.settled()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert world.state.webhook.error


async def test_back_to_polling(world: World, hook: Hook, door: Server) -> None:
    """Without a webhook nothing is posted and updates wait to be fetched."""
    _set(world, hook)
    world.call(world.token, "deleteWebhook")
    world.ask(world.user("Anna"), "hello")
    assert len(world.pending) == 1
    assert hook.seen == []
