"""Messages, keyboards and inline results as lines of a terminal."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from bot.standin.rules.formatting import utf16

if TYPE_CHECKING:
    from bot.standin.chats import Message
    from bot.standin.rules.formatting import Entity

_STYLES = {"bold": "1", "italic": "3", "underline": "4", "strikethrough": "9", "code": "36", "pre": "36"}
_QUIET = "2"
_RESET = "\033[0m"
_BAR = "| "
_FOLDED = "\0| "
"""Stands before the lines of a folded quotation until they are put together (no message holds a NUL)."""
_BARS = {"blockquote": _BAR, "expandable_blockquote": _FOLDED}


@dataclass(frozen=True, slots=True)
class Pen:
    """How to draw: with ``colour`` or plain, lines at most ``width`` columns (None: as long as they are)."""

    colour: bool = False
    width: int | None = None

    def quiet(self, text: str) -> str:
        """Return a remark."""
        return f"\033[{_QUIET}m{text}{_RESET}" if self.colour and text else text

    def message(self, message: Message, *, unfolded: bool = False) -> list[str]:
        """Return the lines of a message's text: quotations behind a bar, addresses after the words that link.

        Of a folded quotation the first line, unless ``unfolded``.
        """
        if message.text is None:
            return [self.quiet(f"({', '.join(message.extra) or 'nothing'})")]
        marked = _marked(message.text, message.entities, colour=self.colour)
        lines: list[str] = []
        for folded, group in groupby(marked.split("\n"), key=lambda line: line.startswith(_FOLDED)):
            run = [line.replace(_FOLDED, _BAR, 1) for line in group]
            hidden = 0 if unfolded or not folded else len(run) - 1
            lines += run[: len(run) - hidden]
            if hidden:
                lines.append(self.quiet(f"{_BAR}({hidden} more {'line' if hidden == 1 else 'lines'}: /more)"))
        return [part for line in lines for part in self._wrapped(line)]

    def choice(self, number: int, label: str, note: str = "") -> list[str]:
        """Return the lines of something that can be chosen by its number."""
        return [f"  [{number}] {label}", *([self.quiet(f"      {note}")] if note else [])]

    def link(self, label: str, address: str) -> str:
        """Return the line of a button that opens an address."""
        return f"   -  {label}: {address}"

    def _wrapped(self, line: str) -> list[str]:
        if self.width is None or not line:
            return [line]
        indent = _BAR if line.startswith(_BAR) else ""
        wrapped = textwrap.wrap(
            line, self.width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        return wrapped or [line]


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
        if bar := _BARS.get(entity["type"]):
            marks += [(at, 1, bar) for at in _line_starts(text, begin, end)]
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
