"""Replies that are about the bot itself: where to start, how to ask, privacy, and one-line notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies import helplines
from bot.replies.lists import browse_button
from bot.replies.reply import Ask, Button, Heading, Paragraph, Quiet, Reply
from bot.replies.wording.localiser import endonym

if TYPE_CHECKING:
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

EXAMPLES = 3
"""Example questions offered to tap."""


def start(localiser: Localiser) -> Reply:
    """Return the welcome: what this is, what it is not, and three questions to tap."""
    bot = localiser.catalogue.bot
    title = localiser.pick(bot.title)
    blocks: list[Block] = [Heading(title), *_paragraphs(localiser.pick(bot.description), localiser.words("start.lead"))]
    blocks.extend(Quiet(text) for text in [localiser.pick(bot.disclaimer)] if text)
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        actions=(*examples(localiser), (browse_button(localiser), helplines.button(localiser))),
        title=title,
        description=localiser.pick(bot.short_description) or localiser.words("start.lead"),
    )


def how_to_ask(localiser: Localiser, tap: Button) -> Reply:
    """Return how to ask; the first line is for whoever is in danger, and ``tap`` leads to the helplines."""
    blocks: list[Block] = [
        Paragraph(localiser.words("how.danger", button=tap.label)),
        Paragraph(localiser.words("how.lead")),
        Quiet(localiser.words("how.languages", languages=", ".join(map(endonym, localiser.catalogue.bot.languages)))),
    ]
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        actions=((tap,), *examples(localiser), (browse_button(localiser),)),
        title=localiser.words("how.title"),
        description=localiser.words("how.lead"),
    )


def privacy(localiser: Localiser) -> Reply:
    """Return what is stored about people (nothing) and remembered, who publishes the bot and what it is not."""
    bot = localiser.catalogue.bot
    said = ("privacy.kept", "privacy.memory", "privacy.counted", "privacy.telegram")
    texts = [localiser.words(key) for key in said]
    texts += [localiser.pick(bot.publisher), localiser.pick(bot.disclaimer)]
    if bot.contact:
        texts.append(localiser.words("privacy.contact", contact=bot.contact))
    title = localiser.words("privacy.title")
    return Reply(
        language=localiser.language,
        blocks=(Heading(title), *_paragraphs(*texts)),
        title=title,
        description=localiser.words("privacy.kept"),
    )


def notice(key: str, localiser: Localiser, *, browse: bool = False) -> Reply:
    """Return a one-line notice, with the list to look through if ``browse``."""
    text = localiser.words(f"notice.{key}")
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(text),),
        actions=((browse_button(localiser),),) if browse else (),
        title=text,
    )


def examples(localiser: Localiser) -> tuple[tuple[Button, ...], ...]:
    """Return the folder's example questions as buttons that ask them."""
    return tuple((Button(text, Ask(text)),) for text in localiser.examples()[:EXAMPLES])


def _paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)
