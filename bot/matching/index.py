"""The index: which words the entries use, how much each says about an entry, and in which phrases it stands.

A *feature* is the stem of a word, or of two neighbouring words that stand together at least twice. Everything is kept
sparse: for each feature the entries that use it (with what it is worth there), and the phrases it stands in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.decision import Field
from bot.matching.languages import languages
from bot.matching.phrases import FIELD_WEIGHTS, NAMING, phrases
from bot.matching.spelling import Speller
from bot.matching.stemming import Stemmer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from bot.knowledge.entry import Entry
    from bot.matching.phrases import Phrase

_PRIOR = 2.0
"""Pseudo-examples of an average entry mixed into every entry's counts (smoothing of the log-odds)."""

CAP = 1_000
"""Entries read for one feature: of more common ones only those for which it is worth most."""


class Index:
    """Immutable once built. Entries, phrases and features are numbers; the lists turn them back into values."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.phrases = phrases(entries)
        self.stemmer = Stemmer()
        self.forms: dict[str, tuple[int, ...]] = {}
        self.features: dict[str, int] = {}
        self.exact: dict[str, list[int]] = {}
        self.joined: dict[str, tuple[int, ...]] = {}
        rows = self._read_phrases()
        self._count(rows)
        self.words = sorted(self.forms)
        self.speller = Speller(self.words)
        self.spans = self._spans()
        data = languages()
        self.fillers = data.function | data.frame

    # ------------------------------------------------------------------ building
    def _read_phrases(self) -> list[tuple[int, ...]]:
        rows = []
        pairs: Counter[tuple[int, int]] = Counter()
        for number, phrase in enumerate(self.phrases):
            language = phrase.language
            row = tuple(self._feature(word, language) for word in phrase.words)
            rows.append(row)
            pairs.update(set(pairwise(row)))
            if phrase.field not in (Field.SUMMARY, Field.FACT):
                self.exact.setdefault(" ".join(phrase.words), []).append(number)
            if phrase.field in NAMING and 1 < len(row) <= 6:  # noqa: PLR2004
                self.joined.setdefault("".join(phrase.words), row)
                for (one, two), ids in zip(pairwise(phrase.words), pairwise(row), strict=True):
                    self.joined.setdefault(one + two, ids)
        self.pairs: dict[tuple[int, int], int] = {}
        for pair, times in pairs.items():
            if times > 1:
                self.pairs[pair] = len(self.features) + len(self.pairs)
        for word, row in self.joined.items():
            self.forms.setdefault(word, row)
        return rows

    def _feature(self, word: str, language: str) -> int:
        stem = self.stemmer.stem(word, "en" if language == "und" else language)
        feature = self.features.setdefault(stem, len(self.features))
        known = self.forms.get(word)
        if known is None:
            self.forms[word] = (feature,)
        elif feature not in known:
            self.forms[word] = (*known, feature)
        return feature

    def _count(self, rows: list[tuple[int, ...]]) -> None:
        """Turn the phrases into sparse tables: feature -> entries with what it is worth, feature -> phrases."""
        entries = len(self.entries)
        feature: list[int] = []
        phrase: list[int] = []
        for number, row in enumerate(rows):
            found = set(row)
            found.update(self.pairs[pair] for pair in pairwise(row) if pair in self.pairs)
            feature.extend(found)
            phrase.extend([number] * len(found))
        features = np.array(feature, np.int64)
        numbers = np.array(phrase, np.int64)
        order = np.lexsort((numbers, features))
        features, numbers = features[order], numbers[order]
        size = len(self.features) + len(self.pairs)
        self.phrase_start = np.searchsorted(features, np.arange(size + 1)).tolist()
        self.in_phrases = array("I", numbers.astype(np.uint32).tobytes())
        owner = np.array([p.entry for p in self.phrases], np.int64)
        weight = np.array([FIELD_WEIGHTS[p.field] for p in self.phrases], np.float64)
        key, inverse = np.unique(features * max(entries, 1) + owner[numbers], return_inverse=True)
        count = np.bincount(inverse, weight[numbers], minlength=len(key))
        of = key // max(entries, 1)
        total = np.bincount(of, count, minlength=size)
        share = _PRIOR * (total + 0.5) / (weight.sum() + 1)
        background = share[of]
        worth = np.log((count + background) / background) - np.log(
            (total[of] - count + background) / (total[of] + background)
        )
        self.entry_start = np.searchsorted(of, np.arange(size + 1))
        self.of_entry = (key % max(entries, 1)).astype(np.int32)
        self.worth = worth.astype(np.float32)
        self.champions: dict[int, NDArray[np.int64]] = {}
        lengths = np.diff(self.entry_start)
        for common in np.flatnonzero(lengths > CAP).tolist():
            first, last = self.entry_start[common], self.entry_start[common + 1]
            best = np.argpartition(-self.worth[first:last], CAP)[:CAP]
            self.champions[common] = np.sort(best) + first
        used = len({p.entry for p in self.phrases})
        self.rarity = np.log((used + 1.0) / (lengths + 0.5)).clip(0.2).tolist()
        self.unknown = float(np.log((used + 1.0) / 0.5))

    def _spans(self) -> list[tuple[int, int]]:
        spans = [(0, 0)] * len(self.entries)
        first = 0
        for number in range(1, len(self.phrases) + 1):
            if number == len(self.phrases) or self.phrases[number].entry != self.phrases[first].entry:
                spans[self.phrases[first].entry] = (first, number)
                first = number
        return spans

    # ------------------------------------------------------------------ reading
    def postings(self, feature: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the entries that use a feature and what it is worth in each, at most ``CAP`` of them."""
        best = self.champions.get(feature)
        if best is not None:
            return self.of_entry[best], self.worth[best]
        first, last = self.entry_start[feature], self.entry_start[feature + 1]
        return self.of_entry[first:last], self.worth[first:last]

    def standing(self, feature: int, entry: int) -> Iterator[int]:
        """Yield the numbers of the phrases of an entry in which a feature stands."""
        low, high = self.spans[entry]
        first, last = self.phrase_start[feature], self.phrase_start[feature + 1]
        at = bisect_left(self.in_phrases, low, first, last)
        while at < last and self.in_phrases[at] < high:
            yield self.in_phrases[at]
            at += 1

    def worth_of(self, feature: int, entry: int) -> float:
        """Return what a feature is worth in an entry; 0 where the entry does not use it."""
        first, last = self.entry_start[feature], self.entry_start[feature + 1]
        at = first + int(np.searchsorted(self.of_entry[first:last], entry))
        return float(self.worth[at]) if at < last and self.of_entry[at] == entry else 0.0

    def phrase(self, number: int) -> Phrase:
        """Return a phrase by its number."""
        return self.phrases[number]
