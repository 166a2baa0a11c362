"""A conversation in the terminal: what a line means, and how what comes of it is shown.

A line is a message to the bot, the number of something that was offered, or one of the commands in ``HELP``; every
other command goes to the bot.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from bot.standin.rules import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.chat.drawing import Pen
    from bot.chat.harness import Harness
    from bot.standin.chats import Button, Chat, Message, User
    from bot.standin.state import InlineQuery

HELP: Final = """\
You are talking to the bot on this machine; nothing goes to Telegram. Write a question, or:
  3           tap the button, or send the inline result, that has this number
  @bot WORDS  search inline, as in any chat of Telegram
  /more       unfold what the last message folds away
  /as 2       be another user; /as 1 comes back; /as admin may /reload
  /lang fr    the language of your app
  /group      talk in a group with the bot in it; /private comes back
  /quit       leave (or Ctrl-D); /? shows this again
"""


class Session:
    """Who is talking where, and what was offered to them last. ``write`` prints one line."""

    def __init__(self, harness: Harness, write: Callable[[str], object], pen: Pen, language: str, admin: User) -> None:
        world = harness.world
        self._stage, self._world, self._write, self._pen = harness, world, write, pen
        first = world.user("Anna", username="anna", language=language)
        second = world.user("Ben", username="ben", language=language)
        self._people: dict[str, User] = {"1": first, "2": second, "admin": admin}
        self._group = world.group("Colleagues", first, second, admin)
        self._user = first
        self._chat: Chat = world.private(first)
        self._choices: dict[int, Callable[[], None]] = {}
        self._shown: dict[Message, tuple[object, ...]] = {}
        self._last: Message | None = None
        self._commands: dict[str, Callable[[str], None]] = {
            "/?": lambda _: self._print(HELP),
            "/more": lambda _: self._unfold(),
            "/as": self._be,
            "/lang": self._speak,
            "/group": lambda _: self._go(self._group),
            "/private": lambda _: self._go(world.private(self._user)),
            "/inline": self._search,
            "@bot": self._search,
            f"@{world.bot.username}": self._search,
        }

    @property
    def who(self) -> str:
        """Who is talking, and where if not in private."""
        place = "" if self._chat.type == "private" else f" in {self._chat.title}"
        return f"{self._user.first_name}{place}"

    def hear(self, line: str) -> bool:
        """Do what a line says and show what comes of it. False: the conversation is over.

        Raises BotEnded, or TimeoutError where the bot does not answer.
        """
        typed = line.strip()
        word, _, rest = typed.partition(" ")
        if word == "/quit":
            return False
        number = int(typed) if typed.isascii() and typed.isdigit() else None
        if word in self._commands:
            self._commands[word](rest.strip())
        elif number in self._choices:
            self._choices[number]()
        elif typed:
            self._say(line)
        return True

    # What a person does

    def _say(self, text: str) -> None:
        if len(text) > limits.TEXT:
            self._remark(f"a message has at most {limits.TEXT} characters, this one has {len(text)}: not sent")
            return
        message = self._stage.do(self._world.say, self._user, self._chat, text)
        if self._world.state.sees(message):
            self._show()
        else:
            self._remark("the bot does not see this: in groups it sees commands and replies to it")

    def _press(self, message: Message, data: str) -> None:
        callback = self._stage.do(self._world.press, self._user, message, data)
        self._show(silent=True)
        if callback.toast:
            self._remark(callback.toast)

    def _search(self, query: str, offset: str = "") -> None:
        if len(query) > limits.INLINE_QUERY:
            self._remark(f"an inline query has at most {limits.INLINE_QUERY} characters, this one has {len(query)}")
            return
        kind = "sender" if self._chat.type == "private" else self._chat.type
        typed = self._stage.do(self._world.type_inline, self._user, query, offset, kind)
        self._stage.settle()
        self._draw_results(typed)

    def _send(self, typed: InlineQuery, place: int) -> None:
        self._choices = {}
        self._stage.do(self._world.choose_inline, typed, place, self._chat)
        self._show()

    def _start(self, payload: str) -> None:
        """Follow a deep link to the private chat."""
        if self._chat.type != "private":
            self._go(self._world.private(self._user))
        self._say(f"/start {payload}".rstrip())

    def _be(self, name: str) -> None:
        if name not in self._people:
            self._remark(f"there is nobody {name!r}: /as {', /as '.join(self._people)}")
            return
        self._user = self._people[name]
        self._go(self._chat if self._chat is self._group else self._world.private(self._user))

    def _speak(self, language: str) -> None:
        self._user.language = language or None
        self._remark(f"{self._user.first_name}'s app speaks {language or 'no language that it tells'}")

    def _go(self, chat: Chat) -> None:
        self._chat, self._choices, self._last = chat, {}, None
        self._remark(f"you are {self.who}")

    # What they see

    def _show(self, *, silent: bool = False) -> None:
        """Wait for the bot, then print every message that is new or has changed; unless ``silent``, say if none."""
        self._stage.settle()
        fresh = [(message, known) for message, known in self._stage.do(self._news) if self._is_worth_showing(message)]
        if fresh:
            self._choices = {}
        elif not silent:
            self._remark("no reply")
        for message, known in fresh:
            self._draw(message, changed=known)

    def _news(self) -> list[tuple[Message, bool]]:
        """Return the messages that are new or changed, with whether they were known before."""
        chats = [*(self._world.private(user) for user in self._people.values()), self._group]
        news = []
        for message in (message for chat in chats for message in chat.messages):
            stands = (message.text, repr(message.entities), repr(message.keyboard))
            known = self._shown.get(message)
            if stands != known:
                news.append((message, known is not None))
            self._shown[message] = stands
        return news

    def _is_worth_showing(self, message: Message) -> bool:
        return message.sender is self._world.bot or message.via_bot is not None

    def _draw(self, message: Message, *, changed: bool) -> None:
        if message.chat is not self._chat:
            self._remark(f"to {message.chat.title}:")
        if message.via_bot is not None and message.sender is not None:
            self._remark(f"{message.sender.first_name}, via @{message.via_bot.username}:")
        if changed:
            self._remark("the message is now:")
        self._print(*self._pen.message(message))
        self._last = message
        for button in message.buttons:
            action = self._action(message, button)
            if action is None:
                self._print(self._pen.link(button.text, str(button.value)))
            else:
                self._offer(button.text, action)
        self._print("")

    def _action(self, message: Message, button: Button) -> Callable[[], None] | None:
        """Return what a tap does; None for an address elsewhere, which no terminal opens."""
        if button.kind == "callback_data":
            return partial(self._press, message, str(button.value))
        if button.kind == "copy_text":
            return partial(self._remark, f"copied: {button.value['text']}")
        if button.kind != "url":
            query = button.value if isinstance(button.value, str) else button.value.get("query", "")
            return partial(self._search, query)
        address = urlsplit(str(button.value))
        if (address.hostname, address.path) == ("t.me", f"/{self._world.bot.username}"):
            return partial(self._start, parse_qs(address.query).get("start", [""])[0])
        return None

    def _draw_results(self, typed: InlineQuery) -> None:
        self._choices = {}
        self._print(f"@{self._world.bot.username} {typed.query}")
        answer = typed.answer
        if answer is None or not (answer.results or answer.button):
            self._remark("no results" if answer else "no answer")
            return
        for place, result in enumerate(answer.results):
            self._offer(result.title, partial(self._send, typed, place), result.description)
        if answer.next_offset:
            self._offer("(more results)", partial(self._search, typed.query, answer.next_offset))
        if answer.button is not None:
            self._offer(answer.button["text"], partial(self._start, answer.button["start_parameter"]))
        self._print("")

    def _unfold(self) -> None:
        if self._last is not None:
            self._print(*self._pen.message(self._last, unfolded=True), "")

    def _offer(self, label: str, action: Callable[[], None], note: str = "") -> None:
        number = len(self._choices) + 1
        self._choices[number] = action
        self._print(*self._pen.choice(number, label, note))

    def _remark(self, text: str) -> None:
        self._print(self._pen.quiet(f"({text})"))

    def _print(self, *lines: str) -> None:
        for line in lines:
            self._write(line)
