"""Asking a running bot how it is, for containers and service managers."""

from __future__ import annotations

import http.client
import json

TIMEOUT = 3.0
"""Seconds that a healthy bot needs at the very most."""


def ask(address: tuple[str, int]) -> tuple[bool, str]:
    """Return whether the bot that listens on ``address`` is ready, and one line that says why (not)."""
    host, port = address
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/ready")
        state = json.loads(connection.getresponse().read())
        return bool(state["ready"]), _line(state)
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException) as error:
        reason = str(error) or type(error).__name__
        return False, f"no bot answers on {host}:{port} ({reason}); is it running, with HEALTH=on or a webhook?"
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """Return where a process on this machine finds what listens on all addresses."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared with, not bound)


def _line(state: dict[str, object]) -> str:
    standing_in = ", serving the last good knowledge because the folder has errors" if state.get("standing_in") else ""
    ready = "ready" if state["ready"] else "not ready"
    return f"{ready}: {state['reason']}; knowledge {state.get('knowledge')}{standing_in}"
