"""How long ago entries were reviewed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.knowledge.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext
    from bot.knowledge.finding import Finding

OLD = timedelta(days=365)
"""Age of a review from which on somebody should look again."""


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
