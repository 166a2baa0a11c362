"""Spacing: spaces put where they belong, so that words are known: "u n o d c", "un icef", "showa ll", "childrights"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from bot.matching.index.vocabulary import Vocabulary
    from bot.matching.tuning import Analysis


class Spacing:
    """Puts spaces right with the words of a folder. Immutable once built.

    ``near``: word -> numbers and costs of the words of the vocabulary that it may be a slip of. ``asking``: words by
    which people ask for something, which are no two words of the vocabulary written together.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        near: Callable[[str], list[tuple[int, float]]],
        tuning: Analysis,
        asking: AbstractSet[str] = frozenset(),
    ) -> None:
        self._asking = asking
        self._vocabulary = vocabulary
        self._near = near
        self._tuning = tuning
        self._languages = languages()

    def put_right(self, typed: list[str]) -> list[str]:
        """Return the words with spaces gone, moved or put between where that makes known words."""
        words: list[str] = []
        at = 0
        while at < len(typed):
            read, taken = self._next(typed, at)
            words.extend(read)
            at += taken
        return words

    def _next(self, typed: list[str], at: int) -> tuple[tuple[str, ...], int]:
        """Return what the next words are read as, and how many of them these are."""
        if letters := self._spelled(typed, at):
            return ("".join(typed[at : at + letters]),), letters
        word = typed[at]
        if at + 1 < len(typed) and not (self._known(word) and self._known(typed[at + 1])):
            moved = self._moved(word, typed[at + 1])
            if moved:
                return moved, 2
        return ((word,) if self._known(word) else self._parted(word)), 1

    def _spelled(self, typed: list[str], at: int) -> int:
        """Return how many single letters from here on are an acronym typed apart; 0 for none."""
        last = at
        while last < len(typed) and len(typed[last]) == 1:
            last += 1
        apart = last - at >= self._tuning.spelled_from and "".join(typed[at:last]) in self._vocabulary.forms
        return last - at if apart else 0

    def _known(self, word: str) -> bool:
        return word in self._vocabulary.forms or word in self._languages.function or word in self._languages.frame

    def _moved(self, one: str, two: str) -> tuple[str, ...]:
        """Return two words with the space between them gone or one letter further, if that makes them known."""
        if one + two in self._vocabulary.forms:
            return (one + two,)
        for pair in ((one[:-1], one[-1] + two), (one + two[0], two[1:])):
            if self._known(pair[0]) and self._known(pair[1]):
                return pair
        return ()

    def _parted(self, word: str) -> tuple[str, ...]:
        """Return the two known words that an unknown one consists of, the commonest two; itself if there are none."""
        if len(word) < self._tuning.parted_from or not word.isalpha() or word in self._asking:
            return (word,)
        if any(cost <= 1 for _, cost in self._near(word)):
            return (word,)
        uses = self._vocabulary.uses
        parts = [
            (min(uses[word[:at]], uses[word[at:]]), word[:at], word[at:])
            for at in range(2, len(word) - 1)
            if self._known(word[:at]) and self._known(word[at:])
        ]
        return max(parts)[1:] if parts else (word,)
