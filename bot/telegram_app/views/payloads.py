"""Texts that lead into the bot from outside: deep links, the query of a shared card, offsets of inline pages.

An id has at most 40 characters of a-z, 0-9, - and _, so it fits into each of them, with a language behind it. All
three can be forged by anybody, so each has a strict form, and reading anything else gives None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.limits import START_PAYLOAD

INLINE_HELP = "inline"
"""Payload of the deep link to how the bot is used in other chats."""

HELPLINES = "_helplines"
"""Payload of the deep link to the helplines; no id begins with an underscore."""

LIST = "_list"
"""Payload of the deep link to the list of everything."""

_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{START_PAYLOAD}}}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_SHARED = re.compile(rf"#([A-Za-z0-9_-]{{1,64}})(?:\s+({_LANGUAGE.pattern}))?")
_OFFSET = re.compile(r"(\d{1,6})\.([A-Za-z0-9_-]{1,40})")
_LANGUAGE_MARK = "--"


@dataclass(frozen=True, slots=True)
class Target:
    """An entry by the name that a link gives it, and the language to show it in, if the link says one."""

    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """Where a page of inline results starts: after the entry of this name, or at this position if it is gone."""

    position: int
    after: str


def payload(entry_id: str, language: str | None = None) -> str:
    """Return the deep link's payload for an entry: its id, and the language to show it in if there is one."""
    return f"{entry_id}{_LANGUAGE_MARK}{language}" if language else entry_id


def read_payload(text: str) -> tuple[Target, ...]:
    """Return what a deep link's payload may mean, the likeliest first: an id can itself end like a language."""
    if not _PAYLOAD.fullmatch(text):
        return ()
    name, mark, language = text.rpartition(_LANGUAGE_MARK)
    if mark and name and _LANGUAGE.fullmatch(language):
        return Target(text), Target(name, language)
    return (Target(text),)


def start_link(username: str, start: str | None = None) -> str:
    """Return the address that opens the chat with the bot, with a payload if there is one."""
    return f"https://t.me/{username}?start={start}" if start else f"https://t.me/{username}"


def read_start_link(url: str, username: str) -> str | None:
    """Return the payload of a deep link to this bot, also where the link is inside a "share this" address."""
    try:
        parts = urlsplit(url)
    except ValueError:  # what stands under somebody else's message need not be an address at all
        return None
    query = parse_qs(parts.query)
    if parts.netloc == "t.me" and parts.path == "/share/url" and "url" in query:
        return read_start_link(query["url"][0], username)
    if parts.netloc == "t.me" and parts.path.strip("/").casefold() == username.casefold() and "start" in query:
        return query["start"][0]
    return None


def share_link(username: str, start: str) -> str:
    """Return the address that lets a person send a deep link to somebody, for a bot without inline mode."""
    return f"https://t.me/share/url?{urlencode({'url': start_link(username, start)})}"


def shared(entry_id: str, language: str) -> str:
    """Return the inline query that finds exactly this card in exactly this language."""
    return f"#{entry_id} {language}"


def read_shared(query: str) -> Target | None:
    """Return the card that an inline query asks for by its id, or None for a query in words."""
    found = _SHARED.fullmatch(query.strip())
    return Target(found[1], found[2]) if found else None


def offset(position: int, after: str) -> str:
    """Return the offset of the page that starts at ``position``, behind the entry ``after``."""
    return f"{position}.{after}"


def read_offset(text: str) -> Offset | None:
    """Return where a page starts, or None for an offset that this module did not write."""
    found = _OFFSET.fullmatch(text)
    return Offset(int(found[1]), found[2]) if found else None
