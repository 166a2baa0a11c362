"""People, chats and messages of the simulated world."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bot.standin.rules.formatting import Entity

ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(eq=False, slots=True)
class User:
    """Somebody with an account. ``language`` is the language tag that their app sends along, if any."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language: str | None = None
    is_bot: bool = False

    def payload(self) -> dict[str, Any]:
        """Return the User object of the Bot API."""
        fields = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(eq=False, slots=True)
class Chat:
    """A conversation. Messages are kept in the order in which they were sent.

    ``member``: whether the bot is in it. ``started``: private chats only, whether the user ever wrote to the bot.
    ``migrated_to``: the supergroup that took this group's place.
    """

    id: int
    type: ChatType
    title: str
    user: User | None = None
    username: str | None = None
    members: list[User] = field(default_factory=list)
    administrators: list[User] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    member: bool = True
    bot_is_administrator: bool = False
    started: bool = False
    blocked: bool = False
    migrated_to: Chat | None = None

    @property
    def is_group(self) -> bool:
        """Whether several people talk here."""
        return self.type in {"group", "supergroup"}

    def payload(self) -> dict[str, Any]:
        """Return the Chat object of the Bot API."""
        if self.user is not None:
            names = {key: self.user.payload().get(key) for key in ("first_name", "last_name", "username")}
        else:
            names = {"title": self.title, "username": self.username}
        return {"id": self.id, "type": self.type, **{key: value for key, value in names.items() if value is not None}}

    def message(self, message_id: int) -> Message | None:
        """Return the message of this number (the first is 1, and nothing is ever deleted)."""
        return self.messages[message_id - 1] if 0 < message_id <= len(self.messages) else None


@dataclass(frozen=True, slots=True)
class Button:
    """A button of an inline keyboard, with the one thing it does: its ``kind`` is the field of the Bot API."""

    text: str
    kind: str
    value: Any

    @property
    def data(self) -> str | None:
        """The callback data, where the button has any."""
        return str(self.value) if self.kind == "callback_data" else None


@dataclass(eq=False, slots=True)
class Message:
    """A message as it stands now; ``extra`` are further fields of the Bot API (a photo, a service note).

    ``date`` and ``edited`` are Unix times in whole seconds. ``inline_id`` is set where the bot can reach the
    message through inline mode only.
    """

    id: int
    chat: Chat
    date: int
    sender: User | None
    text: str | None = None
    entities: list[Entity] = field(default_factory=list)
    keyboard: list[list[dict[str, Any]]] | None = None
    preview: dict[str, Any] | None = None
    reply_to: Message | None = None
    via_bot: User | None = None
    edited: int | None = None
    inline_id: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)
    """Earlier texts, oldest first."""

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard as it is drawn."""
        return [[_button(fields) for fields in row] for row in self.keyboard or []]

    @property
    def buttons(self) -> list[Button]:
        """All buttons in reading order."""
        return [button for row in self.rows for button in row]

    def button(self, wanted: str) -> Button:
        """Return the button with this text, this callback data, or (where only one has it) this part of its text."""
        for button in self.buttons:
            if wanted in {button.text, button.data}:
                return button
        parts = [button for button in self.buttons if wanted.casefold() in button.text.casefold()]
        if len(parts) != 1:
            names = ", ".join(repr(button.text) for button in self.buttons) or "none"
            raise LookupError(f"no single button {wanted!r}; the buttons are: {names}")
        return parts[0]

    def payload(self, *, with_reply: bool = True) -> dict[str, Any]:
        """Return the Message object of the Bot API; of the message replied to, one level only."""
        reply = self.reply_to.payload(with_reply=False) if self.reply_to is not None and with_reply else None
        fields = {
            "message_id": self.id,
            "from": self.sender.payload() if self.sender else None,
            "chat": self.chat.payload(),
            "date": self.date,
            "edit_date": self.edited,
            "reply_to_message": reply,
            "via_bot": self.via_bot.payload() if self.via_bot else None,
            "text": self.text,
            "entities": self.entities or None,
            "link_preview_options": self.preview,
            "reply_markup": {"inline_keyboard": self.keyboard} if self.keyboard else None,
        }
        return {**{name: value for name, value in fields.items() if value is not None}, **self.extra}


def _button(fields: dict[str, Any]) -> Button:
    kind = next(name for name in fields if name not in {"text", "style"})
    return Button(fields["text"], kind, fields[kind])
