"""Replays a transcript: does what the visitor did, and writes down what the visitor sees.

A transcript is a text file. Lines that begin with ``>`` are the visitor's, all others are the bot's::

    > rose society             write to the bot in private
    > [Moss Club]              tap the button with this label
    > (reply) contact?         reply to the message that was last sent or changed
    > (edit) moss club         change the last message that was written
    > (photo)                  send a picture
    > (group) /list            write in a group that the bot is in
    > (reply in group) more?   reply there
    > (guest) @stand_in_bot x  mention the bot where it is not a member
    > (admin) /reload          write as an administrator
    > @ ros                    type in inline mode; an empty query is a lone @
    > (more)                   ask for the next page of inline results
    > (send 1)                 send the first inline result to another chat
    > (change a.yaml) old -> new        edit a file of the knowledge folder

Of a report about the knowledge the warnings are left out: what is worth one is not a matter of the conversation.

``# language: fr`` sets the language of the visitor's app; other lines with ``#`` say what the visit is about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.standin.chats import Button, Message, User
    from bot.standin.state import InlineQuery
    from tests.telegram_app.conftest import Visit

_LANGUAGE = re.compile(r"#\s*language:\s*(\w+)")
_WARNINGS = re.compile(r"(\n\n\d+ warnings?:\n)?\n• \S+:\d+:\d+: (warning|note): .*")
_DOING = re.compile(r"\((?P<what>[a-z ]+?)(?: (?P<detail>\d+|\w+\.yaml))?\)\s?(?P<text>.*)")


class Replay:
    """One visit, and the transcript that is made of it."""

    def __init__(self, visit: Visit, script: str) -> None:
        language = _LANGUAGE.search(script)
        self._visit = visit
        self._world = visit.world
        self._visitor: User = self._world.user("Visitor", language=language[1] if language else "en")
        self._group = self._world.group("Gardeners", self._visitor)
        self._elsewhere = self._world.group("Elsewhere", self._visitor, member=False)
        self._script = script
        self._seen: dict[Message, tuple[object, ...]] = {}
        self._last: Message | None = None
        self._typed: InlineQuery | None = None
        self._lines: list[str] = []

    async def run(self) -> str:
        """Return the transcript of the same visit as it goes now."""
        for line in self._script.splitlines():
            if line.startswith("#"):
                self._lines.append(line)
            elif line.startswith(">"):
                self._lines += ["", line]
                await self._do(line.removeprefix(">").strip())
        return "\n".join(self._lines).strip() + "\n"

    async def _do(self, said: str) -> None:
        self._look(silently=True)
        if said.startswith("[") and said.endswith("]"):
            message = self._with_button(said[1:-1])
            tap = self._world.tap(self._visitor, message, said[1:-1])
            await self._visit.settle()
            if tap.callback and tap.callback.toast:
                self._lines.append(f"(notice: {tap.callback.toast})")
        elif said.startswith("@") and not said.startswith("@stand"):
            await self._type(said.removeprefix("@").strip())
        elif doing := _DOING.fullmatch(said):
            await self._act(doing["what"], doing["detail"] or "", doing["text"])
        else:
            self._world.ask(self._visitor, said)
            await self._visit.settle()
        self._look()

    async def _act(self, what: str, detail: str, text: str) -> None:
        world, visitor = self._world, self._visitor
        private = world.private(visitor)
        done: dict[str, Callable[[], object]] = {
            "reply": lambda: world.ask(visitor, text, self._last),
            "edit": lambda: world.edit([one for one in world.messages(private) if one.sender is visitor][-1], text),
            "photo": lambda: world.send_photo(visitor, private),
            "group": lambda: world.say(visitor, self._group, text),
            "reply in group": lambda: world.say(visitor, self._group, text, self._last),
            "guest": lambda: world.call_guest(visitor, self._elsewhere, text),
            "admin": lambda: world.ask(self._visit.admin, text),
            "send": lambda: world.choose_inline(self._inline, int(detail) - 1, self._elsewhere),
            "change": lambda: self._change(detail, *text.split(" -> ")),
        }
        if what == "more":
            await self._type(self._inline.query, self._inline.answer.next_offset if self._inline.answer else "")
        else:
            done[what]()
        await self._visit.settle()

    @property
    def _inline(self) -> InlineQuery:
        assert self._typed is not None, "nothing was typed in inline mode"
        return self._typed

    def _change(self, file: str, old: str, new: str) -> None:
        path = self._visit.folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    async def _type(self, query: str, offset: str = "") -> None:
        self._typed = self._world.type_inline(self._visitor, query, offset)
        await self._visit.settle()
        answer = self._typed.answer
        assert answer is not None
        if answer.button:
            self._lines.append(f"(button above: {answer.button['text']} -> {answer.button['start_parameter']})")
        for number, result in enumerate(answer.results, 1):
            self._lines.append(f"{number}. {result.title} | {result.description}".rstrip(" |"))
        if answer.next_offset:
            self._lines.append("(more below)")

    def _look(self, *, silently: bool = False) -> None:
        """Write down every message of the bot's that is new or has changed."""
        for chat in self._world.state.chats.values():
            for message in chat.messages:
                now = (message.text, message.keyboard)
                if message.sender is not self._world.bot and message.via_bot is not self._world.bot:
                    continue
                if self._seen.get(message) != now:
                    changed = message in self._seen
                    self._seen[message] = now
                    self._last = message
                    if not silently:
                        self._lines += _drawn(message, changed=changed)

    def _with_button(self, label: str) -> Message:
        shown = [message for message in self._seen if any(button.text == label for button in message.buttons)]
        if not shown:
            raise LookupError(f"no button {label!r}")
        return self._last if self._last in shown and self._last else shown[-1]


def _drawn(message: Message, *, changed: bool) -> list[str]:
    lines = ["(changed in place)"] if changed else []
    lines += ["(in the group)"] if message.chat.is_group and message.via_bot is None else []
    text = _WARNINGS.sub("", message.text or "").rstrip()
    lines += text.splitlines()
    return lines + ["  " + " ".join(_button(button) for button in row) for row in message.rows]


def _button(button: Button) -> str:
    match button.kind:
        case "callback_data":
            return f"[{button.text}]"
        case "switch_inline_query":
            return f"[{button.text} -> @ {button.value}]"
        case _:
            return f"[{button.text} -> {button.value}]"
