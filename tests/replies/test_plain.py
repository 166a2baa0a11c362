"""A reply as plain text, with its links and what can be tapped."""

from __future__ import annotations

from bot.replies.plain import body, plain
from bot.replies.reply import Button, Item, LinkButton, NoneOfThese, Paragraph, Reply, Share, Show


def test_plain_text_lists_links_and_what_can_be_tapped() -> None:
    """Sharing and other languages are left out: in plain text there is nothing to tap."""
    reply = Reply(
        language="en",
        blocks=(Paragraph("Text."),),
        links=(LinkButton("Website", "https://a.example/"),),
        actions=(
            (Button("OMCT", Show("omct")), Button("Français", Show("omct", "fr"))),
            (Button("Share", Share("omct")), Button("None", NoneOfThese())),
        ),
    )
    assert plain(reply) == "Text.\n\nWebsite: https://a.example/\n\n→ OMCT"


def test_plain_text_is_the_whole_reply() -> None:
    """However long: a terminal scrolls."""
    assert plain(Reply("en", (Paragraph("word " * 2000),))) == "word " * 2000


def test_an_empty_reply_is_empty() -> None:
    """No block, no text."""
    assert plain(Reply("en", ())) == ""


def test_a_latin_name_in_an_arabic_list_is_isolated() -> None:
    """The colon stays behind the name, on its left."""
    assert body(Reply("ar", (Item("119", label="Allô enfance"),))) == "• \u2068Allô enfance\u2069: 119"
