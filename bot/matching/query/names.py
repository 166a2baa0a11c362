"""Names in a question: which entries it calls by a name, acronym or alias, whole or in part."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.index.phrases import NAMING
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.matching.index.phrases import Phrase
    from bot.matching.index.postings import Postings
    from bot.matching.index.vocabulary import Vocabulary
    from bot.matching.query.analysis import Query
    from bot.matching.tuning import Tuning


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an entry that stands in the question.

    ``coverage``: the share of the name's weight that was found. ``tokens``: the words of the question that it takes.
    ``whole``: word for word and in order.
    """

    phrase: int
    coverage: float
    weight: float
    tokens: frozenset[int]
    whole: bool


class Names:
    """The names of all entries by their words. Immutable once built."""

    def __init__(self, phrases: Sequence[Phrase], vocabulary: Vocabulary, postings: Postings, tuning: Tuning) -> None:
        self._phrases = phrases
        self._tuning = tuning.names
        data = languages()
        fillers = data.function | data.frame
        self._weight: dict[int, float] = {}
        self._words: dict[int, dict[int, float]] = {}
        holding: dict[int, array[int]] = {}
        for number, phrase in enumerate(phrases):
            if phrase.field not in NAMING:
                continue
            weights: dict[int, float] = {}
            for word in phrase.words:
                feature = vocabulary.features[word]
                weights[feature] = postings.rarity[feature] * (tuning.names.filler if word in fillers else 1.0)
                holding.setdefault(feature, array("I")).append(number)
            self._words[number] = weights
            self._weight[number] = sum(weights.values())
        self._holding = holding

    def mentions(self, query: Query) -> dict[int, Mention]:
        """Return for each entry that is named the best of its names, by entry number."""
        best: dict[int, Mention] = {}
        text = f" {query.text} "
        for name, held in self._found(query).items():
            weights = self._words[name]
            found = 0.0
            for feature, (trust, _) in held.items():
                found += weights[feature] * trust
            coverage = found / self._weight[name]
            if coverage < self._tuning.mention:
                continue
            entry = self._phrases[name].entry
            whole = coverage > self._tuning.complete and f" {' '.join(self._phrases[name].words)} " in text
            mention = Mention(name, coverage, found, frozenset([token for _, token in held.values()]), whole)
            if entry not in best or self._strength(mention) > self._strength(best[entry]):
                best[entry] = mention
        return best

    def _found(self, query: Query) -> dict[int, dict[int, tuple[float, int]]]:
        """Return name -> feature of it that the question has -> ``(trust, token)``."""
        found: dict[int, dict[int, tuple[float, int]]] = {}
        seen: list[tuple[int, int, int, float]] = []
        for number, token in enumerate(query.tokens):
            common = self._tuning.common if token.filler else 0
            for expansion in token.expansions:
                for feature in () if expansion.same else expansion.features:
                    names = self._holding.get(feature)
                    if names:
                        seen.append((common + len(names), number, feature, expansion.trust))
        for common, token_number, feature, trust in sorted(seen):
            names = self._holding[feature]
            for name in (
                names if common <= self._tuning.common else [name for name in found if feature in self._words[name]]
            ):
                held = found.setdefault(name, {})
                if held.get(feature, (0.0, 0))[0] < trust:
                    held[feature] = (trust, token_number)
        return found

    def _strength(self, mention: Mention) -> tuple[float, float]:
        whole = self._tuning.whole if mention.whole else 1.0
        return mention.weight * mention.coverage**2 * whole, -mention.phrase
