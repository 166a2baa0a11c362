"""What an administrator reads after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Reload, Severity
from bot.replies.plain import body

if TYPE_CHECKING:
    from bot.replies.composer import Composer


def finding(line: int, severity: Severity = Severity.ERROR) -> Finding:
    """Return a finding on a line."""
    return Finding("knowledge/a.yaml", line, 3, severity, "bad-url", "this is no address.", "Write https://")


def test_what_changed_is_counted_and_listed(composer: Composer) -> None:
    """In the order of the ids."""
    reload = Reload(swapped=True, added=("b", "c"), removed=("a",))
    assert body(composer.reload_report(reload, "en")) == (
        "The knowledge was reloaded. +2 -1 ~0\n\n• New: b, c\n• Gone: a"
    )


def test_a_reload_without_a_change_says_so(composer: Composer) -> None:
    """Nobody has to compare."""
    assert "Nothing has changed" in body(composer.reload_report(Reload(swapped=True), "en"))


def test_warnings_are_shown_though_the_edition_is_served(composer: Composer) -> None:
    """After what changed."""
    reload = Reload(swapped=True, changed=("a",), findings=(finding(1, Severity.WARNING),))
    assert "1 warning:\n\n• knowledge/a.yaml:1:3: warning:" in body(composer.reload_report(reload, "en"))


def test_warnings_and_notes_are_counted_apart_and_warnings_listed_first(composer: Composer) -> None:
    """However many notes stand in files before them."""
    notes = tuple(finding(line, Severity.NOTE) for line in range(1, 31))
    warnings = (finding(77, Severity.WARNING), finding(88, Severity.WARNING))
    said = body(composer.reload_report(Reload(swapped=True, findings=(*notes, *warnings)), "en"))
    assert said.index("2 warnings:") < said.index("a.yaml:77:3") < said.index("a.yaml:88:3") < said.index("30 notes:")
    assert said.count(": note:") == 18
    assert said.endswith("and 12 more. `jjbot check` lists all.")


def test_a_refused_reload_lists_every_error_with_its_place(composer: Composer) -> None:
    """And says that the old knowledge goes on."""
    said = body(composer.reload_report(Reload(swapped=False, findings=(finding(7),)), "en"))
    assert said.startswith("Not reloaded: there is 1 error. The old knowledge goes on answering.")
    assert "knowledge/a.yaml:7:3: error: this is no address." in said


def test_a_thousand_errors_still_fit_into_one_message(composer: Composer) -> None:
    """The first ones are listed, the others counted."""
    reload = Reload(swapped=False, findings=tuple(map(finding, range(1, 1001))))
    said = body(composer.reload_report(reload, "en"))
    assert len(said) <= 4096
    assert "there are 1000 errors" in said
    assert said.endswith("and 980 more. `jjbot check` lists all.")
