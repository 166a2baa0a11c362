"""Ranking: the entries that a question may be about.

Bounded first: the postings of the question's words, the rarest words first, give a short list. Then, on the short
list alone, the score is the sum of four terms, each a kind of evidence of about 0 to 1 times its weight:

* words: what the question's words are worth in the entry, as a share of the most they could be worth;
* similarity: how like the question is to the entry's three nearest phrases, by letters;
* classifier: the weights that tell the entries apart (small folders only);
* coverage: the share of what the question says that the entry's words explain, the rarer words weighing more.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bot.matching.terms import DIGITS, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.matching.index.index import Index
    from bot.matching.query.analysis import Query


TERMS = ("words", "similarity", "classifier", "coverage")
"""The terms of a score; the weight of each has the same name."""


class Ranked(NamedTuple):
    """An entry with its score, the terms that add up to it, and the evidence that the confidence looks at.

    ``coverage``: the share of the question's content that the entry's words explain. ``nearest``: the number of its
    nearest phrase (-1 for none).
    """

    entry: int
    score: float
    terms: tuple[Term, ...]
    words: float
    similarity: float
    coverage: float
    nearest: int


class _Use(NamedTuple):
    """A feature of the question: in which token it stands, how far it is trusted, its share of its worth.

    ``filler``: it belongs to the way of asking. ``same``: it is of a word that means the same.
    """

    token: int
    feature: int
    trust: float
    share: float
    filler: bool
    same: bool = False


def rank(query: Query, index: Index, shortlist: int = 0) -> list[Ranked]:
    """Return the entries that share anything with the question, best first, at most ``shortlist`` (0: as tuned)."""
    tuned = index.tuning.ranking
    shortlist = shortlist or tuned.shortlist
    uses, most = _uses(query, index)
    if not uses:
        return []
    owners, worth, which = _read(uses, index)
    found = np.bincount(owners, worth, minlength=len(index.entries))
    candidates = (found > 0).nonzero()[0]
    if not candidates.size:  # its words stand only in fields that count for nothing
        return []
    total = found * (tuned.words / most)
    meant = [token.expansions[0].form if token.expansions else token.text for token in query.tokens]
    letters = index.similarity.letters(meant)
    corrected = None
    if not index.classifier.empty:
        # A misspelt word counts as typed too: its letters may say more than the word it is taken for.
        typed = [token.text for token in query.tokens]
        both = letters if typed == meant else index.similarity.letters([*meant, *typed])
        own = sorted({use.feature for use in uses if not use.same})
        corrected = index.classifier.scores(np.array(own, np.int64), both)
        total += tuned.classifier * corrected
    if len(candidates) > shortlist:
        candidates = candidates[(-total[candidates]).argpartition(shortlist)[:shortlist]]
        candidates.sort()

    rows = max(len(query.tokens), *(use.token + 1 for use in uses))
    place = candidates.searchsorted(owners)
    kept = (candidates.take(place, mode="clip") == owners).nonzero()[0]
    trusted, shares = _by_token(uses, (place[kept], worth[kept], which[kept]), (rows, len(candidates)))
    words = shares.sum(0) / most
    said = np.array([0.0 if token.filler else token.weight for token in query.tokens], np.float32)
    content = float(said.sum())
    explained = said @ trusted[: len(said)] / content if content else np.ones(len(candidates), np.float32)
    classifier = np.zeros(len(candidates), np.float32) if corrected is None else corrected[candidates]
    numbers = candidates.tolist()
    similar, near = np.zeros(len(numbers)), [-1] * len(numbers)
    if tuned.similarity:
        similar, near = index.similarity.nearest(numbers, letters)
    evidence = np.stack([words, similar, classifier, explained], axis=1, dtype=np.float64)
    weights = np.array([getattr(tuned, name) for name in TERMS])
    terms = ((evidence * weights).round(DIGITS) + 0.0).tolist()
    ranked = [
        Ranked(number, round(sum(parts), DIGITS), tuple(map(Term, TERMS, parts)), worth_of, like, covered, nearest)
        for number, parts, (worth_of, like, _, covered), nearest in zip(
            numbers, terms, evidence.tolist(), near, strict=True
        )
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.entry))


def _by_token(
    uses: list[_Use], read: tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]], shape: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return for each token and candidate how far it is trusted to match, and its worth; the best expansion counts.

    ``read``: for each posting the place of its entry among the candidates, its worth, its use.
    """
    place, worth, which = read
    tokens = np.array([use.token for use in uses])[which]
    trusted = np.zeros(shape, np.float32)
    shares = np.zeros(shape, np.float32)
    trusted[tokens, place] = np.array([use.trust for use in uses], np.float32)[which]
    shares[tokens, place] = worth
    return trusted, shares


def _uses(query: Query, index: Index) -> tuple[list[_Use], float]:
    """Return the features to look up, the least trusted first, and the most that all words could be worth."""
    postings = index.postings
    fillers = index.tuning.ranking.filler
    uses: list[_Use] = []
    most = 0.0
    for number, token in enumerate(query.tokens):
        weight = fillers if token.filler else 1.0
        if not token.expansions:
            most += weight * postings.usual
            continue
        most += weight * max([postings.most[feature] for feature in token.expansions[0].features])
        for expansion in token.expansions:
            share = weight * expansion.trust / len(expansion.features) ** 0.5
            uses.extend(
                [
                    _Use(number, feature, expansion.trust, share, token.filler, expansion.same)
                    for feature in expansion.features
                ]
            )
    row = len(query.tokens)
    for one, two in pairwise(query.tokens):
        if one.expansions and two.expansions:
            pair = index.vocabulary.pairs.get((one.expansions[0].features[-1], two.expansions[0].features[0]))
            if pair is not None:
                filler = one.filler and two.filler
                weight = fillers if filler else 1.0
                trust = one.expansions[0].trust * two.expansions[0].trust
                uses.append(_Use(row, pair, trust, weight * trust, filler))
                most += weight * postings.most[pair]
                row += 1
    uses.sort(key=lambda use: use.trust)
    return uses, most or 1.0


def _read(uses: list[_Use], index: Index) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return the postings of all uses, in their order: entries, their share of worth, the position of the use.

    The rarest words are read within the budget, the first of them in any case. The commoner ones are looked up in the
    entries that were found by then, unless they belong to the way of asking.
    """
    postings, budget = index.postings, index.tuning.ranking.budget
    lengths = [postings.length(use.feature) for use in uses]
    if sum(lengths) <= budget:
        read = [postings.of(use.feature) for use in uses]
    else:
        order = sorted(range(len(uses)), key=lengths.__getitem__)
        within = bisect_right(list(accumulate(lengths[position] for position in order)), budget) or 1
        read = [(np.zeros(0, np.int32), np.zeros(0, np.float32))] * len(uses)
        for position in order[:within]:
            read[position] = postings.of(uses[position].feature)
        found = _different([entries for entries, _ in read])
        for position in order[within:]:
            if not uses[position].filler:
                read[position] = postings.among(uses[position].feature, found)
    which = np.arange(len(uses)).repeat([len(entries) for entries, _ in read])
    shares = np.array([use.share for use in uses], np.float32)
    owners = np.concatenate([entries for entries, _ in read])
    return owners, np.concatenate([worth for _, worth in read]) * shares[which], which


def _different(entries: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    """Return the entries, each once, in ascending order."""
    found = np.concatenate(entries)
    found.sort()
    return found[np.diff(found, prepend=-1).nonzero()[0]]
