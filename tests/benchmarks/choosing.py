"""The command line that the benchmarks with question sets share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.documents import QuestionSet, read_question_set
from tests.benchmarks.synthetic import synthetic

if TYPE_CHECKING:
    from collections.abc import Sequence


def chosen_sets(description: str | None, arguments: Sequence[str] | None) -> tuple[list[QuestionSet], Path]:
    """Return the question sets that were asked for, and the folder to write to; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with train.jsonl and validation.jsonl")
    parser.add_argument("--generated", type=int, metavar="N", help="use N made-up entries instead of folders")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    chosen = parser.parse_args(arguments)
    if chosen.generated:
        return [synthetic(chosen.generated, questions=120)], chosen.out
    if not chosen.folders:
        parser.error("name at least one folder of questions, or --generated N")
    return [read_question_set(folder) for folder in chosen.folders], chosen.out
