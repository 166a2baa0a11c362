"""The index of a folder: its phrases with everything that is known about them."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.index.classifier import Classifier
from bot.matching.index.phrases import NAMING, searched
from bot.matching.index.postings import Postings
from bot.matching.index.similarity import Similarity
from bot.matching.index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.index.phrases import Phrase
    from bot.matching.tuning import Tuning


class Index:
    """Immutable once built. Entries, phrases and features are numbers; ``entries`` and ``phrases`` turn them back.

    ``numbers``: id of an entry -> its number.
    ``words_by_language``: language -> the words of all its phrases.
    ``unread``: ids of entries with more phrases than are read of one, and how many more.
    """

    def __init__(self, entries: Sequence[Entry], written: Sequence[Phrase], tuning: Tuning) -> None:
        self.entries = tuple(entries)
        self.numbers = {entry.id: number for number, entry in enumerate(entries)}
        self.tuning = tuning
        self.phrases, unread = searched(written, tuning.vocabulary.phrases)
        self.unread = {self.entries[number].id: count for number, count in unread.items()}
        self.vocabulary = Vocabulary(self.phrases, tuning)
        self.postings = Postings(len(entries), self.phrases, self.vocabulary, tuning)
        self.similarity = Similarity(len(entries), self.phrases, self.vocabulary, tuning)
        self.classifier = Classifier(len(entries), self.phrases, self.vocabulary, self.similarity, tuning)
        words_by_language: dict[str, set[str]] = {}
        for phrase in self.phrases:
            words_by_language.setdefault(phrase.language, set()).update(phrase.words)
        self.words_by_language = words_by_language
        short = self.similarity.numbers
        sums = np.array([_sum(" ".join(self.phrases[number].words)) for number in short], np.uint32)
        order = np.argsort(sums, kind="stable")
        self._sums = array("I", sums[order].tobytes())
        self._with_sum = array("I", np.array(short, np.uint32)[order].tobytes())

    def is_called(self, entry: int, beginning: str) -> bool:
        """Return whether a name, acronym or alias of an entry begins like this, given in normalised words."""
        named = (self.phrases[number] for number in self.postings.span(entry))
        return any(one.field in NAMING and " ".join(one.words).startswith(beginning) for one in named)

    def exactly(self, text: str) -> list[int]:
        """Return the phrases (no facts, no summaries) that are this text, given in normalised words."""
        wanted = _sum(text)
        first = bisect_left(self._sums, wanted)
        with_sum = self._with_sum[first : bisect_right(self._sums, wanted, first)]
        return [number for number in with_sum if " ".join(self.phrases[number].words) == text]


def _sum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
