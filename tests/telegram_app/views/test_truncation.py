"""A reply always fits into one message."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.plain import body
from bot.replies.reply import Folded, Heading, Item, Lead, Paragraph, Quiet, Reply
from bot.replies.wording.lengths import units
from bot.telegram_app.views.truncation import fitted

WORDS = st.lists(st.sampled_from(["word", "😀😀😀", "sentence.", "كلمة", "x" * 50]), min_size=1, max_size=60).map(
    " ".join
)
BLOCK = st.one_of(
    *(st.builds(kind, WORDS) for kind in (Heading, Lead, Paragraph, Folded, Quiet)),
    st.builds(Item, WORDS, label=WORDS, url=st.just("https://a.example/")),
)
REPLY = st.builds(Reply, st.sampled_from(["en", "ar"]), st.lists(BLOCK, max_size=8).map(tuple))


@given(REPLY, st.integers(1, 1000))
def test_no_reply_is_too_long(reply: Reply, limit: int) -> None:
    """Whatever the blocks, the body has at most as many UTF-16 units as allowed."""
    assert units(body(fitted(reply, limit))) <= limit


@given(REPLY)
def test_a_reply_that_fits_is_unchanged(reply: Reply) -> None:
    """Nothing is cut without need."""
    assert fitted(reply, 10_000) == reply


def test_what_is_folded_gives_way_first() -> None:
    """The heading and the summary stay as they are."""
    blocks = (Heading("Name"), Paragraph("Summary."), Folded("A fact. " * 100), Quiet("As of now"))
    short = fitted(Reply("en", blocks), 200)
    assert short.blocks[:2] == blocks[:2]
    assert short.blocks[-1] == blocks[-1]
    assert isinstance(short.blocks[2], Folded)
    assert short.blocks[2].text.endswith("A fact. …")
