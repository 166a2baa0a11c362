"""The vocabulary: the words of all phrases, as numbers.

A *form* is a word as it is written, a *feature* its stem or two neighbouring stems that stand together at least twice.
Questions are read in forms and compared in features.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from heapq import nsmallest
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.matching.decision import Field
from bot.matching.phrases import NAMING
from bot.matching.spelling import Speller
from bot.matching.stemming import Stemmer

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

    ``forms``: form -> its features (several where languages stem it differently, or where it is a name written
    without its spaces). ``rows``: for each phrase the features of its words, in order. ``pairs``: two features -> the
    feature that they are together. ``acronyms``: the forms that stand for a name.
    ``uses``: form -> in how many places it stands.
    """

    def __init__(self, phrases: Sequence[Phrase], parts: Parts) -> None:
        self._stemmer = Stemmer() if parts.stems else None
        self.forms: dict[str, tuple[int, ...]] = {}
        self.features: dict[str, int] = {}
        self.uses = Counter(chain.from_iterable(phrase.words for phrase in phrases))
        known: dict[str, dict[str, int]] = {}
        self.rows = [self._row(phrase.words, phrase.language, known) for phrase in phrases]
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

    def stemmed(self, word: str, *languages: str | None) -> int | None:
        """Return the feature of an unknown form whose stem is known in one of the languages."""
        for language in dict.fromkeys(languages):
            if language:
                feature = self.features.get(self._stemmer.stem(word, language)) if self._stemmer else None
                if feature is not None:
                    return feature
        return None

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
                found[start] = self._commonest(list(words))
        return found

    def row(self, number: int) -> set[int]:
        """Return the features of a phrase, pairs included."""
        row = self.rows[number]
        found = set(row)
        found.update(pair for pair in map(self.pairs.get, pairwise(row)) if pair is not None)
        return found

    def _row(self, words: tuple[str, ...], language: str, known: dict[str, dict[str, int]]) -> tuple[int, ...]:
        features = known.setdefault(language, {})
        for word in words:
            if word not in features:
                features[word] = self._feature(word, "en" if language == ANY_LANGUAGE else language)
        return tuple([features[word] for word in words])

    def _feature(self, word: str, language: str) -> int:
        stem = self._stemmer.stem(word, language) if self._stemmer else word
        feature = self.features.setdefault(stem, len(self.features))
        known = self.forms.get(word, ())
        if feature not in known:
            self.forms[word] = (*known, feature)
        return feature

    def _add_joined(self, phrases: Sequence[Phrase]) -> None:
        """Names without their spaces are forms too: "terredeshommes", "interagency"."""
        for phrase, row in zip(phrases, self.rows, strict=True):
            if phrase.field not in NAMING or not 1 < len(row) <= _LONGEST_JOINED:
                continue
            self.forms.setdefault("".join(phrase.words), row)
            for (one, two), features in zip(pairwise(phrase.words), pairwise(row), strict=True):
                self.forms.setdefault(one + two, features)
