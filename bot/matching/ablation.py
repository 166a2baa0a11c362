"""The parts of the engine that can be left out, to measure what each adds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts are on in the program; only benchmarks switch one off."""

    spelling: bool = True
    spacing: bool = True
    similarity: bool = True
    classifier: bool = True
    explained: bool = True
