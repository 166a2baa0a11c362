"""The parser: a message as it is typed becomes what is said in its conversation."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.knowledge.kinds import SMALLTALK
from bot.matching.context import Context
from bot.matching.dialogue.answers import PAIR
from bot.matching.dialogue.attributes import AttributeDetector
from bot.matching.dialogue.moves import FEW, OR_NOT, Moves, few
from bot.matching.dialogue.phrasebook import ROMANISED, Word
from bot.matching.dialogue.said import Said, primary
from bot.matching.dialogue.values import LOCATED
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.matching.decision import Question
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.attributes import Asked
    from bot.matching.dialogue.phrasebook import Found
    from bot.matching.dialogue.values import Named
    from bot.matching.query.analysis import Query
    from bot.matching.tuning import Phrases


_WITH_OWNER = 2
"""Names up to which that of a whole stays one, though what is asked about it has its words: "is it in the panel"."""

_IN_FULL = 0.9
"""Coverage of a way to ask that is there in full."""

LEAST_SLIP = 4
"""Letters of a word that may stand for what it is a slip of; "odn" is a slip of too much."""


class Parser:
    """Reads messages with the attributes and entries of a folder. Immutable once built.

    ``before``: one of the same tuning, of which is taken over what would be made of the very same.
    """

    def __init__(self, answers: Answers, tuning: Phrases, before: Parser | None = None) -> None:
        self._answers = answers
        self.moves: Moves = before.moves if before else Moves(tuning)
        self.detector: AttributeDetector
        if before and before.detector.attributes == answers.attributes:
            self.detector = before.detector
        else:
            self.detector = AttributeDetector(answers.attributes, self.moves.generic, tuning)
        self._owners = frozenset(one.of for one in answers.attributes.values() if one.of)
        self._years = frozenset(name for name, one in answers.attributes.items() if one.type == "year")

    def parse(self, question: Question, query: Query) -> Said:
        """Return what a message says."""
        context = self._present(question.context or Context())
        if question.about and question.about in self._answers.entries:
            context = replace(context, entry=question.about, pinned=True)
        spoken = tuple(
            dict.fromkeys(
                language
                for language in (query.language, context.language, primary(question.asker_language), "en")
                if language
            )
        )
        grammar, asking = _function_words(spoken)
        written = _written(query, spoken)
        message = tuple(
            Word(
                text,
                token.filler or text != token.text or any(one.form == token.text for one in token.expansions[:1]),
                text in grammar,
                tuple(
                    one.form
                    for one in token.expansions
                    if one.form != token.text and (one.same or len(token.text) >= LEAST_SLIP)
                ),
                asking=text in asking,
                loose=token.text.isascii() and not ROMANISED.isdisjoint(spoken),
            )
            for token, text in zip(query.tokens, written, strict=True)
        )
        moves = self.moves.inside(message, spoken)
        context, moves = _of_a_few(context, moves)
        names = {
            name: places
            for name, places in self._answers.engine.names(query).items()
            if self._answers.entries[name].kind != SMALLTALK  # "when was it made" is not about who made the bot
        }
        excluded = _named_behind("except", moves, names)
        or_not = frozenset(place for found in moves.get(OR_NOT, ()) for place in found.places)
        left_out = frozenset(name for name, places in names.items() if places <= excluded)
        excluded |= _named_behind("source", moves, names)
        names = {name: places for name, places in names.items() if not places <= excluded}
        everything = [place for place in range(len(message)) if place not in excluded | or_not]
        decades = frozenset(place for found in moves.get("decade", ()) for place in found.places)
        kinds = {name: self._answers.entries[name].kind for name in names}
        proper = {name for name, kind in kinds.items() if not kind.built_in} or set(names)
        in_names = frozenset(place for name in proper for place in names[name])
        content = frozenset(place for place in everything if not message[place].grammar and not message[place].asking)
        usual = query.language or context.language or primary(question.asker_language)
        tone = self.moves.tone(message, spoken)
        values = tuple(self._answers.values.named(message, decades))
        # The name of a place is a word of what is asked, but no slip or ending of one: "india" is no "indirizzo".
        located = frozenset(place for one in values if one.kind in LOCATED for place in one.places)
        asked = self.detector.asked(
            [
                word._replace(known=True, grammar=True, also=()) if place in located else word
                for place, word in enumerate(message)
            ],
            everything,
            content=content - tone.courtesy - in_names,
            names=in_names,
            language=usual,
            kinds={kinds[name] for name in proper},
            several=len(proper) > 1 or context.entry is not None,
            joined=_joined(message, moves),
        )
        asked = _without_since(_without_places(asked, values), moves)
        asked = self._without_each(asked, moves)
        swallowed = frozenset(place for one in asked for place in one.places)
        few = len(proper) <= _WITH_OWNER
        names = {
            name: places
            for name, places in names.items()
            if places.isdisjoint(swallowed) or (few and name in self._owners)
        }
        return Said(
            question=question,
            query=query,
            context=context,
            words=message,
            content=frozenset(place for place in content if not query.tokens[place].filler),
            names=names,
            asked=asked,
            values=values,
            moves=moves,
            whole=tone.whole,
            courtesy=tone.courtesy,
            thanks=tone.thanks,
            excluded=excluded,
            left_out=left_out,
            numbered=tuple(self._answers.identifiers.named([word.text for word in message])),
            wanted=query.wanted or _wanted(values, moves, content - tone.courtesy),
        )

    def _without_each(self, asked: tuple[Asked, ...], moves: Mapping[str, Sequence[Found[str]]]) -> tuple[Asked, ...]:
        """Return what is asked for without a year where it is "how many sessions per year"."""
        each = frozenset(place for found in moves.get("each", ()) for place in found.places)
        return tuple(one for one in asked if one.attribute not in self._years or not one.places <= each)

    def _present(self, context: Context) -> Context:
        """Return a context without the entries that are not here (any more)."""
        known = self._answers.entries.__contains__
        return replace(
            context,
            entry=context.entry if context.entry and known(context.entry) else None,
            choices=tuple(filter(known, context.choices)),
            trail=tuple(filter(known, context.trail)),
            candidates=tuple(filter(known, context.candidates)),
            attribute=context.attribute if context.attribute in self._answers.attributes else None,
        )


@lru_cache(256)
def _function_words(spoken: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of grammar of some languages, and those that begin a question in them."""
    data = languages()
    grammar = frozenset[str]().union(*(data.grammar.get(language, ()) for language in spoken))
    return grammar, frozenset[str]().union(*(data.asking.get(language, ()) for language in spoken))


def _written(query: Query, spoken: Sequence[str]) -> list[str]:
    """Return the words of a message, those in full that are shortened on phones: "desde q año"."""
    tongues = [languages().short.get(language, {}) for language in spoken]
    texts = (token.text for token in query.tokens)
    return [next((short[text] for short in tongues if text in short), text) for text in texts]


def _of_a_few(context: Context, moves: dict[str, list[Found[str]]]) -> tuple[Context, dict[str, list[Found[str]]]]:
    """Return the context of nothing but the first or last few of what was listed or shown, where these are meant.

    They are "the two" or "these" then.
    """
    meant = few(moves)
    if meant is None:
        return context, moves
    end, number = meant
    first = end == FEW[0]
    found = moves[f"{end} {number}"]
    moves = {**moves, "these": found, **({"both": found} if number == PAIR else {})}
    one_by_one = len(context.row) >= number and not set(context.row) <= set(context.choices)
    told = context.row if one_by_one else context.choices
    if len(told) < number:
        return context, moves
    choices = told[:number] if first else told[-number:]
    return replace(context, entry=None, choices=choices, row=(), together=True), moves


def _without_places(asked: tuple[Asked, ...], values: Sequence[Named]) -> tuple[Asked, ...]:
    """Return what is asked for without what only the name of a place is a slip of: "kampala" is no campaign."""
    places = frozenset(place for one in values if one.kind == "place" for place in one.places)
    return tuple(one for one in asked if one.coverage >= _IN_FULL or not one.places <= places)


def _joined(message: Sequence[Word], moves: Mapping[str, Sequence[Found[str]]]) -> frozenset[int]:
    """Return the places behind an "and", and of the next word if both only ask: "and when", "and by whom"."""
    behind = {max(one.places) + 1 for one in moves.get("and", ()) if min(one.places)}
    pairs = (at for at in behind if all(word.grammar or word.asking for word in message[at : at + 2]))
    return frozenset(behind.union(at + 1 for at in pairs))


def _without_since(asked: tuple[Asked, ...], moves: Mapping[str, Sequence[Found[str]]]) -> tuple[Asked, ...]:
    """Return what is asked for without "since when" beside something else: "who leads it and since when"."""
    since = frozenset(place for found in moves.get("since", ()) for place in found.places)
    return tuple(one for one in asked if not one.places <= since) or asked


def _wanted(values: Sequence[Named], moves: Mapping[str, Sequence[Found[str]]], content: frozenset[int]) -> str | None:
    """Return the language that is all a message names: "in english again", "на английском, пожалуйста"."""
    named = [one for one in values if one.kind == "language"]
    told = frozenset(place for move in ("say_in", "called") for found in moves.get(move, ()) for place in found.places)
    alone = len(named) == 1 and content <= named[0].places | told
    return named[0].value if alone else None


def _named_behind(
    move: str, moves: Mapping[str, Sequence[Found[str]]], names: Mapping[str, frozenset[int]]
) -> frozenset[int]:
    """Return the words of a move and the names right behind them: "anyone but unicef", "according to unicef"."""
    excluded: set[int] = set()
    for found in moves.get(move, ()):
        behind = max(found.places) + 1
        for places in names.values():
            if behind <= min(places) <= behind + 1:
                excluded |= {*found.places, *places}
    return frozenset(excluded)
