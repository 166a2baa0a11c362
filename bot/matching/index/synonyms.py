"""Synonyms: words that the folder's editors say mean nearly the same, for people who talk otherwise than entries do.

On the shipped knowledge they gain 33 of 2,410 questions (91.5 to 92.9 %); two more answers are wrong, and of 336
foreign questions two more are answered and three more offered something. Words that mean the same count for little
else: they name nobody, and the classifier, which was learned from the entries' own words, leaves them out (with them
there as many questions were lost as won).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.matching.index.vocabulary import LAST
from bot.matching.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.matching.index.vocabulary import Vocabulary
    from bot.matching.tuning import Tuning

ANY_ENDING = "*"
"""At the end of a word: any letters may follow."""


class Synonyms:
    """The groups of a folder as far as its vocabulary has words of them. Immutable once built.

    ``groups``: language -> groups of words with spaces between; a star at the end of a word is any ending.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]], vocabulary: Vocabulary, tuning: Tuning) -> None:
        self._most = tuning.synonyms.words
        self._vocabulary = vocabulary
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._beginnings: dict[str, list[int]] = defaultdict(list)
        written = [(language, group) for language, listed in groups.items() for group in listed]
        self._language = [language for language, _ in written]
        self._spoken = frozenset(self._language) - {ANY_LANGUAGE}
        for number, (_, group) in enumerate(written):
            for word in group.split():
                normal = normalise(word.removesuffix(ANY_ENDING))
                (self._beginnings if word.endswith(ANY_ENDING) else self._whole)[normal].append(number)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})
        known: dict[int, set[str]] = defaultdict(set)
        for word, numbers in self._whole.items():
            if word in vocabulary.features:
                for number in numbers:
                    known[number].add(word)
        forms = sorted(vocabulary.features) if self._beginnings else []
        for beginning, numbers in self._beginnings.items():
            first = bisect_left(forms, beginning)
            begun = forms[first : bisect_left(forms, beginning + LAST, first)]
            for number in numbers:
                known[number].update(begun)
        self._known = {number: sorted(found, key=self._commonest) for number, found in sorted(known.items())}

    def __contains__(self, word: str) -> bool:
        """Return whether a group has the word itself, written out: then it is no slip of another one."""
        return word in self._whole

    def of(self, word: str, language: str | None = None) -> list[str]:
        """Return the words of the vocabulary that mean nearly the same as a normalised word, the commonest first.

        Of a question in ``language`` only groups of that language count, if there are any.
        """
        groups = self._groups(word)
        if language in self._spoken:
            groups = [number for number in groups if self._language[number] in {language, ANY_LANGUAGE}]
        if not groups:
            return []
        if len(groups) == 1:
            found = self._known.get(groups[0], [])
        else:
            found = sorted({form for number in groups for form in self._known.get(number, ())}, key=self._commonest)
        return [form for form in found if form != word][: self._most]

    def _commonest(self, form: str) -> tuple[int, str]:
        return -self._vocabulary.uses[form], form

    def _groups(self, word: str) -> list[int]:
        found = list(self._whole.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._beginnings.get(word[:length], ())
        return list(dict.fromkeys(found)) if len(found) > 1 else found
