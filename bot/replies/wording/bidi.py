"""Text that runs both ways, and characters that must not be shown.

A Latin name inside an Arabic sentence (or the reverse) drags neighbouring punctuation to the wrong side. Unicode's
isolates (UAX #9, first strong isolate and pop directional isolate) keep each name to itself.
"""

from __future__ import annotations

import unicodedata

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left in their usual script."""


def isolate(text: str, language: str) -> str:
    """Return ``text`` isolated if any of it runs against the direction of ``language``, else unchanged."""
    against = {"L"} if language in RIGHT_TO_LEFT else {"R", "AL"}
    if any(unicodedata.bidirectional(character) in against for character in text):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text


def visible(text: str) -> str:
    """Return ``text`` on one line without control, direction and other invisible characters, safe in a terminal.

    Joiners inside words stay: Persian, Hindi and many emoji need them.
    """
    shown = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or character in "\u200c\u200d" or unicodedata.category(character) not in _INVISIBLE
    )
    return " ".join("".join(shown).split())


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})
