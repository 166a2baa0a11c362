"""Names of countries, continents, languages and cities, from the Unicode CLDR data that Babel carries.

They are kept in ``cldr.json``: Babel reads all that it knows of each language, which takes a tenth of a second and
13 MB, and here a hundredth of it is needed. ``KEEP_CLDR=1 pytest tests/matching/text/test_cldr.py`` writes the file.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TypedDict

KEPT = ("en", "fr", "es", "ar", "hi", "ru", "pt", "de", "it", "sw", "tr", "uk")
"""Languages in which names are kept."""

ByCode = dict[str, str]


class Names(TypedDict):
    """``zones``: name of a time zone -> code of its country. Else language -> code (or time zone) -> name."""

    territories: dict[str, ByCode]
    languages: dict[str, ByCode]
    cities: dict[str, ByCode]
    zones: ByCode


@cache
def names() -> Names:
    """Return all names, read once."""
    source = resources.files("bot.matching.text").joinpath("cldr.json").read_text(encoding="utf-8")
    read: Names = json.loads(source)
    return read
