"""Short phrases that mean something, found in a message word by word.

The same comparison serves what people ask for ("where is it based"), the values they name ("charity") and how they
refer to what was said ("the other one"). A word of a phrase is met by itself, by a slip of it, or by a word that begins
alike ("fundada" for "fundación"); the fewer meanings a word has among them, the more it counts.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.text.normalise import words
from bot.matching.text.stems import romanised, stem

ROMANISED = frozenset({"hi"})
"""Languages that people also type in Latin letters, without a spelling."""

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bot.matching.tuning import Phrases as Tuning

Meaning = TypeVar("Meaning")


class Word(NamedTuple):
    """A word of a message: what it may stand for is kept by all of this, so that it must be compared quickly.

    ``known``: it is no slip of another one. ``grammar``: it is a word of grammar, and no beginning of another one.
    ``also``: words that may be meant by it. ``loose``: it may be of a language that has no spelling in Latin letters.
    ``asking``: it begins a question.
    """

    text: str
    known: bool = False
    grammar: bool = False
    also: tuple[str, ...] = ()
    loose: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A phrase that stands in a message.

    ``places``: the words of the message that it takes. ``coverage``: the share of the phrase, by weight, that is there;
    ``told``: of its words that are more than grammar. ``weight``: of the words that are there.
    ``in_order``: they stand together, in the order of the phrase; ``ascending``: in that order, if not together.
    """

    meaning: Meaning
    language: str
    phrase: str
    places: frozenset[int]
    coverage: float
    told: float
    weight: float
    in_order: bool
    ascending: bool = True

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
    weights: tuple[float, ...]
    telling: tuple[bool, ...]
    least: float
    """Weight below which it does not stand anywhere."""


class Phrasebook(Generic[Meaning]):
    """Phrases with their meanings. Immutable once built.

    ``phrases``: ``(meaning, language, phrase)``. ``grammar``: language -> its words of grammar, which count for little;
    ``asking``: language -> words that begin a question, which count for more than that. ``frame``: words that people
    wrap around what they ask for, which count for less than others.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[Meaning, str, str]],
        tuning: Tuning,
        grammar: Mapping[str, Collection[str]] = MappingProxyType({}),
        asking: Mapping[str, Collection[str]] = MappingProxyType({}),
        frame: Collection[str] = (),
    ) -> None:
        self._tuning = tuning
        split = [(meaning, language, text, words(text)) for meaning, language, text in phrases]
        pairs = {(word, meaning) for meaning, _, _, found in split for word in found}
        uses = Counter(word for word, _ in pairs)
        loose = {word for _, language, _, found in split for word in found if language in ROMANISED and word.isascii()}
        lexicon = _Lexicon(sorted(uses), loose, tuning)
        total = len({meaning for meaning, *_ in split}) + 1
        rarity = [math.log(total / count) for count in (uses[word] for word in lexicon.numbers)]

        def weighed(word: str, little: Collection[str], begins: Collection[str]) -> tuple[int, float, bool]:
            number = lexicon.numbers[word]
            share = tuning.function if word in little else tuning.frame if word in frame else 1.0
            share = tuning.asking if word in begins else share
            return number, rarity[number] * share, word not in little and word not in begins

        self._by_anchor: dict[int, list[_Phrase[Meaning]]] = defaultdict(list)
        known: dict[str, dict[str, tuple[int, float, bool]]] = defaultdict(dict)
        for meaning, language, text, found in split:
            if not found:
                continue
            of_language = known[language]
            for word in found:
                if word not in of_language:
                    of_language[word] = weighed(word, grammar.get(language, ()), asking.get(language, ()))
            numbers, weights, telling = zip(*map(of_language.__getitem__, found), strict=True)
            anchor = numbers[weights.index(max(weights))]
            least = min(tuning.coverage, tuning.alone) * sum(weights)
            self._by_anchor[anchor].append(_Phrase(meaning, language, text, numbers, weights, telling, least))
        # Not a method of this book: a cache that held it would keep an old edition alive for ever.
        self._meant = lru_cache(tuning.remembered)(lexicon.meant)

    def find(self, message: Sequence[Word], free: Sequence[int], names: Collection[int] = ()) -> list[Found[Meaning]]:
        """Return the phrases that stand in the words of ``message`` whose places are ``free`` (in order).

        ``names``: the places of names, each of which is one word between those of a phrase, however long it is.
        """
        heard: dict[int, list[tuple[int, float]]] = {}
        for place in free:
            for number, trust in self._meant(message[place]):
                heard.setdefault(number, []).append((place, trust))
        likely = [
            phrase
            for number in heard
            for phrase in self._by_anchor.get(number, ())
            if sum([w for word, w in zip(phrase.words, phrase.weights, strict=True) if word in heard]) >= phrase.least
        ]
        if not likely:
            return []
        order: dict[int, int] = {}
        for at, place in enumerate(free):
            goes_on = at and place in names and free[at - 1] in names
            order[place] = order[free[at - 1]] + (0 if goes_on else 1) if at else 0
        standing = (self._stands(phrase, heard, order, frozenset(names)) for phrase in likely)
        return [one for one in standing if one]

    def whole(self, message: Sequence[Word], free: Sequence[int]) -> list[Found[Meaning]]:
        """Return the phrases that are all that is said in the places ``free``, the fullest first."""
        return self.fullest(self.find(message, free), free)

    def fullest(self, found: Iterable[Found[Meaning]], free: Sequence[int]) -> list[Found[Meaning]]:
        """Return those of the phrases found that are all that is said in the places ``free``, the fullest first."""
        taken = set(free)
        whole = [one for one in found if one.places == taken and one.coverage >= self._tuning.whole]
        return sorted(whole, key=lambda one: -one.coverage)

    def _stands(
        self,
        phrase: _Phrase[Meaning],
        heard: Mapping[int, list[tuple[int, float]]],
        order: Mapping[int, int],
        names: Collection[int],
    ) -> Found[Meaning] | None:
        """Return the phrase as found, if enough of it is there, close together and in order.

        A word of grammar that stands far off, or inside a name, is none of its words.
        """
        met: list[_Met] = []
        taken: set[int] = set()
        last = -1
        for number, worth, telling in zip(phrase.words, phrase.weights, phrase.telling, strict=True):
            options = [
                (order[place] < last, abs(order[place] - last - 1), place, trust)
                for place, trust in heard.get(number, ())
                if place not in taken and (telling or place not in names)
            ]
            if options:
                _, _, place, trust = min(options)
                taken.add(place)
                last = order[place]
                met.append(_Met(place, worth * trust, telling))
        longest = len(phrase.words) + self._tuning.between
        if _length(met, order) > longest:
            met = [one for one in met if one.telling]
        whole = sum(phrase.weights)
        weight = sum(one.weight for one in met)
        least = self._tuning.alone if len(met) == 1 < len(phrase.words) else self._tuning.coverage
        if not met or weight < least * whole or _length(met, order) > longest:
            return None
        positions = [order[one.place] for one in met]
        most = sum(worth for worth, telling in zip(phrase.weights, phrase.telling, strict=True) if telling)
        return Found(
            phrase.meaning,
            phrase.language,
            phrase.text,
            frozenset(one.place for one in met),
            coverage=weight / whole if whole else 1.0,
            told=sum(one.weight for one in met if one.telling) / most if most else 0.0,
            weight=weight,
            in_order=positions == list(range(min(positions), min(positions) + len(positions))),
            ascending=positions == sorted(positions),
        )


class _Met(NamedTuple):
    """A word of a phrase that was met at a place of the message, and what it adds."""

    place: int
    weight: float
    telling: bool


def _length(met: Sequence[_Met], order: Mapping[int, int]) -> int:
    """Return over how many words of the message these are spread."""
    positions = [order[one.place] for one in met]
    return max(positions, default=0) - min(positions, default=0) + 1


class _Lexicon:
    """The words of all phrases, and which of them a word of a message may stand for."""

    def __init__(self, known: Sequence[str], loose: Collection[str], tuning: Tuning) -> None:
        self._tuning = tuning
        self._loose: dict[str, list[int]] = defaultdict(list)
        self._words = known
        self.numbers = {word: number for number, word in enumerate(known)}
        self._beginnings: dict[str, list[int]] = defaultdict(list)
        self._stems: dict[str, list[int]] = defaultdict(list)
        self._slippery: dict[str, dict[int, str]] = defaultdict(dict)  # first letter -> words that may be mistyped
        for number, word in enumerate(known):
            if len(word) >= tuning.slip_from:
                self._slippery[word[0]][number] = word
            if not word.isascii():
                self._stems[stem(word)].append(number)
            elif word in loose:
                self._loose[romanised(word)].append(number)
            if len(word) >= tuning.stem:
                self._beginnings[word[: tuning.stem]].append(number)

    def meant(self, word: Word) -> tuple[tuple[int, float], ...]:
        """Return the words that ``word`` may stand for, by their numbers, with how far to trust that."""
        found = self._alike(word)
        number = self.numbers.get(word.text)
        if number is not None:
            plural = self.numbers.get(_plural(word.text))
            beside = {
                other: trust * (1.0 if other == plural else self._tuning.beside_exact) for other, trust in found.items()
            }
            return tuple({**beside, number: 1.0}.items())
        slips = dict(self._slips(word))
        least = max(slips.values(), default=0.0)
        found = {other: trust if trust >= least else trust * self._tuning.beside_slip for other, trust in found.items()}
        for other, trust in slips.items():
            found[other] = max(found.get(other, 0.0), trust)
        for form in word.also:
            if form in self.numbers:
                found.setdefault(self.numbers[form], self._tuning.also_trust)
        return tuple(found.items())

    def _alike(self, word: Word) -> dict[int, float]:
        """Return words with an s more or less, with the same stem, or that begin alike."""
        tuning, text = self._tuning, word.text
        found: dict[int, float] = {}
        other = _plural(text)
        if len(text) >= tuning.plural_from and other in self.numbers:
            found[self.numbers[other]] = 1 - tuning.ending_letter
        same = self._stems.get(stem(text), ()) if not text.isascii() else ()
        for number in self._loose.get(romanised(text), ()) if word.loose else same:
            found[number] = 1 - 2 * tuning.ending_letter
        longest = 1 if word.grammar else tuning.longest_ending
        for number in self._beginnings.get(text[: tuning.stem], ()):
            alike = _alike(text, self._words[number])
            short, long = sorted((len(text), len(self._words[number])))
            if alike >= max(tuning.stem, short - tuning.ending) and long - alike <= longest:
                found[number] = max(tuning.least_trust, 1 - tuning.ending_letter * (short + long - 2 * alike))
        return found

    def _slips(self, word: Word) -> Iterator[tuple[int, float]]:
        """Yield words that this one may be a slip of."""
        tuning, text = self._tuning, word.text
        if word.known or len(text) < tuning.slip_from:
            return
        most = 1 + (len(text) >= tuning.two_from)
        choices = self._slippery.get(text[0], {})
        near = process.extract(text, choices, scorer=OSA.distance, score_cutoff=most, limit=tuning.neighbours)
        for _, distance, number in near:
            yield number, 1.0 - tuning.slip * distance


def _plural(text: str) -> str:
    """Return a word with an s more, or less where it ends in one."""
    return text[:-1] if text.endswith("s") else f"{text}s"


def _alike(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
