"""Values that a message names: a closed value, a place, a language, a year; and which entries have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.matching.decision import Condition, Relation
from bot.matching.text import cldr
from bot.matching.text.continents import continent_names, countries_in
from bot.matching.text.countries import LANGUAGES, country_names
from bot.matching.text.languages import languages
from bot.matching.text.normalise import words
from bot.matching.text.places import city_names
from bot.matching.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import Entry, Fact
    from bot.matching.dialogue.phrasebook import Word

EARLIEST, LATEST = 1000, 2100
"""Numbers from here to there are years."""


@dataclass(frozen=True, slots=True)
class Named:
    """A value that stands in a message at ``places``; ``kind``: the type of attribute that it can be a value of.

    A ``decade`` is named by its first year, a place ``within`` a country as it was typed.
    """

    kind: str
    value: str
    places: frozenset[int]


LOCATED = ("place", "within")
"""Kinds of values that are places: a country or what facts name, and any other city or part of a country."""


class Values:
    """The typed values of a folder's facts. Immutable once built."""

    def __init__(self, entries: Sequence[Entry], attributes: Mapping[str, Attribute]) -> None:
        self._attributes = attributes
        self._valued = {name for entry in entries for fact in entry.facts if fact.value for name in fact.about}
        self._names: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._longest: dict[str, int] = {}  # words of the longest name that begins with one, where that has several
        types = {name: attribute.type for name, attribute in attributes.items()}
        places = frozenset(name for name, kind in types.items() if kind == "place")
        if places:
            for name, code in (*country_names().items(), *continent_names().items()):
                self._add(name, "place", code)
            for name, value in _cities(entries, places):
                self._add(name, "place", value)
            for name in city_names() - self._names.keys():
                self._add(name, "within", "")
        if "language" in types.values():
            for name, code in _language_names().items():
                self._add(name, "language", code)
        self._placed = {name for name, one in attributes.items() if one.type == "place"} | {
            name for name, one in attributes.items() if one.of_place and one.type == "plain"
        }
        self._called: dict[str, list[tuple[str, ...]]] = {}
        for called, known in self._names.items():
            for kind, value in known:
                if kind == "place":
                    self._called.setdefault(value, []).append(called)
        self._stems = {stem(name[0]): known for name, known in self._names.items() if _is_inflected(name)}

    def _add(self, name: tuple[str, ...], kind: str, value: str) -> None:
        """Add a name: of a city by its own facts, not its country's; "French" names a language and a country."""
        known = self._names.setdefault(name, [])
        if len(name) > 1:
            self._longest[name[0]] = max(len(name), self._longest.get(name[0], 1))
        known[:] = [one for one in known if one[0] != kind] + [(kind, value)]

    def named(self, message: Sequence[Word], decade: Collection[int] = ()) -> list[Named]:
        """Return the places, languages, years and decades that a message names, the longest name at each word.

        ``decade``: the places of words that say that a year beside them is one: "années 80".
        """
        found: list[Named] = []
        at = 0
        while at < len(message):
            for length in range(min(self._longest.get(message[at].text, 1), len(message) - at), 0, -1):
                name = tuple(word.text for word in message[at : at + length])
                known = self._names.get(name) or (self._stems.get(stem(name[0])) if _is_inflected(name) else None)
                if known:
                    typed = " ".join(name).title()
                    places = frozenset(range(at, at + length))
                    found.extend(Named(kind, value or typed, places) for kind, value in known)
                    at += length
                    break
            else:
                text = message[at].text
                beside = not {at - 1, at + 1}.isdisjoint(decade)
                if year := _decade(text, beside=beside):
                    found.append(Named("decade", year, frozenset({at})))
                elif text.isdecimal() and EARLIEST <= int(text) <= LATEST:
                    found.append(Named("year", text, frozenset({at})))
                at += 1
        return found

    def holds(self, entry: Entry, condition: Condition) -> bool | None:
        """Return whether an entry has a value; None where that is not known.

        A closed value, a year or a seat is one of a kind, so another one means no. The countries or languages that are
        on record need not be all.
        """
        facts = [entry.facts[number] for number in entry.facts_about(condition.attribute)]
        if condition.relation is Relation.KNOWN:
            # Where others have values, a fact without one says that it is not known. The contact page tells no number.
            told = any(fact.value or condition.attribute not in self._valued for fact in facts)
            return told or any(one.use == condition.attribute for one in entry.links) or None
        facts = [fact for fact in facts if fact.value]
        if not facts:
            return None
        if any(self._meets(fact, condition) for fact in facts):
            return True
        attribute = self._attributes[condition.attribute]
        return False if attribute.values or attribute.type == "year" or attribute.single else None

    def meeting(self, entry: Entry, facts: Sequence[int], condition: Condition) -> tuple[int, ...]:
        """Return the numbers of some facts of an entry, those first that have the value that is asked for."""
        return tuple(sorted(facts, key=lambda number: not self._meets(entry.facts[number], condition)))

    def _meets(self, fact: Fact, condition: Condition) -> bool:
        texts = [text for value in fact.value for text in value.values()]
        if condition.relation in (Relation.BEFORE, Relation.AFTER):
            year, than = _year(texts), int(condition.value)
            return year is not None and (year < than if condition.relation is Relation.BEFORE else year > than)
        if condition.relation is Relation.DURING:
            year, first = _year(texts), int(condition.value)
            return year is not None and first <= year < first + _DECADE
        closed = self._attributes[condition.attribute].values.get(condition.value)
        included = closed.includes if closed else countries_in(condition.value)
        return not {condition.value, *included}.isdisjoint(texts)

    def speaking_of(self, entry: Entry, condition: Condition) -> tuple[int, ...]:
        """Return the numbers of the facts of an entry, of what it is or does somewhere, that speak of a place."""
        place, anything = condition.value, not self._attributes[condition.attribute].listed
        called = [f" {' '.join(name)} " for name in self._called.get(place, ())]

        def speaks(fact: Fact) -> bool:
            texts = [f" {' '.join(words(text))} " for text in fact.text.values()]
            placed = anything or not self._placed.isdisjoint(fact.about)
            return placed and any(name in text for text in texts for name in called)

        return tuple(number for number, fact in enumerate(entry.facts) if speaks(fact))

    def year(self, entry: Entry, attribute: str) -> int | None:
        """Return the year that an entry has for an attribute."""
        found = (
            _year([text for value in entry.facts[number].value for text in value.values()])
            for number in entry.facts_about(attribute)
        )
        return next((year for year in found if year is not None), None)


def _is_inflected(name: tuple[str, ...]) -> bool:
    """Return whether a name is one word of a language whose words are compared by their stems."""
    return (len(name) == 1 and stem(name[0]) != name[0]) or (len(name) == 1 and not name[0].isascii())


def _cities(entries: Iterable[Entry], places: Collection[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words of each name of a place that facts give in words, and what it is called first."""
    for entry in entries:
        for fact in entry.facts:
            for value in fact.value if not set(fact.about).isdisjoint(places) else ():
                for text in value.values():
                    if not is_code(text):
                        yield words(text), next(iter(value.values()))


def is_code(text: str) -> bool:
    """Return whether a value is the code of a country, two capitals, or of a continent."""
    return (len(text) == len("CH") and text.isascii() and text.isupper()) or bool(countries_in(text))


def _decade(text: str, *, beside: bool) -> str:
    """Return the first year of a decade, "1980" of "1980s" and "80s", or an empty text.

    ``beside``: a word beside it says that it is one.
    """
    digits = text.removesuffix("s")
    if (digits == text and not beside) or not digits.isdecimal() or len(digits) not in (2, 4) or digits[-1] != "0":
        return ""
    year = int(digits) if len(digits) == len("1980") else int(digits) + (_CENTURY if int(digits) >= _RECENT else 2000)
    return str(year) if EARLIEST <= year <= LATEST else ""


_DECADE, _CENTURY, _RECENT = 10, 1900, 30
"""Years of a decade; where the decades of two digits begin, and from which on they are of the last century."""


def _year(texts: Sequence[str]) -> int | None:
    return next((int(text[:4]) for text in texts if text[:4].isdecimal()), None)


@cache
def _language_names() -> dict[tuple[str, ...], str]:
    """Return the words of the names of languages, in the languages the bot is asked in -> code."""
    names: dict[tuple[str, ...], str] = {(word,): code for word, code in languages().called.items()}
    for name, code in _babel_languages():
        names.setdefault(words(name), code)
    return {name: code for name, code in names.items() if name}


def _babel_languages() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for code, name in cldr.names()["languages"][language].items():
            if code in _SPOKEN:
                yield name, code


_SPOKEN = frozenset(
    {"ar", "bn", "de", "en", "es", "fa", "fr", "ha", "hi", "id", "it", "ja", "ko", "ms", "nl", "pl", "pt"}
    | {"ro", "ru", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh"}
)
"""Languages that anybody asks for; the names of small ones are names of much else."""
