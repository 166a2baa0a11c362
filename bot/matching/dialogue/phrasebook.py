"""Short phrases that mean something, found in a message word by word.

The same comparison serves what people ask for ("where is it based"), the values they name ("charity") and how they
refer to what was said ("the other one"). A word of a phrase is met by itself, by a slip of it, or by a word that begins
alike ("fundada" for "fundación"); the fewer meanings a word has among them, the more it counts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bot.matching.tuning import Phrases as Tuning

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a message. ``known``: it is no slip of another one."""

    text: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A phrase that stands in a message.

    ``places``: the words of the message that it takes. ``coverage``: the share of the phrase, by weight, that is there;
    ``told``: of its words that are more than grammar. ``weight``: of the words that are there.
    """

    meaning: Meaning
    language: str
    phrase: str
    places: frozenset[int]
    coverage: float
    told: float
    weight: float

    @property
    def telling(self) -> bool:
        """Whether a word that is more than grammar is there."""
        return self.told > 0


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[Meaning]):
    meaning: Meaning
    language: str
    text: str
    words: tuple[int, ...]
    weight: float
    telling: float


class Phrasebook(Generic[Meaning]):
    """Phrases with their meanings. Immutable once built.

    ``phrases``: ``(meaning, language, phrase)``. ``function``: words of grammar, which count for little.
    """

    def __init__(self, phrases: Iterable[tuple[Meaning, str, str]], function: Collection[str], tuning: Tuning) -> None:
        self._tuning = tuning
        split = [(meaning, language, text, words(text)) for meaning, language, text in phrases]
        pairs = {(word, meaning) for meaning, _, _, found in split for word in found}
        uses = Counter(word for word, _ in pairs)
        self._numbers = {word: number for number, word in enumerate(sorted(uses))}
        total = len({meaning for meaning, *_ in split}) + 1
        self._function = [word in function for word in self._numbers]
        self._weights = [
            math.log(total / count) * (tuning.function if grammar else 1.0)
            for count, grammar in zip(map(uses.__getitem__, self._numbers), self._function, strict=True)
        ]
        self._by_anchor: dict[int, list[_Phrase[Meaning]]] = defaultdict(list)
        for meaning, language, text, found in split:
            numbers = tuple(self._numbers[word] for word in found)
            if numbers:
                weight = sum(self._weights[number] for number in numbers)
                anchor = max(numbers, key=lambda number: (self._weights[number], -number))
                telling = sum(self._weights[number] for number in numbers if not self._function[number])
                self._by_anchor[anchor].append(_Phrase(meaning, language, text, numbers, weight, telling))
        beginnings: dict[str, list[int]] = defaultdict(list)
        for word, number in self._numbers.items():
            if len(word) >= tuning.stem:
                beginnings[word[: tuning.stem]].append(number)
        self._words = list(self._numbers)
        self._near = lru_cache(tuning.remembered)(partial(_near, self._words, dict(beginnings), tuning))

    def find(self, message: Sequence[Word], free: Sequence[int]) -> list[Found[Meaning]]:
        """Return the phrases that stand in the words of ``message`` whose places are ``free`` (in order)."""
        heard: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for place in free:
            for number, trust in self._meant(message[place]):
                heard[number].append((place, trust))
        order = {place: at for at, place in enumerate(free)}
        found = []
        for number in heard:
            for phrase in self._by_anchor.get(number, ()):
                if one := self._stands(phrase, heard, order):
                    found.append(one)
        return found

    def whole(self, message: Sequence[Word], free: Sequence[int]) -> list[Found[Meaning]]:
        """Return the phrases that are all that is said in the places ``free``, the fullest first."""
        taken = set(free)
        found = [one for one in self.find(message, free) if one.places == taken and one.coverage >= self._tuning.whole]
        return sorted(found, key=lambda one: -one.coverage)

    def _meant(self, word: Word) -> tuple[tuple[int, float], ...]:
        number = self._numbers.get(word.text)
        if number is not None:
            return ((number, 1.0),)
        return self._near(word.text, word.known)

    def _stands(
        self, phrase: _Phrase[Meaning], heard: Mapping[int, list[tuple[int, float]]], order: Mapping[int, int]
    ) -> Found[Meaning] | None:
        """Return the phrase as found, if enough of it is there, close together and in order."""
        places: list[int] = []
        weight, telling, last = 0.0, 0.0, -1
        for number in phrase.words:
            options = [
                (order[place] < last, abs(order[place] - last - 1), place, trust)
                for place, trust in heard.get(number, ())
                if place not in places
            ]
            if not options:
                continue
            _, _, place, trust = min(options)
            places.append(place)
            last = order[place]
            weight += self._weights[number] * trust
            telling += 0.0 if self._function[number] else self._weights[number] * trust
        if not places or weight < self._tuning.coverage * phrase.weight:
            return None
        positions = sorted(order[place] for place in places)
        if positions[-1] - positions[0] >= len(phrase.words) + self._tuning.between:
            return None
        coverage = weight / phrase.weight if phrase.weight else 1.0
        told = telling / phrase.telling if phrase.telling else 0.0
        return Found(phrase.meaning, phrase.language, phrase.text, frozenset(places), coverage, told, weight)


def _near(
    known: Sequence[str], beginnings: Mapping[str, Sequence[int]], tuning: Tuning, word: str, is_known: bool
) -> tuple[tuple[int, float], ...]:
    """Return the words of the phrases that a word may stand for, with how far to trust that."""
    found: dict[int, float] = {}
    for number in beginnings.get(word[: tuning.stem], ()):
        other = known[number]
        alike = _alike(word, other)
        short, long = sorted((len(word), len(other)))
        if alike >= max(tuning.stem, short - tuning.ending) and long - alike <= tuning.longest_ending:
            found[number] = max(tuning.least_trust, 1 - tuning.ending_letter * (short + long - 2 * alike))
    slips = 0 if is_known or len(word) < tuning.slip_from else 1 + (len(word) >= tuning.two_from)
    if slips:
        for other, distance, number in process.extract(
            word, known, scorer=OSA.distance, score_cutoff=slips, limit=tuning.neighbours
        ):
            if other[0] == word[0] and len(other) >= tuning.slip_from:
                found[number] = max(found.get(number, 0.0), 1.0 - tuning.slip * distance)
    return tuple(found.items())


def _alike(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
