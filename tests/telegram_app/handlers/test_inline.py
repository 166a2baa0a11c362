"""Inline mode, through HTTP against the stand-in."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bot.editions.compilation import compile_folder
from bot.limits import INLINE_QUERY
from bot.telegram_app.handlers.inline import PAGE
from tests.telegram_app.conftest import GARDEN, grown, opened

if TYPE_CHECKING:
    from pathlib import Path

    from bot.standin.state import InlineAnswer, InlineQuery
    from tests.telegram_app.conftest import Visit


def answer(typed: InlineQuery) -> InlineAnswer:
    """Return the answer, which must be there."""
    assert typed.answer is not None
    return typed.answer


def titles(typed: InlineQuery) -> list[str]:
    """Return the titles of the results."""
    return [result.title for result in answer(typed).results]


@pytest.mark.parametrize("query", ["ros", "rose soc", "rsoe", "ROSO", "société des ros", "pruning"])
async def test_results_come_as_somebody_types(visit: Visit, query: str) -> None:
    """Beginnings of words, typing mistakes, acronyms and other languages find the entry."""
    assert titles(await visit.type(query))[0] in {"Rose Society (ROSO)", "Société des roses (ROSO)"}


async def test_a_result_is_a_full_card_when_it_is_sent(visit: Visit) -> None:
    """Title and one line in the list; the whole card in the chat, with links and the way into the private chat."""
    typed = await visit.type("rose society")
    result = answer(typed).results[0]
    assert (result.title, result.id) == ("Rose Society (ROSO)", "rose.en")
    assert result.description.startswith("The Rose Society breeds roses")
    sent = visit.world.choose_inline(typed, 0, visit.world.group("Gardeners", visit.anna))
    assert "Looked through in October 2026" in (sent.text or "")
    assert [(button.text, button.value) for button in sent.buttons] == [
        ("Website", "https://rose.example.org"),
        ("Contact", "https://rose.example.org/contact"),
        ("More in a private chat", "https://t.me/stand_in_bot?start=rose--en"),
    ]


async def test_the_same_result_has_the_same_id_whenever_it_is_found(visit: Visit) -> None:
    """Ids depend on the entry and the language only."""
    ids = {
        answer(await visit.type(query)).results[0].id
        for query in ("rose society", "ros", "when was the rose society founded")
    }
    assert ids == {"rose.en"}


async def test_an_empty_query_shows_the_organisations(visit: Visit) -> None:
    """And a button to the private chat."""
    typed = await visit.type("")
    assert titles(typed) == ["Moss Club", "Rose Society (ROSO)", "Tree Trust (TT)"]
    assert answer(typed).button == {"text": "Ask me in private", "start_parameter": "inline"}


async def test_names_stand_in_one_order_everywhere(tmp_path: Path) -> None:
    """É stands beside E, for somebody who has typed nothing and in the list to look through."""
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / "bot.yaml").write_text("title: Names\n", encoding="utf-8")
    for name in ("Zeta", "Église", "Alpha", "echo"):
        text = f"kind: organisation\nname: {name}\nsummary: This is {name}.\n"
        (folder / f"{name[0].lower().replace('é', 'i')}.yaml").write_text(text, encoding="utf-8")
    edition = compile_folder(folder, thorough=False)
    assert not edition.errors
    async with opened(edition, folder) as visit:
        shown = titles(await visit.type(""))
        listed = [button.text for button in (await visit.ask("/list")).buttons]
    assert shown == ["Alpha", "echo", "Église", "Zeta"]
    assert listed[:4] == shown


async def test_nothing_found_says_so(visit: Visit) -> None:
    """One result that says so, and a button to ask in private."""
    typed = await visit.type("quantum chromodynamics")
    assert titles(typed) == ["Nothing found"]
    assert answer(typed).button == {"text": "Ask me in private", "start_parameter": "inline"}
    sent = visit.world.choose_inline(typed)
    assert (sent.text or "").startswith("I did not understand that")


async def test_sharing_leads_to_exactly_that_card(visit: Visit) -> None:
    """The share button opens inline mode with one result, in the language of the card, for everybody the same."""
    card = await visit.ask("rose society")
    await visit.tap(card, "More")
    await visit.tap(card, "Français")
    share = card.button("Partager")
    assert (share.kind, share.value) == ("switch_inline_query", "#rose fr")
    typed = await visit.type(str(share.value))
    assert titles(typed) == ["Société des roses (ROSO)"]
    ben = visit.world.user("Ben", language="es")
    again = visit.world.type_inline(ben, "#rose fr")
    assert again.cached
    assert titles(await visit.type("#gone en")) == ["Nothing found"]


async def test_one_persons_language_is_never_in_anothers_results(visit: Visit) -> None:
    """The same words typed by two people give each their own language, whatever Telegram keeps."""
    words = {"en": "Rose Society (ROSO)", "fr": "Société des roses (ROSO)", "es": "Sociedad de la Rosa (ROSO)"}
    for _ in range(2):
        for language, title in words.items():
            user = visit.world.user("Person", language=language)
            assert title in titles(await visit.type("ROSO", user=user))
            assert title in titles(await visit.type("", user=user))


async def test_helplines_are_alone_and_never_kept(visit: Visit) -> None:
    """A cry for help has one result, which Telegram must not keep, and a button to the helplines."""
    typed = await visit.type("my dad hits me")
    assert titles(typed) == ["If you are in danger"]
    assert (answer(typed).cache_time, answer(typed).is_personal) == (0, True)
    assert answer(typed).button == {"text": "Helplines", "start_parameter": "_helplines"}
    assert not (await visit.type("my dad hits me")).cached
    visit.world.start(visit.anna, "_helplines")
    await visit.settle()
    assert "call the emergency number" in (visit.world.last(visit.world.private(visit.anna)).text or "")


async def test_a_card_of_helplines_that_is_shared_is_never_kept(visit: Visit) -> None:
    """Numbers change: whoever shares them gets those of now, and another card may be kept."""
    typed = await visit.type("#danger en")
    assert titles(typed) == ["If you are in danger"]
    assert (answer(typed).cache_time, answer(typed).is_personal) == (0, True)
    other = await visit.type("#rose en")
    assert answer(other).cache_time


async def test_small_talk_and_neighbours_are_answered_too(visit: Visit) -> None:
    """An honest line about somebody who is not covered stands above what else was found."""
    typed = await visit.type("zoo opening hours")
    sent = visit.world.choose_inline(typed, 0)
    assert (sent.text or "").startswith("The City Zoo is not a garden")


async def test_a_late_answer_is_a_normal_thing(visit: Visit) -> None:
    """Telegram refuses it, and nothing else happens."""
    visit.world.type_inline(visit.anna, "rose")
    visit.world.state.inline_queries.clear()  # what Telegram does after half a minute
    await visit.settle()
    visit.refusals = 1


@pytest.mark.parametrize(
    "offset", ["", "0", "-1", "99999999999999", "5", "a.b", "1.rose", "600000.rose", "3.gone", "💥", "x" * 64]
)
async def test_forged_offsets_are_harmless(visit: Visit, offset: str) -> None:
    """A page that was never offered is empty or begins somewhere; nothing fails."""
    for query in ("", "society", "my dad hits me"):
        assert (await visit.type(query, offset=offset)).answer is not None


@pytest.mark.parametrize(
    "query",
    [
        "😀" * INLINE_QUERY,
        "👩‍👩‍👧‍👦" * (INLINE_QUERY // 7),
        "a" + "\u0301" * (INLINE_QUERY - 1),
        "\u202e" * INLINE_QUERY,
        "\u200b" * INLINE_QUERY,
        "<b>&" * (INLINE_QUERY // 4),
        "#" * INLINE_QUERY,
        "# ",
        "क्" * (INLINE_QUERY // 2),
        "\ud83d".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") * 9,
    ],
)
async def test_strange_queries_get_a_result(visit: Visit, query: str) -> None:
    """256 emoji or combining marks are a query like any other."""
    assert (await visit.type(query)).answer is not None


@pytest.mark.parametrize("keystrokes", [150, pytest.param(1000, marks=pytest.mark.long)])
async def test_hundreds_of_keystrokes(visit: Visit, keystrokes: int) -> None:
    """Whoever types fast gets an answer to each keystroke."""
    sentence = "who looks after the trees and the roses in this garden "
    typed = [visit.world.type_inline(visit.anna, sentence[: 1 + n % len(sentence)] + str(n)) for n in range(keystrokes)]
    await visit.settle()
    assert all(query.answer is not None for query in typed)


async def pages(visit: Visit, query: str) -> list[list[str]]:
    """Turn all pages of a query, as an app does, and return the ids of their results."""
    offset, found = "", list[list[str]]()
    while len(found) < 100:
        typed = await visit.type(query, offset=offset)
        found.append([result.id for result in answer(typed).results])
        offset = answer(typed).next_offset
        if not offset:
            return found
    raise AssertionError("the pages never end")


async def test_all_entries_can_be_paged_through(tmp_path: Path) -> None:
    """Each once, in pages, both without a query and with one."""
    folder = tmp_path / "garden"
    shutil.copytree(GARDEN, folder)
    async with opened(grown(folder, 40), folder) as visit:
        for query, least in (("", 43), ("garden club", 10)):
            found = await pages(visit, query)
            ids = [result for page in found for result in page]
            assert len(ids) == len(set(ids)) >= least
            assert {len(page) for page in found[:-1]} <= {PAGE}


async def test_pages_go_on_after_a_reload(tmp_path: Path) -> None:
    """The next page begins behind the last entry that was seen, wherever that is now."""
    folder = tmp_path / "garden"
    shutil.copytree(GARDEN, folder)
    async with opened(grown(folder, 40), folder) as visit:
        first = answer(await visit.type(""))
        first_ids = [result.id for result in first.results]
        text = (folder / "clubs.yaml").read_text(encoding="utf-8").replace("Garden Club 000", "Zinnia Club")
        (folder / "clubs.yaml").write_text(text, encoding="utf-8")
        assert visit.store.reload().swapped
        second_ids = [result.id for result in answer(await visit.type("", offset=first.next_offset)).results]
        assert not set(first_ids) & set(second_ids)
        assert second_ids[0] == "club-015.en"
