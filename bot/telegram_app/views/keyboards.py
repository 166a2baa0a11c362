"""Buttons: what stands below a message in private, in a group, and in a message sent by way of inline mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.limits import BUTTON_LABEL, INLINE_QUERY, KEYBOARD_BUTTONS, KEYBOARD_ROW
from bot.replies.reply import Ask, Browse, Button, Countries, Helplines, NoneOfThese, Share, Show
from bot.replies.screen import link_rows
from bot.replies.wording.glyphs import ELLIPSIS
from bot.replies.wording.lengths import cut
from bot.replies.wording.strings import words
from bot.telegram_app.views import payloads
from bot.telegram_app.views.callbacks import Press, encode, read_full
from bot.telegram_app.views.response import Choices, Compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from telegram import Message, User

    from bot.replies.reply import Action, LinkButton, Reply
    from bot.telegram_app.views.response import Place

SparseRows = list[list[InlineKeyboardButton]]


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a reply stands: the place it can be made again from, and the place that a button back leads to."""

    here: Place | None = None
    back: Place | None = None
    back_name: str = ""
    try_inline: str = ""
    """A question to try in inline mode, where the reply explains that."""


def private(reply: Reply, me: User, trail: Trail) -> InlineKeyboardMarkup | None:
    """Return the links, the buttons as the reply has them, something to try in inline mode, and the way back."""
    rows = [*_links(reply.links), *([_button(button, reply, me, trail) for button in row] for row in reply.actions)]
    if trail.try_inline and me.supports_inline_queries:
        label, query = f"@{me.username} {trail.try_inline}", trail.try_inline[:INLINE_QUERY]
        rows.append([InlineKeyboardButton(text=_label(label), switch_inline_query_current_chat=query)])
    return _keyboard([*rows, *_way_back(reply, trail)])


def group(reply: Reply, me: User, trail: Trail) -> InlineKeyboardMarkup | None:
    """Return the first link, the choices or what is near if there are any, and the button to the private chat."""
    rows = _links(reply.links if reply.urgent else reply.links[:1])
    if _offers(reply, trail):
        rows += ([_button(button, reply, me, trail) for button in row] for row in reply.actions)
    return _keyboard([*rows, *_way_back(reply, trail), [_more(reply, me, trail)]])


def elsewhere(reply: Reply, me: User, trail: Trail) -> InlineKeyboardMarkup | None:
    """Return links only: in a chat that the bot is not in, nothing should change under other people's eyes."""
    rows = _links(reply.links)
    if isinstance(trail.here, Compared) or _offers(reply, trail):
        rows += (
            [InlineKeyboardButton(text=_label(button.label), url=_start(me, button.action.entry, reply.language))]
            for row in reply.actions
            for button in row
            if isinstance(button.action, Show)
        )
    return _keyboard([*rows, [_more(reply, me, trail)]])


def subject(message: Message, me: User) -> payloads.Target | None:
    """Return the entry whose card ``message`` is, read from its buttons; None if it is nobody's card.

    Each card has one button that names its entry: to share it, to open it in private, or to show the rest of it.
    """
    if message.reply_markup is None:
        return None
    buttons = [button for row in message.reply_markup.inline_keyboard for button in row]
    named = {target.name: target for button in buttons for target in _targets(button, me)}
    rest = {target.name: target for button in buttons for target in _rest(button)}
    targets = list((named or rest).values())
    return targets[0] if len(targets) == 1 else None


def _targets(button: InlineKeyboardButton, me: User) -> Iterator[payloads.Target]:
    if button.switch_inline_query and (target := payloads.read_shared(button.switch_inline_query)):
        yield target
    if button.url and (start := payloads.read_start_link(button.url, me.username or "")):
        yield from payloads.read_payload(start)[-1:]


def _rest(button: InlineKeyboardButton) -> Iterator[payloads.Target]:
    if isinstance(button.callback_data, str) and (full := read_full(button.callback_data)):
        yield full


def _offers(reply: Reply, trail: Trail) -> bool:
    """Tell whether a reply is about its buttons: choices, or an honest no with what is near."""
    if trail.here is None:
        return any(isinstance(button.action, Show) for row in reply.actions for button in row)
    return isinstance(trail.here, Choices)


def _links(links: Sequence[LinkButton]) -> SparseRows:
    return [[InlineKeyboardButton(text=_label(link.label), url=link.url) for link in row] for row in link_rows(links)]


def _button(button: Button, reply: Reply, me: User, trail: Trail) -> InlineKeyboardButton:
    label = _label(button.label)
    match button.action:
        case Share(entry) if me.supports_inline_queries:
            return InlineKeyboardButton(text=label, switch_inline_query=payloads.shared(entry, reply.language))
        case Share(entry):
            link = payloads.share_link(me.username or "", payloads.payload(entry, reply.language))
            return InlineKeyboardButton(text=label, url=link)
        case action:
            return InlineKeyboardButton(text=label, callback_data=encode(_press(action, reply.language, trail)))


def _press(action: Action, language: str, trail: Trail) -> Press:
    """Return what a button does from where it stands.

    What it leads to takes the place of a message that can be made again, with a way back to it; a list or the
    helplines are opened below it.
    """
    match action, trail.here:
        case (Helplines(country, str(own)), _):
            return Press(Helplines(country), own, fresh=True)
        case (Show(entry, None, False), Show(same)) if entry == same:  # the card below what was asked about it
            return Press(action, language, fresh=True)
        case (Show(entry), Show(same)) if entry == same:  # the same card in another language, or in full
            return Press(action, language, trail.back)
        case (Browse(), Browse()) | (Helplines() | Countries(), Helplines() | Countries()) | (NoneOfThese(), _):
            return Press(action, language)
        case (Browse() | Helplines() | Countries() | Ask(), _) | (_, None):
            return Press(action, language, fresh=True)
        case _:
            return Press(action, language, trail.here)


def _way_back(reply: Reply, trail: Trail) -> SparseRows:
    if trail.back is None:
        return []
    say = words(reply.language)
    label = say("list.back_to", name=trail.back_name) if trail.back_name else say("list.previous")
    return [[InlineKeyboardButton(text=_label(label), callback_data=encode(Press(trail.back, reply.language)))]]


def _more(reply: Reply, me: User, trail: Trail) -> InlineKeyboardButton:
    username, say = me.username or "", words(reply.language)
    match trail.here:
        case Show(entry):
            link = _start(me, entry, reply.language)
        case Browse():
            link = payloads.start_link(username, payloads.LIST)
        case _ if reply.urgent:
            link = payloads.start_link(username, payloads.HELPLINES)
        case _:
            link = payloads.start_link(username)
    return InlineKeyboardButton(text=_label(say("help.button" if reply.urgent else "inline.group")), url=link)


def _start(me: User, entry: str, language: str) -> str:
    return payloads.start_link(me.username or "", payloads.payload(entry, language))


def _label(text: str) -> str:
    # Telegram refuses a button without a visible label, and an editor can write a name of blanks only.
    return cut(text.strip(), BUTTON_LABEL) or ELLIPSIS


def _keyboard(rows: Iterable[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    kept: SparseRows = []
    room = KEYBOARD_BUTTONS
    for row in rows:
        cut = row[: min(KEYBOARD_ROW, room)]
        room -= len(cut)
        if cut:
            kept.append(cut)
    return InlineKeyboardMarkup(kept) if kept else None
