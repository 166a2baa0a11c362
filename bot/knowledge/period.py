"""Periods: when a statement was true, as an editor writes it: "2019", "2010-2012", "mid-2010s", "before 2026"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from bot.knowledge.fields import refuse, shown

Word = Literal["", "before", "since", "decade", "early", "mid", "late"]

_YEAR = r"(1[5-9]\d\d|20\d\d)"
_YEARS = re.compile(rf"{_YEAR}(?:[-–]{_YEAR})?", re.ASCII)
_DAY = re.compile(rf"{_YEAR}-(\d\d)(?:-(\d\d))?", re.ASCII)
_OPEN = re.compile(rf"(before|since) {_YEAR}", re.ASCII)
_DECADE = re.compile(r"(?:(early|mid|late)[- ])?(1[5-9]\d|20\d)0s", re.ASCII)
_FORMS = (_YEARS, _DAY, _OPEN, _DECADE)

_PARTS: dict[Word, tuple[int, int]] = {"decade": (0, 9), "early": (0, 3), "mid": (4, 6), "late": (7, 9)}
"""Which years of a decade are meant, the first and the last."""

SCHEMA: dict[str, Any] = {
    "type": ["string", "number"],
    "pattern": f"^({'|'.join(form.pattern for form in _FORMS)})$".replace("?:", ""),
}

_ADVICE = (
    "Write a day, month, year or span (2026-04-17, 2026-04, 2026, 2010-2012), a decade (2010s, early 2010s),"
    " before 2026, or since 2026."
)


@dataclass(frozen=True, slots=True)
class Period:
    """From the ``earliest`` to the ``latest`` day that is meant, both included.

    ``word``: how it was put. "before 2026" has no beginning (``date.min``); "since 2024", which is still so, no end
    (``date.max``); "2010s" and "early 2010s" are some time within it, and all else is the whole of it.
    """

    earliest: date
    latest: date
    word: Word = ""

    @property
    def known(self) -> date:
        """The last day of which it surely tells: the first of a decade, and none (``date.min``) before a year."""
        return self.latest if not self.word else self.earliest

    @property
    def year(self) -> int:
        """The year that stands beside the word: "before 2026", "since 2024", "2010s"."""
        return self.latest.year + 1 if self.word == "before" else self._decade or self.earliest.year

    @property
    def _decade(self) -> int:
        return self.earliest.year // 10 * 10 if self.word in _PARTS else 0

    def years(self) -> tuple[int, int]:
        """Return its first and last year; of one that is open at an end, twice the year that is named."""
        return (self.year, self.year) if self.word in ("before", "since") else (self.earliest.year, self.latest.year)

    def __str__(self) -> str:
        """Return it as an editor may write it."""
        if self.word in _PARTS:
            part = {"decade": "", "mid": "mid-"}.get(self.word, f"{self.word} ")
            return f"{part}{self.year}s"
        if self.word:
            return f"{self.word} {self.year}"
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        first, last = self.years()
        if (self.earliest, self.latest) != _whole(first, last):
            return self.earliest.isoformat()[:7]
        return f"{first}" if first == last else f"{first}-{last}"


def period(value: object) -> Period:
    """Return the period that an editor has written; refuse what is none."""
    if isinstance(value, Period):
        return value
    read = _read(value.strip()) if isinstance(value, str) else None
    return read or refuse("bad-date", f"{shown(value)} is no date that a statement can have.", _ADVICE)


def _read(written: str) -> Period | None:
    if found := _YEARS.fullmatch(written):
        first, last = int(found[1]), int(found[2] or found[1])
        return Period(*_whole(first, last)) if first <= last else None
    if found := _DAY.fullmatch(written):
        return _within_a_month(int(found[1]), int(found[2]), int(found[3] or 0))
    if found := _OPEN.fullmatch(written):
        year = int(found[2])
        if found[1] == "since":
            return Period(date(year, 1, 1), date.max, "since")
        return Period(date.min, date(year - 1, 12, 31), "before")
    if found := _DECADE.fullmatch(written):
        word = cast("Word", found[1] or "decade")
        decade, (first, last) = int(found[2]) * 10, _PARTS[word]
        return Period(*_whole(decade + first, decade + last), word)
    return None


def _whole(first: int, last: int) -> tuple[date, date]:
    """Return the first and the last day of some years."""
    return date(first, 1, 1), date(last, 12, 31)


def _within_a_month(year: int, month: int, day: int) -> Period | None:
    """Return a day, or the whole month where the day is 0; None where there is no such day."""
    try:
        last = monthrange(year, month)[1]
        return Period(date(year, month, day or 1), date(year, month, day or last))
    except ValueError:
        return None
