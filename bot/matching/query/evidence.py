"""Evidence: the phrases that speak for an entry, and the fact that was asked for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.matching.decision import Evidence, Field

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.matching.index.index import Index
    from bot.matching.query.analysis import Query
    from bot.matching.query.ranking import Ranked

MatchedPhrases = dict[int, dict[int, str]]
"""Phrase -> token of the question -> form of the word that stands in the phrase."""


def matched_phrases(entry: int, query: Query, index: Index) -> MatchedPhrases:
    """Return the phrases of an entry that have words of the question; fillers count only where nothing else is."""
    content = any(token.expansions and not token.filler for token in query.tokens)
    found: MatchedPhrases = defaultdict(dict)
    for number, token in enumerate(query.tokens):
        if token.filler and content:
            continue
        for expansion in token.expansions:
            for feature in expansion.features:
                for phrase in index.postings.phrases_with(feature, entry):
                    found[phrase].setdefault(number, expansion.form)
    return found


def evidence(ranked: Ranked, found: MatchedPhrases, query: Query, index: Index) -> tuple[Evidence, ...]:
    """Return the phrases that speak for an entry, the nearest first, then those that add most to what is said.

    Each word of the question counts once.
    """
    left = {token: query.tokens[token].weight for matched in found.values() for token in matched}
    chosen: list[Evidence] = []
    number = ranked.nearest
    while left and len(chosen) < index.tuning.rules.evidence:
        if number not in found:
            number = _strongest(found, left)
        taken = [token for token in found[number] if token in left]
        phrase = index.phrases[number]
        for token in taken:
            del left[token]
        chosen.append(
            Evidence(
                words=tuple([query.tokens[token].text for token in taken]),
                meant=tuple([found[number][token] for token in taken]),
                phrase=phrase.text,
                field=phrase.field,
                language=phrase.language,
                fact=phrase.fact,
            )
        )
        number = -1
    return tuple(chosen)


_YES_OR_NO = frozenset({"yes", "no"})
"""Closed values as they are written in entries."""


def _strongest(found: MatchedPhrases, left: dict[int, float]) -> int:
    return max(found, key=lambda number: (sum([left.get(token, 0.0) for token in found[number]]), -number))


def _is_yes_or_no(number: int, index: Index) -> bool:
    phrase = index.phrases[number]
    values = index.entries[phrase.entry].facts[phrase.fact or 0].value
    return any(text in _YES_OR_NO for value in values for text in value.values())


def fact(found: MatchedPhrases, named: Collection[int], query: Query, index: Index) -> int | None:
    """Return the index of the fact that was asked for; ``named`` are the tokens that the entry's name takes.

    Words count as they were typed, or by one that means the same: "how is it funded" does not ask who founded it. A
    fact that is a yes or a no is an answer to its own question first, and is told where no other fits.
    """
    rules = index.tuning.rules
    asked = {
        number: token.weight for number, token in enumerate(query.tokens) if not token.filler and number not in named
    }
    meant = [
        {token.text, *(expansion.form for expansion in token.expansions if expansion.same)} for token in query.tokens
    ]
    least = max(rules.fact_weight, rules.fact_share * sum(asked.values()))
    best: dict[bool, tuple[float, int | None]] = {}
    for number in sorted(number for number in found if index.phrases[number].field is Field.FACT):
        weight = sum([asked.get(token, 0.0) for token, form in found[number].items() if form in meant[token]])
        if weight > least:
            last = _is_yes_or_no(number, index)
            if weight > best.get(last, (least, None))[0]:
                best[last] = weight, index.phrases[number].fact
    return best.get(False, best.get(True, (0.0, None)))[1]
