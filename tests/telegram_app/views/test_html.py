"""HTML says what the plain text says, and nothing in a text can become markup."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.plain import body
from bot.replies.reply import Folded, Heading, Item, Lead, Paragraph, Quiet, Reply
from bot.telegram_app.views.html import html

TEXT = st.text(min_size=1, max_size=30)
BLOCK = st.one_of(
    *(st.builds(kind, TEXT) for kind in (Heading, Lead, Paragraph, Folded, Quiet)),
    st.builds(Item, TEXT, label=st.just("") | TEXT, url=st.sampled_from(["", "https://a.example/?b=1&c=2"])),
)
REPLY = st.builds(Reply, language=st.sampled_from(["en", "ar"]), blocks=st.lists(BLOCK, max_size=6).map(tuple))
TAGS = {"b", "/b", "i", "/i", "/a", "blockquote expandable", "/blockquote", 'a href="https://a.example/?b=1&amp;c=2"'}


@given(REPLY)
def test_html_is_the_body_with_markup(reply: Reply) -> None:
    """Without tags, and with entities resolved, HTML is exactly the text that is measured."""
    assert unescape(re.sub(r"<[^>]*>", "", html(reply))) == _resolved(body(reply))


@given(REPLY)
def test_only_known_tags_stand_in_the_html(reply: Reply) -> None:
    """Whatever a text contains, it opens no tag of its own."""
    assert set(re.findall(r"<([^>]*)>", html(reply))) <= TAGS


def _resolved(text: str) -> str:
    """Resolve what unescape does to any text: it also replaces a few characters that HTML does not allow."""
    return unescape(text.replace("&", "&amp;"))


def test_each_block_has_its_own_look() -> None:
    """One of each, with list lines close together and the rest apart."""
    reply = Reply(
        language="en",
        blocks=(
            Heading("<UNICEF>"),
            Lead("First & foremost"),
            Paragraph("Text."),
            Item("visits prisons", label="<OMCT> & others"),
            Item("day and night", label="Line", url='https://a.example/?q="&b=1'),
            Folded("More"),
            Quiet("As of now"),
        ),
    )
    assert html(reply) == (
        "<b>&lt;UNICEF&gt;</b>\n\n<b>First &amp; foremost</b>\n\nText.\n\n"
        "• <b>&lt;OMCT&gt; &amp; others</b>: visits prisons\n"
        '• <b>Line</b>: day and night <a href="https://a.example/?q=&quot;&amp;b=1">https://a.example/?q="&amp;b=1</a>\n\n'
        "<blockquote expandable>More</blockquote>\n\n<i>As of now</i>"
    )


def test_an_empty_reply_is_empty() -> None:
    """No block, no text."""
    assert html(Reply("en", ())) == ""
