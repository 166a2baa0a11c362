"""The methods by which a bot says how it wants its updates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.standin.rules import limits
from bot.standin.rules.refusal import bad_request, conflict
from bot.standin.state import Webhook

if TYPE_CHECKING:
    from bot.standin.methods.messages import Parameters
    from bot.standin.state import State
    from bot.standin.updates import Poll

_SECRET = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.WEBHOOK_SECRET}}}\Z")
PORTS = frozenset({443, 80, 88, 8443})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def begin_poll(state: State, given: Parameters) -> Poll:
    """Begin to answer getUpdates. Raises ApiError 409 while a webhook is set."""
    if state.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    state.updates.allow(given.get("allowed_updates"))
    return state.updates.begin(given.get("offset", 0), given.get("limit", limits.UPDATES), given.get("timeout", 0))


def get_updates(state: State, given: Parameters) -> list[dict[str, Any]]:
    """Answer at once with what there is (the door waits; this does not)."""
    poll = begin_poll(state, given)
    updates = state.updates.answer(poll)
    state.updates.end(poll)
    return updates or []


def set_webhook(state: State, given: Parameters) -> bool:
    """Deliver updates to an address from now on; an empty one goes back to polling."""
    url, secret = given["url"], given.get("secret_token", "")
    if secret and not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = given.get("max_connections", limits.WEBHOOK_CONNECTIONS_DEFAULT)
    if not 1 <= connections <= limits.WEBHOOK_CONNECTIONS:
        raise bad_request("max_connections must be between 1 and 100")
    if url:
        _check_address(url)
    state.updates.allow(given.get("allowed_updates"))
    if given.get("drop_pending_updates"):
        state.updates.drop()
    state.webhook = Webhook(url, secret, connections) if url else Webhook()
    if url:
        state.updates.replace_poll()
    return True


def _check_address(url: str) -> None:
    """Check the address as Telegram does; on loopback plain HTTP and any port are fine, as for a server at home."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if parts.hostname in LOOPBACK and parts.scheme in {"http", "https"}:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(state: State, given: Parameters) -> bool:
    """Go back to polling."""
    if given.get("drop_pending_updates"):
        state.updates.drop()
    state.webhook = Webhook()
    return True


def get_webhook_info(state: State, _given: Parameters) -> dict[str, Any]:
    """Return how deliveries stand."""
    webhook = state.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates),
    }
    if webhook.url:
        info["max_connections"] = webhook.connections
    if webhook.error:
        info["last_error_date"], info["last_error_message"] = webhook.error_at, webhook.error
    if state.updates.allowed is not None:
        info["allowed_updates"] = state.updates.allowed
    return info
