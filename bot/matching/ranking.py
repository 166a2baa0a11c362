"""Ranking: the entries that a question may be about, with the phrases that speak for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.matching.decision import Evidence, Field
from bot.matching.phrases import NAMING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.matching.index import Index
    from bot.matching.phrases import Phrase
    from bot.matching.reading import Reading

SHORTLIST = 24
"""Entries that are looked at closely."""

_FIELD_TRUST = {Field.FACT: 0.8, Field.SUMMARY: 0.6}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an entry that stands in the question, whole or in part.

    ``coverage``: the share of the name's weight that was found. ``slots``: the question's words that it takes.
    ``whole``: word for word, in order, no slip.
    """

    phrase: Phrase
    coverage: float
    slots: frozenset[int]
    weight: float
    whole: bool


@dataclass(slots=True)
class Ranked:
    """An entry with its score, what of the question it explains (0 to 1), and where its phrases match."""

    entry: int
    score: float
    explained: float = 0.0
    nearest: float = 0.0
    mention: Mention | None = None
    matches: dict[int, dict[int, tuple[float, str, int]]] = field(default_factory=dict)


def rank(reading: Reading, index: Index) -> list[Ranked]:
    """Return the entries that share anything with the question, best first, at most ``SHORTLIST``."""
    total = scores(reading, index)
    if total is None:
        return []
    found = np.flatnonzero(total > 0)
    if len(found) > SHORTLIST:
        found = found[np.argpartition(-total[found], SHORTLIST)[:SHORTLIST]]
    ranked = [Ranked(int(entry), float(total[entry])) for entry in found]
    ranked.sort(key=lambda one: (-one.score, one.entry))
    return ranked


def scores(reading: Reading, index: Index) -> NDArray[np.float32] | None:
    """Return the sum of what the question's words are worth in each entry; None where no word is known."""
    total = np.zeros(len(index.entries), np.float32)
    some = False
    for slot in reading.slots:
        if not slot.meanings:
            continue
        some = True
        if len(slot.meanings) == 1 and len(slot.meanings[0].features) == 1:
            entries, worth = index.postings(slot.meanings[0].features[0])
            total[entries] += worth * np.float32(slot.meanings[0].trust)
            continue
        best = np.zeros(len(index.entries), np.float32)
        for meaning in slot.meanings:
            for feature in meaning.features:
                entries, worth = index.postings(feature)
                share = np.float32(meaning.trust / (len(meaning.features) ** 0.5))
                best[entries] = np.maximum(best[entries], worth * share)
        total += best
    for one, two in pairwise(reading.slots):
        if one.meanings and two.meanings:
            pair = index.pairs.get((one.meanings[0].features[0], two.meanings[0].features[0]))
            if pair is not None:
                entries, worth = index.postings(pair)
                total[entries] += worth * np.float32(0.5)
    return total if some else None


def look_closely(ranked: Ranked, reading: Reading, index: Index) -> None:
    """Fill in what of the question the entry explains, its best mention, and the phrases that match."""
    matches: dict[int, dict[int, tuple[float, str, int]]] = defaultdict(dict)
    explained = whole = 0.0
    for number, slot in enumerate(reading.slots):
        whole += slot.weight
        best = 0.0
        for meaning in slot.meanings:
            for feature in meaning.features:
                for phrase in index.standing(feature, ranked.entry):
                    trust = meaning.trust
                    held = matches[phrase].get(number)
                    if held is None or held[0] < trust:
                        matches[phrase][number] = (trust, meaning.form, feature)
                    best = max(best, trust * _FIELD_TRUST.get(index.phrases[phrase].field, 1.0))
        explained += slot.weight * best
    ranked.explained = explained / whole if whole else 0.0
    ranked.matches = dict(matches)
    ranked.mention = _mention(ranked, reading, index)
    ranked.nearest = max(
        (_likeness(number, matched, reading, index) for number, matched in matches.items()), default=0.0
    )


def _likeness(number: int, matched: dict[int, tuple[float, str, int]], reading: Reading, index: Index) -> float:
    """Return how alike question and phrase are, 0 to 1: the weight they share against the weight both have."""
    phrase = index.phrases[number]
    if phrase.field in (Field.SUMMARY, Field.FACT):
        return 0.0
    shared = sum(_weight(reading, slot) * trust for slot, (trust, _, _) in matched.items())
    asked = sum(_weight(reading, slot) for slot in range(len(reading.slots)))
    return shared / max(asked, 1e-6)


def _weight(reading: Reading, slot: int) -> float:
    found = reading.slots[slot]
    return found.weight or 0.2


def _mention(ranked: Ranked, reading: Reading, index: Index) -> Mention | None:
    best = None
    for number, matched in ranked.matches.items():
        phrase = index.phrases[number]
        if phrase.field not in NAMING:
            continue
        by_feature: dict[int, float] = {}
        for trust, _, feature in matched.values():
            by_feature[feature] = max(by_feature.get(feature, 0.0), trust)
        weight = found = 0.0
        for word in phrase.words:
            features = index.forms[word]
            rarity = min(index.rarity[feature] for feature in features)
            if word in index.fillers:
                rarity *= 0.3
            weight += rarity
            found += rarity * max((by_feature.get(feature, 0.0) for feature in features), default=0.0)
        coverage = found / weight
        whole = f" {' '.join(phrase.words)} " in f" {reading.text} "
        mention = Mention(phrase, coverage, frozenset(matched), found, whole)
        key = (whole, coverage * min(1.0, found / 2.0), found)
        if best is None or key > (best.whole, best.coverage * min(1.0, best.weight / 2.0), best.weight):
            best = mention
    return best


def evidence(ranked: Ranked, reading: Reading, index: Index) -> tuple[Evidence, ...]:
    """Return the phrases that speak for an entry, the strongest first; each word of the question counts once."""
    points: dict[int, float] = {}
    for matched in ranked.matches.values():
        for slot, (trust, _, feature) in matched.items():
            points[slot] = max(points.get(slot, 0.0), trust * index.worth_of(feature, ranked.entry))
    left = dict(points)
    found: list[Evidence] = []
    remaining = dict(ranked.matches)
    while left and remaining and len(found) < 6:  # noqa: PLR2004
        number, matched = max(
            remaining.items(),
            key=lambda item: (
                sum(left.get(slot, 0.0) for slot in item[1]) * (1.0 if index.phrases[item[0]].field in NAMING else 0.9),
                -len(index.phrases[item[0]].words),
                -item[0],
            ),
        )
        del remaining[number]
        taken = sorted(slot for slot in matched if left.get(slot, 0.0) > 0)
        if not taken:
            break
        phrase = index.phrases[number]
        found.append(
            Evidence(
                words=tuple(reading.slots[slot].typed for slot in taken),
                meant=tuple(matched[slot][1] for slot in taken),
                phrase=phrase.text,
                field=phrase.field,
                language=phrase.language,
                points=round(sum(left.pop(slot) for slot in taken), 3),
                fact=phrase.fact,
            )
        )
    return tuple(found)
