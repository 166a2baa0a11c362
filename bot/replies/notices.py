"""Replies that are about the bot itself: where to start, how to ask, privacy, and one-line notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.replies import helping
from bot.replies.lists import browse_button
from bot.replies.reply import Ask, Button, Heading, Paragraph, Quiet, Reply
from bot.replies.voice import endonym

if TYPE_CHECKING:
    from bot.replies.reply import Block
    from bot.replies.voice import Voice

EXAMPLES = 3
"""Example questions offered to tap."""


def start(voice: Voice) -> Reply:
    """Return the welcome: what this is, what it is not, and three questions to tap."""
    bot = voice.catalogue.bot
    title = voice.pick(bot.title)
    blocks: list[Block] = [Heading(title), *_paragraphs(voice.pick(bot.description), voice.words("start.lead"))]
    blocks.extend(Quiet(text) for text in [voice.pick(bot.disclaimer)] if text)
    return Reply(
        language=voice.language,
        blocks=tuple(blocks),
        actions=(*examples(voice), (browse_button(voice), helping.button(voice))),
        title=title,
        description=voice.pick(bot.short_description) or voice.words("start.lead"),
    )


def how_to_ask(voice: Voice, tap: Button) -> Reply:
    """Return how to ask; the first line is for whoever is in danger, and ``tap`` leads to the helplines."""
    blocks: list[Block] = [
        Paragraph(voice.words("how.danger", button=tap.label)),
        Paragraph(voice.words("how.lead")),
        Quiet(voice.words("how.languages", languages=", ".join(map(endonym, voice.catalogue.bot.languages)))),
    ]
    return Reply(
        language=voice.language,
        blocks=tuple(blocks),
        actions=((tap,), *examples(voice), (browse_button(voice),)),
        title=voice.words("how.title"),
        description=voice.words("how.lead"),
    )


def privacy(voice: Voice) -> Reply:
    """Return what is kept about people (nothing), who publishes the bot and what it is not."""
    bot = voice.catalogue.bot
    texts = [voice.words("privacy.kept"), voice.words("privacy.counted"), voice.words("privacy.telegram")]
    texts += [voice.pick(bot.publisher), voice.pick(bot.disclaimer)]
    if bot.contact:
        texts.append(voice.words("privacy.contact", contact=bot.contact))
    title = voice.words("privacy.title")
    return Reply(
        language=voice.language,
        blocks=(Heading(title), *_paragraphs(*texts)),
        title=title,
        description=voice.words("privacy.kept"),
    )


def notice(key: str, voice: Voice, *, browse: bool = False) -> Reply:
    """Return a one-line notice, with the list to look through if ``browse``."""
    text = voice.words(f"notice.{key}")
    return Reply(
        language=voice.language,
        blocks=(Paragraph(text),),
        actions=((browse_button(voice),),) if browse else (),
        title=text,
    )


def examples(voice: Voice) -> tuple[tuple[Button, ...], ...]:
    """Return the folder's example questions as buttons that ask them."""
    given = voice.catalogue.bot.examples
    chosen = given.get(voice.language) or given.get(ANY_LANGUAGE) or given.get(voice.default) or ()
    return tuple((Button(text, Ask(text)),) for text in chosen[:EXAMPLES])


def _paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)
