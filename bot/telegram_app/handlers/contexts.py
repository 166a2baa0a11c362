"""What a message hangs on and what a button leaves behind, where that is not for a decision to say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.context import InCare
from bot.matching.tuning import DEFAULT
from bot.replies.reply import Browse, Helplines, NoneOfThese, Show
from bot.telegram_app.views import callbacks, keyboards

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage, Message, User

    from bot.matching.context import Context
    from bot.replies.reply import Action, Reply
    from bot.telegram_app.views.references import References
    from bot.telegram_app.views.response import Place


def conversation(message: MaybeInaccessibleMessage, user: User | None) -> tuple[int, int]:
    """Return the key of the conversation that somebody has: in a group each person has one of their own."""
    return message.chat.id, user.id if user else 0


def shown_in(message: Message, me: User, references: References) -> Show | None:
    """Return the entry that one of the bot's messages is about, and its language; None where it is about several.

    A card names its entry on a button of its own; below a direct answer, one button leads to the card.
    """
    if target := keyboards.subject(message, me):
        entry = references.entry(target.name)
        return Show(entry, target.language) if entry else None
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    pressed = (callbacks.decode(str(button.callback_data or ""), references) for row in rows for button in row)
    shown = {Show(press.action.entry, press.language) for press in pressed if press and isinstance(press.action, Show)}
    only = shown.pop() if len(shown) == 1 else None
    return only if only and references.entry(only.entry) else None


def pinned(before: Context, entry: str, language: str | None) -> Context:
    """Return the context of a message that replies to the card of ``entry``, in the card's ``language`` if known.

    What was said since is nothing to such a message, unless that was about the same entry.
    """
    if before.entry != entry:
        before = replace(before.shows(entry), choices=(), candidates=(), conditions=())
    return replace(before, pinned=True, language=language or before.language)


def after_press(before: Context, action: Action | Place, reply: Reply) -> Context:
    """Return the context after a button, or a link, was answered with ``reply``, where nothing was decided."""
    after = replace(before, language=reply.language, pinned=False)
    match action:
        case _ if reply.urgent:  # helplines: whoever looks for them may need them
            care, country = after.care or InCare(light=True), action.country if isinstance(action, Helplines) else None
            return replace(after, care=replace(care, country=country or care.country, left=DEFAULT.care.messages))
        case Show(entry):
            return after.shows(entry)
        case Browse():
            shown = (button.action for row in reply.actions for button in row)
            listed = tuple(action.entry for action in shown if isinstance(action, Show))
            return replace(after, choices=listed or after.choices, conditions=())
        case NoneOfThese():
            return replace(after, choices=(), candidates=())
    return after
