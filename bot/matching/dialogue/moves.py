"""Moves: words and messages that refer to what was said just before, from ``moves.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from bot.matching.dialogue.phrasebook import Phrasebook
from bot.matching.text.languages import languages
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.matching.dialogue.phrasebook import Found, Word
    from bot.matching.tuning import Phrases as Tuning

WHOLE = ("more", "back", "again", "why", "sources", "menu", "yes", "no", "complaint", "bye", "thanks", "fine")
"""Keys of ``moves.yaml`` whose phrases are whole messages."""

INSIDE = (
    "pronoun",
    "these",
    "both",
    "they",
    "compare",
    "size",
    "person",
    "perhaps",
    "only",
    "intro",
    "since",
    "else",
    "source",
    "and",
    "correction",
    "resume",
    "one",
    "article",
    "former",
    "present",
    "doubt",
    "spelled",
    "other",
    "last",
    "except",
    "count",
    "list",
    "which",
    "sets",
    "before",
    "after",
    "decade",
    "oldest",
    "newest",
    "alphabetical",
    "place",
    "here",
    "say_in",
    "called",
    "which_one",
    "who",
    "each",
    "subject",
    "or_not",
)
"""Keys whose phrases stand inside messages; ``ordinals`` are added as "first" to "eighth" by their number."""

FEW = ("first_few", "last_few")
"""Keys of the first or last two and three of what was listed; each is a move by its number: "first_few 2"."""

SEVERAL = ("sets", "list", "which", "count", "these", "both")
"""Moves that mean several, so that a word of theirs in the singular is none of them."""

OR_NOT = "or_not"
"""The move that names the other side of a question: "is it binding or not"."""

COMPLAINT = "complaint"
"""The move that says that an answer was wrong; people put it in whole sentences."""

_COURTEOUS = ("thanks", "bye", "fine")

ORDINAL = "ordinal "
"""Before the number of an ordinal in the name of its move: "ordinal 2"."""


class Tone(NamedTuple):
    """How a message is meant as a whole.

    ``whole``: the move that it is, but for politeness. ``courtesy``: the places of thanks, farewells and polite words.
    ``thanks``: it thanks or takes leave.
    """

    whole: str | None
    courtesy: frozenset[int]
    thanks: bool


class Moves:
    """The moves of all languages. Immutable once built.

    ``generic``: language -> the words of its general words for what is listed ("organisations").
    """

    def __init__(self, tuning: Tuning) -> None:
        loaded, grammar = _loaded(), languages().grammar
        self.generic = {language: frozenset(_generic(data["sets"])) for language, data in loaded.items()}
        self._polite = {
            language: Phrasebook([("polite", language, text) for text in data["polite"]], tuning)
            for language, data in loaded.items()
        }
        self._whole = {
            language: Phrasebook(_phrases(language, data, WHOLE), tuning, grammar) for language, data in loaded.items()
        }
        self._inside = {
            language: Phrasebook(_inside(language, data), tuning, grammar) for language, data in loaded.items()
        }

    def tone(self, message: Sequence[Word], spoken: Sequence[str]) -> Tone:
        """Return what a message is as a whole, with what is only polite in it, in the languages ``spoken``."""
        everything = range(len(message))
        whole, courtesy, thanks = None, set[int](), False
        for language in spoken:
            if language not in self._whole:
                continue
            polite = {place for one in self._polite[language].find(message, everything) for place in one.places}
            said = self._whole[language].find(message, everything)
            courtesy |= polite
            courtesy |= {place for one in said if one.meaning in _COURTEOUS for place in one.places}
            thanks = thanks or any(one.meaning in ("thanks", "bye") for one in said)
            whole = whole or self._all_said(message, polite, said, self._whole[language])
        return Tone(whole, frozenset(courtesy), thanks)

    def _all_said(
        self, message: Sequence[Word], polite: Collection[int], said: Sequence[Found[str]], book: Phrasebook[str]
    ) -> str | None:
        """Return the move that is all a message says, but for what is polite; ``said``: what of ``book`` is in it."""
        everything = range(len(message))
        rest = [place for place in everything if place not in polite]
        beside = book.find(message, rest) if polite else said
        for free, found in ((everything, said), (rest, beside)):
            if free and (fullest := book.fullest(found, free)):
                return fullest[0].meaning
        return COMPLAINT if any(self._is_complaint(one, message, rest) for one in beside) else None

    def _is_complaint(self, found: Found[str], message: Sequence[Word], free: Sequence[int]) -> bool:
        """Return whether a phrase is a complaint with nothing but words of grammar around it."""
        around = (message[place] for place in free if place not in found.places)
        full = found.coverage >= _SURE and len(found.places) > 1
        return found.meaning == COMPLAINT and full and all(word.grammar for word in around)

    def inside(self, message: Sequence[Word], spoken: Sequence[str]) -> dict[str, list[Found[str]]]:
        """Return the moves that stand in a message, each with the places it takes, the longest first."""
        moves: dict[str, list[Found[str]]] = {}
        for language in spoken:
            if language in self._inside:
                for one in self._inside[language].find(message, range(len(message))):
                    least = _SURE if one.meaning in SEVERAL else _ALIKE
                    if one.coverage >= least and one.in_order:
                        moves.setdefault(one.meaning, []).append(one)
        for found in moves.values():
            found.sort(key=lambda one: (-len(one.places), min(one.places)))
        return _without_parts(moves)


def few(moves: Mapping[str, Sequence[Found[str]]]) -> tuple[str, int] | None:
    """Return which end of what was listed is meant, and how many of it: "the first two"."""
    for move in moves:
        key, _, number = move.partition(" ")
        if key in FEW:
            return key, int(number)
    return None


def _without_parts(moves: dict[str, list[Found[str]]]) -> dict[str, list[Found[str]]]:
    """Return moves without the parts of others: "the first two" is not the first, and "or not" excepts nothing."""
    wholes = [one.places for move, found in moves.items() if move.startswith((*FEW, OR_NOT)) for one in found]
    kept = {
        move: [one for one in found if one.places in wholes or not any(one.places & whole for whole in wholes)]
        for move, found in moves.items()
    }
    return {move: found for move, found in kept.items() if found} if wholes else moves


_SURE = 0.97
"""Coverage that a phrase inside a message must have: these are short, and half of one is another one."""

_ALIKE = 0.95
"""The same, where one word may be in the plural: "les plus récentes", "más antiguas"."""


@cache
def _loaded() -> dict[str, dict[str, Any]]:
    source = resources.files("bot.matching.dialogue").joinpath("moves.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (the safe loader)
    return loaded


def referring() -> frozenset[str]:
    """Return the words of all moves, in all languages."""
    books = (_inside(language, data) for language, data in _loaded().items())
    whole = (_phrases(language, data, WHOLE) for language, data in _loaded().items())
    return frozenset(word for _, _, text in chain(*books, *whole) for word in words(text))


def _generic(sets: Sequence[str]) -> Iterator[str]:
    """Yield the words of general names for what is listed, and their singulars where an s is all that differs."""
    for word in chain.from_iterable(map(words, sets)):
        yield word
        yield word.removesuffix("s")


def _phrases(language: str, data: dict[str, Any], keys: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for key in keys:
        for text in data[key]:
            yield key, language, text


def _inside(language: str, data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from _phrases(language, data, INSIDE)
    for number, texts in enumerate(data["ordinals"], 1):
        for text in texts:
            yield f"{ORDINAL}{number}", language, text
    for key in FEW:
        for number, texts in enumerate(data[key], 2):
            for text in texts:
                yield f"{key} {number}", language, text
