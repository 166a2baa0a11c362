"""Answers: the decisions that rules make, and what they look up for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.matching.decision import Answer, Chat, Condition, Listing, NoMatch, Relation, Rule
from bot.matching.dialogue.identifiers import Identifiers
from bot.matching.dialogue.lists import Lists
from bot.matching.dialogue.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision, Move, Question
    from bot.matching.dialogue.attributes import Asked
    from bot.matching.dialogue.said import Said
    from bot.matching.query.analysis import Query

NAMED = frozenset({Rule.EXACT, Rule.NAMED})
"""Rules of the search by which an entry is named, and not only described."""

PAIR = 2
"""Entries that "both" and "either" mean."""

COMPARED = 5
"""Entries that are put side by side at most."""


class Engine(Protocol):
    """The search that finds whom a message is about."""

    def search(self, question: Question, query: Query) -> Decision:
        """Decide by names and evidence alone."""

    def names(self, query: Query) -> Mapping[str, frozenset[int]]:
        """Return the entries whose proper names stand in a query, but for slips, with the places of their words."""


class Answers:
    """Everything that rules make their decisions from. Immutable once built.

    ``reach``: the attributes by which somebody is reached.
    """

    def __init__(self, entries: Sequence[Entry], attributes: Mapping[str, Attribute], engine: Engine) -> None:
        self.attributes = attributes
        self.engine = engine
        self.entries = {entry.id: entry for entry in entries}
        self.values = Values(entries, attributes)
        self.lists = Lists(entries, attributes, self.values)
        self.identifiers = Identifiers(entries)
        self.reach = frozenset(
            one for name, known in attributes.items() if known.instead for one in (name, *known.instead)
        )

    def search(self, said: Said, without: frozenset[int] = frozenset()) -> Decision:
        """Return what the search decides about a message without the words at these places; once for each."""
        found = said.searched.get(without)
        if found is None:
            found = said.searched[without] = self.engine.search(said.question, said.without(without))
        return found

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
        also: tuple[str, ...] = (),
    ) -> Answer:
        """Return the answer about an entry: what is asked about it, or the entry as a whole.

        ``also``: further attributes that were asked for beside ``attribute`` before.
        """
        if asked:
            asked = replace(asked, attribute=self._of_value(said, asked.attribute))
        name = asked.attribute if asked else attribute
        condition = self._condition(said, asked) if asked else None
        link = self._link(entry, name) if name else like.link if isinstance(like, Answer) else None
        also = self._also(said, entry, name) if asked else also
        facts = self._facts(entry, name, also, has_link=bool(link)) if name else ()
        facts = self.values.meeting(entry, facts, condition) if condition else facts
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
            verdict=self.values.holds(entry, condition) if condition else None,
            brief=not name and not full and entry.id in said.context.seen,
            full=full,
            also=also,
        )

    def _of_value(self, said: Said, attribute: str) -> str:
        """Return the attribute that is meant where a place or a language is named beside one."""
        known = self.attributes[attribute]
        kinds = {one.kind for one in said.values}
        if known.of_place and "place" in kinds and said.has("place"):
            return known.of_place
        return known.of_language if known.of_language and "language" in kinds else attribute

    def _link(self, entry: Entry, attribute: str) -> str | None:
        use = self.attributes[attribute].link
        return use if any(link.use == use for link in entry.links) else None

    def _also(self, said: Said, entry: Entry, attribute: str | None) -> tuple[str, ...]:
        """Return what else a message asks for that the entry can have."""
        others = dict.fromkeys(one.attribute for one in said.asked if one.attribute != attribute)
        return tuple(one for one in others if self.attributes[one].fits(entry.kind))

    def _facts(self, entry: Entry, attribute: str, also: Sequence[str], *, has_link: bool) -> tuple[int, ...]:
        """Return the facts that answer an attribute, then what else is asked for; or those that serve instead."""
        facts = entry.facts_about(attribute)
        for other in also if facts else ():
            facts = tuple(dict.fromkeys((*facts[:1], *entry.facts_about(other)[:1], *facts[1:])))
        if facts or has_link:
            return facts
        return tuple(number for other in self.attributes[attribute].instead for number in entry.facts_about(other))

    def _condition(self, said: Said, asked: Asked) -> Condition | None:
        """Return the value that a question for yes or no names: "is it a UN agency", "do they work in Kenya"."""
        if asked.value is not None:
            return Condition(asked.attribute, value=asked.value)
        kind = self.attributes[asked.attribute].type
        if kind not in ("place", "language"):
            return None
        places = [one for one in said.values if one.kind == kind and not one.places & asked.places]
        return Condition(asked.attribute, value=places[0].value) if places else None

    def fitting(self, said: Said, entry: Entry) -> Asked | None:
        """Return the first thing asked for that entries of this kind can have.

        What is asked about a named entry in words of grammar alone ("que hace la omct") and is not on record is told by
        its card; "where" and "when" are questions whatever is known.
        """
        for one in said.asked:
            own = self._of_kind(one, entry)
            vague = entry.id in said.names and not said.is_question(one.places)
            if own and (not vague or entry.facts_about(own.attribute) or self._link(entry, own.attribute)):
                return own
        alone = (one for one in said.asked if one.value is None and not said.left(one.places, said.courtesy))
        return next((alike for one in alone if (alike := self._alike(said, entry, one))), None)

    def _alike(self, said: Said, entry: Entry, asked: Asked) -> Asked | None:
        """Return what entries of this kind have instead: a year for a year, a number where somebody counts."""
        kind = self.attributes[asked.attribute].type
        counted = said.has("count") and kind in ("place", "number")
        meant = "number" if counted else kind if kind == "year" else None
        names = (name for name, known in self.attributes.items() if known.type == meant and known.fits(entry.kind))
        found = next(filter(entry.facts_about, names), None)
        return replace(asked, attribute=found) if found else None

    def _of_kind(self, asked: Asked, entry: Entry) -> Asked | None:
        """Return what is asked for as entries of this kind have it: "when" of a treaty is when it was adopted."""
        if self.attributes[asked.attribute].fits(entry.kind):
            return asked
        alike = (name for name, one in self.attributes.items() if one.like == asked.attribute and one.fits(entry.kind))
        name = next(alike, None)
        return replace(asked, attribute=name) if name else None

    def tell(self, said: Said, entry: Entry, asked: Asked, like: Decision | None = None) -> Decision | None:
        """Return what is asked about an entry: a fact, or who works on it."""
        if self.attributes[asked.attribute].workers:
            return self.workers(said, entry)
        return self.answer(said, entry, Rule.ATTRIBUTE, asked=asked, like=like)

    def direct(self, said: Said, entry: Entry, rule: Rule, like: Decision | None = None) -> Answer:
        """Return the answer to what is asked about an entry, or to what was asked about the one before it."""
        asked = self.fitting(said, entry)
        if asked:
            return self.answer(said, entry, Rule.ATTRIBUTE, asked=asked, like=like)
        condition = said.context.condition
        attribute = said.context.attribute or self._listed_by(said, entry)
        if condition and condition.attribute == attribute and self._carries(condition, entry):
            return self.whether(said, entry, condition, like=like)
        if attribute and self.attributes[attribute].fits(entry.kind):
            also = said.context.also
            return self.answer(said, entry, Rule.ATTRIBUTE, attribute=attribute, like=like, also=also)
        return self.answer(said, entry, rule, like=like)

    def _listed_by(self, said: Said, entry: Entry) -> str | None:
        """Return what those just listed all have, where the entry is one of them: "which have jobs", "the first"."""
        condition = said.context.condition
        listed = condition is not None and condition.relation is Relation.KNOWN and entry.id in said.context.choices
        return condition.attribute if condition and listed else None

    def _carries(self, condition: Condition, entry: Entry) -> bool:
        """Return whether a question for a value goes on to another entry: "and tdh" after "is pri in kenya"."""
        return condition.relation is Relation.IS and self.attributes[condition.attribute].fits(entry.kind)

    def whether(self, said: Said, entry: Entry, condition: Condition, like: Decision | None = None) -> Answer:
        """Return the answer whether an entry has a value."""
        answer = self.answer(said, entry, Rule.ATTRIBUTE, attribute=condition.attribute, like=like)
        verdict = self.values.holds(entry, condition)
        spoken: tuple[int, ...] = ()
        if verdict is None and self.attributes[condition.attribute].type == "place":
            spoken = self.values.speaking_of(entry, condition)
        facts = spoken or self.values.meeting(entry, answer.facts, condition)
        listed = () if facts else tuple(self.known(one.id for one in entry.organisations))
        return replace(answer, facts=facts, condition=condition, verdict=verdict, mentioned=bool(spoken), listed=listed)

    def chat(self, said: Said, move: Move, nearest: Iterable[str] = ()) -> Chat:
        """Return an answer to a message about the conversation itself."""
        entries = tuple(self.entries[one] for one in nearest if not self.entries[one].kind.built_in)
        return Chat(question=said.question, rule=Rule.MOVE, confidence=1.0, entry=None, move=move, nearest=entries)

    def entry(self, name: str | None) -> Entry | None:
        """Return the entry with an id, if there is one."""
        return self.entries.get(name) if name else None

    def known(self, names: Iterable[str]) -> list[Entry]:
        """Return the entries with these ids that there are."""
        return [self.entries[name] for name in names if name in self.entries]

    def spoken_of(self, said: Said) -> list[Entry]:
        """Return the entries that were shown one by one, of "the two" the last two; else those listed or compared last.

        Where those shown were picked from a list of a few, "them" are the listed.
        """
        context = said.context
        row = self.known(context.row)
        few = len(context.choices) <= COMPARED
        picked = few and not said.has("both", "compare") and set(context.row) <= set(context.choices)
        if context.together or len(row) < PAIR or picked:
            return self.known(context.choices)
        alike = [one for one in row if _same_sort(one, row[-1])]
        return (alike if len(alike) > 1 else row)[-PAIR:] if said.has("both") else alike

    def listing(
        self,
        said: Said,
        entries: Sequence[Entry],
        conditions: tuple[Condition, ...] = (),
        *,
        of: Entry | None = None,
        rule: Rule = Rule.LIST,
        within: Sequence[Entry] = (),
    ) -> Listing:
        """Return a list, in the order of names where that is asked for."""
        return Listing(
            question=said.question,
            rule=rule,
            confidence=1.0,
            entries=tuple(entries),
            conditions=conditions,
            within=tuple(within),
            of=of,
            counted=said.has("count"),
            alphabetical=said.has("alphabetical"),
        )

    def workers(self, said: Said, entry: Entry) -> Decision | None:
        """Return who works on a subject."""
        known = [self.entries[one.id] for one in entry.organisations if one.id in self.entries]
        return self.listing(said, known, of=entry) if known else None


def _same_sort(one: Entry, other: Entry) -> bool:
    """Return whether two entries are of kinds that the same can be asked about."""
    return (one.kind.attributes_of or one.kind.id) == (other.kind.attributes_of or other.kind.id)
