"""Care: what is understood of somebody in danger after the first reply.

While a chat is in care, what people write next ("i cant call", "kenya", "ok") is no search: it has a next step. Who
clearly names another subject is answered as usual, with the helplines beside it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.knowledge.help.care import COUNTRY, STAY, WRITE
from bot.knowledge.kinds import HELP, SMALLTALK
from bot.matching.danger.listener import read
from bot.matching.danger.teller import aged
from bot.matching.decision import Answer, Choose, Help, Listing, Rule
from bot.matching.dialogue.phrasebook import Phrasebook, Word
from bot.matching.text.languages import languages
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.knowledge.entry import Entry
    from bot.knowledge.help.care import Answered, Care
    from bot.matching.danger.teller import Teller
    from bot.matching.decision import Decision
    from bot.matching.dialogue.phrasebook import Found
    from bot.matching.dialogue.said import Said
    from bot.matching.tuning import Tuning
_YEAR = 4
"""Digits of a year: what happened in 2017 is no emergency."""

_BESIDE = 2
"""Words beside an arrest that may say who and where, and nothing worse."""


class Caretaker:
    """Knows the next step for somebody in danger. Immutable once built."""

    def __init__(self, care: Care, entries: Sequence[Entry], tuning: Tuning, teller: Teller) -> None:
        self._tuning = tuning
        self._teller = teller
        self._helps = {entry.id: entry for entry in entries if entry.kind == HELP}
        self._steps = {step.id: step for step in care.steps}
        spoken = {language for step in care.steps for language in step.says}
        grammar = languages().grammar
        says = [(step.id, one, text) for one in spoken for step in care.steps for text in care.written(step.says, one)]
        self._books = {
            one: Phrasebook([each for each in says if each[1] == one], tuning.phrases, grammar)
            for one in sorted(spoken)
        }
        self._entries = {entry.id: entry for entry in entries}
        self._answers = Phrasebook(_answered(care.answers, "says"), tuning.phrases, grammar)
        self._buts = Phrasebook(_answered(care.answers, "but"), tuning.phrases, grammar)

    def first(self, cry: Help, country: str | None) -> Help:
        """Return a cry for help with what it says of whoever cries, and what the chat has told before."""
        before = cry.question.context.care if cry.question.context else None
        message = words(cry.question.text)
        told = self._teller.concern(read(cry.question.text))[0] or (before.concern if before else "")
        return replace(
            cry,
            country=country or (before.country if before else None),
            concern=told or cry.concern,
            adult=self._teller.is_adult(message) or bool(before and before.adult),
            write=self._teller.cannot_call(message) or bool(before and before.write),
        )

    def answered(self, said: Said, usual: Decision) -> Decision | None:
        """Return the entry that answers what sounds like a cry for help and is none: a child was arrested.

        ``usual``: the answer otherwise; one to a named subject stays, and a cry with a concern that tells more: much
        more, where no phrase tells the concern but the letters guess it ("my brother was arrested in nairobi").
        """
        subject = usual.entry.id if isinstance(usual, Answer) and _named(usual) else None
        if _named(usual) and subject is None:
            return None
        grave = isinstance(usual, Help) and usual.concern
        everything, sure = range(len(said.words)), self._tuning.care.inside
        found = [one for one in self._answers.find(said.words, everything) if one.coverage >= sure and one.telling]
        if not found:
            return None
        beside = 0 if self._teller.concern(read(said.question.text))[0] else _BESIDE
        buts = {one.meaning for one in self._buts.find(said.words, everything) if one.coverage >= sure}
        own = self._teller.own([word.text for word in said.words])
        for one in sorted(found, key=lambda one: -one.weight):
            entry = self._entries.get(one.meaning)
            if entry is None or one.meaning in buts or subject not in (None, entry.id):
                continue
            past = any(len(word.text) == _YEAR and word.text.isdecimal() for word in said.words)
            more = len(said.content - one.places - own)
            if (grave and more > beside) or (not isinstance(usual, Help) and (past or more > (1 if own else 0))):
                continue  # it is worse than that; or nobody is in danger, and it asks for something else
            return Answer(
                question=said.question,
                rule=Rule.CARE,
                language=one.language,
                candidates=usual.candidates,
                confidence=1.0,
                floor=1.0,
                entry=entry,
                adult=bool(own),
                line=self._entry(said),
            )
        return None

    def at_once(self, said: Said) -> Help | None:
        """Return the step that a whole message is, in the language of the chat before any other."""
        light = said.context.care is not None and said.context.care.light
        everything = list(range(len(said.words)))
        rest = [place for place in everything if place not in said.courtesy]
        written = _as_written(said, self._tuning.analysis.words)
        years = tuple(word if (age := aged(word.text)) == word.text else Word(age) for word in said.words)
        readings = ((years, everything), (years, rest), (written, list(range(len(written)))))
        for language in self._order(said):
            for message, free in readings:
                found = self._books[language].whole(message, free) if free else []
                if step := next((one.meaning for one in found if self._is_meant(one, light=light)), None):
                    return self._help(said, step, language)
        return None

    def goes_on(self, said: Said, cry: Help) -> Help | None:
        """Return the next step of whoever cries again about what was answered: a step that is told, or a country."""
        care = said.context.care
        if care is None or not care.told or cry.concern != care.concern:
            return None
        if step := self._inside(said):
            return self._help(said, step.meaning, step.language, cry.country)
        return self._help(said, COUNTRY, None, cry.country) if cry.country not in (None, care.country) else None

    def next(self, said: Said, usual: Decision, country: str | None) -> Decision:
        """Return the next step of whoever is in care, or the ``usual`` answer to a message with its own subject."""
        helps, care = self._entry(said), said.context.care
        here = country is not None and isinstance(usual, Listing) and not said.has("sets", "list", "count")
        told = care is None or care.light or _is_told(usual, said, self._tuning.care.words)
        if helps is None or care is None or (told and _named(usual) and not here and _is_enough(usual, said)):
            return usual
        step = self._inside(said) if not care.light else None
        if country and (step is None or not (step.meaning == WRITE or self._steps[step.meaning].first)):
            return self._help(said, COUNTRY, None, country) or usual
        if care.light:
            return usual
        if step:
            return self._help(said, step.meaning, step.language, country) or usual
        return self._beside(said, usual, helps) or self._help(said, STAY, None) or usual

    def _beside(self, said: Said, usual: Decision, helps: Entry) -> Decision | None:
        """Return the usual answer where it seems to be about something else, with a number above what is grave."""
        most = self._tuning.care.words
        if isinstance(usual, Answer) and usual.entry.kind != SMALLTALK and _is_told(usual, said, most):
            return replace(usual, line=helps) if usual.entry.helplines else usual
        if isinstance(usual, Choose) and len(said.content) > most:
            return replace(usual, line=helps)
        return None

    def _is_meant(self, found: Found[str], *, light: bool) -> bool:
        """Tell whether a step is sure enough: "i am in danger" is nearly "i am not in danger"."""
        step = self._steps[found.meaning]
        if light and (step.lines == "none" or len(found.places) == 1):
            return False
        return not step.ends or self._is_sure(found)

    def _is_sure(self, found: Found[str]) -> bool:
        return found.coverage >= self._tuning.care.sure and found.in_order

    def _inside(self, said: Said) -> Found[str] | None:
        """Return the weightiest phrase of a step that stands in a message; a part of one ends nothing."""
        written = _as_written(said, self._tuning.analysis.words)
        for language in self._order(said):
            found = [
                one
                for one in self._books[language].find(written, range(len(written)))
                if one.coverage >= self._tuning.care.inside
                and one.telling
                and len(one.places) > 1
                and (step := self._steps.get(one.meaning))
                and (self._is_meant(one, light=False) if step.part else not step.ends and step.lines != "none")
            ]
            if found:
                return self._weightiest(found)
        return None

    def _weightiest(self, found: Sequence[Found[str]]) -> Found[str]:
        """Return the phrase that counts: one of a step that comes first, if it is no part of another one."""
        best = max(found, key=lambda one: (one.weight, len(one.places), one.phrase))
        early = [one for one in found if self._steps[one.meaning].first and self._is_sure(one)]
        return next((one for one in early if not one.places < best.places), best)

    def _order(self, said: Said) -> list[str]:
        preferred = (said.context.language, said.query.language, "en")
        return [one for one in dict.fromkeys((*preferred, *self._books)) if one in self._books]

    def _entry(self, said: Said) -> Entry | None:
        care = said.context.care
        return self._helps.get(care.entry if care else "") or next(iter(self._helps.values()), None)

    def _help(self, said: Said, name: str, language: str | None, country: str | None = None) -> Help | None:
        step, entry, care = self._steps.get(name), self._entry(said), said.context.care
        if step is None or entry is None or care is None:
            return None
        same = language is None or language == said.context.language or _is_shared(said)
        return Help(
            question=said.question,
            rule=Rule.CARE,
            language=None if same else language,
            confidence=1.0,
            floor=1.0,
            entry=entry,
            country=country or care.country,
            concern=care.concern,
            step=step.id,
            adult=care.adult or self._teller.is_adult(words(said.question.text)),
            write=care.write or step.lines == "write",
            ends=step.ends,
        )


def _as_written(said: Said, most: int) -> tuple[Word, ...]:
    """Return the first words with their spaces as they are: no "at est" of "a test" that the entries do not know."""
    read = {word.text: word for word in said.words}
    return tuple(read.get(text) or Word(text) for text in words(said.question.text)[:most])


def _is_shared(said: Said) -> bool:
    """Tell whether a message of one word may be of any language: "ok"."""
    return len(said.words) == 1 and said.context.language is not None and said.words[0].text.isascii()


def _named(usual: Decision) -> bool:
    """Tell whether a message has a clear subject of its own, or goes on about one."""
    if isinstance(usual, Listing):
        return True
    if not isinstance(usual, Answer) or usual.entry.kind in (HELP, SMALLTALK):
        return False
    return usual.rule is not Rule.CONFIDENT


def _is_told(usual: Decision, said: Said, most: int) -> bool:
    """Tell whether a subject is in a message, and not only found for what it asks ("what do I say when I call")."""
    if not isinstance(usual, Answer) or usual.rule is not Rule.ATTRIBUTE or usual.entry.id == said.context.entry:
        return True
    return bool(said.names) or len(said.content) > most


def _is_enough(usual: Decision, said: Said) -> bool:
    """Tell whether a message says enough to be about its subject: a name, or more than one word ("i am twelve")."""
    follows = isinstance(usual, Answer) and usual.rule in (Rule.MOVE, Rule.PICKED)
    return follows or isinstance(usual, Listing) or bool(said.names) or len(said.content) > 1


def _answered(answers: Sequence[Answered], what: str) -> Iterator[tuple[str, str, str]]:
    for one in answers:
        for language, texts in getattr(one, what).items():
            for text in texts:
                yield one.entry, language, text
