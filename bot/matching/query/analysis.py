"""Analysis of a question: each of its words with what it may mean in the vocabulary of the entries."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from bot.matching.index.tongues import Tongues
from bot.matching.query.spacing import Spacing
from bot.matching.text.languages import languages
from bot.matching.text.normalise import MAX_CHARACTERS, normalise, split
from bot.matching.text.sentences import telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.matching.index.index import Index
    from bot.matching.index.synonyms import Synonyms
    from bot.matching.index.vocabulary import Vocabulary
    from bot.matching.query.names import Mention
    from bot.matching.query.ranking import Ranked
    from bot.matching.tuning import Analysis


@dataclass(frozen=True, slots=True)
class Expansion:
    """One thing that a word may mean: the form it is taken for, its features, how much to trust that, and its slips.

    ``same``: it is another word, which means nearly the same. ``begun``: only its beginning was typed. Neither names
    anybody.
    """

    form: str
    features: tuple[int, ...]
    trust: float
    cost: float = 0.0
    same: bool = False
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question, its expansions with the likeliest first.

    ``weight``: how much it says, the rarer the more. ``filler``: it belongs to the way of asking. ``near``: the
    features of words that a word of the vocabulary may be a slip of all the same ("homme" of "hommes"), with how far to
    trust that; only a name that has several words looks at these.
    """

    text: str
    expansions: tuple[Expansion, ...]
    weight: float
    filler: bool
    near: tuple[tuple[int, float], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the entries have the word as it was typed."""
        return bool(self.expansions) and self.expansions[0].form == self.text


@dataclass(frozen=True, slots=True)
class Query:
    """A question as analysed: its normalised text, its words, and its language where that can be told.

    ``wanted`` is the language that the question asks to be answered in ("in english, please"). ``ranked``: the entries
    that it may be about, kept by who first ranked them, and ``named``: the names in it, once they were looked up; a
    query with other words has none.
    """

    text: str
    tokens: tuple[Token, ...]
    language: str | None
    wanted: str | None = None
    ranked: list[Ranked] = field(default_factory=list, init=False, repr=False, compare=False)
    named: list[Mapping[int, Mention]] = field(default_factory=list, init=False, repr=False, compare=False)


_LAUGHTER = re.compile(r"(?:[hj][aei]){2,}[hj]?|(?:ха|хе){2,}|ه{3,}|(?:हा){2,}|k{3,}|lo+l|lmao|rofl|mdr|ptdr|xd")
"""People laugh in writing; it says nothing of what they ask."""


def _words(text: str) -> tuple[str, ...]:
    return split(normalise(text))


def _without_repeats(words: tuple[str, ...], times: int) -> list[str]:
    """Return the words, each at most so many times: more of the same says nothing new."""
    seen: Counter[str] = Counter()
    kept = []
    for word in words:
        seen[word] += 1
        if seen[word] <= times:
            kept.append(word)
    return kept


class Analyser:
    """Analyses questions with the vocabulary of a folder. Immutable once built.

    ``asks``: the words with which people ask for something about an entry, each with its language.
    """

    def __init__(self, index: Index, synonyms: Synonyms, asks: Sequence[tuple[str, Sequence[str]]] = ()) -> None:
        self._vocabulary = vocabulary = index.vocabulary
        self._synonyms = synonyms
        self._postings = index.postings
        self._languages = languages()
        self._tuned = index.tuning.analysis
        self._tuning = index.tuning
        # Not a method of this analyser: a cache that held it would keep an old edition alive for ever.
        self._near = lru_cache(self._tuned.remembered)(partial(_neighbours, vocabulary, self._tuned))
        asking = frozenset(chain.from_iterable(said for _, said in asks))
        self._spacing = Spacing(vocabulary, self._near, self._tuned, asking)
        self._tongues = Tongues(index.phrases, asks, index.tuning.languages)

    def analyse(self, text: str, *, as_typed: bool = False) -> Query:
        """Analyse a question; with ``as_typed`` its last word may be the beginning of one."""
        tuned = self._tuned
        read = _words(self._read(text))[: tuned.words]
        typed = _without_repeats(read, tuned.repeats)
        typed = self._spacing.put_right(typed[: tuned.respaced]) + typed[tuned.respaced :]
        capitals = self._in_capitals(text)
        language = self._tongues.guess(typed, capitals)
        asked_in = self._languages.asked_in(typed)
        tokens: list[Token] = []
        for number, word in enumerate(typed):
            filler = _LAUGHTER.fullmatch(word) is not None or (word not in capitals and self._is_filler(word, language))
            filler = filler or (asked_in is not None and word in self._languages.called)
            expansions = self._expansions(word, language, filler=filler)
            if as_typed and number == len(typed) - 1 and unicodedata.category(text[-1])[0] in "LMN":
                expansions = self._completed(word) or expansions
                filler = filler and not expansions
            weight = self._postings.unknown
            if expansions:
                weight = min([self._postings.rarity[feature] for feature in expansions[0].features])
            near = () if filler or not expansions or expansions[0].form != word else self._beside(word)
            tokens.append(Token(word, expansions, weight, filler, near))
        return Query(" ".join(typed), tuple(tokens), language, asked_in)

    def _read(self, text: str) -> str:
        """Return what is read of a text: all of a short one, of a long one what asks."""
        tuned = self._tuned
        if len(text) <= tuned.long_from:
            return text
        asking = self._languages.begin | self._languages.frame
        return telling(text[:MAX_CHARACTERS], tuned.characters, _words, asking, self._names_anything)

    def _names_anything(self, words: Sequence[str]) -> bool:
        """Return whether an acronym is among some words, or two neighbours that names have so."""
        vocabulary = self._vocabulary
        acronyms = vocabulary.acronyms - self._languages.function
        return not acronyms.isdisjoint(words) or any(pair in vocabulary.name_pairs for pair in pairwise(words))

    def _in_capitals(self, text: str) -> frozenset[str]:
        """Return the acronyms that stand out in a text by their capitals: "che cos'è DEI"."""
        if text.isupper():
            return frozenset()
        found = (word for one in text.split() if one.isupper() for word in _words(one))
        return self._vocabulary.acronyms.intersection(found)

    def _is_filler(self, word: str, language: str | None) -> bool:
        """Return whether a word belongs to the way of asking; an acronym does only in the languages that have it."""
        data = self._languages
        if word not in data.function and word not in data.frame:
            return False
        return language is None or word not in self._vocabulary.acronyms or language in data.spoken[word]

    def _expansions(self, word: str, language: str | None, *, filler: bool) -> tuple[Expansion, ...]:
        """Return what a word may mean: itself, words that mean the same, else words few slips away, commonest first."""
        known = self._vocabulary.forms.get(word)
        if filler:
            return (Expansion(word, known, 1.0),) if known else ()
        forms = self._vocabulary.forms
        same = [
            Expansion(form, forms[form], self._tuning.synonyms.trust, same=True)
            for form in self._synonyms.of(word, language)
        ]
        if known:
            return (Expansion(word, known, 1.0), *same)
        near = self._near(word)
        if same and (word in self._synonyms or not any(cost <= 1 for _, cost in near)):
            return tuple(same)
        found = []
        for number, cost in near:
            form = self._vocabulary.words[number]
            found.append(Expansion(form, forms[form], self._tuned.slip_trust * (1 - cost / (len(word) + 1)), cost))
        return tuple(sorted(found, key=lambda one: (one.cost, -self._vocabulary.uses[one.form])))

    def _beside(self, word: str) -> tuple[tuple[int, float], ...]:
        """Return the features of other words that differ from a known one in one letter, with how far to trust that."""
        tuned, vocabulary = self._tuned, self._vocabulary
        if len(word) < tuned.beside_from:
            return ()
        trust = tuned.slip_trust * (1 - 1 / (len(word) + 1))
        near = (vocabulary.words[number] for number, cost in self._near(word) if cost <= 1)
        return tuple((vocabulary.forms[form][0], trust) for form in near if form != word)

    def _completed(self, word: str) -> tuple[Expansion, ...]:
        """Return the words that begin like this one, itself first if it is one."""
        forms = self._vocabulary.forms
        return tuple(
            [
                Expansion(form, forms[form], 1.0 if form == word else self._tuned.begun_trust, begun=form != word)
                for form in self._vocabulary.beginning(word)
            ]
        )


def _neighbours(vocabulary: Vocabulary, tuned: Analysis, word: str) -> list[tuple[int, float]]:
    """Return the words of the vocabulary that a misspelt one may mean, with their cost.

    Short acronyms have neighbours of every kind ("icrc" is not "crc"): those of three letters may only have two of
    them swapped, those of four and five may have one slip and not in the first letter.
    """
    words, acronyms = vocabulary.words, vocabulary.acronyms
    return [
        (number, cost)
        for number, cost in vocabulary.speller.neighbours(word)
        if (form := words[number]) not in acronyms
        or len(form) > tuned.short_acronym
        or (cost <= 1 and (len(form) > tuned.tiny_acronym or sorted(form) == sorted(word)))
    ]
