"""Word forms brought to a common stem, so that "prisons" finds "prison"."""

from __future__ import annotations

from bot.matching.languages import languages

_SHORTEST = 4
"""A stem keeps at least this many letters."""

_KEPT = 100_000
"""Stems remembered."""


class Stemmer:
    """Strips the longest ending that a language knows; cheap enough to run on every word of a large folder."""

    def __init__(self) -> None:
        data = languages()
        self._endings = data.endings
        self._stems: dict[tuple[str, str], str] = {}

    def stem(self, word: str, language: str) -> str:
        """Return the stem of a normalised word; the word itself where the language is unknown."""
        key = (word, language)
        found = self._stems.get(key)
        if found is None:
            found = self._strip(word, language)
            if len(self._stems) < _KEPT:
                self._stems[key] = found
        return found

    def _strip(self, word: str, language: str) -> str:
        length = len(word)
        if length <= _SHORTEST or word[0].isdigit():
            return word
        for ending in self._endings.get(language, ()):
            if length - len(ending) >= _SHORTEST and word.endswith(ending):
                return word[: -len(ending)]
        return word
