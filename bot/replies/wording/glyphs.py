"""Marks that stand between words, the same in every language; those with a direction are among the words themselves."""

from __future__ import annotations

ELLIPSIS = "…"
"""Where a text was cut."""

BULLET = "• "
"""In front of a line of a list."""

DOT = " · "
"""Between things said in one line: an acronym and a name, a number and its hours."""

ARROW = "→ "
"""In front of what can be tapped, where nothing can."""


def colon(language: str) -> str:
    """Return the colon behind a label, with the space that follows."""
    # French sets a no-break space before it.
    return "\u00a0: " if language == "fr" else ": "
