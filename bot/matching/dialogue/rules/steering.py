"""Messages about the conversation itself: "more", "back", "that is wrong", "in french please", thanks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Answer, Chat, Move, NoMatch, Rule
from bot.matching.dialogue.answers import NAMED
from bot.matching.dialogue.rules.wording import is_called
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said

YEAR = 4
"""Figures of a year."""

CLEARLY = 0.9
"""Coverage of what is asked for certain."""

FEW = 3
"""Words that may stand around thanks."""

BARE = 2
"""Words of a message that is nothing but the beginning of a question."""

NEAREST = 3
"""Other entries offered after a complaint."""


def navigation(answers: Answers, said: Said) -> Decision | None:
    """Answer "more", "back", "again", "why", "source?", "that is wrong": messages about the conversation itself."""
    moved = _MOVES.get(said.whole or "")
    return moved(answers, said) if moved else None


def _more(answers: Answers, said: Said) -> Decision:
    entry = answers.entry(said.context.entry)
    return answers.answer(said, entry, Rule.MOVE, full=True) if entry else answers.chat(said, Move.NOTHING)


def _again(answers: Answers, said: Said) -> Decision:
    return _said_last(answers, said) or answers.chat(said, Move.NOTHING)


def _back(answers: Answers, said: Said) -> Decision:
    """Return to the list that the last entry was picked from, else to the entry before it."""
    context = said.context
    if context.choices and context.entry in context.choices:
        return answers.listing(said, answers.known(context.choices), rule=Rule.MOVE)
    if context.trail:
        return answers.answer(said, answers.entries[context.trail[-1]], Rule.MOVE)
    return answers.chat(said, Move.NOTHING)


def _why(answers: Answers, said: Said) -> Decision:
    shown = _shown_last(answers, said)
    return replace(shown, why=True) if shown else _courteous(answers, said)


def _sources(answers: Answers, said: Said) -> Decision:
    shown = _shown_last(answers, said)
    return replace(shown, sources=True) if shown else _courteous(answers, said, Move.NOTHING)


def _shown_last(answers: Answers, said: Said) -> Answer | None:
    """Return the answer that was given last once more, with the fact that led it; None where there was none."""
    context = said.context
    entry = answers.entry(context.entry)
    if entry is None:
        return None
    return replace(answers.answer(said, entry, Rule.MOVE, attribute=context.attribute), fact=context.fact)


def _yes(answers: Answers, said: Said) -> Decision:
    choices = said.context.choices
    if len(choices) == 1:
        return answers.direct(said, answers.entries[choices[0]], Rule.PICKED)
    return _courteous(answers, said)


def _no(answers: Answers, said: Said) -> Decision:
    choices = said.context.choices
    return answers.chat(said, Move.NONE_OF_THESE, choices) if choices else _courteous(answers, said)


def _complaint(answers: Answers, said: Said) -> Decision:
    context = said.context
    others = [one for one in (*context.choices, *context.candidates) if one != context.entry]
    return answers.chat(said, Move.COMPLAINT, list(dict.fromkeys(others))[:NEAREST])


def _menu(answers: Answers, said: Said) -> Decision:
    return answers.chat(said, Move.MENU)


def _courteous(answers: Answers, said: Said, otherwise: Move = Move.OK) -> Decision:
    """Say what the folder has to say to a courtesy, or else a word of the program's own."""
    searched = answers.search(said)
    return searched if isinstance(searched, Chat) else answers.chat(said, otherwise)


_MOVES: dict[str, Callable[[Answers, Said], Decision]] = {
    "more": _more,
    "again": _again,
    "back": _back,
    "why": _why,
    "sources": _sources,
    "yes": _yes,
    "no": _no,
    "complaint": _complaint,
    "menu": _menu,
    "bye": _courteous,
    "thanks": _courteous,
    "fine": _courteous,
}
"""What is done about each move that is a whole message (see ``moves.yaml``)."""


def since_when(answers: Answers, said: Said) -> Decision | None:
    """Tell again what was told last, where that has its year: "since when?" or "and before?" after "who leads it"."""
    context, entry = said.context, answers.entry(said.context.entry)
    if said.names or entry is None or context.attribute is None:
        return None
    when = [one.places for one in said.asked if answers.attributes[one.attribute].type == "year"]
    when = [] if answers.fitting(said, entry) else when
    bare_word = said.has("after") and len(said.places("after")) == len(said.words)  # "depuis", "desde"
    if not said.has("since", "before") and not when and not bare_word:
        return None
    beside = said.places("after") if bare_word else frozenset[int]()
    beside |= said.places("since", "and", "pronoun", "person", "perhaps", "before").union(*when) | said.courtesy
    person = answers.attributes[context.attribute].person and said.has("since")
    left = [word for place, word in enumerate(said.words) if place not in beside]
    been = person and said.asked_places <= beside and all(word.grammar for word in left)
    told = not left or been  # "how long has she been there", and not "how long has it existed"
    if not told or not is_dated(answers, entry, context.attribute):
        return None
    return answers.answer(said, entry, Rule.MOVE, attribute=context.attribute)


def subject(answers: Answers, said: Said) -> Decision | None:
    """Show what is named, or was shown last, to "what is it about"."""
    beside = said.places("subject", "pronoun", "these", "and", "article") | said.courtesy
    if not said.has("subject"):
        return None
    named = answers.known(said.names)
    left = said.left(beside, said.asked_places, *said.names.values())
    searched = answers.search(said, beside | said.asked_places) if left and not named else None
    if isinstance(searched, Answer) and is_called(searched.entry, said, left):
        named = [searched.entry]
    elif left:
        return None
    entry = named[0] if len(named) == 1 else None if named else answers.entry(said.context.entry)
    if entry is None or entry.kind.built_in:
        return None
    return replace(answers.answer(said, entry, Rule.NAMED if named else Rule.MOVE), brief=False)


def bare(answers: Answers, said: Said) -> Decision | None:
    """Tell more of what was told last to nothing but a word that begins a question: "how?", "como"."""
    entry = answers.entry(said.context.entry)
    if entry is None or said.asked or said.names or not all(word.asking or word.grammar for word in said.words):
        return None
    if not said.begins_question or not said.moves.keys() <= {"and"} or len(said.words) > BARE:
        return None
    return answers.answer(said, entry, Rule.MOVE, attribute=said.context.attribute, full=not said.context.attribute)


def is_dated(answers: Answers, entry: Entry, attribute: str) -> bool:
    """Return whether what is told about an attribute, and is no year itself, has a year in its text."""
    if answers.attributes[attribute].type == "year":
        return False
    texts = (text for number in entry.facts_about(attribute)[:1] for text in entry.facts[number].text.values())
    return any(word.isdecimal() and len(word) == YEAR for text in texts for word in words(text))


def _said_last(answers: Answers, said: Said) -> Decision | None:
    """Return what was said last once more: about the last entry, or the last list."""
    context, entry = said.context, answers.entry(said.context.entry)
    if entry:
        return replace(answers.answer(said, entry, Rule.MOVE, attribute=context.attribute), brief=False)
    return answers.listing(said, answers.known(context.choices), rule=Rule.MOVE) if context.choices else None


def small_talk(answers: Answers, said: Said) -> Decision | None:
    """Answer thanks and farewells, whatever two or three words stand around them: "ok thx gotta run"."""
    rest = said.left(said.courtesy)
    if said.asked and said.thanks and said.begins_with("and"):
        return None  # "thanks and the phone"
    if not said.courtesy or said.names or len(rest) > FEW or "?" in said.question.text:
        return None
    if said.has("intro") and all(one.coverage < CLEARLY for one in said.asked):
        return answers.chat(said, Move.OK)
    asks_only = bool(said.asked) and not said.left(said.asked_places, said.courtesy)
    if said.asked and (said.has("pronoun") or not said.thanks or (asks_only and rest)):
        return None
    searched = answers.search(said)
    if isinstance(searched, Chat) or (isinstance(searched, NoMatch) and searched.entry):
        return searched
    alone = len(said.words) <= len(said.courtesy) + FEW and searched.rule not in NAMED
    return answers.chat(said, Move.OK) if alone and not (isinstance(searched, Answer) and rest) else None


def other_language(answers: Answers, said: Said) -> Decision | None:
    """Say the last thing again in the language that is asked for, or what it is called: "in french please"."""
    if not said.wanted or said.left(said.language_places, said.places("say_in", "called"), said.courtesy):
        return None
    entry = answers.entry(said.context.entry)
    if said.has("called") and entry:
        return answers.answer(said, entry, Rule.MOVE)
    return _said_last(answers, said) or answers.chat(said, Move.OK)
