"""The parser: a message as it is typed becomes what is said in its conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.context import Context
from bot.matching.dialogue.answers import OWN
from bot.matching.dialogue.attributes import AttributeDetector
from bot.matching.dialogue.moves import Moves
from bot.matching.dialogue.phrasebook import Word
from bot.matching.dialogue.said import Said, primary
from bot.matching.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.matching.decision import Question
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.phrasebook import Found
    from bot.matching.query.analysis import Query
    from bot.matching.tuning import Phrases


_WITH_OWNER = 2
"""Names up to which that of a whole stays one, though what is asked about it has its words: "is it in the panel"."""


class Parser:
    """Reads messages with the attributes and entries of a folder. Immutable once built."""

    def __init__(self, answers: Answers, tuning: Phrases) -> None:
        self._answers = answers
        self._moves = Moves(tuning)
        self._detector = AttributeDetector(answers.attributes, self._moves.generic, tuning)

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
        grammar = frozenset[str]().union(*(languages().grammar.get(language, ()) for language in spoken))
        message = tuple(
            Word(
                token.text,
                token.filler or any(one.form == token.text for one in token.expansions[:1]),
                token.text in grammar,
                tuple(one.form for one in token.expansions if one.form != token.text),
            )
            for token in query.tokens
        )
        moves = self._moves.inside(message, spoken)
        names = self._answers.engine.names(query)
        excluded = _excluded(moves, names)
        left_out = frozenset(name for name, places in names.items() if places <= excluded)
        names = {name: places for name, places in names.items() if name not in left_out}
        everything = [place for place in range(len(message)) if place not in excluded]
        kinds = {name: self._answers.entries[name].kind for name in names}
        proper = {name for name, kind in kinds.items() if kind not in OWN} or set(names)
        in_names = frozenset(place for name in proper for place in names[name])
        content = frozenset(place for place in everything if not message[place].grammar)
        usual = query.language or context.language or primary(question.asker_language)
        asked = self._detector.asked(
            message,
            everything,
            content=content,
            names=in_names,
            language=usual,
            kinds={kinds[name] for name in proper} - OWN,
            several=len(proper) > 1 or context.entry is not None,
        )
        decades = frozenset(place for found in moves.get("decade", ()) for place in found.places)
        swallowed = frozenset(place for one in asked for place in one.places)
        owners = {attribute.of for attribute in self._answers.attributes.values() if attribute.of}
        few = len(proper) <= _WITH_OWNER
        names = {
            name: places for name, places in names.items() if places.isdisjoint(swallowed) or (few and name in owners)
        }
        return Said(
            question=question,
            query=query,
            context=context,
            words=message,
            content=frozenset(place for place in content if not query.tokens[place].filler),
            names=names,
            asked=asked,
            values=tuple(self._answers.values.named(message, decades)),
            moves=moves,
            whole=self._moves.whole(message, spoken),
            courtesy=self._moves.courtesy(message, spoken),
            thanks=self._moves.thanks(message, spoken),
            excluded=excluded,
            left_out=left_out,
            numbered=tuple(self._answers.identifiers.named([word.text for word in message])),
        )

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


def _excluded(moves: Mapping[str, Sequence[Found[str]]], names: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """Return the words of exclusion and the names right behind them: "anyone but unicef"."""
    excluded: set[int] = set()
    for found in moves.get("except", ()):
        behind = max(found.places) + 1
        for places in names.values():
            if behind <= min(places) <= behind + 1:
                excluded |= {*found.places, *places}
    return frozenset(excluded)
