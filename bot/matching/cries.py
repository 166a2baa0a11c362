"""Hearing a person in danger: the layer in front of every search.

The phrases and the calm phrases are knowledge (entries of kind help); this module only listens for them. See
``bot.matching.cry_phrases`` for how they are written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from bot.knowledge.entry import Kind
from bot.matching import cry_phrases
from bot.matching.countries import Countries
from bot.matching.cry_phrases import BETWEEN
from bot.matching.cry_words import CryWords
from bot.matching.normalising import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.cry_phrases import Pattern

Places = dict[int, list[tuple[int, int]]]
"""Number of a place -> ``(length of a run, bit mask of the words of the message where it begins)``."""


@dataclass(frozen=True, slots=True)
class Cry:
    """A cry for help that was heard: by which entry, by which of its phrases, and in which language that one is."""

    entry: Entry
    phrase: str
    language: str


@dataclass(frozen=True, slots=True)
class _Listener:
    entry: Entry
    pattern: Pattern
    calm: bool
    needed: frozenset[int]
    parts: tuple[tuple[tuple[int, int], ...], ...]
    """``(number of a place, words allowed between it and the place before)``."""


class Cries:
    """Listens for the phrases of all entries of kind help. Immutable once built; safe to use from several threads.

    ``faults`` are ``(entry id, language, phrase, reason)`` of phrases that cannot be read and are left out.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._countries = Countries()
        faults: list[tuple[str, str, str, str]] = []
        written: list[tuple[Entry, Pattern, bool]] = []
        for entry in entries:
            if entry.kind is not Kind.HELP:
                continue
            for phrases, calm in ((entry.keywords, False), (entry.questions, False), (entry.calm, True)):
                found, bad = cry_phrases.patterns(phrases, also=entry.keywords)
                written += [(entry, pattern, calm) for pattern in found]
                faults += [(entry.id, *fault) for fault in bad]
        self.faults = tuple(faults)
        self._index(written)

    def _index(self, written: Sequence[tuple[Entry, Pattern, bool]]) -> None:
        used = Counter(place for _, pattern, _ in written for part in pattern.parts for place, _ in part)
        numbers = {place: number for number, place in enumerate(used)}
        self._words = CryWords(word for place in used for run in place for word in run)
        self._runs: dict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
        for place, number in numbers.items():
            for run in place:
                run_numbers = tuple(self._words.numbers[word] for word in run)
                self._runs[run_numbers[0]].append((number, run_numbers))
        self._listeners: dict[int, list[_Listener]] = defaultdict(list)
        for entry, pattern, calm in written:
            parts = tuple(tuple((numbers[place], between) for place, between in part) for part in pattern.parts)
            all_places = [place for part in pattern.parts for place, _ in part]
            rarest = min(all_places, key=lambda place: (used[place], len(place)))
            needed = frozenset(place for part in parts for place, _ in part)
            self._listeners[numbers[rarest]].append(_Listener(entry, pattern, calm, needed, parts))

    def heard(self, text: str) -> Cry | None:
        """Return the cry for help in a message, or None; never raises.

        A calm phrase of the entry keeps its other phrases from being heard, but for the insistent ones. Where several
        are heard, the language is the one with the most words, and the phrase the longest in it.
        """
        places = self._places(words(text))
        heard = [
            listener
            for place in places
            for listener in self._listeners.get(place, ())
            if listener.needed <= places.keys() and _stands(listener.parts, places)
        ]
        calm = {listener.entry.id for listener in heard if listener.calm}
        cries = [
            listener
            for listener in heard
            if not listener.calm and (listener.pattern.insistent or listener.entry.id not in calm)
        ]
        if not cries:
            return None
        weight: Counter[tuple[str, str]] = Counter()
        for cry in cries:
            weight[cry.entry.id, cry.pattern.language] += len(cry.needed)
        entry_id, language = max(weight, key=lambda key: weight[key])
        longest = max(
            (cry for cry in cries if (cry.entry.id, cry.pattern.language) == (entry_id, language)),
            key=lambda cry: len(cry.needed),
        )
        return Cry(entry=longest.entry, phrase=longest.pattern.phrase, language=language)

    def country(self, text: str) -> str | None:
        """Return the ISO 3166 code of the country that a message names, or None; never raises."""
        return self._countries.named(text)

    def _places(self, message: tuple[str, ...]) -> Places:
        positions: dict[str, int] = defaultdict(int)
        for index, word in enumerate(message):
            positions[word] |= 1 << index
        masks: dict[int, int] = defaultdict(int)
        for word, mask in positions.items():
            for number in self._words.meant(word):
                masks[number] |= mask
        found: dict[int, dict[int, int]] = {}
        for first, begins in masks.items():
            for place, run in self._runs.get(first, ()):
                starts = begins
                for offset, number in enumerate(run[1:], 1):
                    starts &= masks.get(number, 0) >> offset
                if starts:
                    lengths = found.setdefault(place, {})
                    lengths[len(run)] = lengths.get(len(run), 0) | starts
        return {place: list(lengths.items()) for place, lengths in found.items()}


def _stands(parts: tuple[tuple[tuple[int, int], ...], ...], places: Places) -> bool:
    """Tell whether the parts stand in the message in some order, each with its places in order and close together."""
    return any(_in_order(order, places) for order in permutations(parts))


def _in_order(parts: tuple[tuple[tuple[int, int], ...], ...], places: Places) -> bool:
    near = -1  # every bit set: the first word may stand anywhere
    ends = 0
    for part in parts:
        for index, (place, between) in enumerate(part):
            if ends:
                near = _behind(ends, between if index else BETWEEN)
            ends = 0
            for length, starts in places[place]:
                ends |= (starts & near) << (length - 1)
            if not ends:
                return False
    return True


def _behind(ends: int, between: int) -> int:
    """Return the positions with at most ``between`` words between them and one of ``ends``."""
    near = 0
    for step in range(1, between + 2):
        near |= ends << step
    return near
