"""Every entry on every surface in every language, within Telegram's limits."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from telegram import InlineKeyboardMarkup, User

from bot import limits
from bot.editions.compilation import compile_folder
from bot.replies.reply import Browse, Folded, Helplines, NoneOfThese, Paragraph, Show
from bot.replies.wording.lengths import units
from bot.standin.rules.limits import INLINE_RESULTS, RESULT_ID
from bot.telegram_app.handlers.inline import PAGE
from bot.telegram_app.handlers.responder import Responder
from bot.telegram_app.views import articles, keyboards, messages
from bot.telegram_app.views.keyboards import Trail
from bot.telegram_app.views.response import Choices, Compared, Response
from tests.telegram_app.conftest import GARDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.replies.reply import Action
    from bot.telegram_app.views.messages import Outgoing
    from bot.telegram_app.views.response import Place

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
ME = User(id=7, is_bot=True, first_name="Guide", username="a" * 29 + "bot", supports_inline_queries=True)


@cache
def desk_of(folder: Path) -> Responder:
    """Compile a folder once."""
    return Responder(compile_folder(folder, thorough=False), "en")


def responses(responder: Responder, language: str) -> Iterator[Response]:
    """Yield everything that can be said without a question."""
    entries = responder.edition.catalogue.entries
    ids = tuple(entries)
    cards = [Show(name, language) for name in ids]
    pages = [
        Browse(kind, page) for kind in (None, "organisation", "topic", "instrument", "programme") for page in range(9)
    ]
    places: list[Action | Place] = [Choices(ids[:5]), Compared(ids[:2]), NoneOfThese(), Helplines(), Helplines("IN")]
    everywhere: tuple[Action | Place, ...] = (*cards, *pages, *places)
    for action in everywhere:
        response = responder.at(action, language)
        assert response is not None
        yield response
    composer = responder.composer
    for reply in (
        composer.start,
        composer.privacy,
        composer.gone,
        composer.text_only,
        composer.failed,
        composer.unknown_command,
    ):
        yield Response(reply(language))
    yield responder.how_to_ask(language)


def seen(text: str) -> int:
    """Return the units of a text in HTML that are counted: those between the markup."""
    return units(unescape(re.sub(r"<[^>]*>", "", text)))


def check(markup: InlineKeyboardMarkup | None) -> None:
    """Check a keyboard."""
    rows = markup.inline_keyboard if markup else ()
    assert sum(map(len, rows)) <= limits.KEYBOARD_BUTTONS
    for row in rows:
        assert 1 <= len(row) <= limits.KEYBOARD_ROW
        for button in row:
            assert 1 <= units(button.text) <= limits.BUTTON_LABEL
            if button.callback_data is not None:
                assert 1 <= len(str(button.callback_data).encode()) <= limits.CALLBACK_DATA
            if button.switch_inline_query is not None:
                assert len(button.switch_inline_query) <= limits.INLINE_QUERY


@pytest.mark.parametrize("folder", [GARDEN, KNOWLEDGE], ids=["garden", "knowledge"])
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_everything_fits_everywhere(folder: Path, language: str) -> None:
    """Texts, buttons, callback data and identifiers, in private, in groups and sent from elsewhere."""
    responder = desk_of(folder)
    back = Choices(tuple(responder.edition.catalogue.entries)[:5])
    ids = set()
    for response in responses(responder, language):
        trail = Trail(response.here, back, "A name", response.try_inline)
        for render in (messages.private, messages.group, messages.elsewhere):
            outgoing = render(response.reply, ME, trail)
            assert 0 < seen(outgoing.text) <= (limits.GROUP_TEXT if render is messages.group else limits.MESSAGE_TEXT)
            check(outgoing.markup)
        article = articles.article(response, ME)
        assert 1 <= len(article.id.encode()) <= RESULT_ID
        assert 1 <= units(article.title) <= limits.RESULT_TITLE
        assert units(article.description or "") <= limits.RESULT_DESCRIPTION
        ids.add((article.id, article.title))
    assert len({name for name, _ in ids}) == len(ids)


@pytest.mark.parametrize("render", [messages.private, messages.group, messages.elsewhere])
def test_a_reply_that_is_far_too_long_is_cut_on_every_surface(render: Callable[..., Outgoing]) -> None:
    """Replies come whole: it is here that they are made to fit, what is folded first."""
    responder = desk_of(GARDEN)
    response = responder.at(Show("rose"), "en")
    assert response is not None
    endless = (*response.reply.blocks, Paragraph("a <b> & 😀 word. " * 999), Folded("More & more. " * 999))
    text = render(replace(response.reply, blocks=endless), ME, Trail(response.here)).text
    assert seen(text) <= (limits.GROUP_TEXT if render is messages.group else limits.MESSAGE_TEXT)
    assert text.startswith("<b>Rose Society")
    assert "More &amp; more" not in text


@pytest.mark.parametrize(
    ("name", "too_long"),
    [
        ("n" * limits.BUTTON_LABEL, False),
        ("n" * (limits.BUTTON_LABEL + 1), True),
        ("Dr. Ada " + "n" * (limits.BUTTON_LABEL - 8), False),
        ("Dr. Ada " + "n" * (limits.BUTTON_LABEL - 7), True),
        ("🌹" * (limits.BUTTON_LABEL // 2), False),
        ("🌹" * (limits.BUTTON_LABEL // 2 + 1), True),
    ],
)
def test_editors_are_told_of_exactly_the_names_that_a_button_cuts(tmp_path: Path, name: str, *, too_long: bool) -> None:
    """Up to the limit a name is shown whole and nothing is said; beyond it both happen."""
    (tmp_path / "bot.yaml").write_text("title: Names\n", encoding="utf-8")
    (tmp_path / "one.yaml").write_text(f"name: {name}\nsummary: One.\n", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("name: Two\nsummary: Two.\nrelated: [one]\n", encoding="utf-8")
    edition = compile_folder(tmp_path, thorough=False)
    assert not edition.errors
    assert ("name-too-long" in {finding.code for finding in edition.findings}) == too_long
    response = Responder(edition, "en").at(Show("two"), "en")
    assert response is not None
    markup = keyboards.private(response.reply, ME, Trail(response.here))
    assert markup is not None
    label = markup.inline_keyboard[0][0].text
    assert (label != name) == too_long
    assert label[:10] == name[:10]
    assert units(label) <= limits.BUTTON_LABEL


def test_a_long_list_of_links_keeps_to_the_keyboard() -> None:
    """What does not fit is left out."""
    responder = desk_of(GARDEN)
    response = responder.at(Show("rose"), "en")
    assert response is not None
    many = replace(response.reply, links=response.reply.links * 80)
    check(keyboards.private(many, ME, Trail(response.here)))
    check(keyboards.elsewhere(many, ME, Trail(response.here)))


def test_a_page_of_results_fits_into_one_answer() -> None:
    """With the answer that may stand above it."""
    assert PAGE + 1 <= INLINE_RESULTS
