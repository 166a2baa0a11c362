"""Compiling whole folders with the real matcher."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.editions.compilation import compile_folder
from bot.matching.decision import Answer, NoMatch, Question

if TYPE_CHECKING:
    from pathlib import Path

    from tests.knowledge.conftest import Write

TODAY = date(2026, 11, 21)
WORDS = "It ripens in a cellar for some months and is eaten with bread. " * 4
BOT = "title: Cheese\nlanguages: [en]\n"
LETTERS = "abcdefghij"


def cheese(number: int, summary: str = WORDS) -> str:
    """Return one of a thousand entries about cheese, each with names of its own."""
    name = "".join(LETTERS[int(figure)] * 2 for figure in f"{number:03}")
    return f"id: c{number}\nname: Cheese {name}\nsummary: {summary}\nkeywords: [milk {name}]\n"


def test_another_subject(write: Write) -> None:
    """A thousand entries about something else, without links, help or small talk, compile and answer."""
    edition = compile_folder(write(bot=BOT, all="---\n".join(cheese(n) for n in range(1000))), today=TODAY)
    assert edition.errors == ()
    assert len(edition.catalogue.entries) == 1000
    decision = edition.matcher.decide(Question("what is cheese bbccdd"))
    assert isinstance(decision, Answer)
    assert decision.entry.id == "c123"
    assert isinstance(edition.matcher.decide(Question("who won the world cup")), NoMatch)


def test_errors_keep_the_index_empty(write: Write) -> None:
    """A folder with an error has all its findings, what could be read of it, and an index of nothing."""
    edition = compile_folder(write(bot=BOT, a=cheese(1), b="name: B\n"), today=TODAY)
    assert [finding.code for finding in edition.errors] == ["missing-key"]
    assert list(edition.catalogue.entries) == ["b", "c1"]
    assert isinstance(edition.matcher.decide(Question("cheese")), NoMatch)


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is an edition with an error, not an exception."""
    assert [finding.code for finding in compile_folder(tmp_path / "nowhere").errors] == ["no-folder"]


def test_golden_errors_keep_an_edition_back(write: Write) -> None:
    """A golden question that must be right and is not, is an error in a quick check, too."""
    golden = "- {q: cheese aaaabb, want: c2, must: true}\n- {q: cheese aaaacc, want: c2, must: true}\n"
    folder = write(bot=BOT, all="---\n".join(cheese(n) for n in range(3)), golden=golden)
    for thorough in (True, False):
        (error,) = compile_folder(folder, today=TODAY, thorough=thorough).errors
        assert (error.path, error.line, error.code) == ("knowledge/golden.yaml", 1, "golden")


def test_the_slow_check_can_be_left_out(write: Write) -> None:
    """Asking every name and question is for editors; a start and a reload go without."""
    hidden = "id: hidden\nname: Cheese\nquestions: [who are you]\nsummary: Too short.\n"
    folder = write(bot=BOT, all="---\n".join([hidden, *(cheese(n) for n in range(3))]), golden="[]\n")
    quick = compile_folder(folder, today=TODAY, thorough=False)
    assert "summary-length" in {one.code for one in quick.findings}
    more = set(compile_folder(folder, today=TODAY).findings) - set(quick.findings)
    assert {one.code for one in more} <= {"not-found", "not-alone", "unreachable"}


def test_today_is_given(write: Write) -> None:
    """The age of a review is measured from the day that is given, and is a note."""
    folder = write(bot=BOT, all=cheese(1) + "reviewed_on: 2025-11-21\n")
    assert compile_folder(folder, today=TODAY).findings == ()
    (note,) = compile_folder(folder, today=date(2026, 11, 22)).findings
    assert (str(note.severity), note.code) == ("note", "old-review")


def test_findings_are_in_order_and_printable(write: Write) -> None:
    """Findings come by file and line, and read as path, place, severity and message."""
    edition = compile_folder(write(bot=BOT, b="name: Bbb\nsummary: x\n", a="name: Aaa\nsummary: x\n"), today=TODAY)
    assert list(edition.findings) == sorted(edition.findings)
    assert str(edition.findings[0]).startswith("knowledge/a.yaml:2:10: warning: the summary of 'a' has 1 words; ")


def test_revision_is_the_content(write: Write) -> None:
    """The same bytes give the same revision, others another."""
    first = compile_folder(write(bot=BOT, a=cheese(1)), today=TODAY).revision
    assert compile_folder(write(), today=TODAY).revision == first
    assert compile_folder(write(a=cheese(2)), today=TODAY).revision != first
