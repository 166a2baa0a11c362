"""The language of a question, as far as its words or the phrase it is nearest to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.matching.index.phrases import NAMING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.matching.index.phrases import Phrase
    from bot.matching.query.case import Case

_OF_NAMES = "en"
"""Language whose names say nothing about the language of a question: all languages use them."""


def language_of(case: Case) -> str | None:
    """Return the language the question asks for or is in; of a bare phrase, the one language that has it.

    None where the asker's own language may well be meant: it has the words too ("police").
    """
    if told := case.query.wanted or case.query.language:
        return told
    found = _only_language(_phrases(case), case.question.asker_language)
    if found is None:
        return None
    typed = [token.text for token in case.query.tokens if not token.filler]
    askers = (case.question.asker_language or "").partition("-")[0]
    return found if _words_of(case, askers, typed) < max(1, _words_of(case, found, typed)) else None


def _phrases(case: Case) -> list[Phrase]:
    """Return the phrases that the whole question is, else the one it is nearest to.

    That one tells its language by a word as typed, if there is one: "rose" is no Spanish for being near "rosa".
    """
    exact = [case.index.phrases[number] for number in case.index.exactly(case.query.text)]
    if exact or not case.ranked or case.ranked[0].nearest < 0:
        return exact
    nearest = case.index.phrases[case.ranked[0].nearest]
    known = {token.text for token in case.query.tokens if token.is_known}
    return [nearest] if not known or known & set(nearest.words) else []


def _only_language(phrases: Sequence[Phrase], askers: str | None) -> str | None:
    """Return the one language of some phrases; None where there are several, or it is the asker's or anybody's."""
    spoken = {one.language for one in phrases}
    in_any = {ANY_LANGUAGE, askers} | {_OF_NAMES for one in phrases if one.field in NAMING}
    return spoken.pop() if len(spoken) == 1 and not spoken & in_any else None


def _words_of(case: Case, language: str, typed: Sequence[str]) -> int:
    """Return how many of the words stand in phrases of a language."""
    return len(case.index.words_by_language.get(language, frozenset()).intersection(typed))
