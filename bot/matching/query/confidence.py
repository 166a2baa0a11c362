"""Confidence: how likely it is that the first entry is meant.

The weights are a logistic regression, target "the first entry is right", that ``python -m tests.accuracy fit`` fits to
the questions of that folder. It is drawn towards weights for folders about anything: those were fitted to three public
question sets (CLINC150, BANKING77, SOFMattress), clean and misspelt, with and without a quarter of their entries
withheld, but for "alone", "scattered" and "together", which were set by hand. How well it ranks right before wrong on
questions it has not seen the command prints; what each weight adds stands in ``docs/tuning.md``. Tried without gain:
the share of unknown or misspelt words, the classifier's own score, the nearest phrase alone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bot.matching.terms import term

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.matching import tuning
    from bot.matching.query.analysis import Query
    from bot.matching.query.ranking import Ranked
    from bot.matching.terms import Term


class Support(NamedTuple):
    """What speaks for the first entry beside its score.

    ``allies``: the entries that lead to the same answer, itself among them. ``by_question``: the nearest phrase is
    itself a question. ``foreign``: the entry is only there to be told apart. ``matched``: how many words with content
    it has anywhere, ``together`` in a single phrase.
    """

    allies: Collection[int]
    by_question: bool
    foreign: bool
    matched: int
    together: int


def features(query: Query, ranked: Sequence[Ranked], support: Support, tuned: tuning.Confidence) -> dict[str, float]:
    """Return what confidence is judged by.

    ``words``, ``coverage`` and ``similarity`` are those of the first entry, ``ahead`` the share of all entries'
    exponential scores that it and its allies have, ``content`` the logarithm of how many words with content the
    question has. Unless the nearest phrase is a question ``open`` is what is left unexplained (a name or a keyword
    should explain everything), and ``alone`` is 1 where one word of several is all that it has (which is enough to be
    told that something is not covered); ``scattered`` is 1 where several are, but no two in one phrase. ``together`` is
    1 where a phrase has three words of the question.
    """
    first = ranked[0]
    content = sum(1 for token in query.tokens if not token.filler)
    strengths = [math.exp(tuned.sharpness * (one.score - first.score)) for one in ranked]
    allied = sum(strength for one, strength in zip(ranked, strengths, strict=True) if one.entry in support.allies)
    return {
        "words": first.words,
        "coverage": first.coverage,
        "similarity": first.similarity,
        "content": math.log1p(content),
        "ahead": allied / sum(strengths),
        "open": 0.0 if support.by_question else 1 - first.coverage,
        "alone": float(support.matched <= 1 < content and not support.by_question and not support.foreign),
        "scattered": float(support.together <= 1 < min(content, support.matched) and not support.foreign),
        "together": float(support.together >= tuned.together),
    }


def confidence_terms(
    query: Query, ranked: Sequence[Ranked], support: Support, tuned: tuning.Confidence
) -> tuple[Term, ...]:
    """Return what the log-odds of the first entry are made of: the bias, and each feature times its weight."""
    found = features(query, ranked, support, tuned)
    return term("bias", tuned.bias), *(term(name, getattr(tuned.weights, name) * found[name]) for name in found)
