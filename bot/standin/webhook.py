"""Delivery of updates to the bot's webhook.

As at Telegram each update is posted by itself, with the secret in a header, at most ``max_connections`` at once, in
order within a chat (messages) or for a user (buttons and inline queries). What is not answered with 2xx is posted
again: after the seconds of its Retry-After header, else after a pause that doubles from one second to a minute, until
the update expires.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.standin.rules import limits
from bot.standin.updates import kind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.standin.state import Webhook
    from bot.standin.world import World

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the name, not the secret)
TIMEOUT: Final = 60.0
"""Seconds that the bot has for an answer."""


class Delivery:
    """Delivers while it is entered; idle as long as no webhook is set. ``pause`` waits between two attempts."""

    def __init__(self, world: World, pause: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._world = world
        self._pause = pause
        self._under_way: dict[int, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> None:
        """Begin."""
        self._client = AsyncHTTPClient(force_instance=True, max_clients=limits.WEBHOOK_CONNECTIONS)
        self._stop_listening = self._world.listen(self._look)
        self._look()

    async def __aexit__(self, *_: object) -> None:
        """Break off what is under way."""
        self._stop_listening()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._client.close()

    def _look(self) -> None:
        """Start every delivery that may start now."""
        webhook = self._world.state.webhook
        if not webhook.url:
            return
        busy = set(self._under_way.values())
        for update in self._world.state.updates.waiting():
            if len(self._under_way) >= webhook.connections:
                return
            number, queue = update["update_id"], _queue(update)
            if number in self._under_way or queue in busy:
                continue
            busy.add(queue)
            self._under_way[number] = queue
            task = asyncio.ensure_future(self._deliver(webhook, update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, webhook: Webhook, update: dict[str, Any]) -> None:
        number, wait = update["update_id"], 1.0
        try:
            while self._world.state.webhook is webhook and number in self._world.state.updates:
                problem, retry_after = await self._post(webhook, update)
                if not problem:
                    self._world.state.updates.confirm(number)
                    return
                webhook.error, webhook.error_at = problem, self._world.state.now()
                await self._pause(wait if retry_after is None else min(retry_after, limits.WEBHOOK_RETRY_AFTER))
                wait = min(2 * wait, limits.WEBHOOK_RETRY)
        finally:
            del self._under_way[number]
            self._world.changed()

    async def _post(self, webhook: Webhook, update: dict[str, Any]) -> tuple[str, float | None]:
        """Return what went wrong ("" for nothing), and the seconds to wait where the answer says so."""
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        request = HTTPRequest(
            webhook.url, "POST", headers, json.dumps(update), request_timeout=TIMEOUT, follow_redirects=False
        )
        try:
            answer = await self._client.fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as error:
            return str(error) or type(error).__name__, None
        if 200 <= answer.code < 300:  # noqa: PLR2004  (success in HTTP)
            return "", None
        seconds = answer.headers.get("Retry-After", "")
        return f"Wrong response from the webhook: {answer.code} {answer.reason}", (
            float(seconds) if seconds.isdigit() else None
        )


def _queue(update: dict[str, Any]) -> str:
    """Return what an update must not overtake: others of its chat, or of its user where it is no message."""
    name = kind(update)
    content = update[name]
    if not isinstance(content, dict):
        return name
    chat = content.get("chat")
    if isinstance(chat, dict):
        return f"chat {chat.get('id')}"
    sender = content.get("from")
    return f"{name} {sender.get('id') if isinstance(sender, dict) else ''}"
