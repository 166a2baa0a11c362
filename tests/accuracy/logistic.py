"""Logistic regression with a ridge penalty, by iteratively reweighted least squares, and how well it tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = 50
_SMALL = 1e-9


class Model(NamedTuple):
    """Log-odds: the bias and each feature times its weight."""

    bias: float
    weights: NDArray[np.float64]

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability of each row, 0 to 1."""
        likely: NDArray[np.float64] = 1 / (1 + np.exp(-(features @ self.weights + self.bias)))
        return likely


def fitted(
    features: NDArray[np.float64],
    wanted: NDArray[np.bool_],
    counts: NDArray[np.float64],
    ridge: float,
    prior: NDArray[np.float64],
) -> Model:
    """Return the model of the greatest penalised likelihood; the same for the same input.

    ``counts``: how often each row counts. ``ridge``: the penalty on half the squared distance of the weights from the
    ``prior``; the bias is free.
    """
    rows = np.column_stack([np.ones(len(features)), features])
    penalty = ridge * np.eye(rows.shape[1])
    penalty[0, 0] = 0.0
    middle = np.concatenate([[0.0], prior])
    weights = np.zeros(len(middle))
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (counts * (wanted - p)) - penalty @ (weights - middle)
        curve = (rows * (counts * p * (1 - p))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < _SMALL:
            break
    return Model(float(weights[0]), weights[1:])


def auroc(probabilities: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """Return how often a row that is wanted has the higher probability of two, one of each; ties count half."""
    above, below = probabilities[wanted][:, None], probabilities[~wanted][None, :]
    return float(((above > below) + 0.5 * (above == below)).mean())


def log_loss(probabilities: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """Return the mean of minus the logarithm of the probability that was given to what is true."""
    return float(_losses(probabilities, wanted).mean())


def log_loss_error(probabilities: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """Return the standard error of ``log_loss``."""
    losses = _losses(probabilities, wanted)
    return float(losses.std() / np.sqrt(len(losses)))


def _losses(probabilities: NDArray[np.float64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    p = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return -np.where(wanted, np.log(p), np.log(1 - p))
