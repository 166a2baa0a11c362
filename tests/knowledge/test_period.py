"""When a statement was true, as editors write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from bot.knowledge.period import Period, period

YEARS = st.integers(1500, 2098)
DECADES = st.integers(150, 209).map(lambda decade: f"{decade}0s")
WRITTEN = st.one_of(
    st.dates(date(1500, 1, 1), date(2099, 12, 31)).map(str),
    st.dates(date(1500, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    YEARS.map(str),
    st.tuples(YEARS, YEARS).map(lambda years: f"{min(years)}-{max(years) + 1}"),
    st.tuples(st.sampled_from(["before", "since"]), YEARS).map(lambda said: f"{said[0]} {said[1]}"),
    DECADES,
    st.tuples(st.sampled_from(["early ", "mid-", "late "]), DECADES).map("".join),
)


@pytest.mark.parametrize(
    ("written", "earliest", "latest", "known"),
    [
        ("2026-04-17", date(2026, 4, 17), date(2026, 4, 17), date(2026, 4, 17)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), date(2024, 2, 29)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), date(2019, 12, 31)),
        ("2010-2012", date(2010, 1, 1), date(2012, 12, 31), date(2012, 12, 31)),
        ("2010–2012", date(2010, 1, 1), date(2012, 12, 31), date(2012, 12, 31)),
        ("2020s", date(2020, 1, 1), date(2029, 12, 31), date(2020, 1, 1)),
        ("early 2010s", date(2010, 1, 1), date(2013, 12, 31), date(2010, 1, 1)),
        ("mid-2010s", date(2014, 1, 1), date(2016, 12, 31), date(2014, 1, 1)),
        ("late 2010s", date(2017, 1, 1), date(2019, 12, 31), date(2017, 1, 1)),
        ("before 2026", date.min, date(2025, 12, 31), date.min),
        ("since 1989", date(1989, 1, 1), date.max, date(1989, 1, 1)),
    ],
)
def test_each_form_is_read_once_as_days(written: str, earliest: date, latest: date, known: date) -> None:
    """A period has its first and last day, and the last one of which it surely tells."""
    read = period(written)
    assert (read.earliest, read.latest, read.known) == (earliest, latest, known)


@given(WRITTEN)
def test_what_is_written_out_reads_the_same(written: str) -> None:
    """A period as text is a form that editors may write, for the same period."""
    read = period(written)
    assert period(str(read)) == read
    assert read.earliest <= read.latest


@pytest.mark.parametrize(
    "written",
    ["about 2019", "2024 or later", "mid-2010", "20s", "2012-2010", "2019-13", "2019-02-30", "206", "2206", "", "²019"],
)
def test_anything_else_is_refused_with_what_to_write(written: str) -> None:
    """The forms that there are stand in the advice."""
    with pytest.raises(PydanticCustomError) as refused:
        period(written)
    assert refused.value.type == "bad-date"
    assert "before 2026" in str((refused.value.context or {})["advice"])


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(written: str) -> None:
    """No text makes it fail in another way."""
    try:
        read = period(written)
    except PydanticCustomError:
        return
    assert isinstance(read, Period)
