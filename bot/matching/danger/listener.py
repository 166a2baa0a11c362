"""Listening for the phrases of somebody in danger.

The phrases and the calm phrases are knowledge (entries of kind help); this module only listens for them. See
``bot.matching.danger.patterns`` for how they are written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from bot.knowledge.kinds import HELP
from bot.matching.danger import patterns
from bot.matching.danger.pattern_words import LONGEST, PatternWords
from bot.matching.danger.patterns import BETWEEN
from bot.matching.text.countries import country_names
from bot.matching.text.normalise import without_repeats, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.danger.patterns import Pattern


REMEMBERED = 4_096
"""Words of messages of which a listener keeps what they may stand for: people write with few."""


@dataclass(frozen=True, slots=True)
class Message:
    """The words of a message as they are listened to, and where each stands, as a bit mask (bit 0 is the first)."""

    words: tuple[str, ...]
    places: Mapping[str, int]


def read(text: str) -> Message:
    """Return a message to listen to, without what is said over and over; never raises."""
    said = without_repeats(words(text))
    places: dict[str, int] = defaultdict(int)
    for index, word in enumerate(said):
        places[word] |= 1 << index
    return Message(said, places)


@dataclass(frozen=True, slots=True)
class Cry:
    """A cry for help that was heard: by which entry, by which of its phrases, and in which language that one is.

    ``language`` is None for a bare word that several languages have.
    """

    entry: Entry
    phrase: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What the phrases hear in a message.

    ``insistent``: one of those heard is. ``calm``: a calm phrase stands there. ``joke``: an insistent one of these (a
    game, an exam, a song), beside which no other phrase of its entry is heard. ``whole``: the message is nothing but a
    call for help.
    """

    cry: Cry | None = None
    insistent: bool = False
    calm: bool = False
    joke: bool = False
    whole: bool = False


_NOTHING = Heard()


@dataclass(frozen=True, slots=True)
class _Places:
    """Which places of phrases stand where in a message, as bit masks of its words."""

    single: dict[int, int]
    """Number of a place -> where one of its single words stands."""
    runs: dict[int, list[tuple[int, int]]]
    """Number of a place -> ``(length, where it begins)`` of its runs of several words."""

    def ends(self, place: int, near: int) -> int:
        """Return where the last word of the place stands, if its first word stands in ``near``."""
        ends = self.single.get(place, 0) & near
        for length, starts in self.runs.get(place, ()):
            ends |= (starts & near) << (length - 1)
        return ends


@dataclass(frozen=True, slots=True)
class _Listener:
    entry: Entry
    pattern: Pattern
    calm: bool
    needed: frozenset[int]
    parts: tuple[tuple[tuple[int, int], ...], ...]
    """``(number of a place, words allowed between it and the place before)``."""

    @property
    def length(self) -> int:
        """How many words a message has that is nothing but this phrase."""
        return sum(len(part) for part in self.parts)


class PhraseListener:
    """Listens for the phrases of all entries of kind help. Immutable once built; safe to use from several threads.

    ``faults`` are ``(entry id, language, phrase, reason)`` of phrases that cannot be read and are left out.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        faults: list[tuple[str, str, str, str]] = []
        written: list[tuple[Entry, Pattern, bool]] = []
        ordinary: set[str] = set()
        for entry in entries:
            if entry.kind != HELP:
                continue
            # "Peru" is where somebody is, and not "peur" with two letters swapped.
            ordinary.update(name[0] for name in country_names() if len(name) == 1)
            ordinary.update(patterns.group_words(entry.keywords))
            for phrases, calm in ((entry.keywords, False), (entry.questions, False), (entry.calm, True)):
                found, bad = patterns.patterns(phrases, also=entry.keywords)
                written += [(entry, pattern, calm) for pattern in found]
                faults += [(entry.id, fault.language, fault.phrase, fault.reason) for fault in bad]
        self.faults = tuple(faults)
        self._index(written, frozenset(ordinary))

    def _index(self, written: Sequence[tuple[Entry, Pattern, bool]], ordinary: frozenset[str]) -> None:
        used = Counter(place for _, pattern, _ in written for part in pattern.parts for place, _ in part)
        numbers = {place: number for number, place in enumerate(used)}
        self._words = PatternWords((word for place in used for run in place for word in run), ordinary)
        self._meant = lru_cache(REMEMBERED)(self._words.meant)
        self._single: dict[int, list[int]] = defaultdict(list)
        # By their first two words: thousands begin with the same one.
        self._runs: dict[int, dict[int, list[tuple[int, tuple[int, ...]]]]] = {}
        for place, number in numbers.items():
            for run in place:
                first, *others = (self._words.numbers[word] for word in run)
                if others:
                    self._runs.setdefault(first, {}).setdefault(others[0], []).append((number, tuple(others[1:])))
                else:
                    self._single[first].append(number)
        self._listeners: dict[int, list[_Listener]] = defaultdict(list)
        for entry, pattern, calm in written:
            parts = tuple(tuple((numbers[place], between) for place, between in part) for part in pattern.parts)
            all_places = [place for part in pattern.parts for place, _ in part]
            rarest = min(all_places, key=lambda place: (used[place], len(place)))
            needed = frozenset(place for part in parts for place, _ in part)
            read = replace(pattern, parts=())  # from here on they are numbers
            self._listeners[numbers[rarest]].append(_Listener(entry, read, calm, needed, parts))

    def heard(self, message: Message) -> Heard:
        """Return what is heard in a message; never raises.

        A calm phrase of the entry keeps its other phrases from being heard, but for the insistent ones; an insistent
        calm phrase keeps all of them. Where several are heard, the language is the one with the most words, and the
        phrase the longest in it.
        """
        places = self._places(message)
        there = places.single.keys() | places.runs.keys()
        heard = [
            listener
            for place in there
            for listener in self._listeners.get(place, ())
            if listener.needed <= there
            and _stands(listener, places)
            and not (listener.pattern.alone and len(message.words) > listener.length)
        ]
        if not heard:
            return _NOTHING
        calm = {listener.entry.id for listener in heard if listener.calm}
        joking = {listener.entry.id for listener in heard if listener.calm and listener.pattern.insistent}
        cries = [
            listener
            for listener in heard
            if not listener.calm
            and (listener.pattern.insistent or listener.entry.id not in calm)
            and listener.entry.id not in joking
        ]
        insistent = any(listener.pattern.insistent for listener in cries)
        whole = any(listener.pattern.alone for listener in cries)
        return Heard(_cry(cries) if cries else None, insistent, bool(calm), bool(joking), whole)

    def _places(self, message: Message) -> _Places:
        masks: dict[int, int] = defaultdict(int)
        for word, mask in message.places.items():
            if len(word) <= LONGEST:
                for number in self._meant(word):
                    masks[number] |= mask
        places = _Places({}, {})
        single = places.single
        for first, begins in masks.items():
            for place in self._single.get(first, ()):
                single[place] = single.get(place, 0) | begins
            behind = self._runs.get(first, {})
            for second in masks.keys() & behind.keys():
                both = begins & masks[second] >> 1
                for place, others in behind[second] if both else ():
                    starts = both
                    for offset, number in enumerate(others, 2):
                        starts &= masks.get(number, 0) >> offset
                    if starts:
                        places.runs.setdefault(place, []).append((len(others) + 2, starts))
        return places


def _cry(cries: Sequence[_Listener]) -> Cry:
    weight: Counter[tuple[str, str]] = Counter()
    for cry in cries:
        weight[cry.entry.id, cry.pattern.language] += len(cry.needed)
    best = max(weight, key=lambda key: (weight[key], key))
    longest = max(
        (cry for cry in cries if (cry.entry.id, cry.pattern.language) == best),
        key=lambda cry: (len(cry.needed), cry.pattern.phrase),
    )
    shared = longest.pattern.alone and sum(score == weight[best] for score in weight.values()) > 1
    return Cry(longest.entry, longest.pattern.phrase, None if shared else longest.pattern.language)


def _stands(listener: _Listener, places: _Places) -> bool:
    """Tell whether the parts stand in the message in some order, each with its places in order and close together."""
    return any(_in_order(order, places) for order in permutations(listener.parts))


def _in_order(parts: tuple[tuple[tuple[int, int], ...], ...], places: _Places) -> bool:
    near = -1  # every bit set: the first word may stand anywhere
    for part in parts:
        for index, (place, between) in enumerate(part):
            if near != -1:
                near = _behind(near, between if index else BETWEEN)
            near = places.ends(place, near)
            if not near:
                return False
    return True


def _behind(ends: int, between: int) -> int:
    """Return the positions with at most ``between`` words between them and one of ``ends``."""
    near = 0
    for step in range(1, between + 2):
        near |= ends << step
    return near
