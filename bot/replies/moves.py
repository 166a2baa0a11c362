"""Replies to messages about the conversation itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Move
from bot.replies import choices, lists
from bot.replies.lists import browse_button
from bot.replies.reply import Button, Item, Paragraph, Quiet, Reply, Show
from bot.replies.screen import packed

if TYPE_CHECKING:
    from bot.matching.decision import Chat
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser


def moved(chat: Chat, localiser: Localiser, helplines: Button) -> Reply:
    """Return the reply to a message such as "that is wrong", "no", "the third one" where there are two."""
    if chat.move is Move.MENU:
        return lists.browse(None, 0, localiser)
    if chat.move is Move.NONE_OF_THESE:
        return choices.none_of_these(localiser, helplines, again=choices.is_unanswered_again(chat))
    lead, further = _texts(chat, localiser)
    blocks: list[Block] = [Paragraph(lead)]
    if chat.move is Move.COMPLAINT:
        blocks += [Item(localiser.full_name(entry), localiser.short_name(entry)) for entry in chat.nearest]
    if further:
        blocks.append(Quiet(further) if chat.move is Move.COMPLAINT else Paragraph(further))
    offered = tuple(packed([Button(localiser.short_name(entry), Show(entry.id)) for entry in chat.nearest]))
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        actions=(*offered, (browse_button(localiser), helplines)),
        title=lead,
        description=further or lead,
    )


def _texts(chat: Chat, localiser: Localiser) -> tuple[str, str]:
    words, bot = localiser.words, localiser.catalogue.bot
    match chat.move:
        case Move.COMPLAINT:
            where = localiser.pick(bot.report) or (words("move.report", contact=bot.contact) if bot.contact else "")
            return " ".join((words("move.sorry"), *((words("move.others"),) if chat.nearest else ()))), where
        case Move.NOTHING if chat.nearest:
            return words("move.only", count=len(chat.nearest)), ""
        case Move.NOTHING:
            return words("move.nothing"), words("how.lead")
        case _:
            return words("move.ok"), ""
