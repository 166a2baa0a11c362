"""Text in two directions, and characters that are not shown."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.wording.bidi import isolate, visible


def test_only_what_runs_against_the_language_is_isolated() -> None:
    """Figures and names in the reader's own direction stay as they are."""
    assert isolate("UNICEF", "ar") == "\u2068UNICEF\u2069"
    assert isolate("اليونيسف", "ar") == "اليونيسف"
    assert isolate("1098", "ar") == "1098"
    assert isolate("UNICEF", "fr") == "UNICEF"


def test_a_terminal_is_safe_from_what_somebody_typed() -> None:
    """Escape sequences, direction marks and zero-width characters are gone; line breaks are spaces."""
    assert visible("a\x1b[31mb\u202ec\u200b\nd\x00e") == "a[31mbc de"


def test_joiners_inside_words_stay() -> None:
    """Persian and family emoji are spelled with them."""
    assert visible("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text())
def test_visible_text_has_no_control_characters(text: str) -> None:
    """Nothing that moves a cursor is left, whatever comes in."""
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in visible(text))
