"""Deciding: from the ranked entries to answer, choose, chat or an honest no."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from bot.knowledge.entry import Kind
from bot.matching.decision import Answer, Chat, Choose, Field, NoMatch, Rule
from bot.matching.languages import languages
from bot.matching.phrases import NAMING

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Candidate, Decision, Question
    from bot.matching.index import Index
    from bot.matching.ranking import Ranked
    from bot.matching.reading import Reading

ANSWER = 0.5
OFFER = 0.3
WHOLE_NAME_SHARE = 0.25
PART_OF_NAME = 0.6
NAMED_SHARE = 0.5


class Decider:
    """Turns a ranking into a decision. Immutable once built."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def decide(
        self, question: Question, reading: Reading, ranked: list[Ranked], candidates: tuple[Candidate, ...]
    ) -> Decision:
        """Decide by the exact table, then names, then evidence."""
        best = ranked[0] if ranked else None
        confidence = self.confidence(ranked)
        margin = best.score - (ranked[1].score if len(ranked) > 1 else 0.0) if best else 0.0
        base: dict[str, Any] = {
            "question": question,
            "language": reading.language or self._phrase_language(candidates) or question.asker_language,
            "candidates": candidates,
            "confidence": round(confidence, 3),
            "margin": round(margin, 3),
        }
        settled = self._sure(question, reading, ranked, candidates, base)
        if settled is not None:
            return settled
        if best is None or confidence < OFFER:
            return NoMatch(**base, rule=Rule.WEAK)
        offered = [
            self._index.entries[one.entry]
            for one in ranked[:5]
            if one.score > best.score * 0.6
            and self._index.entries[one.entry].kind not in (Kind.SMALLTALK, Kind.ELSEWHERE)
        ]
        if not offered:
            return NoMatch(**base, rule=Rule.WEAK)
        return Choose(**base, rule=Rule.UNSURE, entries=tuple(offered))

    def _sure(
        self,
        question: Question,
        reading: Reading,
        ranked: list[Ranked],
        candidates: tuple[Candidate, ...],
        base: dict[str, Any],
    ) -> Decision | None:
        """Return the decision where one entry (or two that are both named) is meant, else None."""
        exact = self._exact(reading)
        if len(exact) == 1:
            entry = self._index.entries[exact[0]]
            return self._settle(entry, reading, candidates, {**base, "rule": Rule.EXACT, "confidence": 1.0})
        named = [self._index.entries[one.entry] for one in self._named(reading, ranked)]
        if named:
            base = {**base, "rule": Rule.NAMED, "confidence": max(base["confidence"], 0.9)}
            return self._settle(named[0], reading, candidates, base, tuple(named[1:3]))
        about = next((entry for entry in self._index.entries if entry.id == question.about), None)
        if about is not None:
            return self._settle(about, reading, candidates, {**base, "rule": Rule.ABOUT})
        if base["confidence"] >= ANSWER:
            return self._settle(
                self._index.entries[ranked[0].entry], reading, candidates, {**base, "rule": Rule.CONFIDENT}
            )
        return None

    def confidence(self, ranked: list[Ranked]) -> float:
        """Return how sure it is, 0 to 1, that the first entry is meant."""
        if not ranked:
            return 0.0
        best = ranked[0]
        second = ranked[1].score if len(ranked) > 1 else 0.0
        gap = (best.score - second) / max(best.score, 1e-6)
        x = -4.0 + 3.5 * best.explained + 2.5 * best.nearest + 2.0 * min(gap, 0.5)
        return 1 / (1 + math.exp(-x))

    def _exact(self, reading: Reading) -> list[int]:
        return list(dict.fromkeys(self._index.phrases[n].entry for n in self._index.exact.get(reading.text, ())))

    def _named(self, reading: Reading, ranked: list[Ranked]) -> list[Ranked]:
        """Return the entries that the question names, the best named first; several only if by different words."""
        content = sum(slot.weight for slot in reading.slots)
        named = sorted((one for one in ranked[:8] if self._is_named(one, reading, content)), key=lambda one: -one.score)
        chosen: list[Ranked] = []
        for one in named:
            fresh = {slot for slot in one.mention.slots if not reading.slots[slot].filler} if one.mention else set()
            taken = {slot for other in chosen if other.mention for slot in other.mention.slots}
            if not chosen or (fresh and not fresh & taken):
                chosen.append(one)
        return chosen

    @staticmethod
    def _is_named(one: Ranked, reading: Reading, content: float) -> bool:
        if one.mention is None:
            return False
        share = sum(reading.slots[slot].weight for slot in one.mention.slots) / content if content else 1.0
        words = sum(1 for slot in one.mention.slots if not reading.slots[slot].filler)
        if one.mention.whole and words > 1 and share > WHOLE_NAME_SHARE:
            return True
        return one.mention.coverage >= PART_OF_NAME and max(share, one.explained) >= NAMED_SHARE

    def _settle(
        self,
        entry: Entry,
        reading: Reading,
        candidates: tuple[Candidate, ...],
        base: dict[str, Any],
        beside: tuple[Entry, ...] = (),
    ) -> Decision:
        if entry.kind is Kind.SMALLTALK:
            return Chat(**base, entry=entry)
        if entry.kind is Kind.ELSEWHERE:
            return NoMatch(**{**base, "rule": Rule.ELSEWHERE}, entry=entry)
        fact = next(
            (
                one.fact
                for candidate in candidates
                if candidate.entry.id == entry.id
                for one in candidate.evidence[:1]
                if one.field is Field.FACT
            ),
            None,
        )
        return Answer(**base, entry=entry, beside=beside, fact=fact, link=self._link(reading, entry))

    def _link(self, reading: Reading, entry: Entry) -> str | None:
        offered = {link.use for link in entry.links}
        for word in reading.words:
            for use in languages().links.get(word, ()):
                if use in offered:
                    return use
        return None

    @staticmethod
    def _phrase_language(candidates: tuple[Candidate, ...]) -> str | None:
        for one in candidates[:1]:
            for evidence in one.evidence:
                if evidence.language != "und" and evidence.field not in NAMING:
                    return evidence.language
        return None
