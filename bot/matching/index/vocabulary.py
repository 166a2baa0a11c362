"""The vocabulary: the words of all phrases, as numbers.

A *form* is a word as it is written, a *feature* a word or two neighbouring words that stand together in several
phrases: a name written without its spaces is a form with several features. There is no stemming: with words compared by
their letters too it won nothing (light stems and Snowball's alike), and inflected forms are read as slips of one
another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.decision import Field
from bot.matching.index.csr import SparseRows
from bot.matching.index.phrases import NAMING
from bot.matching.text.languages import languages
from bot.matching.text.spelling import Speller

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.matching.index.phrases import Phrase
    from bot.matching.tuning import Tuning


LAST = "\U0010ffff"
"""Behind every other character: what begins like a word comes before the word with this at its end."""


class Vocabulary:
    """Immutable once built.

    ``forms``: form -> its features (several where it is a name written without its spaces). ``features``: word -> its
    feature. ``pairs``: two features -> the feature that they are together. ``rows``: the different features of each
    phrase. ``in_order``: the features of the words of all phrases, one phrase after the other, and the number of the
    phrase of each. ``acronyms``: the forms that stand for a name. ``name_pairs``: neighbours in names that are more
    than words of the way of asking. ``uses``: form -> in how many places it stands.
    """

    def __init__(self, phrases: Sequence[Phrase], tuning: Tuning) -> None:
        self._tuning = tuning.vocabulary
        every = list(chain.from_iterable([phrase.words for phrase in phrases]))
        self.features = {word: number for number, word in enumerate(dict.fromkeys(every))}
        lengths = np.array([len(phrase.words) for phrase in phrases], np.int64)
        words = np.fromiter(map(self.features.__getitem__, every), np.int32, len(every))
        self.in_order = words, np.repeat(np.arange(len(phrases), dtype=np.int32), lengths)
        self.uses = Counter(
            dict(zip(self.features, np.bincount(words, minlength=len(self.features)).tolist(), strict=True))
        )
        self.forms: dict[str, tuple[int, ...]] = {word: (feature,) for word, feature in self.features.items()}
        self.pairs, self.rows = self._paired(len(phrases))
        self._add_joined(phrases)
        self.words = sorted(self.forms)
        self.acronyms = frozenset(phrase.words[0] for phrase in phrases if phrase.field is Field.ACRONYM)
        self._named = Counter(chain.from_iterable(phrase.words for phrase in phrases if phrase.field in NAMING))
        self.name_pairs = frozenset(
            pair for phrase in phrases if phrase.field in NAMING for pair in pairwise(phrase.words) if _telling(pair)
        )
        self._short = self._short_beginnings()
        self.speller = Speller(self.words, tuning.spelling)

    @property
    def size(self) -> int:
        """The number of features."""
        return len(self.features) + len(self.pairs)

    def beginning(self, start: str) -> list[str]:
        """Return the words that begin with ``start``: itself, then those that most names and phrases have."""
        found = self._short.get(start)
        if found is None:
            first = bisect_left(self.words, start)
            last = bisect_left(
                self.words, start + LAST, first, min(len(self.words), first + self._tuning.completed_read)
            )
            found = list(islice(self._commonest(self.words[first:last]), self._tuning.completed))
        return [start, *(word for word in found if word != start)] if start in self.forms else found

    def _commonest(self, words: Sequence[str]) -> Iterator[str]:
        """Yield words that are in alphabetical order in order of their use, those that stand in names first."""
        named = np.fromiter(map(self._named.__getitem__, words), np.int64, len(words))
        uses = np.fromiter(map(self.uses.__getitem__, words), np.int64, len(words))
        return map(words.__getitem__, np.lexsort((-uses, -named)).tolist())

    def _short_beginnings(self) -> dict[str, list[str]]:
        """Beginnings of one and two letters would match too many words to look at on every keystroke."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._commonest(self.words):
            for start in {word[:1], word[:2]}:
                if len(found[start]) < self._tuning.completed:
                    found[start].append(word)
        return dict(found)

    def _paired(self, phrases: int) -> tuple[dict[tuple[int, int], int], SparseRows]:
        """Return the pairs of words that stand together in two phrases or more, and the rows."""
        words, phrase = self.in_order
        inside = np.flatnonzero(phrase[1:] == phrase[:-1])
        first = len(self.features)
        pair, kind = np.unique(words[inside].astype(np.int64) * first + words[inside + 1], return_inverse=True)
        holding = SparseRows.of(kind, phrase[inside], len(pair), phrases)
        repeated = holding.lengths >= self._tuning.paired
        kind, owner = np.repeat(np.arange(len(pair)), holding.lengths), holding.features
        number = np.cumsum(repeated) - 1 + first
        kept = repeated[kind]
        ones, others = (pair[repeated] // max(first, 1)).tolist(), (pair[repeated] % max(first, 1)).tolist()
        pairs = {together: at for at, together in enumerate(zip(ones, others, strict=True), first)}
        owners, features = np.concatenate([phrase, owner[kept]]), np.concatenate([words, number[kind[kept]]])
        return pairs, SparseRows.of(owners, features, phrases, first + len(pairs))

    def _add_joined(self, phrases: Sequence[Phrase]) -> None:
        """Names without their spaces are forms too: "terredeshommes", "interagency"."""
        for phrase in phrases:
            if phrase.field not in NAMING or not 1 < len(phrase.words) <= self._tuning.joined:
                continue
            row = tuple([self.features[word] for word in phrase.words])
            self.forms.setdefault("".join(phrase.words), row)
            for (one, two), features in zip(pairwise(phrase.words), pairwise(row), strict=True):
                self.forms.setdefault(one + two, features)


def _telling(pair: tuple[str, str]) -> bool:
    data = languages()
    return not any(word in data.function or word in data.frame for word in pair)
