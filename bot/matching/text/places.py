"""Where somebody is, as a message says it: which country's helplines come first.

A name alone is no place: Jordan, Chad and India are people, turkey is a sandwich, and "que je vienne" is no Vienna. A
name counts behind or before a word of place ("in", "we live in", "mein"), beside what is public ("delhi police"), or
where it is all that is said. Nothing else depends on it: where no country is found the message leads to every line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any

import yaml

from bot.matching.text import cldr
from bot.matching.text.countries import forms, territories
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES = ("en", "fr", "es", "ar", "hi", "ru", "pt", "de", "it", "sw", "tr", "uk")
"""Languages in which names of places are known."""

NEAR = 4
"""Words before a word of place in which somebody speaks of himself: "we all live here in jordan"."""

_PARTS = re.compile(r"[,.;:!?()\n/\u2013\u2014\u060c\u0964]+|\s-\s")
_ABBREVIATED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_TURKISH_IN = ("de", "da", "te", "ta")
_ARABIC_IN = "ب"
_LONG = 5
"""Letters of a name from which Turkish endings are known: a short one with two more letters is any word."""

_ANY_WORD = 2
"""Doubt of a name that is any other word, too."""

_OF_A_CHILD = 4
"""What a place of a child is ahead: more than any other certainty."""

_VERB = 4
"""Letters from which a word of oneself may stand right before a place: "ninaishi kenya", and not "i"."""

_NOT_CITIES = ("Etc/", "Antarctica/", "Arctic/", "Indian/Christmas", "Pacific/Easter")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a place. ``doubt``: 0 for a name of places only, 1 of people or things too, 2 for any other word too.

    ``adjective``: it is how something of the country is called. ``placed``: the word of place is a part of it.
    ``country``: of a country, and of no city.
    """

    code: str
    doubt: int = 0
    adjective: bool = False
    placed: bool = False
    country: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    name: _Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Stands:
    """What stands around a name.

    ``before``: the words before the ``first`` one in front of it; ``behind``: the one behind it, with those ``after``;
    ``ends``: the message ends with that.
    """

    before: Sequence[str]
    first: str
    behind: str
    after: Sequence[str]
    ends: bool


class Places:
    """Names of countries and their larger cities. Immutable; built once for all."""

    def __init__(self) -> None:
        self._names = _names()
        self._longest = max(map(len, self._names))
        self._words = _words()

    def named(self, text: str) -> str | None:
        """Return the ISO 3166 code of the country that a message says somebody is in, or None; never raises."""
        for name, city in _loaded()["spelt"].items():
            text = text.replace(name, city)
        parts = [part for piece in _PARTS.split(_ABBREVIATED.sub("", text)) if (part := words(piece))]
        found: list[tuple[int, str]] = []
        before: _Found | None = None
        for message in parts:
            names = list(self._standing(message))
            for at, one in enumerate(names):
                previous = names[at - 1] if at else None
                alone = before if one.start == 0 and one.end == len(message) else None
                beside = alone or (previous if previous and previous.end == one.start else None)
                certainty = self._certainty(one, message, alone=len(parts) == 1)
                certainty = certainty and 2 * certainty + self._whose(message, previous.end if previous else 0, one)
                if beside and beside.name.code == one.name.code:
                    certainty = max(certainty, 2 * 2)  # a city and its country: "lagos, nigeria"
                elif beside and found and one.name.country and not beside.name.country:
                    certainty = max(certainty, found[-1][0] + 1)  # "tripoli, lebanon": the country tells which one
                if certainty:
                    found.append((certainty, one.name.code))
            before = names[-1] if names and names[-1].end == len(message) else None
        return max(found, key=lambda one: one[0])[1] if found else None

    def _whose(self, message: Sequence[str], since: int, one: _Found) -> int:
        """Return how much a place counts for whom it is said of: a child that is spoken of, before whoever writes."""
        for word in reversed(message[since : one.start]):
            if word in self._words["children"]:
                return _OF_A_CHILD
            if word in self._words["me"]:
                return 1
        return 0

    def _standing(self, message: Sequence[str]) -> Iterator[_Found]:
        start = 0
        while start < len(message):
            for length in range(min(self._longest, len(message) - start), 0, -1):
                if name := self._names.get(tuple(message[start : start + length])):
                    yield _Found(name, start, start + length)
                    start += length - 1
                    break
            start += 1

    def _certainty(self, one: _Found, message: Sequence[str], *, alone: bool) -> int:
        """Return how sure it is that a name is where somebody is: 0 not at all, 3 very."""
        known, name = self._words, one.name
        rest = [*message[: one.start], *message[one.end :]]
        if known["around"].issuperset(rest) and ((alone and not rest) or not name.doubt):
            return 2
        at = one.start
        while at and message[at - 1] in known["article"] and message[at - 1] not in known["before"]:
            at -= 1
        stands = _Stands(
            before=message[max(at - 1 - NEAR, 0) : max(at - 1, 0)],
            first=message[at - 1] if at else "",
            behind=message[one.end] if one.end < len(message) else "",
            after=message[one.end : one.end + NEAR],
            ends=one.end + 1 == len(message),
        )
        public = int(not known["public"].isdisjoint({stands.first, stands.behind}))
        if name.adjective:
            return public
        return self._placed(name, stands) or self._hinted(name, stands) or (0 if name.doubt else public)

    def _placed(self, name: _Name, stands: _Stands) -> int:
        """Return how sure it is by a word that stands beside places only, or is a part of the name."""
        known, oneself = self._words, self._words["oneself"]
        after = not oneself.isdisjoint(stands.after)
        spoken = after or not oneself.isdisjoint(stands.before)
        own = stands.behind in known["behind_of_oneself"] and (after or stands.ends)
        if own and not name.doubt and stands.first not in known["hinting"]:
            return 2
        if not (name.placed or stands.first in known["before"] or stands.behind in known["behind"]):
            return 0
        if known["trusted"].intersection(stands.before[-1:]) or (name.doubt == _ANY_WORD and not spoken):
            return 0
        return 3 if spoken else 2

    def _hinted(self, name: _Name, stands: _Stands) -> int:
        """Return how sure it is by a word that stands beside people, too, where somebody speaks of himself."""
        known, oneself = self._words, self._words["oneself"]
        near = stands.before[-1:] if name.doubt == _ANY_WORD else stands.before[-2:]
        if stands.first in known["hinting"]:
            if not oneself.isdisjoint(near):
                return 3
            if not stands.before and not name.doubt:
                return 1
        spoken = not oneself.isdisjoint((*stands.before, *stands.after))
        if stands.behind in known["hinting_behind"] and spoken and name.doubt != _ANY_WORD:
            return 3
        return 2 if stands.first in oneself and len(stands.first) >= _VERB and not name.doubt else 0


@cache
def _loaded() -> dict[str, Any]:
    source = resources.files("bot.matching.text").joinpath("places.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (the safe loader)
    return loaded


@cache
def _words() -> dict[str, frozenset[str]]:
    kinds = [kind for kind, listed in _loaded().items() if isinstance(listed, list)]
    return {kind: frozenset(chain.from_iterable(words(str(word)) for word in _loaded()[kind])) for kind in kinds}


@cache
def _names() -> dict[tuple[str, ...], _Name]:
    """Return the words of each name -> what it is; a country's own name counts before a city's."""
    loaded = _loaded()
    doubts = {words(name): doubt for kind, doubt in (("shared", 1), ("doubtful", 2)) for name in loaded[kind]}
    never = {words(str(name)) for name in loaded["never"]}
    found: dict[tuple[str, ...], _Name] = {}
    countries = (*territories(LANGUAGES), *_listed(loaded["names"]))
    full = {words(name) for name, _ in countries} - {words(name) for name in loaded["twice"]}
    for name, code in chain(countries, _listed(loaded["cities"]), _zones()):
        known = words(name)
        found.setdefault(known, _Name(code, doubts.get(known, 0), country=known in full))
    for known, place in list(found.items()):
        for form in forms(known):
            joined = form == (f"{_ARABIC_IN}{known[0]}",)
            found.setdefault(form, _Name(place.code, place.doubt, placed=joined, country=place.country))
        if len(known) == 1 and known[0].isascii() and len(known[0]) >= _LONG:
            for ending in _TURKISH_IN:
                found.setdefault((f"{known[0]}{ending}",), _Name(place.code, place.doubt, placed=True))
    for name, code in _listed(loaded["adjectives"]):
        found.setdefault(words(name), _Name(code, adjective=True))
    return {known: name for known, name in found.items() if known and known not in never}


@cache
def city_names() -> frozenset[tuple[str, ...]]:
    """Return the words of the names of cities and parts of countries that are no other words besides."""
    territory = {words(name) for name, _ in territories(LANGUAGES)}
    plain = (known for known, name in _names().items() if not (name.doubt or name.adjective or name.placed))
    return frozenset(plain) - territory


def _listed(by_code: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((str(name), code) for code, names in by_code.items() for name in names)


def _zones() -> Iterator[tuple[str, str]]:
    """Yield the cities that name a time zone, in all languages."""
    for zone, code in cldr.names()["zones"].items():
        if "/" not in zone or zone.startswith(_NOT_CITIES) or code not in cldr.names()["territories"]["en"]:
            continue
        yield zone.rpartition("/")[2].replace("_", " "), code
        for language in LANGUAGES:
            if city := cldr.names()["cities"][language].get(zone):
                yield city, code
