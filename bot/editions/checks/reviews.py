"""How long ago entries were reviewed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext

OLD = timedelta(days=365)
"""Age of a review from which on somebody should look again."""


NUMBER = 6
"""Months after which a number should be looked up again: they change more often than anything else here."""


def old_numbers(context: CheckContext) -> Iterator[Finding]:
    """Yield, as one note, how many numbers nobody has compared with their source for half a year."""
    source, numbers = context.folder.documents.get("helplines"), context.folder.catalogue.numbers
    if source is None:
        return
    now = context.today.year * 12 + context.today.month
    written = [*(one.checked for one in numbers.emergency.values()), *(line.checked for line in numbers.lines)]
    dates = [checked for checked in written if checked]
    old = [checked for checked in dates if now - _months(checked) > NUMBER]
    if old:
        message = f"{len(old)} of {len(dates)} numbers were last checked more than {NUMBER} months ago."
        yield Finding(*source.place(), Severity.NOTE, "old-number", message, "Look them up and change checked.")


def _months(checked: str) -> int:
    """Return a month, or the end of a year, as a number of months."""
    year, _, month = checked.partition("-")
    return int(year) * 12 + int(month or 12)


def review_dates(context: CheckContext) -> Iterator[Finding]:
    """Yield entries whose review is old (a note: time alone must not turn a check red) or in the future."""
    for entry in context.entries:
        if entry.reviewed_on is None:
            continue
        age = context.today - entry.reviewed_on
        if age > OLD:
            message = f"{entry.id!r} was last reviewed {age.days} days ago."
            advice = "Check it and change the day."
            yield context.finding(Severity.NOTE, "old-review", message, advice, entry, "reviewed_on")
        elif age < -timedelta(days=1):  # one day's grace: it may be tomorrow where the editor lives
            message = f"the review of {entry.id!r} lies in the future."
            yield context.finding(Severity.WARNING, "future-review", message, "Correct the day.", entry, "reviewed_on")
