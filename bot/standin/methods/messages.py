"""The methods that send and change messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.standin.rules import formatting, keyboard, limits
from bot.standin.rules.refusal import bad_request, forbidden

if TYPE_CHECKING:
    from bot.standin.chats import Chat, Message
    from bot.standin.rules.formatting import Entity
    from bot.standin.state import State

Parameters = dict[str, Any]

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def text_of(text: str, mode: str | None) -> tuple[str, list[Entity]]:
    """Return the plain text and entities of a message that may be sent. Raises ApiError."""
    if not text:
        raise bad_request("message text is empty")
    if len(text.encode()) > limits.RAW_TEXT:
        raise bad_request("text is too long")
    plain, entities = formatting.parse(text, mode)
    if not plain:
        raise bad_request("text must be non-empty")
    if len(plain) > limits.TEXT:
        raise bad_request("message is too long")
    return plain, entities


def chat_of(state: State, wanted: int | str) -> Chat:
    """Return the chat that a call names. Raises ApiError where there is none."""
    if isinstance(wanted, int):
        found = state.chats.get(wanted)
    else:
        public = (chat for chat in state.chats.values() if chat.user is None and chat.username)
        found = next((chat for chat in public if f"@{chat.username}" == wanted), None)
    if found is None:
        raise bad_request("chat not found")
    return found


def writable(state: State, wanted: int | str) -> Chat:
    """Return the chat that a call names, where the bot may write there. Raises ApiError."""
    if wanted in state.users and wanted not in state.chats:
        raise forbidden("bot can't initiate conversation with a user")
    chat = chat_of(state, wanted)
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to.id})
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.type == "private" and not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if not chat.member:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    if chat.type == "channel" and not chat.bot_is_administrator:
        raise bad_request("need administrator rights in the channel chat")
    return chat


def send_message(state: State, given: Parameters) -> dict[str, Any]:
    """Send a text."""
    chat = writable(state, given["chat_id"])
    text, entities = text_of(given["text"], given.get("parse_mode"))
    rows = keyboard.checked(given.get("reply_markup"))
    reply_to = _replied(state, chat, given.get("reply_parameters"))
    if state.flood_limits:
        state.flood.count(chat)
    message = state.post(
        chat,
        state.bot,
        text=text,
        entities=entities,
        keyboard=rows,
        preview=given.get("link_preview_options"),
        reply_to=reply_to,
    )
    return message.payload()


def _replied(state: State, chat: Chat, given: Parameters | None) -> Message | None:
    if given is None:
        return None
    place = chat_of(state, given["chat_id"]) if "chat_id" in given else chat
    message = place.message(given["message_id"])
    if message is None and not given.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def edit_message_text(state: State, given: Parameters) -> dict[str, Any] | bool:
    """Replace text and keyboard of a message; without a keyboard in the call it goes."""
    message = _edited(state, given)
    if "text" not in given:
        raise bad_request("message text is empty")
    text, entities = text_of(given["text"], given.get("parse_mode"))
    rows = keyboard.checked(given.get("reply_markup"))
    preview = given.get("link_preview_options")
    _refuse_same((message.text, message.entities, message.keyboard, message.preview), (text, entities, rows, preview))
    message.versions.append(message.text or "")
    message.text, message.entities, message.keyboard, message.preview = text, entities, rows, preview
    return _edit_done(state, message)


def edit_message_reply_markup(state: State, given: Parameters) -> dict[str, Any] | bool:
    """Replace the keyboard of a message."""
    message = _edited(state, given)
    rows = keyboard.checked(given.get("reply_markup"))
    _refuse_same(message.keyboard, rows)
    message.keyboard = rows
    return _edit_done(state, message)


def _edited(state: State, given: Parameters) -> Message:
    if "inline_message_id" in given:
        if "chat_id" in given or "message_id" in given:
            raise bad_request("a message has either an inline_message_id or a chat and a number")
        inline = state.inline_messages.get(given["inline_message_id"])
        if inline is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return inline
    if "chat_id" not in given:
        raise bad_request("chat_id is empty")
    if "message_id" not in given:
        raise bad_request("message identifier is not specified")
    message = writable(state, given["chat_id"]).message(given["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not state.bot:
        raise bad_request("message can't be edited")
    return message


def _refuse_same(old: object, new: object) -> None:
    if old == new:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )


def _edit_done(state: State, message: Message) -> dict[str, Any] | bool:
    message.edited = state.now()
    return True if message.inline_id is not None else message.payload()


def send_chat_action(state: State, given: Parameters) -> bool:
    """Show that the bot is typing."""
    if given["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    writable(state, given["chat_id"]).actions.append(given["action"])
    return True


def leave_chat(state: State, given: Parameters) -> bool:
    """Leave a group or channel."""
    chat = writable(state, given["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.member = False
    return True
