"""Names in a question: which entries it calls by a name, acronym or alias, whole or in part."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.index.phrases import NAMING
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.matching.index.index import Index
    from bot.matching.query.analysis import Query


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an entry that stands in the question.

    ``coverage``: the share of the name's weight that was found. ``tokens``: the words of the question that it takes.
    ``whole``: word for word and in order. ``places``: ``tokens``, and the words of the entry's other names that stand
    there whole: "World Organisation Against Torture (OMCT)".
    """

    phrase: int
    coverage: float
    weight: float
    tokens: frozenset[int]
    whole: bool
    places: frozenset[int] = frozenset()


class Names:
    """The names of all entries by their words. Immutable once built."""

    def __init__(self, index: Index) -> None:
        self._phrases = index.phrases
        self._tuning = index.tuning.names
        data = languages()
        fillers = data.function | data.frame
        self._weight: dict[int, float] = {}
        self._words: dict[int, dict[int, float]] = {}
        self._holding: dict[int, array[int]] = {}
        worth: dict[str, float] = {}
        for number, phrase in enumerate(index.phrases):
            if phrase.field not in NAMING:
                continue
            weights: dict[int, float] = {}
            for word in phrase.words:
                feature = index.vocabulary.features[word]
                if word not in worth:
                    share = self._tuning.filler if word in fillers else 1.0
                    worth[word] = index.postings.rarity[feature] * share
                weights[feature] = worth[word]
                self._holding.setdefault(feature, array("I")).append(number)
            self._words[number] = weights
            self._weight[number] = sum(weights.values())

    def mentions(self, query: Query) -> dict[int, Mention]:
        """Return for each entry that is named the best of its names, by entry number."""
        best: dict[int, tuple[float, int, float, float, bool]] = {}
        places: dict[int, frozenset[int]] = {}
        text = f" {query.text} "
        found = self._held(query)
        for name, held in found.items():
            weights = self._words[name]
            weight = sum([weights[feature] * trust for feature, (trust, _) in held.items()])
            coverage = weight / self._weight[name]
            if coverage < self._tuning.mention:
                continue
            entry = self._phrases[name].entry
            whole = coverage > self._tuning.complete and f" {' '.join(self._phrases[name].words)} " in text
            if whole:
                places[entry] = places.get(entry, frozenset()) | self._tokens(name, query, held, whole=True)
            strength = weight * coverage**2 * (self._tuning.whole if whole else 1.0)
            row = (strength, -name, coverage, weight, whole)
            if entry not in best or row > best[entry]:
                best[entry] = row
        mentions = {}
        for entry, (_, name, coverage, weight, whole) in best.items():
            tokens = self._tokens(-name, query, found[-name], whole=whole)
            also = places.get(entry, frozenset())
            mentions[entry] = Mention(-name, coverage, weight, tokens, whole, tokens | also)
        return mentions

    def _tokens(self, name: int, query: Query, held: dict[int, tuple[float, int]], *, whole: bool) -> frozenset[int]:
        """Return the words of the question that a name takes; of those that it has twice, the one beside the others."""
        words = self._phrases[name].words
        if whole:
            texts = tuple([token.text for token in query.tokens])
            for first in range(len(texts) - len(words) + 1):
                if texts[first : first + len(words)] == words:
                    return frozenset(range(first, first + len(words)))
        found = {token for _, token in held.values()}
        telling = {token for token in found if not query.tokens[token].filler}
        if not telling:
            return frozenset(found)
        first, last = min(telling), max(telling)
        left = Counter(words)
        left.subtract(query.tokens[token].text for token in range(first, last + 1))
        for step in (-1, 1):
            token = first - 1 if step < 0 else last + 1
            while 0 <= token < len(query.tokens) and query.tokens[token].filler and left[query.tokens[token].text] > 0:
                left[query.tokens[token].text] -= 1
                first, last = min(first, token), max(last, token)
                token += step
        inside = range(first, last + 1)
        return frozenset(telling | {token for token in inside if query.tokens[token].text in words})

    def _held(self, query: Query) -> dict[int, dict[int, tuple[float, int]]]:
        """Return name -> feature of it that the question has -> ``(trust, token)``.

        Words that stand in few names bring these up; common ones only add to names that are there by then.
        """
        found: dict[int, dict[int, tuple[float, int]]] = {}
        for common, token, feature, trust in sorted(self._features(query)):
            names: Sequence[int] = self._holding[feature]
            if common > self._tuning.common:
                names = [name for name in found if feature in self._words[name]]
            for name in names:
                held = found.setdefault(name, {})
                if held.get(feature, (0.0, 0))[0] < trust:
                    held[feature] = (trust, token)
        self._add_near(query, found)
        return found

    def _add_near(self, query: Query, found: dict[int, dict[int, tuple[float, int]]]) -> None:
        """Add words that are known, but one letter away from one of a name that has two words of the question.

        Only then is "Terres des homme" no earth and no man.
        """
        near: dict[int, dict[int, tuple[float, int]]] = {}
        beside = [
            (name, feature, trust, number)
            for number, token in enumerate(query.tokens)
            for feature, trust in token.near
            if len(names := self._holding.get(feature, ())) <= self._tuning.common
            for name in names
        ]
        if not beside:
            return
        said = {(self._phrases[name].entry, token) for name, held in found.items() for _, token in held.values()}
        for name, feature, trust, number in beside:
            if (self._phrases[name].entry, number) not in said:
                near.setdefault(name, {})[feature] = (trust, number)
        fillers = {number for number, token in enumerate(query.tokens) if token.filler}
        for name, held_near in near.items():
            held = {feature: one for feature, one in found.get(name, {}).items() if one[1] not in fillers}
            places = {token for _, token in held.values()}
            further = {
                feature: (trust, token)
                for feature, (trust, token) in held_near.items()
                if feature not in held and token not in places
            }
            both = sorted(places | {token for _, token in further.values()})
            if further and len(both) > 1 and both[-1] - both[0] < len(self._words[name]) + 1:
                words = {
                    feature: (1.0, number)
                    for number in range(both[0], both[-1])
                    for feature in self._features_of(query, number)
                    if feature in self._words[name]
                }
                found[name] = {**words, **further, **found.get(name, {})}

    @staticmethod
    def _features_of(query: Query, number: int) -> Iterator[int]:
        for expansion in query.tokens[number].expansions[:1]:
            yield from expansion.features

    def _features(self, query: Query) -> Iterator[tuple[int, int, int, float]]:
        """Yield ``(how common, token, feature, trust)`` of words that stand in names; fillers count as common."""
        for number, token in enumerate(query.tokens):
            filler = self._tuning.common if token.filler else 0
            for expansion in token.expansions:
                for feature in () if expansion.same or expansion.begun else expansion.features:
                    if names := self._holding.get(feature):
                        yield filler + len(names), number, feature, expansion.trust
