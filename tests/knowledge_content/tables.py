"""Counting right answers into a small table, for tests that report as well as judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Table:
    """Right and asked by a row's name and a column's name, and what was missed."""

    title: str
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, row: str, column: str, miss: str | None) -> None:
        """Count one question; ``miss`` says what was given instead of a right answer, None that it was right."""
        self.asked[row, column] += 1
        if miss is None:
            self.right[row, column] += 1
        else:
            self.misses.append(f"{row}, {column}: {miss}")

    def share(self, *, row: str | None = None, column: str | None = None) -> float:
        """Return the share that is right, from 0 to 1, of a row, a column, a cell or everything."""
        cells = [cell for cell in self.asked if row in {None, cell[0]} and column in {None, cell[1]}]
        return sum(self.right[cell] for cell in cells) / sum(self.asked[cell] for cell in cells)

    def __str__(self) -> str:
        """Return the table as lines of a terminal: right/asked in each cell, then the misses."""
        rows, columns = (list(dict.fromkeys(names)) for names in zip(*self.asked, strict=True))
        lines = [self.title, " " * 12 + "".join(f"{column:>12}" for column in columns)]
        for row in rows:
            cells = (f"{self.right[row, column]}/{self.asked[row, column]}" for column in columns)
            lines.append(f"{row:12}" + "".join(f"{cell:>12}" for cell in cells))
        lines.append(f"{'all':12}" + "".join(f"{self.share(column=column):>12.1%}" for column in columns))
        return "\n".join([*lines, *self.misses])
