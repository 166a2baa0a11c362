"""Messages, keyboards and inline results as lines of a terminal."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.simulator.formatting import utf16

if TYPE_CHECKING:
    from bot.simulator.chats import Button, Message
    from bot.simulator.formatting import Entity
    from bot.simulator.state import InlineAnswer

_STYLES = {"bold": "1", "italic": "3", "underline": "4", "strikethrough": "9", "code": "36", "pre": "36"}
_QUIET = "2"
_RESET = "\033[0m"
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_BAR = "| "


@dataclass(frozen=True, slots=True)
class Pen:
    """How to draw: with ``colour`` or plain, lines at most ``width`` columns (None: as long as they are)."""

    colour: bool = False
    width: int | None = None

    def quiet(self, text: str) -> str:
        """Return a remark."""
        return f"\033[{_QUIET}m{text}{_RESET}" if self.colour and text else text

    def message(self, message: Message) -> list[str]:
        """Return the lines of a message's text: quotations behind a bar, addresses after the words that link."""
        text = message.text
        if text is None:
            return [self.quiet(f"({', '.join(message.extra) or 'nothing'})")]
        marked = _marked(text, message.entities, colour=self.colour)
        return [part for line in marked.split("\n") for part in self._wrapped(line)]

    def keyboard(self, rows: list[list[Button]], numbers: dict[int, Button]) -> list[str]:
        """Return a line for each button, its number in front; ``numbers`` says which button has which."""
        number_of = {id(button): number for number, button in numbers.items()}
        lines = []
        for button in (button for row in rows for button in row):
            if id(button) in number_of:
                lines.append(f"  [{number_of[id(button)]}] {button.text}")
            else:
                lines.append(f"   -  {button.text}: {button.value}")
        return lines

    def results(self, answer: InlineAnswer) -> list[str]:
        """Return a line for each inline result, numbered from 1, and what stands above and below them."""
        lines = []
        if answer.button is not None:
            lines.append(self.quiet(f"  ({answer.button['text']}: opens the private chat)"))
        for number, result in enumerate(answer.results, 1):
            lines.append(f"  [{number}] {result.title}")
            if result.description:
                lines.append(self.quiet(f"      {result.description}"))
        if answer.next_offset:
            lines.append(f"  [{len(answer.results) + 1}] ...")
        return lines or [self.quiet("  (no results)")]

    def _wrapped(self, line: str) -> list[str]:
        if self.width is None or not line:
            return [line]
        indent = _BAR if line.startswith(_BAR) else ""
        return textwrap.wrap(
            line, self.width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        ) or [line]


def _marked(text: str, entities: list[Entity], *, colour: bool) -> str:
    """Return the text with what its entities ask for put in, from the last place to the first."""
    marks: list[tuple[int, int, str]] = []
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        style = _STYLES.get(entity["type"])
        if style and colour:
            marks += [(begin, 1, f"\033[{style}m"), (end, 0, _RESET)]
        if entity["type"] == "text_link":
            marks.append((end, 0, f" ({entity['url']})"))
        if entity["type"] in _QUOTES:
            marks += [(at, 1, _BAR) for at in _line_starts(text, begin, end)]
    raw = text.encode("utf-16-le")
    for at, _, mark in sorted(marks, reverse=True):
        raw = raw[: 2 * at] + mark.encode("utf-16-le") + raw[2 * at :]
    return raw.decode("utf-16-le", "replace")


def _line_starts(text: str, begin: int, end: int) -> list[int]:
    """Return where lines begin between two places, in UTF-16 units."""
    starts, at = [begin], 0
    for line in text.splitlines(keepends=True):
        at += utf16(line)
        if begin < at < end:
            starts.append(at)
    return starts
