"""Which fact of an entry has the words of a message: it is told before the one that a phrase for an attribute finds."""

from __future__ import annotations

from dataclasses import replace
from os.path import commonprefix
from typing import TYPE_CHECKING

from bot.matching.decision import Answer
from bot.matching.dialogue.answers import NAMED
from bot.matching.dialogue.rules.asking import IN_FULL
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision
    from bot.matching.dialogue.answers import Answers
    from bot.matching.dialogue.said import Said
    from bot.matching.query.analysis import Token

SHARE = 0.45
"""Share of what a message says beside the name, by rarity, that a fact has which is told first..."""

DOUBTLESS = 0.8
"""...where the answer would be a yes or no..."""

MORE = 1.5
"""...how much more of it than the fact that would be first otherwise..."""

BESIDE = 1.5
"""...and how much of it that asks for no attribute: "who leads it" is asked for in other words as well."""

SEVERAL = 2
"""Words that it has at least where something else answers what is asked for."""

STEM = 4
"""Letters that forms of a word have in common at least..."""

ENDING = 3
"""...and letters behind these at most: "promote" and "promotes", "informe" and "informar"."""


class Telling:
    """The words of all facts. Immutable once built."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        having = [entry for entry in answers.entries.values() if entry.facts]
        self._words = {entry.id: _words(entry) for entry in having}
        self._names = {entry.id: frozenset(_names(entry)) for entry in having}

    def led(self, decision: Decision, said: Said) -> Decision:
        """Return an answer about an entry that is named with the fact first that has clearly more of what is said."""
        if not isinstance(decision, Answer) or decision.beside or decision.listed or decision.full or decision.why:
            return decision
        entry, attribute = decision.entry, decision.attribute
        if entry.id not in self._words or (entry.id not in said.names and decision.rule not in NAMED):
            return decision
        if decision.condition and self._answers.attributes[decision.condition.attribute].type in ("place", "language"):
            return decision
        if attribute and self._is_reached_by(attribute, said):
            return decision
        first = decision.facts[0] if decision.facts else decision.fact
        best = self._best(said, entry, first, attribute, DOUBTLESS if decision.condition else SHARE)
        if best is None or best == first:
            return decision
        if attribute is None:
            return replace(decision, fact=best, brief=False, unknown=False)
        others = [number for number in decision.facts if number != best]
        return replace(decision, facts=(best, *others), condition=None, verdict=None, unknown=False)

    def _is_reached_by(self, attribute: str, said: Said) -> bool:
        """Return whether a way to reach somebody, or a page of theirs, is asked for in so many words."""
        reached = attribute in self._answers.reach or self._answers.attributes[attribute].link
        return bool(reached) and any(one.attribute == attribute and one.coverage >= IN_FULL for one in said.asked)

    def _best(self, said: Said, entry: Entry, first: int | None, attribute: str | None, share: float) -> int | None:
        """Return the fact that has most of what is said, if that is enough to be told before the ``first``."""
        asking = frozenset(place for one in said.asked if one.attribute == attribute for place in one.places)
        had, beside, total = [0.0] * len(entry.facts), [0.0] * len(entry.facts), 0.0
        common = [0] * len(entry.facts)
        for place in said.left(said.names.get(entry.id, ()), said.courtesy):
            token = said.query.tokens[place]
            if token.filler or self._is_name(token, entry):
                continue
            total += token.weight
            for number in self._having(token, entry):
                had[number] += token.weight
                common[number] += 1
                beside[number] += token.weight if place not in asking else 0.0
        best = max(range(len(had)), key=lambda number: (had[number], number == first, -number))
        less = had[first] if first is not None else 0.0
        enough = had[best] >= max(share * total, less + MORE)
        several = common[best] >= SEVERAL or attribute is None or first is None
        return best if enough and several and beside[best] >= BESIDE else None

    def _is_name(self, token: Token, entry: Entry) -> bool:
        """Return whether a word is one of the entry's names, slips and all."""
        return not self._names[entry.id].isdisjoint({token.text, *(one.form for one in token.expansions)})

    def _having(self, token: Token, entry: Entry) -> frozenset[int]:
        """Return the facts that have a word, in any form, or another one that means the same."""
        forms = {token.text, *(one.form for one in token.expansions if one.same)}
        known = self._words[entry.id]
        return frozenset(
            number
            for form in forms
            for word, numbers in known.get(form[:STEM], {}).items()
            if _is_form(form, word)
            for number in numbers
        )


def _names(entry: Entry) -> Iterator[str]:
    """Yield the words of an entry's names."""
    for name in (*entry.name.values(), *entry.acronyms, *(one for known in entry.aliases.values() for one in known)):
        yield from words(name)


def _words(entry: Entry) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return the facts of an entry that have a word, by the beginning of it."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for number, fact in enumerate(entry.facts):
        for word in {word for text in fact.text.values() for word in words(text)}:
            alike = found.setdefault(word[:STEM], {})
            alike[word] = (*alike.get(word, ()), number)
    return found


def _is_form(word: str, other: str) -> bool:
    """Return whether two words that begin alike differ by their endings alone."""
    common = len(commonprefix((word, other)))
    return max(len(word), len(other)) - common <= min(ENDING, common - STEM + 1) or word == other
