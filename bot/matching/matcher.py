"""The matcher: an index over the entries, and the decisions made with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE, pick
from bot.knowledge.help.care import Care
from bot.knowledge.kinds import HELP
from bot.matching.danger.detector import DangerDetector, Height
from bot.matching.danger.teller import Teller
from bot.matching.decision import Candidate, Chat, Help, Lookup, NoMatch, Question, Rule
from bot.matching.dialogue.care import Caretaker
from bot.matching.dialogue.interpreter import Interpreter
from bot.matching.dialogue.moves import referring
from bot.matching.index.index import Index
from bot.matching.index.phrases import written
from bot.matching.index.synonyms import Synonyms
from bot.matching.query.analysis import Analyser
from bot.matching.query.ranking import rank
from bot.matching.query.rules import Decider
from bot.matching.text.languages import languages
from bot.matching.text.normalise import words
from bot.matching.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import DangerScore, Entry
    from bot.matching.danger.detector import Danger
    from bot.matching.decision import Decision
    from bot.matching.dialogue.parser import Parser
    from bot.matching.dialogue.said import Said
    from bot.matching.query.analysis import Query
    from bot.matching.query.names import Mention
    from bot.matching.query.ranking import Ranked
    from bot.matching.tuning import Tuning

_TIE = 2
"""Decimal places in which scores are equal: then the folder's main kind comes first."""


class _Search:
    """The search that the interpreter asks whom a message is about."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._decider = Decider(index)

    def ranked(self, query: Query, shortlist: int = 0) -> Sequence[Ranked]:
        """Return the entries that a query may be about, best first, as it was ranked when this was first asked."""
        if not query.ranked:
            query.ranked.extend(rank(query, self._index, shortlist))
        return query.ranked

    def search(self, question: Question, query: Query) -> Decision:
        """Decide by names and evidence alone."""
        if question.bare and (whole := self._decider.whole(question, query)):
            return whole
        return self._decider.settle(question, query, self.ranked(query)[: self._index.tuning.ranking.shortlist])

    def names(self, query: Query) -> dict[str, frozenset[int]]:
        """Return the entries whose proper names stand in a query, but for slips, with the places of their words."""
        return {
            self._index.entries[number].id: mention.places
            for number, mention in self._decider.mentions(query).items()
            if self._is_called(mention) and not self._index.entries[number].kind.subjects
        }

    def _is_called(self, mention: Mention) -> bool:
        """Return whether a name is all there, but for slips and words of grammar."""
        if mention.whole:
            return True
        phrase = self._index.phrases[mention.phrase]
        grammar = languages().grammar.get(phrase.language, frozenset())
        telling = [word for word in phrase.words if word not in grammar]
        return mention.coverage >= self._index.tuning.names.called and len(mention.tokens) >= len(telling)


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a matcher that most changes of a folder leave as they are: who listens for danger, and the parser.

    ``made_of``: the help entries, care and the score of danger that ``teller`` and ``danger`` were made of.
    """

    tuning: Tuning
    made_of: tuple[tuple[Entry, ...], Care | None, DangerScore | None]
    teller: Teller
    danger: DangerDetector
    parser: Parser


def _with_line(decision: Decision, danger: Danger | None) -> Decision:
    """Return a decision with the line for whoever may be in danger, if there may be somebody and it is no help."""
    return replace(decision, line=danger.entry) if danger and not isinstance(decision, Help) else decision


def _asks(attributes: Mapping[str, Attribute]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the words with which people ask for attributes or refer to what was said, each with its language."""
    by_language = (listed for attribute in attributes.values() for listed in attribute.asks.items())
    asks = [(language, words(text)) for language, texts in by_language for text in texts]
    return [*asks, *((ANY_LANGUAGE, words(word)) for word in sorted(referring()))]


class Matcher:
    """Immutable once built; safe to use from several threads.

    ``attributes``: id -> what people ask about entries.
    ``synonyms``: language -> groups of words that mean nearly the same (see ``bot.matching.index.synonyms``).
    ``phrases``: all that the entries say, as written. ``unheard``: phrases of help entries that cannot be read, as
    ``(entry id, language, phrase, reason)``. ``danger``: how a cry for help is told by its letters; without it, by its
    phrases alone. ``care``: what somebody in danger may say after the first reply. ``unread``: ids of entries with more
    phrases than are read of one, and how many more. ``fullness``: how far the folder fills the largest table that is
    learned to tell its entries apart; above 1 it goes without. ``parts``: what the matcher of another edition may
    take over. ``before``: those of an earlier one, of which is taken over what would be made of the very same.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        tuning: Tuning = DEFAULT,
        synonyms: Mapping[str, Sequence[str]] = MappingProxyType({}),
        attributes: Mapping[str, Attribute] = MappingProxyType({}),
        *,
        care: Care | None = None,
        danger: DangerScore | None = None,
        before: Parts | None = None,
    ) -> None:
        made_of = tuple(entry for entry in entries if entry.kind == HELP), care, danger
        before = before if before and before.tuning == tuning else None
        if before and before.made_of == made_of:
            self._teller, self._danger = before.teller, before.danger
        else:
            self._teller = Teller(care or Care())
            self._danger = DangerDetector(entries, danger, self._teller)
        self.unheard = self._danger.faults
        self.phrases = written(entries)
        self._index = Index(entries, self.phrases, tuning)
        self.unread = self._index.unread
        self.fullness = self._index.classifier.fullness
        self._analyser = Analyser(self._index, Synonyms(synonyms, self._index.vocabulary, tuning), _asks(attributes))
        self._search = _Search(self._index)
        parser = before.parser if before else None
        self._interpreter = Interpreter(entries, attributes, self._search, tuning, before=parser)
        self._caretaker = Caretaker(care or Care(), entries, tuning, self._teller)
        self.parts = Parts(tuning, made_of, self._teller, self._danger, self._interpreter.parser)

    def decide(self, question: Question) -> Decision:
        """Decide how to answer; never raises, whatever the text."""
        query = self._analyser.analyse(question.text, as_typed=question.as_typed)
        return self._decided(question, query)

    def is_cry(self, text: str) -> bool:
        """Return whether a message is answered with helplines whatever was said before; quick for all others."""
        danger = self._danger.heard(text)
        high = danger is not None and danger.height is Height.HIGH
        return high and isinstance(self.decide(Question(text=text)), Help)

    def look_up(self, question: Question, limit: int = 50) -> Lookup:
        """Decide how to answer, and rank entries for a list of results (inline mode); nothing is listed with helplines.

        Entries whose name begins with what was typed come first, those of the folder's main kind before all others
        while it is only a few letters; among equals those, then short names. Small talk and what is not covered are
        left out: there is nothing to show or to share.
        """
        query = self._analyser.analyse(question.text, as_typed=question.as_typed)
        decision = self._decided(question, query)
        if isinstance(decision, Help):
            return Lookup(decision)
        ranked = self._search.ranked(query, max(limit, self._index.tuning.ranking.listed))
        return Lookup(decision, self._listed(question, query, ranked)[:limit])

    def _help(self, question: Question, danger: Danger) -> Help:
        language = danger.language
        if not danger.phrase and language is None:
            language = languages().guess(words(question.text), self._index.tuning.languages)
        cry = Help(
            question=question,
            rule=Rule.CRY,
            language=language,
            confidence=1.0,
            floor=1.0,
            entry=danger.entry,
            phrase=danger.phrase,
            concern=danger.concern,
        )
        return self._caretaker.first(cry, self._danger.country(question.text))

    def _decided(self, question: Question, query: Query) -> Decision:
        """Decide: somebody in danger first, then whoever may still be, then everybody else."""
        danger = self._danger.heard(question.text)
        cry = self._help(question, danger) if danger and danger.height is Height.HIGH else None
        if not query.tokens:
            return cry or _with_line(NoMatch(question=question, rule=Rule.EMPTY), danger)
        in_care = question.context is not None and question.context.in_care
        said = self._interpreter.parser.parse(question, query)
        if in_care and (step := self._caretaker.at_once(said)):
            return step
        if cry and in_care and (step := self._caretaker.goes_on(said, cry)):
            return step
        usual = cry or self._usual(said)
        answered = self._caretaker.answered(said, usual)
        if answered or cry:
            return answered or usual
        if in_care:
            usual = self._caretaker.next(said, usual, self._danger.country(question.text))
        return _with_line(usual, danger)

    def _usual(self, said: Said) -> Decision:
        """Decide about a message of somebody who is not in danger."""
        spoken = languages().help.get(said.query.text)
        if spoken is not None:
            language = spoken[0] if len(spoken) == 1 else None
            return Chat(
                question=said.question, rule=Rule.BARE_HELP, language=language, entry=None, confidence=1.0, floor=1.0
            )
        return self._interpreter.decide(said)

    def _listed(self, question: Question, query: Query, ranked: Sequence[Ranked]) -> tuple[Candidate, ...]:
        few_letters = len(query.text) <= self._index.tuning.ranking.early
        found = []
        for one in ranked:
            entry = self._index.entries[one.entry]
            if entry.kind.built_in or not (one.coverage or one.words):
                continue
            begins = question.as_typed and self._index.is_called(one.entry, query.text)
            other = not entry.kind.main
            tied = -round(one.score, _TIE), other, len(pick(entry.name)[1]), entry.id
            found.append((not begins, few_letters and other, *tied, Candidate(entry, one.score, (), one.terms)))
        found.sort(key=lambda row: row[:-1])
        return tuple(row[-1] for row in found)
