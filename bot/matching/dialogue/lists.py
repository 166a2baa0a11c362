"""Lists: the entries that have what a message names, counted, filtered and put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Condition, Relation
from bot.matching.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import Entry
    from bot.matching.dialogue.said import Said
    from bot.matching.dialogue.values import Named, Values


class Lists:
    """What can be listed by, and by what. Immutable once built.

    ``beside``: attributes that may be named beside what a list is made by ("which members are NGOs").
    """

    def __init__(self, entries: Sequence[Entry], attributes: Mapping[str, Attribute], values: Values) -> None:
        self._attributes = attributes
        self._values = values
        listed = [name for name, attribute in attributes.items() if attribute.listed]
        self._of_type = {
            kind: [name for name in listed if attributes[name].type == kind] for kind in ("place", "year", "language")
        }
        self.beside = frozenset(name for kind in self._of_type.values() for name in kind) | {"members", "publications"}
        core = {name for name, attribute in attributes.items() if attribute.core}
        self._entries = [entry for entry in entries if any(not core.isdisjoint(fact.about) for fact in entry.facts)]

    @property
    def place_attributes(self) -> Sequence[str]:
        """The attributes that have places as values, in the order in which they are tried."""
        return self._of_type["place"]

    @property
    def year_attributes(self) -> Sequence[str]:
        """The attributes that have years as values, in the order in which they are tried."""
        return self._of_type["year"]

    def of_one_sort(self, one: str, other: str) -> bool:
        """Return whether two attributes have values of one sort, so that a list is made by one or the other."""
        types = {self._attributes[name].type for name in (one, other)}
        return one == other or (len(types) == 1 and types <= self._of_type.keys())

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries that have a core attribute: what people mean by "all of them"."""
        return self._entries

    def have(self, attribute: str) -> bool:
        """Return whether the entries that are listed can have an attribute; only subjects have figures."""
        return any(self._attributes[attribute].fits(entry.kind) for entry in self._entries)

    def conditions(self, said: Said) -> tuple[Condition, ...]:
        """Return what a message names as something that entries have in common; each word counts once."""
        found: list[Condition] = []
        taken: set[int] = set(said.excluded)
        refused = frozenset(max(one.places) + 1 for one in said.moves.get("except", ()))
        for one in said.asked:
            if one.value is None or not self._attributes[one.attribute].listed:
                continue
            taken |= one.places
            if min(one.places) not in refused or len(said.asked) == 1:  # "NGOs and not UN" is about NGOs
                found.append(Condition(one.attribute, value=one.value))
        found.extend(self._belonging(said) if found and said.has("count", "list") else ())
        for named in sorted(said.values, key=lambda one: one.kind != "language"):  # "in spanish" is not in Spain
            condition = None if named.places & taken else self._named(said, named)
            if condition:
                found.append(condition)
                taken |= named.places
        return tuple(dict.fromkeys(found)) or self._by_age(said) or self._known(said)

    def _belonging(self, said: Said) -> Iterator[Condition]:
        """Yield that entries belong to what is asked about beside something else: "how many UN bodies in the panel"."""
        for one in said.asked:
            attribute = self._attributes[one.attribute]
            if one.value is None and attribute.of and "yes" in attribute.values:
                yield Condition(one.attribute, value="yes")

    def _known(self, said: Said) -> tuple[Condition, ...]:
        """Return that entries have what is asked for at all: "which ones have a phone number"."""
        asked = [one for one in said.asked if self.have(one.attribute)]
        if said.names or len(asked) != 1 or asked[0].value is not None:
            return ()
        behind = {place + 1 for place, word in enumerate(said.words) if word.asking}  # "what organisations have"
        several = said.has("list", "count") or not behind.isdisjoint(said.places("sets"))
        if not (said.has("which") or (several and said.has("sets")) or self.doing(said)):
            return ()
        attribute = self._attributes[asked[0].attribute]
        countable = attribute.type not in ("number", "year") and not attribute.workers
        return (Condition(asked[0].attribute, Relation.KNOWN),) if countable else ()

    def doing(self, said: Said) -> frozenset[int]:
        """Return the place of what those do whom a message asks for, if that has a link: "which ACCEPT donations"."""
        asked = [one for one in said.asked if self.have(one.attribute)]
        if len(asked) != 1 or not self._attributes[asked[0].attribute].link or not said.begins_with("list", "which"):
            return frozenset()
        left = said.left(asked[0].places, said.places("list", "which", "these", "they", "pronoun", "sets"))
        return left if len(left) == 1 else frozenset()

    def _named(self, said: Said, named: Named) -> Condition | None:
        """Return the condition that a place, a language or a year in a message makes, if it makes one."""
        asked = {one.attribute for one in said.asked}
        kinds = self._of_type.get(named.kind, ())
        if named.kind == "decade" and (years := self._of_type["year"]):
            return Condition(next((name for name in years if name in asked), years[0]), Relation.DURING, named.value)
        if named.kind == "year" and kinds:
            relation = _relation(said, min(named.places))
            asked_for = next((name for name in kinds if name in asked), None)
            if asked_for or relation is not Relation.IS:
                return Condition(asked_for or kinds[0], relation, named.value)
        elif named.kind == "place" and kinds and (said.has("place", "here") or asked.intersection(kinds)):
            return Condition(self._place_attribute(named.value, asked), value=named.value)
        elif named.kind == "language" and kinds and asked & {*kinds, "publications"}:
            return Condition(kinds[0], value=named.value)
        return None

    def _by_age(self, said: Said) -> tuple[Condition, ...]:
        asked = {one.attribute for one in said.asked}
        kinds = self._of_type["year"]
        attribute = next((name for name in kinds if name in asked), next(iter(kinds), None))
        for move, relation in (("oldest", Relation.FIRST), ("newest", Relation.LAST)):
            if attribute and said.has(move):
                return (Condition(attribute, relation),)
        return ()

    def _place_attribute(self, place: str, asked: set[str]) -> str:
        """Return by which attribute a place is asked for: the one named, else the first that anybody has it for."""
        kinds = self._of_type["place"]
        named = [name for name in kinds if name in asked]
        for name in (*named, *kinds):
            if any(self._values.holds(entry, Condition(name, value=place)) for entry in self._entries):
                return name
        return named[0] if named else kinds[-1]

    def having(self, conditions: Iterable[Condition], among: Sequence[Entry] | None = None) -> tuple[Entry, ...]:
        """Return the entries that meet all conditions, in the order of ``among``; of first and last, by their years."""
        found = list(self._entries if among is None else among)
        for condition in conditions:
            if condition.relation in (Relation.FIRST, Relation.LAST):
                dated = [(year, entry) for entry in found if (year := self._values.year(entry, condition.attribute))]
                dated.sort(key=lambda pair: pair[0], reverse=condition.relation is Relation.LAST)
                found = [entry for _, entry in dated]
            else:
                found = [entry for entry in found if self._values.holds(entry, condition)]
        return tuple(found)


def by_name(entries: Iterable[Entry], names: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return entries in the order of the names that they are shown by."""
    return tuple(sorted(entries, key=lambda entry: (normalise(names.get(entry.id, entry.id)), entry.id)))


def _relation(said: Said, place: int) -> Relation:
    """Return how a year is compared, by the words that stand before it (or behind it, in Hindi)."""
    for move, relation in (("before", Relation.BEFORE), ("after", Relation.AFTER)):
        if any(abs(place - near) <= _NEAR for near in said.places(move)):
            return relation
    return Relation.IS


_NEAR = 2
"""Words between a year and the word that compares it."""
