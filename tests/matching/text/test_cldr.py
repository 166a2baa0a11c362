"""The names of countries, languages and cities that the program keeps."""

from __future__ import annotations

import json
import os
from importlib import resources
from pathlib import Path

from babel import Locale, core

from bot.matching.text.cldr import KEPT, Names, names


def test_kept_names_are_those_of_babel() -> None:
    """The file has what Babel has, in the same order; KEEP_CLDR=1 writes it."""
    known = {language: Locale(language) for language in KEPT}
    zones = dict(core.get_global("zone_territories"))
    wanted = Names(
        territories={language: dict(locale.territories) for language, locale in known.items()},
        languages={
            language: {code: name for code, name in locale.languages.items() if len(code) == len("en")}
            for language, locale in known.items()
        },
        cities={
            language: {zone: city for zone in zones if (city := locale.time_zones.get(zone, {}).get("city"))}
            for language, locale in known.items()
        },
        zones=zones,
    )
    if os.environ.get("KEEP_CLDR"):
        file = Path(str(resources.files("bot.matching.text"))) / "cldr.json"
        file.write_text(json.dumps(wanted, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        names.cache_clear()
    assert json.dumps(names()) == json.dumps(wanted)
