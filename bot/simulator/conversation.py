"""A conversation in the terminal: what a line means, and how what comes of it is shown.

A line is a message to the bot, the number of a button or of an inline result, or one of the commands in ``HELP``;
every other command goes to the bot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.simulator import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.simulator.chats import Button, Chat, Message, User
    from bot.simulator.drawing import Pen
    from bot.simulator.stage import Stage
    from bot.simulator.state import InlineAnswer, InlineQuery

HELP: Final = """\
You are talking to the bot on this machine; nothing goes to Telegram. Write a question, or:
  3           tap the button (or send the inline result) with this number
  @bot WORDS  search inline, as in any chat of Telegram
  /as 2       be another user; /as 1 comes back; /as admin may /reload
  /lang fr    the language of your app
  /group      talk in a group with the bot in it; /private comes back
  /quit       leave (or Ctrl-D); /? shows this again
"""


class Conversation:
    """Who is talking where, and what was shown to them last."""

    def __init__(self, stage: Stage, write: Callable[[str], object], pen: Pen, language: str, admin: User) -> None:
        world = stage.world
        self._stage, self._write, self._pen = stage, write, pen
        first = world.user("Anna", username="anna", language=language)
        second = world.user("Ben", username="ben", language=language)
        self._people: dict[str, User] = {"1": first, "2": second, "admin": admin}
        self._group = world.group("Colleagues", first, second)
        self._user = first
        self._chat: Chat = world.private(first)
        self._buttons: dict[int, tuple[Message, Button]] = {}
        self._typed: InlineQuery | None = None
        self._shown: dict[Message, tuple[object, ...]] = {}

    @property
    def who(self) -> str:
        """Who is talking, and where if not in private."""
        place = "" if self._chat.type == "private" else f" in {self._chat.title}"
        return f"{self._user.first_name}{place}"

    def hear(self, line: str) -> bool:
        """Do what a line says and show what comes of it. False: the conversation is over."""
        word, _, rest = line.strip().partition(" ")
        if not word:
            return True
        if word == "/quit":
            return False
        if word == "/?":
            self._write(HELP)
        elif word == "/as":
            self._be(rest.strip())
        elif word == "/lang":
            self._speak(rest.strip())
        elif word in {"/group", "/private"}:
            self._go(self._group if word == "/group" else self._stage.world.private(self._user))
        elif word in {"/inline", "@bot", f"@{self._stage.world.bot.username}"}:
            self._search(rest)
        elif not self._chosen(line.strip()):
            self._say(line)
        return True

    def show(self) -> None:
        """Print every message that is new or has changed since it was last shown."""
        fresh: dict[int, tuple[Message, Button]] = {}
        for message in self._stage.do(self._messages):
            stands = (message.text, repr(message.entities), repr(message.keyboard))
            known = self._shown.get(message)
            self._shown[message] = stands
            if stands == known or (message.sender is not self._stage.world.bot and message.via_bot is None):
                continue
            if known is not None:
                self._write(self._pen.quiet("(the message above is now:)"))
            self._draw(message, fresh)
        if fresh:
            self._buttons = fresh

    def _messages(self) -> list[Message]:
        world = self._stage.world
        chats = [*(world.private(user) for user in self._people.values()), self._group]
        return [message for chat in chats for message in chat.messages]

    def _draw(self, message: Message, fresh: dict[int, tuple[Message, Button]]) -> None:
        if message.chat is not self._chat:
            self._write(self._pen.quiet(f"(to {message.chat.title}:)"))
        for line in self._pen.message(message):
            self._write(line)
        numbers: dict[int, Button] = {}
        rows = message.rows
        for button in (button for row in rows for button in row if button.kind != "url"):
            numbers[len(fresh) + 1] = button
            fresh[len(fresh) + 1] = (message, button)
        for line in self._pen.keyboard(rows, numbers):
            self._write(line)
        self._write("")

    def _say(self, line: str) -> None:
        if len(line) > limits.TEXT:
            self._write(f"(A message has at most {limits.TEXT} characters, this one has {len(line)}: not sent.)")
            return
        self._typed = None
        self._stage.do(self._stage.world.say, self._user, self._chat, line)
        self._stage.settle()
        self.show()

    def _chosen(self, line: str) -> bool:
        """Take a number for a tap where something has that number; else it is a message like any other."""
        if not (line.isascii() and line.isdigit()):
            return False
        number = int(line)
        if self._typed is not None and self._typed.answer is not None:
            return self._send_result(self._typed, self._typed.answer, number)
        if number not in self._buttons:
            return False
        self._tap(*self._buttons[number])
        return True

    def _tap(self, message: Message, button: Button) -> None:
        if button.kind == "callback_data":
            callback = self._stage.do(self._stage.world.press, self._user, message, str(button.value))
            self._stage.settle()
            if callback.toast:
                self._write(self._pen.quiet(f"({callback.toast})"))
            self.show()
        elif button.kind == "copy_text":
            self._write(self._pen.quiet(f"(copied: {button.value['text']})"))
        else:
            self._search(button.value if isinstance(button.value, str) else button.value.get("query", ""))

    def _search(self, query: str, offset: str = "") -> None:
        if len(query) > limits.INLINE_QUERY:
            self._write(f"(An inline query has at most {limits.INLINE_QUERY} characters, this one has {len(query)}.)")
            return
        kind = "sender" if self._chat.type == "private" else self._chat.type
        typed = self._stage.do(self._stage.world.type_inline, self._user, query, offset, kind)
        self._stage.settle()
        self._typed = typed
        lines = ["  (no answer)"] if typed.answer is None else self._pen.results(typed.answer)
        for line in [f"@{self._stage.world.bot.username} {query}", *lines, ""]:
            self._write(line)

    def _send_result(self, typed: InlineQuery, answer: InlineAnswer, number: int) -> bool:
        if answer.next_offset and number == len(answer.results) + 1:
            self._search(typed.query, answer.next_offset)
            return True
        if not 0 < number <= len(answer.results):
            return False
        self._typed = None
        self._stage.do(self._stage.world.choose_inline, typed, number - 1, self._chat)
        self._stage.settle()
        self.show()
        return True

    def _be(self, name: str) -> None:
        if name not in self._people:
            self._write(f"(There is nobody {name!r}: /as {', /as '.join(self._people)}.)")
            return
        in_group = self._chat is self._group
        self._user = self._people[name]
        self._go(self._group if in_group else self._stage.world.private(self._user))

    def _speak(self, language: str) -> None:
        self._user.language = language or None
        self._write(self._pen.quiet(f"({self._user.first_name}'s app speaks: {language or 'nothing in particular'})"))

    def _go(self, chat: Chat) -> None:
        self._chat, self._buttons, self._typed = chat, {}, None
        self._write(self._pen.quiet(f"(you are {self.who})"))
