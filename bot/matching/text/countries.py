"""Names of countries in many languages, and how they are written."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.matching.text.cldr import names
from bot.matching.text.normalise import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = ("en", "fr", "es", "ar", "hi", "ru", "pt", "de", "it")
"""Languages in which names of countries are known."""

_NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of unions and of nothing that stand among the territories."""

_ORDINARY = frozenset({"gana", "granada", "ira", "la reunion", "man", "oma", "reunion", "sark", "مالي", "того"})
"""Names, as normalised, that are everyday words in one of the languages ("oma", from Omã, is a grandmother)."""

_ALSO = {
    "IN": "bharat|hindustan|hindusthan|indian|indien|indienne|indiano|indisch|हिंदुस्तान|हिन्दुस्तान|"
    "delhi|new delhi|mumbai|bombay|kolkata|calcutta|chennai|bangalore|bengaluru|hyderabad|pune|lucknow|patna|jaipur|"
    "दिल्ली|मुंबई|कोलकाता|चेन्नई|बेंगलुरु|हैदराबाद|पुणे|लखनऊ|पटना|जयपुर|bihar|kerala|gujarat|rajasthan|"
    "बिहार|यूपी|uttar pradesh|उत्तर प्रदेश|дели|мумбаи|دلهي|مومباي",
    "GB": "uk|england|scotland|wales|northern ireland|britain|great britain|british|angleterre|inglaterra|"
    "inghilterra|англия|великобритания|إنجلترا|بريطانيا|इंग्लैंड|ब्रिटेन",
    "US": "usa|the us|in us|estados unidos|etats-unis|american|américaine|américain|estadounidense",
    "FR": "french|français|française|lyon|marseille|lille|toulouse|bordeaux|calais",
    "DE": "hamburg|münchen|munich|köln|frankfurt|leipzig",
    "ES": "spanish|espagnole|espagnol|española|español|barcelona|sevilla|valencia|bilbao",
    "IT": "milano|napoli|torino|palermo|bologna|firenze",
    "NL": "dutch|néerlandaise|néerlandais|holandesa|holland|rotterdam|niederlanden",
    "CZ": "czech republic|république tchèque|república checa|repubblica ceca|чешская республика",
    "PL": "krakow",
    "UA": "kyiv",
    "CH": "swiss|suizo|schweizer|svizzera|швейцарская|سويسرية|geneva|genève|ginebra|zurich",
    "BE": "belgian|belge|belga|belgische",
    "AT": "austrian|autrichienne|autrichien|austriaca",
}
"""Other names, the largest cities and common adjectives where there are lines to pick."""

_CYRILLIC = re.compile("[а-яіїєґ]+")
_ARABIC = re.compile("[\u0621-\u064a]+")


@cache
def country_names() -> dict[tuple[str, ...], str]:
    """Return the words of each name -> code; a country's own name counts before a city's or a form of another one."""
    codes: dict[tuple[str, ...], str] = {}
    for name, code in (*territories(LANGUAGES), *_others(), *_capitals()):
        codes.setdefault(words(name), code)
    for known, code in list(codes.items()):
        for form in forms(known):
            codes.setdefault(form, code)
    return {known: code for known, code in codes.items() if known and " ".join(known) not in _ORDINARY}


def territories(languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of all countries in some languages, each with its code (ISO 3166)."""
    for language in languages:
        for code, name in names()["territories"][language].items():
            if len(code) == len("IN") and code not in _NOT_COUNTRIES:
                yield name, code


def _others() -> Iterator[tuple[str, str]]:
    for code, listed in _ALSO.items():
        for name in listed.split("|"):
            yield name, code


def _capitals() -> Iterator[tuple[str, str]]:
    """Yield the cities that name a time zone of Europe: its capitals and a few more."""
    for zone, code in names()["zones"].items():
        if zone.startswith("Europe/") and code in names()["territories"]["en"]:
            yield zone.partition("/")[2].replace("_", " "), code
            for language in LANGUAGES:
                if city := names()["cities"][language].get(zone):
                    yield city, code


def forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield how a name of one word looks inside a sentence: Russian cases, Arabic prepositions joined to it."""
    if len(name) != 1:
        return
    word = name[0]
    if _CYRILLIC.fullmatch(word):
        stem = word[:-1] if word[-1] in "аяйь" else word
        for ending in ("ии", "ию", "ией", "е", "у", "ы", "и", "а", "ой", "ю", "ом", "ем", "я", "і", "ії", "ою"):
            if word.endswith("ия") == (ending in {"ии", "ию", "ией"}):
                yield (f"{stem.removesuffix('и') if word.endswith('ия') else stem}{ending}",)
    elif _ARABIC.fullmatch(word):
        for preposition in "بلفو":
            yield (f"{preposition}{word}",)
        if word.startswith("ال"):
            yield (f"لل{word[2:]}",)
