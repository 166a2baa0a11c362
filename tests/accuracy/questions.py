"""The labelled questions: the files of ``questions/`` in one form.

``names.yaml`` and ``paraphrases.yaml`` have shapes of their own and become questions like those of the other files.
Their ``kind`` says what is counted together.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bot.editions.judging import outcome
from bot.evaluation.questions import LabelledQuestion, read_questions
from tests.accuracy.slips import slipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.judging import Outcome
    from bot.matching.decision import Decision

FOLDER = Path(__file__).parent / "questions"
FREE = ("facts_and_subjects", "blind", "lay_questions", "subjects", "unseen_subjects", "foreign")
"""Files in the format of ``jjbot evaluate``."""
FILES = (*FREE, "paraphrases", "names")
UNSEEN = ("blind", "unseen_subjects")
"""The files of which single questions are never shown, and to which nothing is fitted."""
LANGUAGES = ("en", "fr", "es")
SLIPS = 3
"""Slips tried on every name."""
SHORTEST = 4
"""Letters from which on a name is tried with a slip, which makes another acronym of a shorter one."""
WITHOUT_LETTERS = "zh"
"""Counted apart with slips: one sign of four lost or swapped is much of a name."""


def written(file: str) -> Any:  # noqa: ANN401  (YAML)
    """Return a file of questions as it stands."""
    return yaml.safe_load((FOLDER / f"{file}.yaml").read_text(encoding="utf-8"))


@cache
def questions(file: str) -> tuple[LabelledQuestion, ...]:
    """Return the questions of one of FILES."""
    if file == "names":
        return tuple(_names())
    return tuple(_paraphrases()) if file == "paraphrases" else read_questions(FOLDER / f"{file}.yaml")


def judged(question: LabelledQuestion, decision: Decision) -> Outcome:
    """Judge a decision by the labels of its question."""
    return outcome(decision, question.accepted, together=question.wants_all)


def _names() -> Iterator[LabelledQuestion]:
    listed = written("names")
    for language, by_name in listed["names"].items():
        slip = f"one slip, {language}" if language == WITHOUT_LETTERS else "one slip"
        for name, ids in by_name.items():
            if name in listed["exceptions"]:
                continue
            yield LabelledQuestion(q=name, lang=language, accept=tuple(ids), best=ids[0], kind="as written")
            if sum(sign.isalpha() for sign in name) >= SHORTEST:
                for seed in range(1, SLIPS + 1):
                    typed = slipped(name, str(seed))
                    yield LabelledQuestion(q=typed, lang=language, accept=tuple(ids), best=ids[0], kind=slip)


def _paraphrases() -> Iterator[LabelledQuestion]:
    for subject, ways in written("paraphrases").items():
        accept = (subject, *ways["accept"])
        for language in LANGUAGES:
            for number, text in enumerate(ways[language]):
                kind = "name" if number == 0 else f"paraphrase {language}"
                yield LabelledQuestion(q=text, lang=language, accept=accept, best=subject, kind=kind)
