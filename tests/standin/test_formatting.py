"""HTML as Telegram reads it."""

from __future__ import annotations

import html
from datetime import UTC, datetime

import pytest
import telegram
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.standin.rules import formatting
from bot.standin.rules.refusal import ApiError

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1)


def _kinds(source: str) -> list[tuple[str, str]]:
    text, entities = formatting.parse(source, "HTML")
    return [(entity["type"], formatting.cut(text, entity)) for entity in entities]


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    """Whatever html.escape makes of a text is accepted and read back, but for the white space around it."""
    plain, _ = formatting.parse(html.escape(text), "HTML")
    assert plain == text.strip()


@given(
    st.lists(st.tuples(st.sampled_from(["b", "i", "u", "s", "code", "tg-spoiler", "blockquote"]), TEXTS), min_size=1)
)
def test_offsets_count_utf16_units(parts: list[tuple[str, str]]) -> None:
    """Each entity covers exactly the text between its tags, in any script and with any emoji."""
    source = " ".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in parts)
    text, entities = formatting.parse(source, "html")
    chosen = [entity for entity in entities if entity["type"] in formatting.TAGS.values()]
    assert [(e["type"], formatting.cut(text, e)) for e in chosen] == [(formatting.TAGS[t], part) for t, part in parts]


def _nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["b", "i", "u", "s", "tg-spoiler"])
    return st.builds(lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>", tags, st.lists(children, min_size=1))


@given(st.lists(st.recursive(TEXTS.map(html.escape), _nested, max_leaves=8), min_size=1), st.booleans())
def test_what_the_library_writes_is_read_back(parts: list[str], folded: bool) -> None:
    """HTML that python-telegram-bot makes of a parsed message, nested as it may be, means the same again."""
    source = "".join(parts)
    if folded:
        source = f"<blockquote expandable>{source}</blockquote>"
    text, entities = formatting.parse(source, "HTML")
    assume(not _crossing(entities))
    message = telegram.Message(
        1,
        datetime.now(UTC),
        telegram.Chat(1, "private"),
        text=text,
        entities=[telegram.MessageEntity.de_json(entity, None) for entity in entities],
    )
    again, entities_again = formatting.parse(message.text_html, "HTML")
    assert again == text
    assert _places(entities_again) == _places(entities)


def _crossing(entities: list[formatting.Entity]) -> bool:
    """Tell whether one entity begins inside another and ends behind it: a command found half in bold.

    Telegram cuts the formatting there, the stand-in leaves it, and the library writes such a text wrongly.
    """
    spans = [(one["offset"], one["offset"] + one["length"]) for one in entities]
    return any(first < begin < last < end for first, last in spans for begin, end in spans)


def _places(entities: list[formatting.Entity]) -> set[tuple[str, int, int]]:
    return {(entity["type"], entity["offset"], entity["length"]) for entity in entities}


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a <", "Unclosed start tag at byte offset 2"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="https://example.org>x</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "blockquotes can't be nested"),
    ],
)
def test_broken_markup_is_refused(source: str, reason: str) -> None:
    """Markup that is unknown, unclosed or wrongly nested is a 400 that says where."""
    with pytest.raises(ApiError, match="can't parse entities: ") as caught:
        formatting.parse(source, "HTML")
    assert caught.value.code == 400
    assert reason in caught.value.description


def test_what_is_allowed() -> None:
    """Tags nest, quotations fold, links keep their address, code its language."""
    assert _kinds("<b>bold <i>both</i></b>") == [("bold", "bold both"), ("italic", "both")]
    assert _kinds("<blockquote expandable>long</blockquote>") == [("expandable_blockquote", "long")]
    assert _kinds('<span class="tg-spoiler">x</span>') == [("spoiler", "x")]
    assert formatting.parse('<a href="https://e.org/?a=1&amp;b=2">x</a>', "HTML")[1] == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://e.org/?a=1&b=2"}
    ]
    assert formatting.parse('<pre><code class="language-py">x</code></pre>', "HTML")[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "py"}
    ]
    assert _kinds('<a href="no address">x</a>') == []
    assert _kinds("<b></b>x") == []


def test_references() -> None:
    """The four named references and all numbered ones are read; any other is the text it looks like."""
    assert formatting.parse("&lt;&gt;&amp;&quot;&#39;&#x1F600;&copy;&nbsp;&", "HTML")[0] == "<>&\"'😀&copy;&nbsp;&"
    assert formatting.parse("&#0;&#xD800;", "HTML")[0] == "&#0;&#xD800;"


def test_white_space_around_goes() -> None:
    """White space at both ends is cut off, and entities with it."""
    assert formatting.parse("\n <b> x </b> ", "HTML") == ("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_what_telegram_finds_by_itself() -> None:
    """Commands, mentions and addresses in plain text become entities, but not inside links or code."""
    found = formatting.found("/start@some_bot see https://example.org/x, @anna or a/b")
    assert [entity["type"] for entity in found] == ["bot_command", "url", "mention"]
    assert found[1] == {"type": "url", "offset": 20, "length": 21}
    assert _kinds("<code>/list</code>") == [("code", "/list")]


def test_other_modes_are_not_modelled() -> None:
    """Markdown is refused rather than misread."""
    with pytest.raises(ApiError, match="not modelled"):
        formatting.parse("*x*", "MarkdownV2")
