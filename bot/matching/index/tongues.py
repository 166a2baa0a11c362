"""Tongues: which language a question is in, where its words of grammar one by one would say it wrong or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.matching.index.phrases import NAMING
from bot.matching.text.languages import languages, leading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bot.matching.index.phrases import Phrase
    from bot.matching.tuning import Languages as Tuning

Pair = tuple[str, str]


class Tongues:
    """Immutable once built.

    ``pairs``: two words of grammar -> the languages in whose phrases they stand beside each other ("que es" is Spanish,
    though "que" and "es" are French words too). ``named``: a word of grammar with its neighbour in names -> the
    languages of these: "comment" is no French in "general comment".
    """

    def __init__(self, phrases: Sequence[Phrase], asks: Iterable[tuple[str, Sequence[str]]], tuning: Tuning) -> None:
        self._tuning = tuning
        pairs: dict[Pair, set[str]] = defaultdict(set)
        named: dict[Pair, set[str]] = defaultdict(set)
        spoken = languages().spoken
        for phrase in phrases:
            if phrase.field in NAMING:
                for pair in pairwise(phrase.words):
                    if pair[0] in spoken or pair[1] in spoken:
                        named[pair].add(phrase.language)
        written = [(phrase.language, phrase.words) for phrase in phrases if phrase.field not in NAMING]
        for language, found in (*written, *asks):
            for pair in pairwise(found):
                if pair[0] in spoken and pair[1] in spoken:
                    pairs[pair].add(language)
        self.pairs = {pair: frozenset(known) for pair, known in pairs.items()}
        self.named = {pair: frozenset(known) for pair, known in named.items() if ANY_LANGUAGE not in known}

    def guess(self, question: Sequence[str], without: Collection[str] = ()) -> str | None:
        """Return the language that a question is in, as far as it shows; words ``without`` say nothing of it."""
        votes: Counter[str] = Counter()
        for place, word in enumerate(question):
            if word not in without:
                votes.update(self._votes(question, place))
        first = leading(votes)
        if len(first) > 1:
            together = Counter(
                language
                for pair in pairwise(question)
                for language in self.pairs.get(pair, frozenset()).intersection(first)
            )
            first = leading(together)
        return first[0] if len(first) == 1 else None

    def _votes(self, question: Sequence[str], place: int) -> Mapping[str, int]:
        """Return how much a word speaks for which languages: inside a name, for those of the name alone."""
        votes = languages().votes(question[place], self._tuning)
        for pair in pairwise(question[max(place - 1, 0) : place + 2]):
            if pair in self.named:
                votes = {language: count for language, count in votes.items() if language in self.named[pair]}
        return votes
