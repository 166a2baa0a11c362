"""How old what an entry says is: the date behind a fact, the date line of a card, and the newest facts first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.knowledge.entry import Entry, Fact
    from bot.knowledge.period import Period
    from bot.replies.wording.localiser import Localiser

FRESH = timedelta(days=5 * 365)
"""How old a source may be, when the entry was compared with it, for a sentence in the present to be taken as of now."""

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
"""A year in a text."""


def remark(fact: Fact, entry: Entry, text: str, localiser: Localiser, *, brief: bool) -> str:
    """Return when a fact was true, where its sentence could be taken for the present and does not say it itself.

    That is an old fact, one of which nobody knows how old it is, and one that is not sure; not an event, whose year is
    its value. ``brief`` leaves out "as of", unless the sentence has another year, which this one would seem to explain.
    """
    period = fact.as_of
    if period is None or period.word == "since" or _dates_itself(fact, localiser):
        return ""
    doubtful = period.word == "before" or fact.confidence != "high"
    years = [int(year) for year in YEAR.findall(text)]
    first, last = period.years()
    if any(min(first, period.year) <= year <= last for year in years) or not (doubtful or _is_old(period, entry)):
        return ""
    bare = period.word == "before" or (brief and not years)
    return (
        localiser.period(period) if bare else localiser.words("card.year", year=localiser.period(period, within=True))
    )


def line(entry: Entry, localiser: Localiser) -> str:
    """Return how new the newest source of an entry is, and when the entry was compared with its sources."""
    periods = [fact.as_of for fact in entry.facts if fact.as_of] + ([entry.as_of] if entry.as_of else [])
    month = localiser.month(entry.reviewed_on) if entry.reviewed_on else ""
    if not periods:
        return localiser.words("card.read", month=month) if month else ""
    newest = max(periods, key=lambda period: (period.known, period.earliest))
    when = str(newest.year) if newest.word == "since" else localiser.period(newest)
    key = "card.newest_source_read" if month else "card.newest_source"
    return localiser.words(key, when=when, month=month)


def newest_first(facts: Iterable[Fact], entry: Entry, localiser: Localiser) -> list[Fact]:
    """Return facts with those first that a new source tells or that are still so; else in the editor's order.

    Last come those that the card says otherwise, by its line of values or a button, and ways of reaching somebody:
    these are often the newest, and whoever wants them asks for them.
    """
    uses, apart = {link.use for link in entry.links}, set[str]()
    for name, known in localiser.catalogue.attributes.items():
        if known.on_cards or known.link in uses:
            apart.add(name)
        apart.update(known.instead)
    return sorted(
        facts, key=lambda fact: (bool(fact.about) and apart.issuperset(fact.about), not _is_fresh(fact, entry))
    )


def _is_fresh(fact: Fact, entry: Entry) -> bool:
    """Return whether it is surely of the last years before the entry was compared with its sources, or still so."""
    if fact.as_of is None or entry.reviewed_on is None:
        return False
    return fact.as_of.word == "since" or fact.as_of.known >= entry.reviewed_on - FRESH


def _is_old(period: Period, entry: Entry) -> bool:
    """Return whether it is surely from before those years; of an entry that nobody looked at again, nobody knows."""
    return entry.reviewed_on is None or period.latest < entry.reviewed_on - FRESH


def _dates_itself(fact: Fact, localiser: Localiser) -> bool:
    """Return whether a fact is about a year, such as that of a foundation."""
    known = localiser.catalogue.attributes
    return bool(fact.value) and any(known[name].type == "year" for name in fact.about if name in known)
