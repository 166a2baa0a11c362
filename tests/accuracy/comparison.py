"""The same questions asked with one number changed, and what that changes, with its standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.editions.judging import Outcome
from bot.matching.decision import Answer, Question
from bot.matching.tuning import DEFAULT
from tests.accuracy import grid
from tests.accuracy.questions import FREE, judged, questions
from tests.accuracy.retuning import is_late, retuned
from tests.benchmarks.figures import paired

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.evaluation.questions import LabelledQuestion
    from bot.matching.matcher import Matcher

FREE_WORDS, PARAPHRASES, SLIPS, FOREIGN, PRECISE = "free words", "paraphrases", "slips", "foreign", "precise"
SETS = {
    FREE_WORDS: "questions in free words: facts_and_subjects, blind, lay_questions",
    PARAPHRASES: "every third paraphrase",
    SLIPS: "every sixth name with a slip",
    FOREIGN: "what should not be answered",
    PRECISE: "an organisation and an attribute: both must be found, whatever is known of it",
}
"""Sets of questions -> what is in them."""
_STEPS = {PARAPHRASES: 3, SLIPS: 6}
_EVERY = 2
_CLEAR = 2.0

Hits = dict[str, list[bool]]
"""Set -> for each of its questions, whether it was answered right."""


class Difference(NamedTuple):
    """Points of a share that a change makes, on the same questions; ``error`` is one standard error of it."""

    points: float
    error: float

    def reversed(self) -> Difference:
        """Return what undoing the change makes."""
        return Difference(-self.points + 0.0, self.error)

    @property
    def clear(self) -> bool:
        """Whether it is over two standard errors: about one in twenty is so by chance."""
        return abs(self.points) > _CLEAR * self.error

    def __str__(self) -> str:
        """Return the difference for a table: bold where it is clear, nothing where it is none."""
        if not self.points and not self.error:
            return ""
        text = f"{self.points:+.1f} ± {self.error:.1f}".replace("-", "−")
        return f"**{text}**" if self.clear else text


Differences = dict[str, Difference]
"""Set -> what a change makes of its share that is right."""


def changed(whole: Hits, changes: Mapping[str, float]) -> Differences:
    """Return what becomes of the shares that are right where numbers (path -> value) are changed."""
    tuning = DEFAULT
    for path, value in changes.items():
        tuning = tuning.having(path, value)
    other = hits(retuned(tuning, rebuilt=not all(map(is_late, changes))))
    return {name: Difference(*paired(other[name], whole[name])) for name in whole}


def hits(matcher: Matcher) -> Hits:
    """Ask all questions of all sets."""
    found: Hits = {name: [] for name in SETS}
    for file in (*FREE, "paraphrases", "names"):
        for question in _chosen(file):
            decision = matcher.decide(Question(question.q, asker_language=question.lang))
            found[_set_of(file)].append(judged(question, decision) is Outcome.RIGHT)
    for cell in _cells():
        decision = matcher.decide(Question(cell.text, asker_language=cell.language))
        found[PRECISE].append(
            isinstance(decision, Answer) and decision.entry.id == cell.entry and decision.attribute == cell.attribute
        )
    return found


def _set_of(file: str) -> str:
    return {"names": SLIPS, "paraphrases": PARAPHRASES, "foreign": FOREIGN}.get(file, FREE_WORDS)


def _chosen(file: str) -> Sequence[LabelledQuestion]:
    asked = [one for one in questions(file) if file in FREE or one.kind.startswith(("paraphrase", "one slip"))]
    return asked[:: _STEPS.get(_set_of(file), 1)]


def _cells() -> Iterator[grid.Asked]:
    """Yield a question for every second organisation and attribute, in each of the three languages by turns."""
    by_cell: dict[tuple[str, str], list[grid.Asked]] = {}
    for question in grid.questions(every=False):
        by_cell.setdefault((question.entry, question.attribute), []).append(question)
    for number, asked in enumerate(by_cell.values()):
        if number % _EVERY == 0:
            yield asked[number * grid.SAMPLE % len(asked)]
