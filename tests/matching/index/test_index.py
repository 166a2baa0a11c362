"""The index as a whole: the same folder gives the same index, wherever it is built."""

from __future__ import annotations

import os
import subprocess
import sys

BUILT = """
import hashlib
from bot.matching.index.index import Index
from bot.matching.index.phrases import written
from bot.matching.tuning import DEFAULT
from tests.matching.entries import ENTRIES

index = Index(ENTRIES, written(ENTRIES), DEFAULT)
parts = (index.classifier._weight, index.classifier._entry, index.similarity.idf, index.similarity.rows.features)
print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest(), list(index.vocabulary.features))
"""


def test_every_process_builds_the_same_index() -> None:
    """Python gives texts another hash in each process, and nothing may hang on the order that sets have by it."""
    built = [
        subprocess.run(  # noqa: S603  (this program, in a process of its own)
            [sys.executable, "-c", BUILT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert built[0] == built[1]
