"""The small rules of an entry's fields: how each may be written, and what is refused in plain words.

Every rule raises ``PydanticCustomError`` whose type is the code of the finding; its context has ``message`` and
``advice``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, LiteralString, NoReturn
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

ANY_LANGUAGE = "und"

MAX_ID = 40
"""Characters of an id, each one byte: it stands in callback data and deep links (64 bytes each), beside a verb."""

MAX_URL = 2_048
"""Characters of an address; what browsers and Telegram's buttons are known to take."""

MAX_SHOWN = 80
"""Characters of a wrong value that a message repeats."""

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_ID = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{MAX_ID - 1}}}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(r"(?=.{4,253}$)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W_]([\w-]{0,61}[^\W_])?")

# An editor's program reads YAML 1.2 and takes 1098 for a number; here every plain word is text.
_SCALAR = {"type": ["string", "number"], "minLength": 1}
PLAIN_SCHEMA: dict[str, Any] = dict(_SCALAR)
TEXT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _SCALAR,
        {"type": "object", "propertyNames": {"pattern": LANGUAGE_PATTERN}, "additionalProperties": _SCALAR},
    ]
}
_PHRASE_LIST = {"type": "array", "items": _SCALAR}
PHRASES_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _PHRASE_LIST,
        {"type": "object", "propertyNames": {"pattern": LANGUAGE_PATTERN}, "additionalProperties": _PHRASE_LIST},
    ]
}
VALUE_SCHEMA: dict[str, Any] = {"anyOf": [*TEXT_SCHEMA["anyOf"], {"type": "array", "items": TEXT_SCHEMA}]}
ID_SCHEMA: dict[str, Any] = {"type": "string", "pattern": f"^{_ID.pattern}$"}
KIND_SCHEMA: dict[str, Any] = dict(ID_SCHEMA)
URL_SCHEMA: dict[str, Any] = {"type": "string", "pattern": "^https://", "maxLength": MAX_URL}
COUNTRY_SCHEMA: dict[str, Any] = {"type": "string", "pattern": f"^{_COUNTRY.pattern}$"}
DAY_SCHEMA: dict[str, Any] = {"type": "string", "pattern": f"^{_DAY.pattern}$"}


def refuse(code: LiteralString, message: str, advice: str) -> NoReturn:
    """Refuse a value; ``code`` becomes the code of the finding."""
    raise PydanticCustomError(code, "{message}", {"message": message, "advice": advice})


def shown(value: object) -> str:
    """Return a value as it is shown in a message: quoted, on one line and not too long."""
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def text_by_language(value: object) -> object:
    """Put a plain text under ``ANY_LANGUAGE``; refuse a list."""
    if isinstance(value, str):
        return {ANY_LANGUAGE: value}
    if isinstance(value, list):
        refuse(
            "not-a-text", "a list stands where a text should be.", "Write one text, or a mapping from language to text."
        )
    return value


def phrases_by_language(value: object) -> object:
    """Put a plain list under ``ANY_LANGUAGE``; refuse a single text, which is mostly a list without its brackets."""
    if isinstance(value, (list, tuple)):
        return {ANY_LANGUAGE: value}
    if isinstance(value, str):
        refuse("not-a-list", "a single text stands where a list should be.", "Write [in brackets, with commas].")
    return value


def one_or_many(value: object) -> object:
    """Put a single value into a list."""
    return [value] if isinstance(value, (str, dict)) else value


def entry_id(value: str) -> str:
    """Refuse an id that could not stand in a button or a link."""
    return plain_id(value, "id")


def plain_id(value: str, what: str) -> str:
    """Refuse what could not stand in a button or a link; ``what`` it is called in the message."""
    if not _ID.fullmatch(value):
        refuse(
            "bad-id",
            f"the {what} {shown(value)} cannot stand in links and buttons.",
            f"Use a-z, 0-9, - and _ only, beginning with a letter or figure, at most {MAX_ID} characters.",
        )
    return value


def https_url(value: str) -> str:
    """Refuse what is not a complete https address."""
    if value.startswith("http://"):
        refuse(
            "not-https",
            f"{shown(value)} is not an https address.",
            "Write https:// if the site has it, or leave it out.",
        )
    advice = "Write the whole address, like https://www.example.org/page"
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        refuse("bad-url", f"{shown(value)} is not a web address.", advice)
    if parts.scheme != "https" or not _HOST.fullmatch(host) or parts.username is not None:
        refuse("bad-url", f"{shown(value)} is not a web address.", advice)
    if len(value) > MAX_URL or re.search(r'[\s<>"{}|\\^`]', value):
        refuse(
            "bad-url",
            f"{shown(value)} has a space or another character that an address cannot have,"
            f" or more than {MAX_URL} characters.",
            "Copy it from the browser's address bar.",
        )
    return value


def day(value: object) -> object:
    """Refuse any way of writing a day but 2026-11-21."""
    if isinstance(value, str):
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        refuse("bad-date", f"{shown(value)} is not a day.", "Write year, month and day like 2026-11-21.")
    return value


def country(value: str) -> str:
    """Refuse what is not the two capital letters of a country."""
    if value == "UK":
        refuse("bad-country", "UK is not the code of a country.", "Write GB.")
    if not _COUNTRY.fullmatch(value):
        refuse(
            "bad-country",
            f"{shown(value)} is not the code of a country.",
            "Write its two capital letters, like IN or FR.",
        )
    return value
