"""What people do: write, tap, type inline queries, come and go. The bot learns of it by updates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.standin.chats import Chat, Message, User
from bot.standin.rules import formatting, limits
from bot.standin.state import Callback, GuestQuery, InlineQuery, InlineResult, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.standin.chats import Button

_FIRST_USER = 5_000_000_001
_FIRST_GROUP = -4_000_000_001
_FIRST_SUPERGROUP = -1_002_000_000_001


@dataclass(frozen=True, slots=True)
class Tap:
    """What a tap on a button did: the query to the bot, or what the phone opened by itself (``button.value``)."""

    button: Button
    callback: Callback | None = None


class People:
    """The people's side of the world."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._listeners: list[Callable[[], object]] = []

    def listen(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call ``listener`` after every change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self) -> None:
        """Tell the listeners."""
        for listener in tuple(self._listeners):
            listener()

    # Who and where there is

    def user(
        self, first_name: str, *, last_name: str | None = None, username: str | None = None, language: str | None = "en"
    ) -> User:
        """Add somebody. ``language``: the tag that their app sends along; None sends none."""
        user = User(_FIRST_USER + len(self.state.users), first_name, last_name, username, language)
        self.state.users[user.id] = user
        return user

    def private(self, user: User) -> Chat:
        """Return the private chat of a user with the bot."""
        if user.id not in self.state.chats:
            self.state.chats[user.id] = Chat(user.id, "private", user.first_name, user, user.username)
        return self.state.chats[user.id]

    def group(self, title: str, *members: User, supergroup: bool = True, member: bool = True) -> Chat:
        """Add a group; ``member``: the bot is in it. No update is made (see ``invite``)."""
        number = len(self.state.chats)
        first = _FIRST_SUPERGROUP if supergroup else _FIRST_GROUP
        chat = Chat(first - number, "supergroup" if supergroup else "group", title, members=list(members))
        chat.member = member
        self.state.chats[chat.id] = chat
        return chat

    def channel(self, title: str, username: str | None = None) -> Chat:
        """Add a channel in which the bot is an administrator."""
        chat = Chat(_FIRST_SUPERGROUP - len(self.state.chats), "channel", title, username=username)
        chat.bot_is_administrator = True
        self.state.chats[chat.id] = chat
        return chat

    # What they do

    def say(self, user: User, chat: Chat, text: str, reply_to: Message | None = None) -> Message:
        """Write a message of 1 to 4,096 characters."""
        if not 0 < len(text) <= limits.TEXT:
            raise ValueError(f"a person cannot send a message of {len(text)} characters")
        message = self.state.post(chat, user, text=text, entities=formatting.found(text), reply_to=reply_to)
        return self._told("message", message)

    def ask(self, user: User, text: str, reply_to: Message | None = None) -> Message:
        """Write to the bot in private."""
        return self.say(user, self.private(user), text, reply_to)

    def start(self, user: User, payload: str = "") -> Message:
        """Press "start", or follow a deep link with a payload."""
        return self.ask(user, f"/start {payload}".rstrip())

    def send(self, user: User, chat: Chat, **fields: Any) -> Message:  # noqa: ANN401  (fields of the Bot API)
        """Send a message of any other kind: ``photo=[...]``, ``voice={...}``, with ``caption`` if wanted."""
        return self._told("message", self.state.post(chat, user, extra=fields))

    def send_photo(self, user: User, chat: Chat, caption: str | None = None) -> Message:
        """Send a photo."""
        size = {"file_id": "photo-1", "file_unique_id": "p1", "width": 640, "height": 480}
        return self.send(user, chat, photo=[size], **({"caption": caption} if caption else {}))

    def send_voice(self, user: User, chat: Chat) -> Message:
        """Send a voice message of three seconds."""
        return self.send(user, chat, voice={"file_id": "voice-1", "file_unique_id": "v1", "duration": 3})

    def send_sticker(self, user: User, chat: Chat) -> Message:
        """Send a sticker."""
        kind = {"type": "regular", "is_animated": False, "is_video": False}
        return self.send(
            user, chat, sticker={"file_id": "s1", "file_unique_id": "s1", "width": 512, "height": 512, **kind}
        )

    def edit(self, message: Message, text: str) -> Message:
        """Change what was written."""
        message.versions.append(message.text or "")
        message.text, message.entities, message.edited = text, formatting.found(text), self.state.now()
        return self._told("edited_message", message)

    def post(self, channel: Chat, text: str) -> Message:
        """Publish in a channel."""
        fields = {"sender_chat": channel.payload()}
        message = self.state.post(channel, None, text=text, entities=formatting.found(text), extra=fields)
        return self._told("channel_post", message)

    def tap(self, user: User, message: Message, button: str) -> Tap:
        """Tap a button, named by its text, its data, or a part of its text. Raises LookupError for none."""
        chosen = message.button(button)
        if chosen.data is None:
            return Tap(chosen)
        return Tap(chosen, self.press(user, message, chosen.data))

    def press(self, user: User, message: Message, data: str) -> Callback:
        """Send callback data, be it on the message or forged."""
        state = self.state
        callback = Callback(state.identifier(), user, message, data, state.clock())
        state.callbacks[callback.id] = callback
        shown = {"inline_message_id": message.inline_id} if message.inline_id else {"message": message.payload()}
        self.deliver(
            {
                "callback_query": {
                    "id": callback.id,
                    "from": user.payload(),
                    **shown,
                    "chat_instance": str(message.chat.id),
                    "data": data,
                }
            }
        )
        return callback

    def type_inline(self, user: User, query: str, offset: str = "", chat_type: str | None = "sender") -> InlineQuery:
        """Type after the bot's name in any chat. The answer may come from Telegram's cache without asking the bot."""
        state = self.state
        if not state.inline:
            raise ValueError("inline mode is off")
        if len(query) > limits.INLINE_QUERY:
            raise ValueError(f"a person cannot type an inline query of {len(query)} characters")
        typed = InlineQuery(state.identifier(), user, query, offset, chat_type, state.clock())
        for owner in (user.id, None):
            until, answer = state.inline_cache.get((query, offset, owner), (0.0, None))
            if answer is not None and until > state.clock():
                typed.answer, typed.cached = answer, True
                return typed
        state.inline_queries[typed.id] = typed
        fields = {"id": typed.id, "from": user.payload(), "query": query, "offset": offset, "chat_type": chat_type}
        self.deliver({"inline_query": {name: value for name, value in fields.items() if value is not None}})
        return typed

    def choose_inline(self, typed: InlineQuery, result: int | str = 0, chat: Chat | None = None) -> Message:
        """Send a result, by its place or its identifier, to a chat (their own with the bot unless named)."""
        chosen = _chosen(typed, result)
        state, place = self.state, chat or self.private(typed.user)
        message = state.post(
            place,
            typed.user,
            text=chosen.text,
            entities=chosen.entities,
            keyboard=chosen.keyboard,
            preview=chosen.preview,
            via_bot=state.bot,
        )
        feedback = {"result_id": chosen.id, "from": typed.user.payload(), "query": typed.query}
        if chosen.keyboard:
            message.inline_id = feedback["inline_message_id"] = state.identifier()
            state.inline_messages[message.inline_id] = message
        if state.inline_feedback:
            self.deliver({"chosen_inline_result": feedback})
        return self._told("message", message)

    def call_guest(self, user: User, chat: Chat, text: str, reply_to: Message | None = None) -> GuestQuery:
        """Mention the bot in a chat that it is not in."""
        state = self.state
        message = state.post(chat, user, text=text, entities=formatting.found(text), reply_to=reply_to)
        guest = GuestQuery(state.identifier(), message, state.clock())
        state.guests[guest.id] = guest
        self.deliver({"guest_message": {**message.payload(), "guest_query_id": guest.id}})
        return guest

    # Who comes and goes

    def invite(self, user: User, chat: Chat) -> Message:
        """Add the bot to a group."""
        self._membership(user, chat, "left", "member")
        note = {"new_chat_members": [self.state.bot.payload()]}
        return self._told("message", self.state.post(chat, user, extra=note))

    def remove(self, user: User, chat: Chat) -> None:
        """Throw the bot out of a group."""
        self._membership(user, chat, "member", "kicked")

    def join(self, user: User, chat: Chat) -> Message:
        """Come into a group."""
        chat.members.append(user)
        return self._told("message", self.state.post(chat, user, extra={"new_chat_members": [user.payload()]}))

    def leave(self, user: User, chat: Chat) -> Message:
        """Go out of a group."""
        chat.members.remove(user)
        return self._told("message", self.state.post(chat, user, extra={"left_chat_member": user.payload()}))

    def migrate(self, user: User, chat: Chat) -> Chat:
        """Turn a group into a supergroup; the old one refuses messages from then on."""
        new = self.group(chat.title, *chat.members)
        self._told("message", self.state.post(chat, user, extra={"migrate_to_chat_id": new.id}))
        chat.migrated_to = new
        self._told("message", self.state.post(new, user, extra={"migrate_from_chat_id": chat.id}))
        return new

    def block(self, user: User) -> None:
        """Block the bot."""
        self._membership(user, self.private(user), "member", "kicked")
        self.private(user).blocked = True

    def unblock(self, user: User) -> None:
        """Unblock the bot."""
        self.private(user).blocked = False
        self._membership(user, self.private(user), "kicked", "member")

    # What the bot is told, and what people see

    def deliver(self, update: dict[str, Any]) -> dict[str, Any] | None:
        """Give the bot any update at all; it gets a number of its own. None where the bot does not want this kind."""
        numbered = self.state.updates.add(update)
        self.changed()
        return numbered

    def messages(self, chat: Chat) -> list[Message]:
        """Return everything in a chat, oldest first."""
        return list(chat.messages)

    def replies(self, chat: Chat) -> list[Message]:
        """Return what the bot sent to a chat, oldest first."""
        return [message for message in chat.messages if message.sender is self.state.bot]

    def last(self, chat: Chat) -> Message:
        """Return the last message of a chat."""
        if not chat.messages:
            raise LookupError(f"nothing was said in {chat.title!r}")
        return chat.messages[-1]

    def _told(self, kind: str, message: Message) -> Message:
        if message.chat.type == "private":
            message.chat.started = True
        if self.state.sees(message):
            self.deliver({kind: message.payload()})
        return message

    def _membership(self, user: User, chat: Chat, old: str, new: str) -> None:
        chat.member = new == "member" or chat.type == "private"
        bot = self.state.bot.payload()
        self.deliver(
            {
                "my_chat_member": {
                    "chat": chat.payload(),
                    "from": user.payload(),
                    "date": self.state.now(),
                    "old_chat_member": {"status": old, "user": bot, **({"until_date": 0} if old == "kicked" else {})},
                    "new_chat_member": {"status": new, "user": bot, **({"until_date": 0} if new == "kicked" else {})},
                }
            }
        )


def _chosen(typed: InlineQuery, result: int | str) -> InlineResult:
    results = typed.answer.results if typed.answer else ()
    if isinstance(result, int) and result < len(results):
        return results[result]
    found = next((one for one in results if one.id == result), None)
    if found is None:
        raise LookupError(f"no result {result!r} among {[one.id for one in results]}")
    return found
