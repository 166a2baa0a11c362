"""Evidence: the phrases that speak for an entry, what each adds to its score, and the fact that was asked for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.matching.decision import Evidence, Field

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.matching.index.index import Index
    from bot.matching.query.analysis import Reading
    from bot.matching.query.ranking import Ranked

Standing = dict[int, dict[int, str]]
"""Phrase -> slot of the question -> form of the word that stands in the phrase."""


def standing(entry: int, reading: Reading, index: Index) -> Standing:
    """Return the phrases of an entry that have words of the question; fillers count only where nothing else is."""
    content = any(slot.meanings and not slot.filler for slot in reading.slots)
    found: Standing = defaultdict(dict)
    for number, slot in enumerate(reading.slots):
        if slot.filler and content:
            continue
        for meaning in slot.meanings:
            for feature in meaning.features:
                for phrase in index.postings.standing(feature, entry):
                    found[phrase].setdefault(number, meaning.form)
    return found


def evidence(ranked: Ranked, found: Standing, reading: Reading, index: Index) -> tuple[Evidence, ...]:
    """Return the phrases that speak for an entry, the nearest first; each word of the question counts once.

    The points add up to the entry's score: the similarity goes to the nearest phrase, the rest to the words by rarity.
    """
    weight = {slot: reading.slots[slot].weight for matched in found.values() for slot in matched}
    total = sum(weight.values()) or 1.0
    similarity = index.tuning.ranking.similarity * ranked.similarity
    points = {slot: (ranked.score - similarity) * share / total for slot, share in weight.items()}
    chosen: list[Evidence] = []
    number = ranked.nearest
    while points and len(chosen) < index.tuning.rules.evidence:
        if number not in found:
            number = _strongest(found, points)
        taken = [slot for slot in found[number] if slot in points]
        phrase = index.phrases[number]
        added = sum([points.pop(slot) for slot in taken]) + (similarity if number == ranked.nearest else 0.0)
        chosen.append(
            Evidence(
                words=tuple([reading.slots[slot].typed for slot in taken]),
                meant=tuple([found[number][slot] for slot in taken]),
                phrase=phrase.text,
                field=phrase.field,
                language=phrase.language,
                points=round(added, 3),
                fact=phrase.fact,
            )
        )
        number = -1
    return tuple(chosen)


def _strongest(found: Standing, points: dict[int, float]) -> int:
    return max(found, key=lambda number: (sum([points.get(slot, 0.0) for slot in found[number]]), -number))


def fact(found: Standing, named: Collection[int], reading: Reading, index: Index) -> int | None:
    """Return the index of the fact that was asked for; ``named`` are the slots that the entry's name takes.

    Words count as they were typed, or by one that means the same: "how is it funded" does not ask who founded it.
    """
    rules = index.tuning.rules
    asked = {
        number: slot.weight for number, slot in enumerate(reading.slots) if not slot.filler and number not in named
    }
    meant = [{slot.typed, *(meaning.form for meaning in slot.meanings if meaning.same)} for slot in reading.slots]
    best, most = None, max(rules.fact_weight, rules.fact_share * sum(asked.values()))
    for number, matched in sorted(found.items()):
        if index.phrases[number].field is Field.FACT:
            weight = sum([asked.get(slot, 0.0) for slot, form in matched.items() if form in meant[slot]])
            if weight > most:
                best, most = index.phrases[number].fact, weight
    return best
