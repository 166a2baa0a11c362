"""Numbers kept close together: the rows of a sparse table (which features each phrase has), and plain lists."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from typing import Self

    from numpy.typing import NDArray


def packed(code: str, numbers: NDArray[Any]) -> array[Any]:
    """Return numbers as they are quickly read one by one, in a fifth of the memory of a list."""
    return array(code, numbers.astype(np.dtype(code)).tobytes())


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Row ``n`` has the features ``features[start[n]:start[n + 1]]``, each once, in ascending order."""

    start: NDArray[np.int64]
    features: NDArray[np.int32]

    @classmethod
    def of(cls, owners: NDArray[np.integer], features: NDArray[np.integer], rows: int, width: int) -> Self:
        """Return the table with these cells (a cell may come several times); features are below ``width``."""
        cells = np.sort(owners.astype(np.int64) * width + features)
        cells = cells[np.flatnonzero(np.diff(cells, prepend=-1))]  # np.unique takes ten times as long
        start = np.searchsorted(cells, np.arange(rows + 1) * width)
        return cls(start, (cells % max(width, 1)).astype(np.int32))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many features each row has."""
        return np.diff(self.start)

    def chosen(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where the features of these rows stand in ``features``, one row after the other."""
        lengths = self.start[rows + 1] - self.start[rows]
        return np.repeat(self.start[rows] - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
