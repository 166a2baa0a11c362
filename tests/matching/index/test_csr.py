"""The sparse table behind the index."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.index.csr import SparseRows

ROWS, WIDTH = 5, 7
CELLS = st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(0, WIDTH - 1)))


@given(CELLS, st.lists(st.integers(0, ROWS - 1)))
def test_rows_hold_each_feature_once(cells: list[tuple[int, int]], chosen: list[int]) -> None:
    """Whatever the order of the cells, and however often they come; rows may be chosen in any order, and twice."""
    owners = np.array([owner for owner, _ in cells], np.int64)
    features = np.array([feature for _, feature in cells], np.int64)
    rows = SparseRows.of(owners, features, ROWS, WIDTH)
    wanted = [sorted({feature for owner, feature in cells if owner == row}) for row in range(ROWS)]
    read = [rows.features[rows.start[row] : rows.start[row + 1]].tolist() for row in range(ROWS)]
    assert read == wanted
    assert rows.lengths.tolist() == [len(row) for row in wanted]
    picked = rows.features[rows.chosen(np.array(chosen, np.int64))].tolist()
    assert picked == [feature for row in chosen for feature in wanted[row]]
