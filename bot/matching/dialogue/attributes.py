"""Which attributes a message asks for, apart from whom it asks about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.matching.dialogue.phrasebook import Phrasebook
from bot.matching.text.languages import languages
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.kinds import Kind
    from bot.matching.dialogue.phrasebook import Found, Word
    from bot.matching.tuning import Phrases as Tuning


@dataclass(frozen=True, slots=True)
class Meant:
    """What a phrase asks for: an attribute, and where the phrase is one of its closed values, that value."""

    attribute: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An attribute that is asked for in the words at ``places``; ``value``: and whether it is this one.

    ``coverage``: the share of the phrase, by weight, that is there.
    """

    attribute: str
    value: str | None
    places: frozenset[int]
    score: float
    coverage: float = 1.0


class AttributeDetector:
    """Finds what is asked for by how people ask for it. Immutable once built.

    ``generic``: language -> words for entries of all kinds ("organisations"), which ask for nothing in particular.
    """

    def __init__(
        self, attributes: Mapping[str, Attribute], generic: Mapping[str, frozenset[str]], tuning: Tuning
    ) -> None:
        self.attributes = attributes
        data = languages()
        grammar = {
            language: known | (generic.get(language, frozenset()) - set(_single(attributes, language)))
            for language, known in data.grammar.items()
        }
        self._book = Phrasebook(_phrases(attributes), tuning, grammar, data.asking, data.frame)

    def asked(
        self,
        message: Sequence[Word],
        free: Sequence[int],
        *,
        content: Collection[int],
        names: frozenset[int],
        language: str | None,
        kinds: Collection[Kind] = (),
        several: bool = True,
        joined: Collection[int] = (),
    ) -> tuple[Asked, ...]:
        """Return what is asked for in the words at ``free``, best first; no word counts for two of them.

        ``content``: the places of words that are more than grammar.

        A phrase that takes words of ``names`` counts only where it is all there and says more than the name ("member of
        the panel"), by a word of its own unless there are ``several`` ("is it in the panel"). ``kinds``: of the entries
        that are named; what none of them can have is not asked. ``language``: of the message, where that is known: its
        phrases count before those of others. ``joined``: the places behind an "and": a word that begins a question
        asks for something of its own there.
        """
        own = languages().grammar.get(language or "", frozenset())
        joined = frozenset(joined)
        found = [
            (_score(one, language), one)
            for one in self._book.find(message, free, names)
            if (not kinds or any(self._can_have(kind, one.meaning.attribute) for kind in kinds))
            and (one.telling or (one.coverage > _COMPLETE and (one.places.issuperset(content) or one.places <= joined)))
            and not (_is_foreign(one, language) and _is_too_little(one, message, own))
            and (one.meaning.value is None or _is_value(one))
            and _is_more_than(names, one, frozenset() if several else content)
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1].meaning.attribute, pair[1].phrase))
        asked: list[Asked] = []
        taken: set[int] = set()
        for score, one in found:
            telling = {place for place in one.places if place in content} or set(one.places)
            if telling & taken:
                continue
            taken |= one.places
            same = next((at for at, known in enumerate(asked) if _alike(known, one.meaning)), None)
            if same is None:
                asked.append(Asked(one.meaning.attribute, one.meaning.value, one.places, score, one.coverage))
            else:
                known = asked[same]
                places = known.places | one.places
                asked[same] = replace(known, value=known.value or one.meaning.value, places=places)
        least = _BESIDE * asked[0].score if asked else 0.0
        return tuple(one for one in asked if one.value is not None or one.score >= least or one.places <= joined)

    def _can_have(self, kind: Kind, attribute: str) -> bool:
        """Return whether entries of a kind can have an attribute, or one that is asked for in the same words."""
        alike = (one for one in self.attributes.values() if one.like == attribute)
        return self.attributes[attribute].fits(kind) or any(one.fits(kind) for one in alike)


def _single(attributes: Mapping[str, Attribute], language: str) -> Iterator[str]:
    """Yield the words of a language that are a phrase by themselves: what they mean is not general."""
    for attribute in attributes.values():
        for listed in (attribute.asks, *(value.says for value in attribute.values.values())):
            for text in listed.get(language, ()):
                if len(found := words(text)) == 1:
                    yield found[0]


_COMPLETE = 0.9
"""Coverage of a phrase of nothing but grammar ("where is it") that is there for certain."""

_VALUE = 0.85
"""Coverage of a closed value: half of "un body" is any other word."""

_ANY_ORDER = 3
"""Words of a closed value that may stand in another order, as Hindi has it; more of them say something else."""

_BESIDE = 0.5
"""Share of the best score from which another attribute is asked for as well."""

_SHORT = 3
"""Letters of words that are read in their own language only: a French "don" is an English slip."""

_FOREIGN = 0.85
"""Share of its score that a phrase of another language than the message's has."""


def _alike(known: Asked, meant: Meant) -> bool:
    """Return whether two phrases ask for the same; two values of an attribute are two questions."""
    return known.attribute == meant.attribute and (None in (known.value, meant.value) or known.value == meant.value)


def _is_foreign(found: Found[Meant], language: str | None) -> bool:
    return language is not None and found.language not in (language, ANY_LANGUAGE)


def _score(found: Found[Meant], language: str | None) -> float:
    foreign = _FOREIGN if _is_foreign(found, language) else 1.0
    return found.weight * (found.told or found.coverage) ** 2 * found.coverage * foreign


def _is_too_little(found: Found[Meant], message: Sequence[Word], own: Collection[str]) -> bool:
    """Return whether a phrase of another language is there by words that are grammar of the message's ``own``.

    Of a closed value none may be ("un" is no UN in French); of another phrase not all, nor short words alone.
    """
    texts = [message[place].text for place in found.places]
    if found.meaning.value is not None:
        return any(text in own for text in texts)
    return all(text in own or len(text) <= _SHORT for text in texts)


def _is_value(found: Found[Meant]) -> bool:
    """Return whether a phrase of a closed value is there, and not the same words in another sentence."""
    return found.coverage >= _VALUE and (found.ascending or len(found.places) <= _ANY_ORDER)


def _is_more_than(names: frozenset[int], found: Found[Meant], content: Collection[int]) -> bool:
    """Return whether a phrase has no words of ``names``, or is all there with more; of ``content``, unless empty."""
    if found.places.isdisjoint(names):
        return True
    beside = found.places - names
    return found.coverage > _COMPLETE and len(beside) > 1 and (not content or not beside.isdisjoint(content))


def _phrases(attributes: Mapping[str, Attribute]) -> Iterator[tuple[Meant, str, str]]:
    for name, attribute in attributes.items():
        for language, texts in attribute.asks.items():
            for text in texts:
                yield Meant(name), language, text
        for value, known in attribute.values.items():
            for language, texts in known.says.items():
                for text in texts:
                    yield Meant(name, value), language, text
