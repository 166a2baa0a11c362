"""The one rule that says which messages the bot answers. Whatever it does not name is ignored.

In a private chat everything a person writes is meant for the bot. In a group only three things are: a command that
names the bot or is one of its own, a reply to one of its messages, and a mention. Telegram does not even deliver a bare
mention to a bot whose privacy mode is on. A guest message (a mention in a chat that the bot is not in) is a mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import MessageEntity
from telegram.constants import ChatType

if TYPE_CHECKING:
    from collections.abc import Collection

    from telegram import Message, Update, User

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)

READABLE = ("text", "caption")
"""Contents of a message that can hold a question."""

UNREADABLE = (
    *("animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo", "location", "paid_media"),
    *("photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)
"""Contents that a person sends on purpose and that the bot cannot read. All others are service messages."""


class Surface(StrEnum):
    """Where a message was written, which decides how the answer looks."""

    PRIVATE = "private"
    GROUP = "group"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; empty where somebody only mentioned the bot."""

    surface: Surface
    text: str


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command, in lower case and without the slash, and what stands behind it."""

    surface: Surface
    command: str
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A photo, a voice message or another thing without text, in a private chat."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for the bot; ``reason`` is for tests and the log."""

    reason: str


Addressed = Asked | Commanded | Unreadable | Ignored


def message_of(update: Update) -> Message | None:
    """Return the message in an update that can be meant for the bot: new, edited or a guest's, but no channel's."""
    return update.message or update.edited_message or update.guest_message


def addressed(update: Update, me: User, commands: Collection[str]) -> Addressed:
    """Return what a message wants from the bot (``me``), which has these ``commands``."""
    message = message_of(update)
    if message is None:
        return Ignored("no message")
    if reason := _not_a_person(message):
        return Ignored(reason)
    if update.guest_message:
        return _as_guest(message, me)
    match message.chat.type:
        case ChatType.PRIVATE:
            return _in_private(message)
        case ChatType.GROUP | ChatType.SUPERGROUP:
            return _in_group(message, me, commands)
        case _:
            return Ignored("another kind of chat")


def _not_a_person(message: Message) -> str:
    """Return why a message does not come from a person who types here and now; an empty text if it does."""
    if message.from_user is None or message.from_user.is_bot:
        return "not from a person"
    if message.sender_chat is not None or message.is_automatic_forward:
        return "in the name of a chat"  # anonymous administrators and channels
    if message.via_bot is not None:
        return "sent by way of a bot"
    if message.business_connection_id is not None:
        return "somebody else's business chat"
    return ""


def _in_private(message: Message) -> Addressed:
    written = _written(message)
    if message.text and (command := _COMMAND.fullmatch(message.text.strip())):
        return Commanded(Surface.PRIVATE, command[1].lower(), (command[3] or "").strip())
    if written.strip():
        return Asked(Surface.PRIVATE, written)
    if any(getattr(message, content, None) for content in UNREADABLE):
        return Unreadable()
    return Ignored("a service message")


def _in_group(message: Message, me: User, commands: Collection[str]) -> Addressed:
    written = _written(message)
    if not written.strip():
        return Ignored("nothing to read")
    if message.forward_origin is not None or message.chat.is_direct_messages:
        return Ignored("written for others")
    if message.text and (command := _COMMAND.fullmatch(message.text.strip())):
        return _group_command(command[1].lower(), command[2] or "", (command[3] or "").strip(), me, commands)
    unmentioned = without_mentions(message, me)
    if unmentioned != written or _replies_to(message, me):
        return Asked(Surface.GROUP, unmentioned)
    return Ignored("not addressed")


def _group_command(command: str, bot: str, arguments: str, me: User, commands: Collection[str]) -> Addressed:
    if bot.casefold() == (me.username or "").casefold() or (not bot and command in commands):
        return Commanded(Surface.GROUP, command, arguments)
    return Ignored("another bot's command")


def _as_guest(message: Message, me: User) -> Addressed:
    if not message.guest_query_id:
        return Ignored("no guest query")
    return Asked(Surface.GUEST, without_mentions(message, me))


def _written(message: Message) -> str:
    return next((text for content in READABLE if (text := getattr(message, content))), "")


def _replies_to(message: Message, me: User) -> bool:
    earlier = message.reply_to_message
    if earlier is None or earlier.from_user is None or earlier.forum_topic_created is not None:
        return False
    return earlier.from_user.id == me.id


def without_mentions(message: Message, me: User) -> str:
    """Return the text of a message without the mentions of the bot."""
    written = _written(message)
    entities = message.entities if message.text else message.caption_entities
    # Telegram counts in UTF-16 code units, two bytes each.
    units = written.encode("utf-16-le", "surrogatepass")
    kept, end = b"", 0
    for entity in sorted(entities, key=lambda entity: entity.offset):
        start, stop = 2 * entity.offset, 2 * (entity.offset + entity.length)
        if start >= end and _mentions(entity, units[start:stop].decode("utf-16-le", "replace"), me):
            kept += units[end:start]
            end = stop
    return (kept + units[end:]).decode("utf-16-le", "replace").strip() if end else written


def _mentions(entity: MessageEntity, text: str, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and text.casefold() == f"@{me.username}".casefold()
