"""What a bot token looks like, and taking it out of a text that somebody will read."""

from __future__ import annotations

import re

REDACTED = "<token>"

_TOKEN = re.compile(r"\d{3,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
"""A token wherever it stands, also inside an address."""


def redacted(text: str, *secrets: str) -> str:
    """Return ``text`` without these secrets, and without anything that looks like a token."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return _TOKEN.sub(REDACTED, text)
