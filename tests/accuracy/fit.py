"""Fitting the confidence: ``python -m tests.accuracy fit`` [``--write``].

The confidence is a logistic regression; its target is "what would be answered is right", its rows are the questions
that evidence decides: no name, no phrase that is the whole question. The search is asked by itself, without the rules
of conversation, which ask it about parts of a message. Every set counts by the root of its size. Every probability that
is judged here comes from a model that has not seen the question nor any other on the same entry (cross-fitting in ten
folds); the values that are written are fitted to all rows. The unseen files take no part.

The rules, in their order:

* ridge, which draws the weights towards ``PRIOR``: the strongest of ``RIDGES`` whose log loss on unseen questions is
  within a standard error of the least (the one-standard-error rule: what the questions of one folder cannot tell apart
  from chance is left as other folders had it);
* ``answer``: the lowest threshold, in hundredths, at which fewer than ``FALSE_ANSWERS`` of what evidence could answer
  of foreign.yaml is answered;
* ``offer``: the lowest at which fewer than ``FALSE_REPLIES`` of it is answered or offered something;
* ``nearest``: the lowest at which fewer than ``FALSE_NAMES`` of it gets so much as a name.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bot.editions.judging import Outcome
from bot.matching import tuning as tuning_module
from bot.matching.decision import Question, Rule
from bot.matching.tuning import DEFAULT, ConfidenceWeights
from tests.accuracy.logistic import Model, auroc, fitted, log_loss, log_loss_error
from tests.accuracy.questions import FILES, UNSEEN, judged, questions
from tests.accuracy.retuning import retuned
from tests.benchmarks.report import progress, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from bot.evaluation.questions import LabelledQuestion
    from bot.matching.decision import Decision
    from bot.matching.matcher import Matcher

FOREIGN = "foreign"
FITTED = tuple(file for file in FILES if file not in UNSEEN)
PRIOR = {
    "words": 1.0,
    "coverage": 1.14,
    "similarity": 3.82,
    "content": 1.01,
    "ahead": 3.31,
    "open": -1.3,
    "alone": -1.5,
    "scattered": -0.8,
    "together": 1.0,
}
"""Weights to begin with, for folders about anything. The first five and ``open`` were fitted to three public sets that
are not in this repository (CLINC150, BANKING77, SOFMattress; clean and misspelt, with and without a quarter of their
entries); the others were set by hand. Fitted without them, 2.8 points fewer of CLINC150 are right."""
FOLDS = 10
RIDGES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
FALSE_ANSWERS = 0.11
FALSE_REPLIES = 0.18
FALSE_NAMES = 0.5
NAMES = tuple(field.name for field in fields(ConfidenceWeights))
TUNING = Path(tuning_module.__file__)
_ANYTHING = 0.1
"""Below every probability of the raw features, which are not negative: the threshold that lets all evidence pass."""
_NEVER = 2.0


class Row(NamedTuple):
    """A question that evidence decides.

    ``group``: questions of one group are never on both sides of a fold. ``answered``, ``offered`` and ``declined``:
    what becomes of it if the first entry is shown, if the near ones are offered, and if it gets an honest no.
    """

    file: str
    group: str
    features: tuple[float, ...]
    answered: Outcome
    offered: Outcome
    declined: Outcome


class Evidence(NamedTuple):
    """What the confidence is fitted to, and what becomes of the questions that other rules decide: file -> outcomes."""

    rows: tuple[Row, ...]
    decided: Mapping[str, Sequence[Outcome]]


class Thresholds(NamedTuple):
    """From where on something is answered, offered, and named below an honest no."""

    answer: float
    offer: float
    nearest: float = 0.0


class Shares(NamedTuple):
    """Of a file, from 0 to 1: answered right, answered where nothing is accepted, answered or offered there."""

    right: float
    false_answers: float
    false_replies: float


class Fit(NamedTuple):
    """A model with the thresholds that the rules choose for it, and its shares by file, cross-fitted."""

    ridge: float
    model: Model
    thresholds: Thresholds
    probabilities: NDArray[np.float64]
    shares: Mapping[str, Shares]


def run(*, write: bool) -> bool:
    """Fit, print what comes of it beside the shipped values, and ``write`` it; return whether they are the same."""
    found = evidence()
    best = chosen(found)
    print(compared(found))  # noqa: T201  (a command's own output)
    same = values(best) == values(_shipped(found))
    if write and not same:
        TUNING.write_text(rewritten(TUNING.read_text(encoding="utf-8"), values(best)), encoding="utf-8")
        progress(f"written: {TUNING.name}; run it again, and python -m tests.accuracy --record")
    return same or write


# Rows


def evidence() -> Evidence:
    """Ask all questions with every feature as it is, once answering and once offering whatever ranks first."""
    raw = DEFAULT.having("confidence.bias", 0.0)
    for name in NAMES:
        raw = raw.having(f"confidence.weights.{name}", 1.0)
    answering = retuned(raw.having("confidence.answer", _ANYTHING), rebuilt=False)
    offering = retuned(raw.having("confidence.answer", _NEVER).having("confidence.offer", _ANYTHING), rebuilt=False)
    rows: list[Row] = []
    decided: dict[str, list[Outcome]] = {file: [] for file in FITTED}
    for file in FITTED:
        progress(file)
        for question in (one for one in questions(file) if not one.wants_help):
            decision = searched(answering, question)
            outcome = judged(question, decision)
            if not by_evidence(decision):
                decided[file].append(outcome)
                continue
            by_name = {term.name: term.value for term in decision.confidence_terms}
            features = tuple(by_name[name] for name in NAMES)
            offered = judged(question, searched(offering, question))
            declined = Outcome.MISSED if question.accept else Outcome.RIGHT
            rows.append(Row(file, (question.accept or (question.q,))[0], features, outcome, offered, declined))
    return Evidence(tuple(rows), decided)


def by_evidence(decision: Decision) -> bool:
    """Tell whether only the confidence let an answer pass."""
    return bool(decision.confidence_terms) and not decision.floor and decision.rule in {Rule.CONFIDENT, Rule.ELSEWHERE}


def searched(matcher: Matcher, question: LabelledQuestion) -> Decision:
    """Return what the search decides."""
    return matcher._search.search(Question(question.q, question.lang), matcher._analyser.analyse(question.q))


# Models


def chosen(found: Evidence) -> Fit:
    """Return the fit nearest to ``PRIOR`` of those that predict unseen questions as well as the best, or nearly so."""
    wanted = _wanted(found)
    fits = [_fit(found, ridge) for ridge in RIDGES]
    least = min(fits, key=lambda fit: log_loss(fit.probabilities, wanted))
    enough = log_loss(least.probabilities, wanted) + log_loss_error(least.probabilities, wanted)
    return max((fit for fit in fits if log_loss(fit.probabilities, wanted) <= enough), key=lambda fit: fit.ridge)


def _fit(found: Evidence, ridge: float) -> Fit:
    files = [row.file for row in found.rows]
    counts = np.array([1 / math.sqrt(files.count(file)) for file in files])
    counts /= counts.mean()
    features, wanted = _matrix(found), _wanted(found)
    fold = np.array([zlib.crc32(row.group.encode()) % FOLDS for row in found.rows])
    unseen = np.zeros(len(wanted))
    prior = np.array([PRIOR[name] for name in NAMES])
    for number in range(FOLDS):
        seen = fold != number
        model = fitted(features[seen], wanted[seen], counts[seen], ridge, prior)
        unseen[~seen] = model.probabilities(features[~seen])
    whole = fitted(features, wanted, counts, ridge, prior)
    model = Model(round(whole.bias, 2), whole.weights.round(2) + 0.0)
    thresholds = thresholds_for(found, unseen)
    return Fit(ridge, model, thresholds, unseen, shares(found, unseen, thresholds))


def _shipped(found: Evidence) -> Fit:
    tuned = DEFAULT.confidence
    model = Model(tuned.bias, np.array([getattr(tuned.weights, name) for name in NAMES]))
    probabilities = model.probabilities(_matrix(found))
    thresholds = Thresholds(tuned.answer, tuned.offer, tuned.nearest)
    return Fit(0.0, model, thresholds, probabilities, shares(found, probabilities, thresholds))


def _matrix(found: Evidence) -> NDArray[np.float64]:
    return np.array([row.features for row in found.rows])


def _wanted(found: Evidence) -> NDArray[np.bool_]:
    return np.array([row.answered is Outcome.RIGHT for row in found.rows])


# Thresholds


def thresholds_for(found: Evidence, probabilities: NDArray[np.float64]) -> Thresholds:
    """Return the thresholds that the rules choose."""
    answer = _lowest(lambda at: _foreign(found, probabilities, Thresholds(at, at))[0] < FALSE_ANSWERS)
    offer = _lowest(lambda at: _foreign(found, probabilities, Thresholds(answer, at))[1] < FALSE_REPLIES)
    could = [row.file == FOREIGN and row.answered is Outcome.FALSE_ANSWER for row in found.rows]
    nearest = _lowest(lambda at: (probabilities[could] >= at).mean() < FALSE_NAMES)
    return Thresholds(answer, min(offer, answer), min(nearest, offer))


def _lowest(passes: Callable[[float], bool]) -> float:
    return next((at / 100 for at in range(1, 100) if passes(at / 100)), 1.0)


def _foreign(found: Evidence, probabilities: NDArray[np.float64], thresholds: Thresholds) -> tuple[float, float]:
    """Return, of what evidence could answer of foreign.yaml, the shares that are answered, and answered or offered."""
    outcomes = [outcome for file, outcome in _outcomes(found, probabilities, thresholds) if file == FOREIGN]
    could = sum(row.file == FOREIGN and row.answered is Outcome.FALSE_ANSWER for row in found.rows)
    answered, offered = (outcomes.count(one) for one in (Outcome.FALSE_ANSWER, Outcome.FALSE_OFFER))
    return answered / max(1, could), (answered + offered) / max(1, could)


def _outcomes(
    found: Evidence, probabilities: NDArray[np.float64], thresholds: Thresholds
) -> Iterator[tuple[str, Outcome]]:
    for row, probability in zip(found.rows, probabilities.tolist(), strict=True):
        if probability >= thresholds.answer:
            yield row.file, row.answered
        else:
            yield row.file, row.offered if probability >= thresholds.offer else row.declined


def shares(found: Evidence, probabilities: NDArray[np.float64], thresholds: Thresholds) -> dict[str, Shares]:
    """Return what becomes of each file, whatever decides its questions."""
    outcomes = {file: list(known) for file, known in found.decided.items()}
    for file, outcome in _outcomes(found, probabilities, thresholds):
        outcomes[file].append(outcome)
    return {
        file: Shares(
            known.count(Outcome.RIGHT) / len(known),
            known.count(Outcome.FALSE_ANSWER) / len(known),
            (known.count(Outcome.FALSE_ANSWER) + known.count(Outcome.FALSE_OFFER)) / len(known),
        )
        for file, known in outcomes.items()
    }


# Values


def values(fit: Fit) -> dict[str, float]:
    """Return the numbers of a fit by their names in ``bot.matching.tuning``."""
    weights = dict(zip(NAMES, (float(weight) for weight in fit.model.weights), strict=True))
    return {**fit.thresholds._asdict(), "bias": fit.model.bias, **weights}


def rewritten(source: str, found: Mapping[str, float]) -> str:
    """Return the text of ``bot/matching/tuning.py`` with these numbers of the confidence."""
    begin, middle, end = re.split(
        r"(?=^class ConfidenceWeights)|(?=^class Rules)", source, maxsplit=2, flags=re.MULTILINE
    )
    for name, value in found.items():
        middle, count = re.subn(rf"(?m)^(    {name}: float = )[-0-9.e]+", rf"\g<1>{value}", middle)
        if count != 1:
            raise ValueError(f"{name} does not stand once in {TUNING.name}")
    return begin + middle + end


def compared(found: Evidence) -> str:
    """Return the fit beside the shipped values, as Markdown."""
    best, shipped, wanted = chosen(found), _shipped(found), _wanted(found)
    new, old = values(best), values(shipped)
    numbers = table(("number", "fitted", "shipped"), [(name, f"{new[name]:g}", f"{old[name]:g}") for name in new])
    rows = [
        ("AUROC", *(f"{auroc(one.probabilities, wanted):.3f}" for one in (best, shipped))),
        ("log loss", *(f"{log_loss(one.probabilities, wanted):.3f}" for one in (best, shipped))),
        *((f"{file}: right", *(f"{one.shares[file].right:.1%}" for one in (best, shipped))) for file in FITTED),
        (f"{FOREIGN}: false answers", *(f"{one.shares[FOREIGN].false_answers:.1%}" for one in (best, shipped))),
        (f"{FOREIGN}: false replies", *(f"{one.shares[FOREIGN].false_replies:.1%}" for one in (best, shipped))),
    ]
    heading = f"{len(found.rows)} questions, {int(wanted.sum())} of them right if answered; ridge {best.ridge:g}."
    verdict = f"The shipped values are {'' if new == old else 'NOT '}the fitted ones."
    judged_by = table(("judged by", "fitted, on unseen questions", "shipped"), rows)
    return f"{heading}\n\n{numbers}\n\n{judged_by}\n\n{verdict}"
