"""Words that one typo turns into another, found without comparing every word with every other."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 5
"""Letters from which on a typo is forgiven at all: among shorter words everything is near everything."""

MAX_SHARING = 50
"""Words with the same remainder of which pairs are formed; more than that is no likeness but a numbering."""


def near_words(words: Iterable[str]) -> dict[str, list[str]]:
    """Return for each word those at one typo's distance: a letter more, less, another, or two exchanged.

    Two such words share what is left of each when at most one letter is taken away (symmetric deletion), so the work
    grows with the number of words and not with its square. Numbers are left out: 2010 is no typo of 2011.
    """
    sharing: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= SHORTEST and not any(character.isdigit() for character in word):
            for rest in _remainders(word):
                sharing[rest].append(word)
    near: dict[str, list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for group in sharing.values():
        if not 1 < len(group) <= MAX_SHARING:
            continue
        for one, other in combinations(group, 2):
            if (one, other) not in seen and OSA.distance(one, other, score_cutoff=1) == 1:
                seen.add((one, other))
                near[one].append(other)
                near[other].append(one)
    return near


def _remainders(word: str) -> Iterator[str]:
    yield word
    for index in range(len(word)):
        if index == 0 or word[index] != word[index - 1]:  # taking either of two equal letters leaves the same
            yield word[:index] + word[index + 1 :]
