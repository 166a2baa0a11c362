"""Deep links, shared queries and offsets: what is written can be read, and nothing else can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import INLINE_QUERY, START_PAYLOAD
from bot.standin.rules.limits import INLINE_OFFSET
from bot.telegram_app.views import payloads
from bot.telegram_app.views.payloads import Offset, Target
from tests.telegram_app.views.test_callbacks import IDS, references

ids = st.sampled_from(IDS)
languages = st.sampled_from(["en", "fr", "pt-BR"])


@given(ids, st.none() | languages)
def test_each_entry_has_a_deep_link(entry: str, language: str | None) -> None:
    """The payload keeps to Telegram's alphabet and length and leads back to the entry."""
    payload = payloads.payload(entry, language)
    assert 1 <= len(payload) <= START_PAYLOAD
    names = {references().entry(target.name): target.language for target in payloads.read_payload(payload)}
    assert entry in names
    assert names[entry] == language


def test_a_plain_id_is_its_own_payload() -> None:
    """Links that people write by hand work."""
    assert payloads.payload("omct") == "omct"
    assert payloads.read_payload("omct") == (Target("omct"),)


def test_an_id_may_end_like_a_language() -> None:
    """The whole payload is tried as an id first."""
    assert payloads.read_payload("what--fr") == (Target("what--fr"), Target("what", "fr"))


@given(ids, languages)
def test_sharing_finds_the_card_again(entry: str, language: str) -> None:
    """The query of a shared card names the entry and the language."""
    query = payloads.shared(entry, language)
    assert len(query) <= INLINE_QUERY
    target = payloads.read_shared(query)
    assert target is not None
    assert references().entry(target.name) == entry
    assert target.language == language


@given(ids, st.integers(0, 999_999))
def test_an_offset_is_read_back(entry: str, position: int) -> None:
    """It fits and keeps the position and the entry before."""
    text = payloads.offset(position, entry)
    assert len(text.encode()) <= INLINE_OFFSET
    offset = payloads.read_offset(text)
    assert offset is not None
    assert (offset.position, references().entry(offset.after)) == (position, entry)


@given(st.text(max_size=100))
def test_forgeries_are_refused(text: str) -> None:
    """Nothing that anybody can send is an error."""
    assert isinstance(payloads.read_payload(text), tuple)
    assert isinstance(payloads.read_offset(text), Offset | None)
    assert isinstance(payloads.read_shared(text), Target | None)
    payloads.read_start_link(text, "guide_bot")
    payloads.read_start_link(f"https://t.me/{text}", "guide_bot")


def test_a_deep_link_is_recognised_in_a_button() -> None:
    """Also inside the address by which it is shared, but not that of another bot."""
    link = payloads.start_link("guide_bot", "omct")
    assert payloads.read_start_link(link, "Guide_Bot") == "omct"
    assert payloads.read_start_link(payloads.share_link("guide_bot", "omct"), "guide_bot") == "omct"
    assert payloads.read_start_link(link, "other_bot") is None
    assert payloads.read_start_link("https://t.me/guide_bot", "guide_bot") is None
    assert payloads.read_start_link("https://[broken", "guide_bot") is None
