"""Reading a reply as a person does: what stands in its first lines, and which entry it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGINNING = 350
"""Characters that a phone shows of a reply without scrolling."""
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc]")
_ADDRESS = re.compile(r"https://\S+")


def plain(text: str) -> str:
    """Return a text with one kind of space and of apostrophe, which languages write in several ways."""
    return _APOSTROPHES.sub("'", _SPACES.sub(" ", text))


def beginning(record: Mapping[str, Any]) -> str:
    """Return the first 350 characters of a reply."""
    return plain(record["text"])[:BEGINNING]


def first_line(record: Mapping[str, Any]) -> str:
    """Return what stands before the first line break of a reply."""
    return plain(record["text"]).partition("\n")[0]


def addresses(record: Mapping[str, Any]) -> str:
    """Return the addresses of a reply, a line each: on Telegram they are behind the buttons, at once in sight."""
    return "\n".join(_ADDRESS.findall(record["text"]))


def subject(record: Mapping[str, Any]) -> str | None:
    """Return the id of the entry that a reply is about: its card, else the first of what it presents."""
    return record["card"] or next(iter(record["entries"]), None)


def is_about(record: Mapping[str, Any], entry: str) -> bool:
    """Tell whether a reply is about an entry: shows it, or presents it first."""
    return entry in {record["card"], *record["entries"][:1]}
