"""The interpreter: what a message means in its conversation.

Three questions are asked of it: whom it is about, what it asks about them, and how it hangs on what was said just
before. The rules are tried in the order of ``RULES``; the first that has a decision decides. What none of them knows is
a search like any other. A message that names a subject of its own never inherits one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.knowledge.entry import Kind
from bot.matching.context import Context
from bot.matching.decision import (
    Answer,
    Chat,
    Choose,
    Condition,
    Listing,
    Move,
    NoMatch,
    Relation,
    Rule,
)
from bot.matching.dialogue.attributes import AttributeDetector
from bot.matching.dialogue.identifiers import Identifiers
from bot.matching.dialogue.listing import ORDINAL, Lists
from bot.matching.dialogue.moves import Moves
from bot.matching.dialogue.phrasebook import Word
from bot.matching.dialogue.said import Said, rest_of
from bot.matching.dialogue.values import Values
from bot.matching.text.languages import SCRIPTS, languages
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import Entry, Fact
    from bot.matching.decision import Decision, Question
    from bot.matching.dialogue.attributes import Asked
    from bot.matching.dialogue.phrasebook import Found
    from bot.matching.query.analysis import Query
    from bot.matching.tuning import Tuning


class Engine(Protocol):
    """The search that finds whom a message is about."""

    def search(self, question: Question, query: Query) -> Decision:
        """Decide by names and evidence alone."""

    def names(self, query: Query) -> Mapping[str, frozenset[int]]:
        """Return the entries whose proper names stand in a query word for word, with the places of their words."""


_SEARCHED = frozenset({Rule.EXACT, Rule.NAMED})
"""Rules by which an entry is named, and not only described."""

_OWN = frozenset({Kind.HELP, Kind.SMALLTALK, Kind.ELSEWHERE})
"""Kinds that nothing can be asked about."""


class Interpreter:
    """Decides what a message means. Immutable once built."""

    def __init__(
        self, entries: Sequence[Entry], attributes: Mapping[str, Attribute], engine: Engine, tuning: Tuning
    ) -> None:
        self._attributes = attributes
        self._engine = engine
        self._entries = {entry.id: entry for entry in entries}
        self._detector = AttributeDetector(attributes, tuning.phrases)
        self._moves = Moves(tuning.phrases)
        self._values = Values(entries, attributes)
        self._lists = Lists(entries, attributes, self._values)
        self._identifiers = Identifiers(entries)

    def decide(self, question: Question, query: Query) -> Decision:
        """Decide what to answer to a message that is no cry for help."""
        said = self.read(question, query)
        for rule in RULES:
            decision = rule(self, said)
            if decision is not None:
                return self._in_language(decision, said)
        return self._in_language(self._engine.search(question, said.without(said.excluded)), said)

    def read(self, question: Question, query: Query) -> Said:
        """Return what a message says."""
        context = self._present(question.context or Context())
        if question.about and question.about in self._entries:
            context = replace(context, entry=question.about, pinned=True)
        spoken = tuple(
            dict.fromkeys(
                language
                for language in (query.language, context.language, _primary(question.asker_language), "en")
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
        names = self._engine.names(query)
        excluded = _excluded(moves, names)
        left_out = frozenset(name for name, places in names.items() if places <= excluded)
        names = {name: places for name, places in names.items() if name not in left_out}
        everything = [place for place in range(len(message)) if place not in excluded]
        in_names = frozenset(place for places in names.values() for place in places)
        content = frozenset(place for place in everything if not message[place].grammar)
        asked = self._detector.asked(message, everything, content, in_names, query.language)
        swallowed = frozenset(place for one in asked for place in one.places)
        owners = {attribute.of for attribute in self._attributes.values() if attribute.of}
        alone = len(names) == 1
        names = {
            name: places for name, places in names.items() if places.isdisjoint(swallowed) or (alone and name in owners)
        }
        return Said(
            question=question,
            query=query,
            context=context,
            words=message,
            content=frozenset(place for place in content if not query.tokens[place].filler),
            names=names,
            asked=asked,
            values=tuple(self._values.named(message)),
            moves=moves,
            whole=self._moves.whole(message, spoken),
            courtesy=self._moves.courtesy(message, spoken),
            thanks=self._moves.thanks(message, spoken),
            excluded=excluded,
            left_out=left_out,
            numbered=tuple(self._identifiers.named([word.text for word in message])),
        )

    def _present(self, context: Context) -> Context:
        """Return a context without the entries that are not here (any more)."""
        known = self._entries.__contains__
        return replace(
            context,
            entry=context.entry if context.entry and known(context.entry) else None,
            choices=tuple(filter(known, context.choices)),
            trail=tuple(filter(known, context.trail)),
            candidates=tuple(filter(known, context.candidates)),
            attribute=context.attribute if context.attribute in self._attributes else None,
        )

    # What is answered

    def answer(
        self,
        said: Said,
        entry: Entry,
        rule: Rule,
        *,
        asked: Asked | None = None,
        attribute: str | None = None,
        like: Decision | None = None,
        beside: tuple[Entry, ...] = (),
        full: bool = False,
    ) -> Answer:
        """Return the answer about an entry: what is asked about it, or the entry as a whole."""
        if asked and (instead := self._attributes[asked.attribute].of_place):
            if any(one.kind == "place" for one in said.values) and said.has("place"):
                asked = replace(asked, attribute=instead)
        name = asked.attribute if asked else attribute
        condition = self._condition(said, asked) if asked else None
        facts: tuple[int, ...] = ()
        link: str | None = None
        if name:
            known = self._attributes[name]
            facts = entry.facts_about(name)
            links = {one.use for one in entry.links}
            link = known.link if known.link in links else None
            for other in said.asked if asked else ():
                if other.attribute != name and self._attributes[other.attribute].fits(entry.kind):
                    facts = tuple(dict.fromkeys((*facts[:1], *entry.facts_about(other.attribute)[:1], *facts[1:])))
            if not facts and not link:
                facts = tuple(number for other in known.instead for number in entry.facts_about(other))
        elif isinstance(like, Answer):
            link = like.link
        base = like or NoMatch(question=said.question, rule=rule)
        return Answer(
            question=said.question,
            rule=rule,
            language=base.language,
            candidates=base.candidates,
            confidence=base.confidence if like else 1.0,
            confidence_terms=base.confidence_terms,
            floor=base.floor,
            margin=base.margin,
            entry=entry,
            beside=beside,
            fact=like.fact if isinstance(like, Answer) and not name and like.entry is entry else None,
            link=link,
            attribute=name,
            facts=facts,
            condition=condition,
            verdict=self._values.holds(entry, condition) if condition else None,
            brief=not name and not full and entry.id in said.context.seen,
            full=full,
        )

    def _condition(self, said: Said, asked: Asked) -> Condition | None:
        """Return the value that a question for yes or no names: "is it a UN agency", "do they work in Kenya"."""
        if asked.value is not None:
            return Condition(asked.attribute, value=asked.value)
        kind = self._attributes[asked.attribute].type
        if kind not in ("place", "language"):
            return None
        places = [one for one in said.values if one.kind == kind and not one.places & asked.places]
        return Condition(asked.attribute, value=places[0].value) if places else None

    def fitting(self, said: Said, entry: Entry) -> Asked | None:
        """Return the first thing asked for that entries of this kind can have."""
        return next((one for one in said.asked if self._attributes[one.attribute].fits(entry.kind)), None)

    def tell(self, said: Said, entry: Entry, asked: Asked, like: Decision | None = None) -> Decision | None:
        """Return what is asked about an entry: a fact, or who works on it."""
        if self._attributes[asked.attribute].workers:
            return self.workers(said, entry)
        return self.answer(said, entry, Rule.ATTRIBUTE, asked=asked, like=like)

    def direct(self, said: Said, entry: Entry, rule: Rule, like: Decision | None = None) -> Answer:
        """Return the answer to what is asked about an entry, or to what was asked about the one before it."""
        asked = self.fitting(said, entry)
        if asked:
            return self.answer(said, entry, Rule.ATTRIBUTE, asked=asked, like=like)
        attribute = said.context.attribute
        if attribute and self._attributes[attribute].fits(entry.kind):
            return self.answer(said, entry, Rule.ATTRIBUTE, attribute=attribute, like=like)
        return self.answer(said, entry, rule, like=like)

    def chat(self, said: Said, move: Move, nearest: Iterable[str] = ()) -> Chat:
        """Return an answer to a message about the conversation itself."""
        entries = tuple(self._entries[one] for one in nearest if self._entries[one].kind not in _OWN)
        return Chat(question=said.question, rule=Rule.MOVE, confidence=1.0, entry=None, move=move, nearest=entries)

    def entry(self, name: str | None) -> Entry | None:
        """Return the entry with an id, if there is one."""
        return self._entries.get(name) if name else None

    def listing(
        self,
        said: Said,
        entries: Sequence[Entry],
        conditions: tuple[Condition, ...] = (),
        of: Entry | None = None,
        rule: Rule = Rule.LIST,
    ) -> Listing:
        """Return a list, in the order of names where that is asked for."""
        return Listing(
            question=said.question,
            rule=rule,
            confidence=1.0,
            entries=tuple(entries),
            conditions=conditions,
            of=of,
            counted=said.has("count"),
            alphabetical=said.has("alphabetical"),
        )

    def _in_language(self, decision: Decision, said: Said) -> Decision:
        """Return the decision with the language that the message is clearly in, or asks for."""
        wanted = said.query.wanted
        return replace(decision, language=wanted or self._clear_language(decision, said), wanted=wanted)

    def _clear_language(self, decision: Decision, said: Said) -> str | None:
        """Return the language of the message, if it is clearly not the one spoken so far.

        One word that two languages share changes nothing: "general comment" is no French, "los angeles" no Spanish.
        """
        guessed = said.query.language
        usual = said.context.language or _primary(said.question.asker_language)
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
        return guessed if len(own) >= _CLEARLY else None

    def workers(self, said: Said, entry: Entry) -> Decision | None:
        """Return who works on a subject."""
        known = [self._entries[one.id] for one in entry.organisations if one.id in self._entries]
        return self.listing(said, known, of=entry) if known else None

    # The rules, in their order

    def navigation(self, said: Said) -> Decision | None:
        """Answer "more", "back", "again", "why", "that is wrong": messages about the conversation itself."""
        context, entry = said.context, self.entry(said.context.entry)
        match said.whole:
            case "more" if entry:
                return self.answer(said, entry, Rule.MOVE, full=True)
            case "again" if context.choices and not entry:
                return self.listing(said, [self._entries[one] for one in context.choices], rule=Rule.MOVE)
            case "again" if entry:
                return replace(self.answer(said, entry, Rule.MOVE, attribute=context.attribute), brief=False)
            case "back" if context.choices and entry and entry.id in context.choices:
                return self.listing(said, [self._entries[one] for one in context.choices], rule=Rule.MOVE)
            case "back" if context.trail:
                return self.answer(said, self._entries[context.trail[-1]], Rule.MOVE)
            case "more" | "again" | "back":
                return self.chat(said, Move.NOTHING)
            case "why" if entry:
                return replace(self.answer(said, entry, Rule.MOVE, attribute=context.attribute), why=True)
            case "yes" if len(context.choices) == 1:
                return self.direct(said, self._entries[context.choices[0]], Rule.PICKED)
            case "no" if context.choices:
                return self.chat(said, Move.NONE_OF_THESE, context.choices)
            case "complaint":
                others = [one for one in (*context.choices, *context.candidates) if one != context.entry]
                return self.chat(said, Move.COMPLAINT, list(dict.fromkeys(others))[:3])
            case "menu":
                return self.chat(said, Move.MENU)
            case "yes" | "no" | "bye" | "thanks" | "why":
                searched = self._engine.search(said.question, said.query)
                return searched if isinstance(searched, Chat) else self.chat(said, Move.OK)
        return None

    def small_talk(self, said: Said) -> Decision | None:
        """Answer thanks and farewells, whatever two or three words stand around them: "ok thx gotta run"."""
        rest = said.left(said.courtesy)
        if not said.courtesy or said.names or len(rest) > _FEW or "?" in said.question.text:
            return None
        if said.asked and (said.has("pronoun") or not said.thanks):
            return None
        searched = self._engine.search(said.question, said.query)
        if isinstance(searched, Chat) or (isinstance(searched, NoMatch) and searched.entry):
            return searched
        alone = len(said.words) <= len(said.courtesy) + _FEW and searched.rule not in _SEARCHED
        return self.chat(said, Move.OK) if alone and not (isinstance(searched, Answer) and rest) else None

    def other_language(self, said: Said) -> Decision | None:
        """Say the last thing again in the language that is asked for: "in french please"."""
        context, entry = said.context, self.entry(said.context.entry)
        called = frozenset(place for one in said.values if one.kind == "language" for place in one.places)
        if not said.query.wanted or said.left(called, said.places("say_in")):
            return None
        if entry:
            return replace(self.answer(said, entry, Rule.MOVE, attribute=context.attribute), brief=False)
        if context.choices:
            return self.listing(said, [self._entries[one] for one in context.choices], rule=Rule.MOVE)
        return self.chat(said, Move.OK)

    def picked(self, said: Said) -> Decision | None:
        """Open what "the second one", "2", "the last" or "the other one" means."""
        context = said.context
        number, places = self._number(said)
        asked = frozenset(place for one in said.asked for place in one.places)
        if number is None or said.names or said.left(places, asked, said.places("sets", "pronoun", "other", "and")):
            return None
        sibling = self._identifiers.sibling(context.entry, str(number)) if context.entry and number > 0 else None
        sibling = sibling or next(
            (one for other in context.choices if (one := self._identifiers.sibling(other, str(number)))), None
        )
        if sibling and number > len(context.choices):
            return self.direct(said, self._entries[sibling], Rule.PICKED)
        if number == _OTHER:
            options = [one for one in (*context.choices, *reversed(context.trail), *context.candidates)]
            options = [one for one in options if one != context.entry]
            if not options:
                return self.chat(said, Move.NOTHING)
            return self.direct(said, self._entries[options[0]], Rule.PICKED)
        if not context.choices or number > len(context.choices):
            return self.chat(said, Move.NOTHING, context.choices)
        return self.direct(said, self._entries[context.choices[number - 1]], Rule.PICKED)

    def _number(self, said: Said) -> tuple[int | None, frozenset[int]]:
        """Return which of the choices is meant, counted from 1, and the words that say so."""
        if said.has("other"):
            return _OTHER, said.places("other")
        if said.has("last") and said.context.choices:
            return len(said.context.choices), said.places("last")
        ordinals = [move for move in said.moves if move.startswith(ORDINAL)]
        if len(ordinals) == 1:
            return int(ordinals[0].removeprefix(ORDINAL)), said.places(ordinals[0])
        figures = [place for place, word in enumerate(said.words) if word.text.isdecimal()]
        if len(figures) == 1 and said.left(figures) == frozenset() and len(said.words) <= _FEW:
            number = int(said.words[figures[0]].text)
            return (number, frozenset(figures)) if 1 <= number <= _MOST_CHOICES else (None, frozenset())
        return None, frozenset()

    def numbered(self, said: Said) -> Decision | None:
        """Answer about a thing that is told by its number, or say that this number is not here."""
        if len(said.numbered) != 1:
            return None
        one = said.numbered[0]
        if one.entry is None:
            nearest = tuple(self._entries[other] for other in one.siblings)
            return NoMatch(
                question=said.question, rule=Rule.IDENTIFIER, confidence=1.0, missing=one.text, nearest=nearest
            )
        entry = self._entries[one.entry]
        if entry.kind in _OWN:
            return None
        asked = self.fitting(said, entry)
        searched = self._engine.search(said.question, said.query)
        if isinstance(searched, Answer) and searched.entry is not entry and searched.rule in _SEARCHED and not asked:
            return None
        return self.answer(said, entry, Rule.ATTRIBUTE if asked else Rule.NAMED, asked=asked, like=searched)

    def all_but(self, said: Said) -> Decision | None:
        """Leave out of the last list what is named to be left out: "except omct"."""
        choices = [self._entries[one] for one in said.context.choices if one not in said.left_out]
        if not said.left_out or len(choices) < 2 or said.left(said.excluded):  # noqa: PLR2004  (a list)
            return None
        return self.listing(said, choices)

    def one_of_them(self, said: Said) -> Decision | None:
        """Answer whether an entry is among those that were just listed: "is PRI one of them"."""
        context = said.context
        if len(said.names) != 1 or said.asked or not said.has("these") or said.left(*said.names.values()):
            return None
        entry = self._entries[next(iter(said.names))]
        condition = context.condition
        for name, attribute in self._attributes.items():
            if condition is None and attribute.of and attribute.of == context.entry and "yes" in attribute.values:
                condition = Condition(name, value="yes")
        if condition is None or not self._attributes[condition.attribute].fits(entry.kind):
            return None
        answer = self.answer(said, entry, Rule.ATTRIBUTE, attribute=condition.attribute)
        return replace(answer, condition=condition, verdict=self._values.holds(entry, condition))

    def member_of(self, said: Said) -> Decision | None:
        """Answer whether an entry belongs to another one that is named beside it."""
        for name, attribute in self._attributes.items():
            if attribute.of not in said.names or not said.asked:
                continue
            others = [one for one in said.names if one != attribute.of and attribute.fits(self._entries[one].kind)]
            last = self.entry(said.context.entry) if said.has("pronoun") and not others else None
            entry = self._entries[others[0]] if len(others) == 1 else last
            if entry is None or entry.id == attribute.of:
                continue
            answer = self.answer(said, entry, Rule.ATTRIBUTE, attribute=name)
            if "yes" not in attribute.values:
                return answer
            condition = Condition(name, value="yes")
            return replace(answer, condition=condition, verdict=self._values.holds(entry, condition))
        return None

    def listed(self, said: Said) -> Decision | None:
        """List what several entries have in common, count it, or put it in order."""
        context = said.context
        taken = frozenset(place for one in (*said.asked, *said.values) for place in one.places)
        cued = said.has("list", "sets", "count", "these")
        if len(said.left(taken, *said.names.values(), said.places(*_LISTING))) > (_OTHER_WORDS if cued else 0):
            return None
        these = [self._entries[one] for one in context.choices] if said.has("these", "pronoun", "alphabetical") else []
        conditions = self._lists.conditions(said)
        conditions = tuple(one for one in conditions if self._attributes[one.attribute].of not in said.names)
        named = [self._entries[name] for name in said.names if self._entries[name].kind not in _OWN]
        if said.has("count") and context.choices and not said.asked and not said.left(said.places("count", "these")):
            return self.listing(said, [self._entries[one] for one in context.choices])
        if said.has("alphabetical") and these and not conditions:
            return self.listing(said, these, rule=Rule.LIST)
        owner = named[0] if len(named) == 1 else None
        members = self._members(said, owner or (None if named else self.entry(context.entry)))
        asked_for = frozenset(place for one in said.asked if one.value is None for place in one.places)
        sets = bool(said.places("sets") - asked_for)
        plural = said.has("list", "count", "these", "here") or sets
        if members and not conditions:
            of, fact, entries = members
            about = next((one for one in said.asked if one.attribute in of.facts[fact].about), None)
            attribute = about.attribute if about else of.facts[fact].about[0]
            answer = self.answer(said, of, Rule.ATTRIBUTE, attribute=attribute)
            return replace(answer, facts=(fact,), listed=entries)
        by_attribute = {one.attribute for one in conditions}
        further = {one.attribute for one in said.asked if one.value is None} - by_attribute
        dated = any(one.relation is not Relation.IS for one in conditions)
        if len(by_attribute) < len(conditions) or (conditions and not dated and not further <= self._lists.beside):
            return None
        if not conditions:
            everybody = not (said.asked and (named or context.entry))
            if (
                everybody
                and said.has("list", "count")
                and said.has("sets")
                and not said.left(said.places("list", "sets", "count"))
            ):
                return self.listing(said, self._lists.entries)
            return None
        if conditions[0].relation in _SUPERLATIVES:
            compared = named if len(named) > 1 else [self._entries[one] for one in context.choices]
            found = self._lists.having(conditions, compared)
            if 1 < len(compared) <= _COMPARED and found and not (said.has("sets") and not said.has("these")):
                rest = [entry for entry in compared if entry is not found[0]]
                attribute = conditions[0].attribute
                return self.answer(
                    said,
                    found[0],
                    Rule.LIST,
                    attribute=attribute,
                    beside=(*found[1:], *(one for one in rest if one not in found)),
                )
        if named and not (members and plural):
            return None
        if not named and context.entry and not plural and conditions[0].relation is Relation.IS:
            return None
        among = these if len(these) > 1 and said.has("these", "pronoun") else None
        found = self._lists.having(conditions, among)
        if members and not among:
            found = tuple(entry for entry in found if entry in members[2])
        found = tuple(entry for entry in found if entry.id not in said.left_out)
        if not found:
            return NoMatch(question=said.question, rule=Rule.LIST, conditions=conditions)
        return self.listing(said, found, conditions)

    def _members(self, said: Said, owner: Entry | None) -> tuple[Entry, int, tuple[Entry, ...]] | None:
        """Return whose members are asked for, the fact that names them, and the members: entries themselves."""
        if owner is None:
            return None
        cued = said.has("sets", "these") and said.has("list", "count", "these")
        numbered = sorted(
            enumerate(owner.facts), key=lambda pair: (not _about(pair[1], said), MEMBERS not in pair[1].about)
        )
        for number, fact in numbered:
            members = tuple(self._entries[one] for one in fact.entries if one in self._entries)
            asked = any(
                one.attribute in fact.about or self._attributes[one.attribute].of == owner.id for one in said.asked
            )
            if members and all(one.kind is owner.kind for one in members) and (asked or cued):
                return owner, number, members
        return None

    def about_named(self, said: Said) -> Decision | None:
        """Answer what is asked about an entry that the message names or describes."""
        taken = frozenset(place for one in said.asked for place in one.places)
        if not said.asked or not said.left(taken, said.places("pronoun", "these", "and", "correction")):
            return None
        plain = self._engine.search(said.question, said.without(said.excluded))
        if isinstance(plain, Answer) and plain.rule is Rule.EXACT:
            asked = self.fitting(said, plain.entry)
            return self.tell(said, plain.entry, asked, like=plain) if asked else plain
        if not isinstance(plain, Answer | Choose) and plain.rule in (*_SEARCHED, Rule.ELSEWHERE):
            return plain
        searched = self._engine.search(said.question, said.without(taken | said.excluded))
        named = isinstance(searched, Answer) and searched.entry.id in said.names
        if isinstance(plain, Answer) and (not named or plain.confidence >= _SURE):
            if not isinstance(searched, Answer) or searched.entry is not plain.entry:
                searched = plain
        if not isinstance(searched, Answer) or not (asked := self.fitting(said, searched.entry)):
            return self._having(said, searched)
        if searched.rule not in _SEARCHED:
            left = said.left(taken, said.places("pronoun", "these", "and", "correction", "sets"))
            hangs = said.has("pronoun") or (len(left) <= 1 and not self._is_called(searched.entry, said, left))
            if said.context.entry and hangs:
                return None
        if self._attributes[asked.attribute].workers:
            return self.workers(said, searched.entry)
        beside = tuple(one for one in searched.beside if self._attributes[asked.attribute].fits(one.kind))
        return self.answer(said, searched.entry, Rule.ATTRIBUTE, asked=asked, like=searched, beside=beside)

    def _is_called(self, entry: Entry, said: Said, places: Iterable[int]) -> bool:
        """Return whether the words at ``places`` are all part of names of an entry: "the committee"."""
        names = [*entry.name.values(), *entry.acronyms, *(one for listed in entry.aliases.values() for one in listed)]
        called = {word for name in names for word in words(name)}
        return all(not called.isdisjoint((said.words[place].text, *said.words[place].also)) for place in places)

    def _having(self, said: Said, searched: Decision) -> Decision | None:
        """Answer about the best candidate that has what is asked for, where it is about as good as the first.

        The words that ask may be those that tell which: "how many children are in detention".
        """
        if said.has("pronoun") and said.context.entry:
            return None
        named = frozenset(place for places in said.names.values() for place in places)
        plain = self._engine.search(said.question, said.without(said.excluded | named))
        for found in (searched, plain):
            if not isinstance(found, Answer | Choose):
                continue
            for candidate in found.candidates:
                if candidate.score < _NEAR_ENOUGH * found.candidates[0].score:
                    break
                for asked in said.asked:
                    attribute = self._attributes[asked.attribute]
                    own = attribute.fits(candidate.entry.kind) and not any(
                        attribute.fits(entry.kind) for entry in self._lists.entries
                    )
                    if asked.value is None and own and candidate.entry.facts_about(asked.attribute):
                        return self.answer(said, candidate.entry, Rule.ATTRIBUTE, asked=asked, like=found)
        return None

    def about_these(self, said: Said) -> Decision | None:
        """Compare by what is asked for what was listed or compared just before: "does either publish a journal"."""
        choices = [self._entries[one] for one in said.context.choices]
        taken = frozenset(place for one in said.asked for place in one.places)
        if not said.has("these") or not 1 < len(choices) <= _COMPARED or said.left(taken, said.places("these")):
            return None
        asked = self.fitting(said, choices[0])
        if asked is None:
            return None
        return self.answer(said, choices[0], Rule.ATTRIBUTE, asked=asked, beside=tuple(choices[1:]))

    def about_last(self, said: Said) -> Decision | None:
        """Answer what is asked about the entry shown last: "when did they start", "and the address?"."""
        entry = self.entry(said.context.entry)
        taken = frozenset(place for one in said.asked for place in one.places)
        left = said.left(taken, *(one.places for one in said.values), said.places("pronoun", "these", "and", "sets"))
        if not entry or not said.asked or not (asked := self.fitting(said, entry)):
            return None
        hangs = said.has("pronoun") or said.context.pinned or not left
        if not hangs and len(left) <= _FEW:
            searched = self._engine.search(said.question, said.without(taken | said.excluded))
            called = isinstance(searched, Answer) and self._is_called(searched.entry, said, left)
            unclear = searched.rule not in _SEARCHED and len(left) <= 1 and not called
            hangs = unclear or (isinstance(searched, NoMatch) and searched.entry is None)
        return self.tell(said, entry, asked) if hangs else None

    def value_of_last(self, said: Said) -> Decision | None:
        """Answer yes or no about the entry shown last: "still in brussels?", "so not an ngo?"."""
        entry = self.entry(said.context.entry)
        conditions = self._lists.conditions(said)
        taken = frozenset(place for one in (*said.asked, *said.values) for place in one.places)
        if not entry or said.names or len(conditions) != 1 or said.left(taken, said.places("place", "pronoun")):
            return None
        condition = conditions[0]
        if not self._attributes[condition.attribute].fits(entry.kind) or said.has("here"):
            return None
        if self._attributes[condition.attribute].type == "place" and not said.asked:
            own = [name for name in self._lists.place_attributes if entry.facts_about(name)]
            condition = replace(condition, attribute=own[0]) if own else condition
        return replace(
            self.answer(said, entry, Rule.ATTRIBUTE, attribute=condition.attribute),
            condition=condition,
            verdict=self._values.holds(entry, condition),
        )

    def about_which(self, said: Said) -> Decision | None:
        """Ask back whose phone number is wanted, where nothing was shown that it could be about."""
        taken = frozenset(place for one in said.asked for place in one.places)
        if not said.asked or said.left(taken, said.places("pronoun", "and")) or said.context.entry:
            return None
        if len(said.asked) > 1 or said.asked[0].value is not None:
            return None
        searched = self._engine.search(said.question, said.query)
        if searched.rule in _SEARCHED:
            return searched
        asked = said.asked[0].attribute
        if not any(self._attributes[asked].fits(entry.kind) for entry in self._lists.entries):
            return self._having(said, searched)
        known = [entry for entry in self._lists.entries if entry.facts_about(asked)] or list(self._lists.entries)
        return Choose(
            question=said.question, rule=Rule.WHICH, confidence=1.0, entries=tuple(known[:4]), attribute=asked
        )

    def and_another(self, said: Said) -> Decision | None:
        """Answer the same about another entry: "and omct?", "what about tdh", "no i meant the swiss one"."""
        corrects = said.begins_with("correction") or (said.begins_with("and") is False and _says_no(said))
        only_named = (
            len(said.names) == 1 and not said.asked and len(said.left(*said.names.values(), said.courtesy)) <= 1
        )
        if said.context.pending and only_named:
            return self.direct(said, self._entries[next(iter(said.names))], Rule.NAMED)
        if not said.context.entry and not said.context.choices:
            return None
        if not corrects and not said.begins_with("and"):
            return None
        query = rest_of(
            said.query, _behind(said, "and", "correction") if not _says_no(said) else range(1, len(said.words))
        )
        if not query.tokens:
            return None
        options = [one for one in (*said.context.choices, *said.context.candidates) if one != said.context.entry]
        options = [one for one in options if self._entries[one].kind not in _OWN]
        described = self._described(said, options) if corrects else None
        if described:
            return self.direct(said, described, Rule.PICKED)
        searched = self._engine.search(said.question, query)
        if corrects and searched.rule not in _SEARCHED:
            near = [one.entry for one in searched.candidates if one.score >= _AMONG * searched.candidates[0].score]
            last = self.entry(said.context.entry)
            same = [one for one in near if last and one.kind is last.kind]
            meant = next((one for one in (*near, *same) if one.id in options or one in same), None)
            if meant:
                return self.direct(said, meant, Rule.PICKED, like=searched)
        if isinstance(searched, Answer) and not searched.beside:
            return self.direct(said, searched.entry, searched.rule, like=searched)
        if corrects and options and not isinstance(searched, Answer):
            entries = tuple(self._entries[one] for one in options if self._entries[one].kind not in _OWN)[:4]
            if entries:
                return Choose(question=said.question, rule=Rule.CLOSE, confidence=0.5, entries=entries)
        return None

    def _described(self, said: Said, options: Sequence[str]) -> Entry | None:
        """Return the only one of the options that has a value the message names: "the swiss one"."""
        conditions = self._lists.conditions(replace(said, moves={**said.moves, "place": []}))
        if not conditions:
            return None
        found = self._lists.having(conditions, [self._entries[one] for one in dict.fromkeys(options)])
        return found[0] if len(found) == 1 else None

    def about_it(self, said: Said) -> Decision | None:
        """Answer a question about the entry shown last that no attribute covers: "do they visit prisons"."""
        entry = self.entry(said.context.entry)
        if not entry or not (said.has("pronoun") or said.context.pinned) or said.names:
            return None
        searched = self._engine.search(replace(said.question, about=entry.id), said.query)
        if isinstance(searched, Answer) and searched.entry is entry:
            known = searched.fact is not None or searched.link is not None or not said.content
            return replace(searched, unknown=not known, brief=searched.fact is None and entry.id in said.context.seen)
        return searched if isinstance(searched, Chat) else None


MEMBERS = "members"
"""Id of the attribute that names who belongs to an organisation, in the set that the program ships."""


def _about(fact: Fact, said: Said) -> bool:
    return any(one.attribute in fact.about for one in said.asked)


Decide = "Callable[[Interpreter, Said], Decision | None]"

RULES: tuple[Callable[[Interpreter, Said], Decision | None], ...] = (
    Interpreter.navigation,
    Interpreter.other_language,
    Interpreter.small_talk,
    Interpreter.picked,
    Interpreter.numbered,
    Interpreter.all_but,
    Interpreter.one_of_them,
    Interpreter.member_of,
    Interpreter.listed,
    Interpreter.and_another,
    Interpreter.about_named,
    Interpreter.about_these,
    Interpreter.about_last,
    Interpreter.value_of_last,
    Interpreter.about_which,
    Interpreter.about_it,
)

_LISTING = ("list", "sets", "count", "these", "pronoun", "before", "after", "oldest", "newest", "alphabetical", "place")
"""Moves that belong to asking for a list."""
_OTHER_WORDS = 0
"""Words that may be left over in a question for a list."""
_COMPARED = 5
"""Entries that are compared by one attribute."""
_OTHER = -1
_CLEARLY = 2
"""Words of grammar that only one of two languages has, for a message to be in that one."""
_SURE = 0.9
"""Confidence from which what the whole message finds counts before what its words find without those that ask."""
_AMONG = 0.5
"""Share of the first score from which one of those that were just spoken of is meant."""
_NEAR_ENOUGH = 0.7
"""Share of the first score from which a candidate that has what is asked for is meant instead."""
_FEW = 3
"""Words of a message that is nothing but a number."""
_MOST_CHOICES = 50
_SUPERLATIVES = (Relation.FIRST, Relation.LAST)


def _says_no(said: Said) -> bool:
    return bool(said.words) and said.words[0].text in {"no", "non", "nein", "нет", "لا", "नहीं", "nao"}


def _behind(said: Said, *moves: str) -> range:
    """Return the places behind the moves that the message begins with."""
    first = max((max(one.places) for move in moves for one in said.moves.get(move, ()) if 0 in one.places), default=-1)
    return range(first + 1, len(said.words))


def _excluded(moves: Mapping[str, Sequence[Found[str]]], names: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """Return the words of exclusion and the names right behind them: "anyone but unicef"."""
    excluded: set[int] = set()
    for found in moves.get("except", ()):
        behind = max(found.places) + 1
        for places in names.values():
            if behind <= min(places) <= behind + 1:
                excluded |= {*found.places, *places}
    return frozenset(excluded)


def _primary(tag: str | None) -> str | None:
    return tag.replace("_", "-").partition("-")[0].casefold() if tag else None
