"""Evaluation: what counts as right, and what the report says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.editions.judging import Outcome, outcome
from bot.evaluation.documents import BadQuestions
from bot.evaluation.questions import LabelledQuestion, read_questions
from bot.evaluation.report import Report, evaluate
from bot.matching.decision import Answer, Chat, Choose, Help, NoMatch, Rule
from tests.evaluation.scripted import ASKED, Matcher

if TYPE_CHECKING:
    from pathlib import Path

    from bot.knowledge.catalogue import Catalogue
    from bot.matching.decision import Decision


def labelled(*accept: str, **fields: Any) -> LabelledQuestion:  # noqa: ANN401  (any field of the model)
    """Return a question that these ids answer."""
    return LabelledQuestion(q="?", accept=accept, **fields)


@pytest.fixture
def decisions(catalogue: Catalogue) -> dict[str, Decision]:
    """Return one decision of each kind."""
    omct, tdh, prison = (catalogue.entries[name] for name in ("omct", "tdh", "prison"))
    return {
        "omct": Answer(question=ASKED, rule=Rule.NAMED, entry=omct),
        "both": Answer(question=ASKED, rule=Rule.NAMED, entry=omct, beside=(tdh,)),
        "prison": Answer(question=ASKED, rule=Rule.CONFIDENT, entry=prison),
        "choose": Choose(question=ASKED, rule=Rule.CLOSE, entries=(tdh, omct)),
        "none": NoMatch(question=ASKED, rule=Rule.WEAK),
        "chat": Chat(question=ASKED, rule=Rule.EXACT, entry=catalogue.entries["hello"]),
        "help": Help(question=ASKED, rule=Rule.CRY, entry=catalogue.entries["danger"]),
    }


@pytest.mark.parametrize(
    ("question", "decision", "expected"),
    [
        (labelled("omct"), "omct", Outcome.RIGHT),
        (labelled("tdh", "omct"), "omct", Outcome.RIGHT),
        (labelled("tdh"), "prison", Outcome.RIGHT),  # the first that the topic lists
        (labelled("omct"), "prison", Outcome.WRONG),  # only the second
        (labelled("tdh"), "omct", Outcome.WRONG),
        (labelled("omct", "tdh", kind="compare"), "both", Outcome.RIGHT),
        (labelled("omct", "tdh", kind="compare"), "omct", Outcome.WRONG),
        (labelled("omct"), "choose", Outcome.OFFERED),
        (labelled("unicef"), "choose", Outcome.MISSED),
        (labelled("omct"), "none", Outcome.MISSED),
        (labelled("omct"), "help", Outcome.MISSED),
        (labelled(), "none", Outcome.RIGHT),
        (labelled(), "chat", Outcome.RIGHT),
        (labelled(), "omct", Outcome.FALSE_ANSWER),
        (labelled(), "choose", Outcome.FALSE_OFFER),
        (labelled(), "help", Outcome.FALSE_HELP),
        (labelled(best="help"), "help", Outcome.RIGHT),
        (labelled(best="help"), "none", Outcome.MISSED),
        (labelled(best="help"), "chat", Outcome.MISSED),
        (labelled(best="help"), "omct", Outcome.FALSE_ANSWER),
        (labelled(best="help"), "choose", Outcome.FALSE_OFFER),
    ],
)
def test_a_decision_is_judged_by_what_is_accepted(
    decisions: dict[str, Decision], question: LabelledQuestion, decision: str, expected: Outcome
) -> None:
    """The first entry counts, of a comparison all among three, and of choices any."""
    assert outcome(decisions[decision], question.accepted, together=question.wants_all) is expected


@pytest.fixture
def report(decisions: dict[str, Decision]) -> Report:
    """Return a report on four questions, half of them right."""
    questions = [
        LabelledQuestion(q="omct", accept=("tdh", "omct"), best="tdh", kind="name", lang="en"),
        LabelledQuestion(q="both", accept=("omct", "tdh"), kind="compare", lang="fr"),
        LabelledQuestion(q="choose", accept=("omct",), best="omct", kind="name", lang="fr"),
        LabelledQuestion(q="prison", accept=(), kind="oos", lang="en"),
    ]
    return evaluate(questions, Matcher(decisions))  # type: ignore[arg-type]  # only decide() is called


def test_the_report_counts_by_kind_and_language(report: Report) -> None:
    """And the best id only where one is labelled."""
    written = report.as_json()
    assert (written["questions"], written["right"], written["offered"], written["false_answer"]) == (4, 2, 1, 1)
    assert written["right_share"] == 0.5
    assert (written["best"], written["with_best"]) == (0, 2)
    assert written["by_kind"]["name"]["right"] == 1
    assert written["by_language"]["fr"]["offered"] == 1
    assert written["by_kind_and_language"]["name fr"]["questions"] == 1
    assert json.loads(json.dumps(written)) == written


def test_the_report_lists_every_miss_with_what_was_said_instead(report: Report) -> None:
    """As data and as a line to read."""
    assert [(miss["outcome"], miss["q"]) for miss in report.as_json()["misses"]] == [
        ("offered", "choose"),
        ("false answer", "prison"),
    ]
    line = next(line for line in report.lines() if line.startswith("false answer: "))
    assert line.startswith("false answer: [oos en] 'prison' got answer tdh omct; accepted: none; the evidence is")


def test_the_report_can_be_read_in_a_terminal(report: Report) -> None:
    """A table by kind, one by language, and both together."""
    said = "\n".join(report.lines())
    assert "name               2    50.0%" in said
    assert ["compare", "1/1"] in [line.split() for line in said.splitlines()]
    assert said.splitlines()[-1].startswith("all                4    50.0%")


def write(folder: Path, text: str) -> Path:
    """Write a file of questions."""
    path = folder / "questions.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_questions_are_read_as_they_are_written(tmp_path: Path) -> None:
    """No word becomes a truth value; only q and accept are needed."""
    path = write(
        tmp_path, "- {q: no, lang: no, accept: [a, b], best: null, kind: x, note: y}\n- {q: '1', accept: []}\n"
    )
    assert read_questions(path) == (
        LabelledQuestion(q="no", lang="no", accept=("a", "b"), best=None, kind="x"),
        LabelledQuestion(q="1", accept=()),
    )


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("- {q: a, accept: [b]}\n- {accept: [b]}\n", "2:3", "q: Field required"),
        ("- {q: a, accept: b}\n", "1:18", "accept"),
        ("- just text\n", "1:3", "the question"),
        ("q: a\n", "1:1", "not a list"),
        ("[]\n", "1:1", "no question"),
        ("", "1:1", "empty"),
        ("- {q: [\n", "2:1", ""),
    ],
)
def test_a_file_with_a_mistake_names_its_place(tmp_path: Path, text: str, place: str, part: str) -> None:
    """As the findings on knowledge do."""
    with pytest.raises(BadQuestions) as refused:
        read_questions(write(tmp_path, text))
    assert f"questions.yaml:{place}: error: " in str(refused.value)
    assert part in str(refused.value)


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    """Nobody should mend one to be shown the next."""
    with pytest.raises(BadQuestions) as refused:
        read_questions(write(tmp_path, "- {q: a}\n- {accept: []}\n"))
    assert len(refused.value.findings) == 2
