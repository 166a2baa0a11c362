"""The interpreter: what a message means in its conversation.

Three questions are asked of it: whom it is about, what it asks about them, and how it hangs on what was said just
before. The rules are tried in the order of ``RULES``; the first that has a decision decides. What none of them knows is
a search like any other. A message that names a subject of its own never inherits one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Listing, NoMatch
from bot.matching.dialogue.answers import Answers
from bot.matching.dialogue.parser import Parser
from bot.matching.dialogue.rules import (
    asking,
    descriptions,
    following,
    fragments,
    listing,
    placing,
    steering,
    texts,
    together,
    unnamed,
)
from bot.matching.dialogue.rules.telling import Telling
from bot.matching.dialogue.said import primary
from bot.matching.text.languages import SCRIPTS, languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Engine
    from bot.matching.dialogue.said import Said
    from bot.matching.tuning import Tuning

Decide = Callable[["Answers", "Said"], "Decision | None"]

RULES: tuple[Decide, ...] = (
    steering.navigation,
    steering.other_language,
    steering.since_when,
    steering.bare,
    steering.subject,
    steering.small_talk,
    fragments.spelled_out,
    fragments.titled,
    following.about_person,
    together.compared,
    together.by_size,
    together.by_rank,
    together.one_there,
    asking.whole_phrase,
    following.picked,
    descriptions.replaced,
    descriptions.described,
    texts.numbered,
    together.all_but,
    together.one_of_them,
    together.who_else,
    listing.member_of,
    together.about_both,
    together.other_list,
    together.how_many,
    listing.listed,
    fragments.doubted,
    following.corrected,
    fragments.told_by_its_words,
    following.and_another,
    texts.article,
    placing.in_place,
    unnamed.of_nobody,
    asking.about_only_named,
    asking.about_named,
    unnamed.about_last,
    placing.value_of_last,
    fragments.dated,
    following.about_somebody,
    texts.unwritten,
    unnamed.about_which,
    unnamed.about_it,
    following.how,
    fragments.about_fresh,
)

CLEARLY = 2
"""Words of grammar that only one of two languages has, for a message to be in that one."""


class Interpreter:
    """Decides what a message means. Immutable once built.

    ``before``: a parser of the same tuning, of which is taken over what would be made of the very same.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        attributes: Mapping[str, Attribute],
        engine: Engine,
        tuning: Tuning,
        *,
        before: Parser | None = None,
    ) -> None:
        self.answers = Answers(entries, attributes, engine)
        self.parser = Parser(self.answers, tuning.phrases, before)
        self._telling = Telling(self.answers)

    def decide(self, said: Said) -> Decision:
        """Decide what to answer to a message that is no cry for help."""
        decided = (rule(self.answers, said) for rule in RULES)
        decision = next((one for one in decided if one is not None), None) or self.answers.search(said, said.excluded)
        return _in_language(self._telling.led(decision, said), said)


def _in_language(decision: Decision, said: Said) -> Decision:
    """Return the decision with the language that the message is clearly in, or asks for."""
    by = decision.conditions if isinstance(decision, Listing | NoMatch) else ()
    by = (decision.condition,) if isinstance(decision, Answer) and decision.condition else by
    wanted = None if by else said.wanted
    language = wanted or _clear_language(decision, said)
    once = said.has("called")  # "what is it called in french" asks for no more in French than that
    return replace(decision, language=language, wanted=None if once else wanted)


def _clear_language(decision: Decision, said: Said) -> str | None:
    """Return the language of the message, if it is clearly not the one spoken so far.

    One word that two languages share changes nothing: "general comment" is no French, "los angeles" no Spanish.
    """
    guessed = said.query.language
    usual = said.context.language or primary(said.question.asker_language)
    if usual is None:
        return decision.language or guessed
    if guessed is None or guessed == usual:
        return guessed
    if any(not word.text.isascii() and guessed in SCRIPTS for word in said.words):
        return guessed
    grammar = languages().grammar
    named = frozenset(place for places in said.names.values() for place in places)
    own = [
        place
        for place, word in enumerate(said.words)
        if place not in named and word.text in grammar.get(guessed, ()) and word.text not in grammar.get(usual, ())
    ]
    return guessed if len(own) >= CLEARLY else None
