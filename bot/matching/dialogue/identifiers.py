"""Identifiers: things that are told apart by a number alone, and matched by it or not at all.

"General Comment No. 24", "GC24", "resolution 1997/30", "Form I-130": the words before the number name a series, the
number one of it. A number that is not here is said to be missing; it is no slip of another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry

_NUMBERING = frozenset({"no", "nr", "n", "num", "number", "numero", "numéro", "№", "رقم", "संख्या", "номер"})
"""Words between the name of a series and the number."""

_YEARS = range(1900, 2101)
"""Numbers that are years stand in many names, and make no series."""

_SLIP_FROM = 5
"""Letters of a word of a series that may have a slip."""

_NUMBER = re.compile(r"\d+(?:[/-]\d+)*")
_JOINED = re.compile(r"([^\W\d_]{2,})(\d+)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered thing in a message: the entry that it is, or None and its ``siblings``; ``text`` is its name."""

    entry: str | None
    text: str
    siblings: tuple[str, ...]
    places: frozenset[int]


class Identifiers:
    """The series of a folder: words -> number -> entry. Immutable once built.

    A number of several parts ("40/33") is that of one thing, in whatever language its series is named.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._series: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
        self._text: dict[tuple[str, ...], str] = {}
        self._whole: dict[tuple[str, ...], str] = {}
        for entry in entries:
            names = [
                *entry.name.values(),
                *entry.acronyms,
                *(one for listed in entry.aliases.values() for one in listed),
            ]
            for name in names:
                series, number = _parted(name)
                if series and number:
                    self._series.setdefault(series, {}).setdefault(number, entry.id)
                    self._whole.setdefault(number, entry.id)
                    self._text.setdefault(series, re.split(r"\d", name, maxsplit=1)[0])
        self._longest = {series: max(map(len, known)) for series, known in self._series.items()}
        self._begins = frozenset(series[0] for series in self._series)
        self._long = [begin for begin in self._begins if len(begin) >= _SLIP_FROM]

    def named(self, message: Sequence[str]) -> list[Numbered]:
        """Return the numbered things that the words of a message name, in their order."""
        split = [(part, place) for place, word in enumerate(message) for part in _split(word)]
        parts = [part for part, _ in split]
        found: list[Numbered] = []
        if not any(map(str.isdecimal, parts)):
            return found
        for start in range(len(parts)):
            best = max(self._at(parts, start), key=lambda one: one[1], default=None)
            if best is None or any(split[start][1] in one.places for one in found):
                continue
            series, end, number = best
            known = self._series[series]
            entry = known.get(number) or (self._whole.get(number) if len(number) > 1 else None)
            places = frozenset(place for _, place in split[start:end])
            text = f"{self._text[series]}{'/'.join(number)}"
            found.append(Numbered(entry, text, tuple(dict.fromkeys(known.values())), places))
        return found

    def sibling(self, entry: str, number: str) -> str | None:
        """Return the entry with a number in a series that another entry belongs to: "and number 10?"."""
        for known in self._series.values():
            if entry in known.values() and (number,) in known:
                return known[number,]
        return None

    def _at(self, parts: Sequence[str], start: int) -> Iterator[tuple[tuple[str, ...], int, tuple[str, ...]]]:
        """Yield the series whose words begin at ``start``, where their number ends, and that."""
        first = parts[start]
        begins = {first} & self._begins
        if len(first) >= _SLIP_FROM:
            begins |= {begin for begin in self._long if _same(first, begin)}
        for series in self._series if begins else ():
            if series[0] not in begins:
                continue
            end = start + len(series)
            if end < len(parts) and all(map(_same, parts[start:end], series)):
                while end < len(parts) and parts[end] in _NUMBERING:
                    end += 1
                digits = end
                while end < len(parts) and parts[end].isdecimal():
                    end += 1
                number = tuple(parts[digits:end])
                longest = self._longest[series]
                if number and not (longest > 1 and len(number) == 1):
                    yield series, digits + min(longest, len(number)), number[:longest]


def _parted(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a name before its number, and the number in parts; empty where there is none."""
    found = _NUMBER.search(name)
    if found is None or found.start() == 0:
        return (), ()
    number = tuple(re.findall(r"\d+", found[0]))
    if len(number) == 1 and int(number[0]) in _YEARS:
        return (), ()
    parts = [part for word in words(name[: found.start()]) for part in _split(word)]
    series = tuple(part for part in parts if part not in _NUMBERING)
    return (series, number) if any(len(part) > 1 for part in series) else ((), ())


def _split(word: str) -> tuple[str, ...]:
    joined = _JOINED.fullmatch(word)
    return (joined[1], joined[2]) if joined else (word,)


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _SLIP_FROM and OSA.distance(one, other, score_cutoff=1) <= 1)
