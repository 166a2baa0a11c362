"""Continents: what they are called, and which countries are in each."""

from __future__ import annotations

from functools import cache

from bot.matching.text import cldr
from bot.matching.text.countries import LANGUAGES, forms
from bot.matching.text.normalise import words

AMERICAS, LATIN_AMERICA = "019", "419"

_ZONES = {
    "002": ("Africa",),
    AMERICAS: ("America",),
    LATIN_AMERICA: ("America",),
    "142": ("Asia",),
    "150": ("Europe",),
    "009": ("Australia", "Pacific"),
}
"""Code of a continent -> the first parts of the names of its time zones."""

_ISLANDS = {"002": "CV KM MG MU RE SC SH YT", "142": "MV", "150": "FO IS"}
"""Countries whose time zones are named after an ocean."""

_ELSEWHERE = {"002": "ES", "009": "CL EC US", LATIN_AMERICA: "BM CA GL PM US"}
"""Countries with a time zone there that nobody means."""


@cache
def continent_names() -> dict[tuple[str, ...], str]:
    """Return the words of each name -> code (UN M.49)."""
    names = {words(cldr.names()["territories"][language][code]): code for code in _ZONES for language in LANGUAGES}
    for name, code in list(names.items()):
        for form in forms(name):
            names.setdefault(form, code)
    return names


@cache
def countries_in(continent: str) -> frozenset[str]:
    """Return the codes of the countries of a continent; none if that is no code of one."""
    first = _ZONES.get(continent, ())
    found = {code for zone, code in cldr.names()["zones"].items() if zone.partition("/")[0] in first}
    return frozenset((found | set(_ISLANDS.get(continent, "").split())) - set(_ELSEWHERE.get(continent, "").split()))
