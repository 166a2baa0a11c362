"""The report on the engine's numbers: they are all there, and sharing an index changes nothing."""

from __future__ import annotations

import re

import pytest

from bot.matching.decision import Question
from bot.matching.tuning import DEFAULT
from tests.accuracy import report
from tests.accuracy.comparison import SETS, Difference
from tests.accuracy.questions import questions
from tests.accuracy.retuning import is_late, retuned

NOTHING = Difference(0.0, 0.0)


@pytest.mark.parametrize("mechanism", report.MECHANISMS, ids=lambda mechanism: mechanism.path)
def test_a_mechanism_is_left_out_by_a_number_of_the_engine(mechanism: report.Mechanism) -> None:
    """The path is one of the tuning, and its value is another one."""
    assert report.shipped(mechanism.path) != mechanism.off


@pytest.mark.parametrize("path", report.NUMBERS)
def test_a_number_is_one_of_the_engine(path: str) -> None:
    """And half of it is another one."""
    assert report.moved(report.shipped(path))[0] != report.shipped(path)


def test_an_index_is_only_shared_where_that_makes_no_difference() -> None:
    """With every late number moved the decisions are those of an index built with these numbers."""
    late = DEFAULT
    for path in filter(is_late, report.NUMBERS):
        late = late.having(path, report.moved(report.shipped(path))[0])
    shared, built = retuned(late, rebuilt=False), retuned(late, rebuilt=True)
    asked = [Question(one.q, asker_language=one.lang) for one in questions("lay_questions")[::6]]
    assert [shared.decide(question) for question in asked] == [built.decide(question) for question in asked]
    as_it_is = retuned(DEFAULT, rebuilt=False)
    assert [as_it_is.decide(question) for question in asked] != [shared.decide(question) for question in asked]


def test_numbers_are_moved_to_half_and_double() -> None:
    """A share stays one."""
    assert report.moved(2.0) == (1.0, 4.0)
    assert report.moved(0.6) == (0.3, 0.8)


def test_a_difference_is_bold_over_two_errors() -> None:
    """And empty where no question changed."""
    assert str(Difference(-4.0, 1.5)) == "**−4.0 ± 1.5**"
    assert str(Difference(2.0, 1.5)) == "+2.0 ± 1.5"
    assert not str(NOTHING)
    assert Difference(-4.0, 1.5).reversed() == Difference(4.0, 1.5)


def test_the_report_has_a_row_for_everything() -> None:
    """What is measured first, then mechanisms with what they add, numbers with what moving them changes, the fit."""
    whole = {name: [True, False] for name in SETS}
    lost = {name: Difference(-4.0, 1.5) for name in SETS}
    mechanism = report.Mechanism("likeness", "ranking.similarity")
    text = report.markdown(whole, [(mechanism, lost)], [report.Number("ranking.words", 0.5, [(0.25, lost)])], "THE FIT")
    assert re.search(r"\| likeness \| `ranking.similarity` = 0 \| \*\*\+4.0 ± 1.5\*\*", text)
    assert re.search(r"\| `ranking.words` \| 0.5 \| 0.25 \| \*\*−4.0 ± 1.5\*\*", text)
    assert text.index("| free words |") < text.index("| likeness |") < text.index("THE FIT")
    assert report.COMMAND in text


@pytest.mark.long
def test_the_document_is_of_the_numbers_that_are_shipped() -> None:
    """Every number is in it with the value that it has; else it has to be written again, which takes ten minutes."""
    rows = re.findall(r"^\| `([a-z_.]+)` \| ([-0-9.e+]+) \|", report.FILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == {path: f"{report.shipped(path):g}" for path in report.NUMBERS}, report.COMMAND
