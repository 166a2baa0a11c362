"""The vocabulary: the words of all phrases, as numbers.

A *form* is a word as it is written, a *feature* a word or two neighbouring words that stand together at least twice: a
name written without its spaces is a form with several features. There is no stemming: with words compared by their
letters too it won nothing (light stems and Snowball's alike), and inflected forms are read as slips of one another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from heapq import nsmallest
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING

from bot.matching.decision import Field
from bot.matching.phrases import NAMING
from bot.matching.spelling import Speller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.matching.parts import Parts
    from bot.matching.phrases import Phrase

_LONGEST_JOINED = 6
"""Names of more words than this are not expected to be typed without spaces."""


_MOST_COMPLETED = 16
"""Words tried for the beginning of one."""

_MOST_READ = 2_000
_LAST = "\U0010ffff"


class Vocabulary:
    """Immutable once built.

    ``forms``: form -> its features (several where it is a name written without its spaces). ``rows``: for each phrase
    the features of its words, in order. ``pairs``: two features -> the feature that they are together. ``acronyms``:
    the forms that stand for a name. ``uses``: form -> in how many places it stands.
    """

    def __init__(self, phrases: Sequence[Phrase], parts: Parts) -> None:
        self.features: dict[str, int] = {}
        self.uses = Counter(chain.from_iterable(phrase.words for phrase in phrases))
        self.rows = [self._row(phrase.words) for phrase in phrases]
        self.forms: dict[str, tuple[int, ...]] = {word: (feature,) for word, feature in self.features.items()}
        together = Counter(chain.from_iterable(set(pairwise(row)) for row in self.rows))
        repeated = (pair for pair, times in together.items() if times > 1)
        first = len(self.features)
        self.pairs: dict[tuple[int, int], int] = {pair: number for number, pair in enumerate(repeated, first)}
        self._add_joined(phrases)
        self.words = sorted(self.forms)
        self.acronyms = frozenset(phrase.words[0] for phrase in phrases if phrase.field is Field.ACRONYM)
        self._named = Counter(chain.from_iterable(phrase.words for phrase in phrases if phrase.field in NAMING))
        self._short = self._short_beginnings()
        self.speller = Speller(self.words if parts.spelling else ())

    @property
    def size(self) -> int:
        """The number of features."""
        return len(self.features) + len(self.pairs)

    def beginning(self, start: str) -> list[str]:
        """Return the words that begin with ``start``: itself, then those that most names and phrases have."""
        found = self._short.get(start)
        if found is None:
            first = bisect_left(self.words, start)
            last = bisect_left(self.words, start + _LAST, first, min(len(self.words), first + _MOST_READ))
            found = self._commonest(self.words[first:last])
        return [start, *(word for word in found if word != start)] if start in self.forms else found

    def _commonest(self, words: list[str]) -> list[str]:
        return nsmallest(_MOST_COMPLETED, words, key=lambda word: (-self._named[word], -self.uses[word], word))

    def _short_beginnings(self) -> dict[str, list[str]]:
        """Beginnings of one and two letters would match too many words to look at on every keystroke."""
        found: dict[str, list[str]] = {}
        for length in (1, 2):
            for start, words in groupby(self.words, key=lambda word: word[:length]):
                if len(start) == length:
                    found[start] = self._commonest(list(words))
        return found

    def row(self, number: int) -> set[int]:
        """Return the features of a phrase, pairs included."""
        row = self.rows[number]
        found = set(row)
        found.update(pair for pair in map(self.pairs.get, pairwise(row)) if pair is not None)
        return found

    def _row(self, words: tuple[str, ...]) -> tuple[int, ...]:
        features = self.features
        return tuple([features.setdefault(word, len(features)) for word in words])

    def _add_joined(self, phrases: Sequence[Phrase]) -> None:
        """Names without their spaces are forms too: "terredeshommes", "interagency"."""
        for phrase, row in zip(phrases, self.rows, strict=True):
            if phrase.field not in NAMING or not 1 < len(row) <= _LONGEST_JOINED:
                continue
            self.forms.setdefault("".join(phrase.words), row)
            for (one, two), features in zip(pairwise(phrase.words), pairwise(row), strict=True):
                self.forms.setdefault(one + two, features)
