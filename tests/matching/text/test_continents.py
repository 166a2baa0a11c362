"""Continents: their names, and which countries are in them."""

from __future__ import annotations

import pytest

from bot.matching.text.continents import continent_names, countries_in


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        (("africa",), {"KE", "TN", "MU"}, {"ES", "JO"}),
        (("afrique",), {"SN"}, {"FR"}),
        (("latin", "america"), {"MX", "BR"}, {"US", "CA"}),
        (("европе",), {"CH", "IS"}, {"KG"}),
        (("asia",), {"JO", "MV"}, {"EG"}),
    ],
)
def test_the_countries_of_a_continent(name: tuple[str, ...], inside: set[str], outside: set[str]) -> None:
    """A continent has its countries, with those of its islands, whatever language names it."""
    found = countries_in(continent_names()[name])
    assert inside <= found
    assert not outside & found


def test_a_country_has_none_in_it() -> None:
    """What is no continent has no countries."""
    assert not countries_in("KE")
