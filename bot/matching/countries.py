"""Which country a message names, to pick the helplines that are shown first."""

from __future__ import annotations

from functools import cache

from babel import Locale

from bot.matching.normalising import words

LANGUAGES = ("en", "fr", "es", "ar", "hi", "ru", "pt", "de", "it")
"""Languages in which names of countries are known."""


class Countries:
    """Names of countries in all ``LANGUAGES``, from the Unicode CLDR data that Babel carries."""

    def __init__(self) -> None:
        self._codes = _names()
        self._longest = max(map(len, self._codes))

    def named(self, text: str) -> str | None:
        """Return the ISO 3166 code of the country a message names (the longest name, then the first), or None."""
        message = words(text)
        for length in range(self._longest, 0, -1):
            for start in range(len(message) - length + 1):
                if code := self._codes.get(message[start : start + length]):
                    return code
        return None


@cache
def _names() -> dict[tuple[str, ...], str]:
    codes: dict[tuple[str, ...], str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == len("IN") and code.isalpha():
                codes.setdefault(words(name), code)
    return codes
