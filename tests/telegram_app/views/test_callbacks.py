"""Callback data: within Telegram's limit, complete, and proof against whatever else is sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.entry import BotInfo, Entry
from bot.limits import CALLBACK_DATA
from bot.replies.reply import Ask, Browse, Countries, Helplines, NoneOfThese, Share, Show
from bot.telegram_app.views.callbacks import Press, decode, encode
from bot.telegram_app.views.references import References
from bot.telegram_app.views.response import Choices, Compared

LONG = "a-name-as-long-as-any-that-are-allowed"
IDS = ("omct", "pri", "a_b-c", "0", "what--fr", LONG, LONG + "-2")
QUESTION = "Which of all these societies would you ask about moss in the deepest shade of a northern wall?"


def references(*ids: str) -> References:
    """Return the references of a folder with these entries."""
    entries = {name: Entry(id=name, name={"en": name}) for name in ids or IDS}
    return References(Catalogue(bot=BotInfo(title={"en": "x"}, examples={"en": (QUESTION,)}), entries=entries))


languages = st.sampled_from(["en", "fr", "es", "ast", "pt-BR"])
ids = st.sampled_from(IDS)
some_ids = st.lists(ids, min_size=1, max_size=5, unique=True).map(tuple)
places = st.one_of(
    ids.map(Show),
    st.builds(Show, ids, full=st.just(value=True)),
    st.builds(Browse, st.sampled_from([None, "organisation", "topic"]), st.integers(0, 999)),
    st.sampled_from([Helplines(), Helplines("IN"), Countries(), Countries(3)]),
    some_ids.map(Choices),
    some_ids.map(Compared),
)
actions = st.one_of(places, st.just(NoneOfThese()))


@given(actions, languages, st.none() | places, st.booleans())
def test_a_button_says_all_there_is_to_know(action: Show, language: str, back: Show | None, fresh: bool) -> None:
    """What is decoded is what was encoded, with nothing but the edition at hand; only the way back may be missing."""
    data = encode(Press(action, language, back, fresh))
    assert data is not None
    assert 1 <= len(data.encode()) <= CALLBACK_DATA
    press = decode(data, references())
    assert press is not None
    assert (press.action, press.language, press.fresh) == (action, language, fresh)
    assert press.back in {back, None}


@given(ids, st.sampled_from(["en", "fr", "es"]), some_ids.map(Choices))
def test_the_way_back_to_choices_always_fits(entry: str, language: str, back: Choices) -> None:
    """Five choices fit behind the longest reference."""
    press = decode(encode(Press(Show(entry), language, back)) or "", references())
    assert press is not None
    assert press.back == back


@given(st.text(min_size=1, max_size=200).filter(str.strip), languages)
def test_a_question_fits_or_is_named(text: str, language: str) -> None:
    """A short question travels in the button; of a long one the digest, which stands for an example or for nothing."""
    data = encode(Press(Ask(text), language))
    assert data is not None
    assert len(data.encode("utf-8", "surrogatepass")) <= CALLBACK_DATA
    press = decode(data, references())
    assert press is None or press.action == Ask(text.strip())


def test_a_long_example_is_found_by_its_digest() -> None:
    """The example questions of the folder can be of any length."""
    assert decode(encode(Press(Ask(QUESTION), "en", fresh=True)) or "", references()) == Press(
        Ask(QUESTION), "en", fresh=True
    )


def test_sharing_is_not_a_callback() -> None:
    """It is a button that Telegram's apps handle alone."""
    assert encode(Press(Share("omct"), "en")) is None


def test_a_card_in_another_language_names_that_language() -> None:
    """The language of the card wins over the language of the message."""
    press = decode(encode(Press(Show("omct", "fr"), "en")) or "", references())
    assert press == Press(Show("omct"), "fr")


def test_an_entry_that_has_gone_keeps_its_name() -> None:
    """The caller misses it, and says so."""
    press = decode(encode(Press(Show("omct"), "en")) or "", references("pri"))
    assert press == Press(Show("omct"), "en")


def test_choices_that_have_gone_are_left_out() -> None:
    """Those that are still there are offered."""
    press = decode(encode(Press(Choices(("omct", "pri")), "en")) or "", references("pri"))
    assert press == Press(Choices(("pri",)), "en")


@given(st.text(max_size=80))
def test_any_other_data_is_nobodys(data: str) -> None:
    """Whatever a forged client sends is decoded or refused, never an error."""
    press = decode(data, references())
    assert press is None or isinstance(press, Press)


@given(actions, languages, st.data())
def test_truncated_data_is_harmless(action: Show, language: str, data: st.DataObject) -> None:
    """Any beginning of real data is refused or names something that is looked up."""
    whole = encode(Press(action, language)) or ""
    decode(whole[: data.draw(st.integers(0, len(whole)))], references())


def test_data_of_another_version_is_refused() -> None:
    """Old buttons of another format get the polite answer."""
    assert decode("0en:somct", references()) is None
    assert decode("show:omct", references()) is None
    assert decode("1en:somct:x", references()) is None
    assert decode("1en:" + "s" * 80, references()) is None
