"""The phrases of help entries: the little language in which editors write what people in danger say.

A plain phrase (``police took my son``) is heard when its words come in this order with at most three other words
between one and the next, in any case, with typing mistakes in the longer words. A few signs make one line of YAML do
the work of many:

=====================  ===========================================================================================
``hits/beats/kicks``   any one of these words
``beat*``  ``*ضرب*``   the star stands for any letters: ``beaten``, ``beating``
``right_now``          the words directly after one another, as one of the words between slashes
``hit _me``            a low line in front: directly after the word before
``20##``               a digit for each number sign: ``2019``
``a b + c d``          both parts, in either order, at most six words between them (two to four parts)
``@father``            any word of a group; ``@father = dad/daddy/papa/step_dad`` as a phrase of its own names the
                       group, for this entry and language (a group written without a language is for all of them)
``i want to die!``     a last exclamation mark: heard even where one of the entry's ``calm`` phrases stands beside it
``=suicide``           heard only where the message is nothing else, word for word
=====================  ===========================================================================================

``calm`` phrases are written the same way. The words of a group are known words even if no phrase uses it, and a known
word is never taken for a mistyped other one: ``@ordinary = looked`` keeps "looked" from being heard as "locked".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WITHIN = 3
"""Words that may stand between two words of a phrase."""

BETWEEN = 6
"""Words that may stand between two parts of a phrase that are joined by a plus."""

MAX_PARTS = 4
"""Parts of one phrase: every order of them is tried, 24 for four."""

_REMEMBERED = 32_768
"""Written words whose normalised form is kept: each stands in three phrases, and in the next edition of the folder."""

_GROUP = re.compile(r"@([^\s/=]+)\s*=(.*)", re.DOTALL)

_ALONE = "="

_SIGNS = re.compile(r"([*#])")
_APART = re.compile(r"[/\s]+")
_ONE_NAME = re.compile(r"[^/\s]+")
_NOT_A_WORD = re.compile(r"[@*#]")

Word = str
"""What one word of a message is compared with: a normalised word, with ``*`` for any letters, ``#`` for a digit."""

Run = tuple[Word, ...]
"""Words that stand directly after one another."""

Place = frozenset[Run]
"""What may stand at one place of a phrase."""

Part = tuple[tuple[Place, int], ...]
"""Places in order, each with the number of words that may stand between it and the place before."""


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase as read: parts that may come in any order, each of them places in a fixed order."""

    phrase: str
    language: str
    parts: tuple[Part, ...]
    insistent: bool
    """Heard even beside a calm phrase."""
    alone: bool
    """Heard only where the message has no other word."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A phrase that cannot be read, and why."""

    language: str
    phrase: str
    reason: str


def patterns(
    phrases: Mapping[str, Iterable[str]], also: Mapping[str, Iterable[str]]
) -> tuple[list[Pattern], list[Fault]]:
    """Read phrases by language; the groups that are named in ``also`` may be used as well."""
    found: list[Pattern] = []
    faults: list[Fault] = []
    for language, texts in phrases.items():
        reader = _Reader(
            {
                name: members
                for source in (also, phrases)
                for key in (ANY_LANGUAGE, language)
                for name, members in _groups(source.get(key, ()))
            }
        )
        for text in texts:
            if not is_group(text):
                try:
                    found.append(reader.pattern(text, language))
                except PhraseError as reason:
                    faults.append(Fault(language, text, str(reason)))
    return found, faults


def is_group(text: str) -> bool:
    """Tell whether a phrase names a group, and so is heard by nobody itself."""
    return _GROUP.fullmatch(text.strip()) is not None


def group_words(phrases: Mapping[str, Iterable[str]]) -> Iterator[Word]:
    """Yield the words of all groups, used by a phrase or not: none of them is a mistyped other word."""
    for texts in phrases.values():
        for _, members in _groups(texts):
            for member in re.split(r"[/_\s]+", members):
                if not _NOT_A_WORD.search(member):
                    yield from _words(member)


def _groups(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        if named := _GROUP.fullmatch(text.strip()):
            yield named[1], named[2]


class _Reader:
    """Reads the phrases of one language, each group once."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups = groups
        self._read: dict[str, Place] = {}
        self._pieces: dict[str, Place] = {}

    def pattern(self, text: str, language: str) -> Pattern:
        body = text.strip()
        alone, body = body.startswith(_ALONE), body.removeprefix(_ALONE)
        parts = [self._part(part) for part in body.rstrip("! ").split(" + ")]
        if not all(parts):
            raise PhraseError("There is no word in it, or nothing on one side of a plus.")
        if len(parts) > MAX_PARTS:
            raise PhraseError(f"It has more than {MAX_PARTS} parts joined by a plus.")
        return Pattern(phrase=text, language=language, parts=tuple(parts), insistent=body.endswith("!"), alone=alone)

    def _part(self, text: str) -> Part:
        found = [
            (self._once(piece.removeprefix("_")), 0 if piece.startswith("_") else WITHIN) for piece in text.split()
        ]
        return tuple([(place, between) for place, between in found if place])

    def _once(self, piece: str) -> Place:
        """Return a place; the same words are the same object wherever they stand."""
        if piece not in self._pieces:
            self._pieces[piece] = self._place(piece)
        return self._pieces[piece]

    def _place(self, piece: str, inside: tuple[str, ...] = ()) -> Place:
        if piece.startswith("@") and _ONE_NAME.fullmatch(piece):
            return self._group(piece[1:], inside)
        runs: set[Run] = set()
        for alternative in _APART.split(piece):
            if alternative.startswith("@"):
                runs |= self._group(alternative[1:], inside)
            elif run := tuple([word for part in alternative.split("_") for word in _words(part)]):
                runs.add(run)
        return frozenset(runs)

    def _group(self, name: str, inside: tuple[str, ...]) -> Place:
        if name not in self._groups:
            raise PhraseError(f"No group is called @{name}.")
        if name in inside:
            raise PhraseError(f"The group @{name} names itself.")
        if name not in self._read:
            self._read[name] = self._place(self._groups[name], (*inside, name))
        return self._read[name]


@lru_cache(_REMEMBERED)
def _words(part: str) -> tuple[Word, ...]:
    """Normalise what stands between two low lines; stars and number signs survive."""
    if not _SIGNS.search(part):
        return words(part)
    starred = "".join(piece if _SIGNS.fullmatch(piece) else "".join(words(piece)) for piece in _SIGNS.split(part))
    return (starred,) if starred.strip("*") else ()
