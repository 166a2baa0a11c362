"""What a message says, before anything is decided: its words with what each of them may be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.matching.context import Context
    from bot.matching.decision import Decision, Question
    from bot.matching.dialogue.attributes import Asked
    from bot.matching.dialogue.identifiers import Numbered
    from bot.matching.dialogue.phrasebook import Found, Word
    from bot.matching.dialogue.values import Named
    from bot.matching.query.analysis import Query, Token


@dataclass(frozen=True, slots=True)
class Said:
    """A message in its conversation.

    ``words`` are those of ``query``, in the same places. ``content``: the places of words that are more than grammar.
    ``names``: entry id -> the places of its name, as far as it is there word for word. ``asked``: what is asked for.
    ``values``: places, languages and years. ``moves``: references to what was said. ``whole``: the move that the whole
    message is. ``courtesy``: places of thanks and polite words, ``thanks``: whether
    it thanks or takes leave. ``excluded``: places of what is named only to be left out, and ``left_out`` the ids of
    that. ``numbered``: things told by a number. ``wanted``: the language that the message asks to be answered in.
    ``searched``: what the
    search made of the message without the words at some places, so that nothing is searched for twice.
    """

    question: Question
    query: Query
    context: Context
    words: tuple[Word, ...]
    content: frozenset[int]
    names: Mapping[str, frozenset[int]]
    asked: tuple[Asked, ...]
    values: tuple[Named, ...]
    moves: Mapping[str, list[Found[str]]]
    whole: str | None
    courtesy: frozenset[int] = frozenset()
    thanks: bool = False
    excluded: frozenset[int] = frozenset()
    left_out: frozenset[str] = frozenset()
    numbered: tuple[Numbered, ...] = ()
    wanted: str | None = None
    searched: dict[frozenset[int], Decision] = field(default_factory=dict, repr=False, compare=False)

    @property
    def asked_places(self) -> frozenset[int]:
        """The places of what is asked for."""
        return frozenset(place for one in self.asked for place in one.places)

    @property
    def begins_question(self) -> bool:
        """Whether the message has a word that begins a question."""
        return any(word.asking for word in self.words)

    def is_question(self, places: Collection[int]) -> bool:
        """Return whether there is more than grammar at some places, or a word that begins a question."""
        return any(self.words[place].asking or not self.words[place].grammar for place in places)

    @property
    def language_places(self) -> frozenset[int]:
        """The places of names of languages."""
        return frozenset(place for one in self.values if one.kind == "language" for place in one.places)

    def has(self, *moves: str) -> bool:
        """Return whether one of these moves stands in the message."""
        return any(move in self.moves for move in moves)

    def places(self, *moves: str) -> frozenset[int]:
        """Return the places of these moves."""
        return frozenset(place for move in moves for found in self.moves.get(move, ()) for place in found.places)

    @property
    def start(self) -> int:
        """The place of the first word that is no courtesy: "ok and the UN?"."""
        return next((place for place in range(len(self.words)) if place not in self.courtesy), 0)

    @property
    def begins_asking(self) -> bool:
        """Whether the first word that is no courtesy begins a question."""
        return any(word.asking for word in self.words[self.start : self.start + 1])

    def begins_with(self, *moves: str) -> bool:
        """Return whether the message begins with one of these moves, but for a word of courtesy before it."""
        return any({0, self.start} & found.places for move in moves for found in self.moves.get(move, ()))

    def left(self, *taken: Collection[int]) -> frozenset[int]:
        """Return the places of content that none of these take."""
        return self.content.difference(*taken)

    def without(self, places: Collection[int]) -> Query:
        """Return the query with the words at ``places`` as words of the way of asking, which are no evidence."""
        if not places:
            return self.query
        tokens = tuple(
            replace(token, expansions=(), filler=True) if place in places else token
            for place, token in enumerate(self.query.tokens)
        )
        return replace(self.query, tokens=tokens)


def rest_of(query: Query, places: Collection[int]) -> Query:
    """Return a query of nothing but the words at ``places``."""
    tokens: tuple[Token, ...] = tuple(token for place, token in enumerate(query.tokens) if place in places)
    return replace(query, tokens=tokens, text=" ".join(token.text for token in tokens))


def primary(tag: str | None) -> str | None:
    """Return the language of a tag: "pt" of "pt-BR"."""
    return tag.replace("_", "-").partition("-")[0].casefold() if tag else None
