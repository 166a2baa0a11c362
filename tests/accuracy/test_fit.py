"""The fit of the confidence: the regression, the rules that choose, and what is written."""

from __future__ import annotations

import numpy as np
import pytest

from bot.editions.judging import Outcome
from bot.matching import tuning
from tests.accuracy import fit
from tests.accuracy.fit import Evidence, Row, Thresholds
from tests.accuracy.logistic import auroc, fitted, log_loss

CHANCE = np.random.default_rng(3)
NOTHING = np.zeros(3)


def rows(count: int = 4000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return features, answers and counts that follow a known model: bias -1, weights 2, -3 and 0."""
    features = CHANCE.random((count, 3))
    odds = features @ np.array([2.0, -3.0, 0.0]) - 1
    return features, CHANCE.random(count) < 1 / (1 + np.exp(-odds)), np.ones(count)


def test_the_regression_finds_the_model_that_made_the_rows() -> None:
    """And the same one for the same rows."""
    made = rows()
    model = fitted(*made, ridge=0.01, prior=NOTHING)
    assert model.bias == pytest.approx(-1, abs=0.4)
    assert model.weights == pytest.approx([2, -3, 0], abs=0.5)
    again = fitted(*made, ridge=0.01, prior=NOTHING)
    assert (again.bias, again.weights.tolist()) == (model.bias, model.weights.tolist())


def test_the_ridge_draws_weights_to_the_prior_and_leaves_the_bias() -> None:
    """With all weights gone the bias is the share that is wanted."""
    features, wanted, counts = rows()
    prior = np.array([5.0, 0.0, -5.0])
    assert fitted(features, wanted, counts, 1e9, prior).weights == pytest.approx(prior, abs=1e-3)
    model = fitted(features, wanted, counts, 1e9, NOTHING)
    assert 1 / (1 + np.exp(-model.bias)) == pytest.approx(wanted.mean(), abs=1e-3)


def test_a_row_that_counts_twice_is_two_rows() -> None:
    """So that sets of different size can be made equal."""
    features, wanted, counts = rows(200)
    twice = fitted(np.vstack([features, features]), np.concatenate([wanted, wanted]), np.ones(400), 1.0, NOTHING)
    double = fitted(features, wanted, 2 * counts, 1.0, NOTHING)
    assert double.weights == pytest.approx(twice.weights)


def test_figures_of_a_model() -> None:
    """How well it tells apart, and what its probabilities are worth."""
    wanted = np.array([True, True, False, False])
    assert auroc(np.array([0.9, 0.8, 0.2, 0.1]), wanted) == 1
    assert auroc(np.array([0.5, 0.5, 0.5, 0.5]), wanted) == 0.5
    assert log_loss(np.array([0.5, 0.5, 0.5, 0.5]), wanted) == pytest.approx(np.log(2))


def evidence() -> tuple[Evidence, np.ndarray]:
    """Return a hundred questions that must not be answered, of ever greater probability, and one that must."""
    none = (0.0,) * len(fit.NAMES)
    foreign = [
        Row(fit.FOREIGN, str(at), none, Outcome.FALSE_ANSWER, Outcome.FALSE_OFFER, Outcome.RIGHT) for at in range(100)
    ]
    ours = Row("names", "omct", none, Outcome.RIGHT, Outcome.OFFERED, Outcome.MISSED)
    decided = {fit.FOREIGN: [Outcome.RIGHT] * 100, "names": [Outcome.RIGHT] * 3}
    return Evidence((*foreign, ours), decided), np.array([*(at / 100 for at in range(100)), 0.87])


def test_thresholds_are_the_lowest_that_keep_the_rules() -> None:
    """Of what must not be answered so much may be answered, so much more offered, and half be given a name."""
    assert (fit.FALSE_ANSWERS, fit.FALSE_REPLIES, fit.FALSE_NAMES) == (0.11, 0.18, 0.5)
    found, probabilities = evidence()
    chosen = fit.thresholds_for(found, probabilities)
    assert chosen == Thresholds(answer=0.9, offer=0.83, nearest=0.51)


def test_shares_count_what_the_thresholds_make_of_every_question() -> None:
    """Those that other rules decide are counted as they are."""
    found, probabilities = evidence()
    by_file = fit.shares(found, probabilities, Thresholds(0.9, 0.8))
    assert by_file[fit.FOREIGN] == pytest.approx((0.9, 0.05, 0.1))
    assert by_file["names"].right == 0.75
    assert fit.shares(found, probabilities, Thresholds(0.87, 0.8))["names"].right == 1


def test_written_values_are_those_of_the_fit() -> None:
    """Every number of the confidence is replaced in the program's own text, and nothing else changes."""
    source = fit.TUNING.read_text(encoding="utf-8")
    found = {name: float(number) for number, name in enumerate(("answer", "offer", "nearest", "bias", *fit.NAMES))}
    text = fit.rewritten(source, found)
    before, after = source.splitlines(), text.splitlines()
    changed = [line for line, was in zip(after, before, strict=True) if line != was]
    assert all(
        any(line.startswith(f"    {name}: float = {value}") for line in changed) for name, value in found.items()
    )
    assert len(changed) == len(found)
    shipped = {name: getattr(tuning.DEFAULT.confidence, name) for name in ("answer", "offer", "nearest", "bias")}
    weights = {name: getattr(tuning.DEFAULT.confidence.weights, name) for name in fit.NAMES}
    assert fit.rewritten(text, {**shipped, **weights}) == source


def test_a_value_without_a_line_is_refused() -> None:
    """The program's text and the fit must agree on the names."""
    with pytest.raises(ValueError, match="sharp"):
        fit.rewritten(fit.TUNING.read_text(encoding="utf-8"), {"sharp": 1.0})
