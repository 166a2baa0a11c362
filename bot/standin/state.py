"""Everything there is in the simulated world, and how it is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.standin.chats import Chat, Message, User
from bot.standin.rules.flood import Flood
from bot.standin.updates import Updates

if TYPE_CHECKING:
    from bot.standin.clock import Clock
    from bot.standin.rules.formatting import Entity

FIRST_UPDATE = 700_000_001
"""Number of the first update (Telegram's begin somewhere, and rise by one)."""


@dataclass(eq=False, slots=True)
class Callback:
    """A tap on a button, and what the bot answered."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    answered: bool = False
    toast: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result as it would be shown, and the message it sends."""

    id: str
    title: str
    description: str
    text: str
    entities: list[Entity]
    keyboard: list[list[dict[str, Any]]] | None
    preview: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot answered to an inline query."""

    results: tuple[InlineResult, ...]
    next_offset: str
    button: dict[str, Any] | None
    cache_time: int
    is_personal: bool


@dataclass(eq=False, slots=True)
class InlineQuery:
    """What somebody typed after the bot's name; ``answer`` is None until there is one."""

    id: str
    user: User
    query: str
    offset: str
    chat_type: str | None
    at: float
    answer: InlineAnswer | None = None
    cached: bool = False
    """Answered from Telegram's cache: the bot was not asked."""


@dataclass(eq=False, slots=True)
class GuestQuery:
    """A message that calls the bot into a chat it is not in; ``answer`` is the message it sent there."""

    id: str
    message: Message
    at: float
    answer: Message | None = None


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered, if anywhere."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error: str = ""
    error_at: int | None = None


@dataclass(slots=True)
class Profile:
    """What the bot has set about itself; keys are the scope and the language code ("" for any)."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class State:
    """The world as it stands. ``clock`` gives Unix time in seconds."""

    clock: Clock
    token: str
    bot: User
    privacy_mode: bool = True
    inline: bool = True
    inline_feedback: bool = True
    guest_mode: bool = True
    flood_limits: bool = False
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    inline_cache: dict[tuple[str, str, int | None], tuple[float, InlineAnswer]] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    guests: dict[str, GuestQuery] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    profile: Profile = field(default_factory=Profile)
    updates: Updates = field(init=False)
    flood: Flood = field(init=False)
    _last_id: int = 0

    def __post_init__(self) -> None:
        self.updates = Updates(self.clock, FIRST_UPDATE)
        self.flood = Flood(self.clock)

    def now(self) -> int:
        """Return the time as messages carry it: Unix time in whole seconds."""
        return int(self.clock())

    def identifier(self) -> str:
        """Return a new identifier of a query, as long as Telegram's."""
        self._last_id += 1
        return str(8_000_000_000_000_000_000 + self._last_id)

    def post(self, chat: Chat, sender: User | None, **fields: Any) -> Message:  # noqa: ANN401  (passed on)
        """Add a message to a chat."""
        message = Message(len(chat.messages) + 1, chat, self.now(), sender, **fields)
        chat.messages.append(message)
        return message

    def sees(self, message: Message) -> bool:
        """Whether the bot is told of this message: in groups, privacy mode hides what is not meant for it."""
        chat = message.chat
        if chat.type == "private":
            return chat.user is not None and not chat.blocked
        if not chat.member:
            return False
        if chat.type == "channel" or not self.privacy_mode or chat.bot_is_administrator or message.extra:
            return True
        return self._is_for_bot(message)

    def _is_for_bot(self, message: Message) -> bool:
        if message.via_bot is self.bot or (message.reply_to is not None and message.reply_to.sender is self.bot):
            return True
        command = next((entity for entity in message.entities if entity["type"] == "bot_command"), None)
        if command is None or command["offset"] != 0 or message.text is None:
            return False
        name = message.text[: command["length"]]
        _, at, meant = name.partition("@")
        return not at or meant.casefold() == (self.bot.username or "").casefold()
