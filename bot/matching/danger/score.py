"""The score of a message: the sum of the weights of what stands in it, by its length.

The weights are knowledge (``danger.yaml``, see ``bot.knowledge.entry.DangerScore``), fitted to labelled messages by
``python -m tests.accuracy danger --fit``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.knowledge.entry import CONCERN_CELLS, SCORE_CELLS
from bot.matching.danger.letters import different, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.knowledge.entry import Concern, DangerScore

BY_LENGTH = 0.5
"""Power of the number of cells by which a sum is divided: that of a vector's length."""

_FEWER = (SCORE_CELLS // CONCERN_CELLS).bit_length() - 1


class Score:
    """Scores messages with the weights of a folder. Immutable once built."""

    def __init__(self, fitted: DangerScore) -> None:
        self.fitted = fitted
        self._weights = _read(fitted)
        self._concerns = {name: (concern, _read(concern)) for name, concern in fitted.concerns.items()}

    def of(self, text: str) -> tuple[float, NDArray[np.int64]]:
        """Return the score of a message and the cells that it is of; of a long one, of its most alarming part."""
        return max(
            ((total(self._weights, cells) + self.fitted.bias, cells) for cells in windows(text)),
            key=lambda pair: pair[0],
        )

    def concern(self, cells: NDArray[np.int64]) -> str:
        """Return what a message with these cells would be about if somebody is in danger; "" where that is unclear."""
        fewer = folded(cells)
        found = [
            (total(weights, fewer) + concern.bias - concern.least, name)
            for name, (concern, weights) in self._concerns.items()
        ]
        ahead, name = max(found, default=(-1.0, ""))
        return name if ahead >= 0 else ""


def folded(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cells in the smaller table of a concern."""
    return different(cells >> _FEWER)


def total(weights: NDArray[np.float64], cells: NDArray[np.int64]) -> float:
    """Return the sum of the weights of some cells, by their number."""
    return float(weights[cells].sum() / max(len(cells), 1) ** BY_LENGTH)


def _read(fitted: DangerScore | Concern) -> NDArray[np.float64]:
    return np.frombuffer(fitted.weights, np.int8).astype(np.float64) * fitted.step
