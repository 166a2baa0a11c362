"""Countries: the one a message names decides which helplines come first."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.text.places import Places

COUNTRIES = Places()
MESSAGES = yaml.safe_load(Path(__file__).with_name("places.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("my dad hits me, i live in India", "IN"),
        ("मैं भारत से हूँ", "IN"),
        ("delhi police took my brother", "IN"),
        ("أنا بالهند", "IN"),
        ("живу в Индии", "IN"),
        ("j'habite à Paris", "FR"),
        ("ich wohne in den niederlanden", "NL"),
        ("vivo en España", "ES"),
        ("eu moro na Itália", "IT"),
        ("я в Германии", "DE"),
        ("i live in south sudan", "SS"),
        ("انا بلبنان", "LB"),
        ("from england", "GB"),
        ("je travaille en France, ma fille de 12 ans est au Sénégal", "SN"),
        ("I live in Germany, my daughter is in Kenya", "KE"),
        ("trabajo en españa, mi hijo está en ecuador", "EC"),
        ("मैं दुबई में हूँ, मेरा बेटा पटना में है", "IN"),
        ("my dad works in saudi arabia and i am in nepal", "NP"),
        ("tripoli, lebanon", "LB"),
        ("santiago, españa", "ES"),
        ("نحن في عمّان، الأردن", "JO"),
        ("نحن في عمان، الأردن", "JO"),
        ("نحن في عمّان", "JO"),
        ("سلطنة عمان", "OM"),
        ("shes 16 were in ohio", "US"),
        ("im in california", "US"),
        ("texas", "US"),
        ("cape town", "ZA"),
        ("casablanca", "MA"),
        ("nobody here", None),
        ("meine oma schlägt mich", None),
        ("ما معي مالي", None),
        ("tell us where to go in the u.s.", None),
        ("what is the UN doing", None),
        ("", None),
    ],
)
def test_named(text: str, code: str | None) -> None:
    """Names, capitals, cases and joined prepositions are known; everyday words that look like names are not."""
    assert COUNTRIES.named(text) == code


@pytest.mark.parametrize("text", [text for texts in MESSAGES["no_country"].values() for text in texts])
def test_names_and_words_that_look_like_countries_are_none(text: str) -> None:
    """A friend called Jordan, a turkey sandwich and "que je vienne" lead to nobody's country."""
    assert COUNTRIES.named(text) is None


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in MESSAGES["country"].items() for text in texts]
)
def test_places_are_found_as_people_say_them(code: str, text: str) -> None:
    """A country or a city, behind or before a word of place or alone, in twelve languages."""
    assert COUNTRIES.named(text) == code


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    """The answer is a code of two letters or nothing."""
    code = COUNTRIES.named(text)
    assert code is None or (len(code) == 2 and code.isupper())
