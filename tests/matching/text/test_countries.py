"""Countries: the one a message names decides which helplines come first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.text.countries import Countries

COUNTRIES = Countries()


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


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    """The answer is a code of two letters or nothing."""
    code = COUNTRIES.named(text)
    assert code is None or (len(code) == 2 and code.isupper())
