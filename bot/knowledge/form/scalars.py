"""How a text is written: without quotes where it can be, in the quotes that it needs, or over several lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import yaml
from yaml.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDED = 118
"""Characters of a line of folded text."""

ONE_LINE = 200
"""Characters of a line with a text that is not folded."""

_MAY_NOT_BE_PLAIN = re.compile(
    r"""
    [#&*!|>'"%@`,\[\]{}\s] | [-?:](?:\s|$) | --- | \.\.\.  # signs that mean something at the beginning
    | .*(?: :\s | \s\# | [:\s]$ | [\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff] )  # and anywhere
    """,
    re.DOTALL | re.VERBOSE,
)
_MAY_NOT_BE_PLAIN_IN_BRACKETS = re.compile(r"[-?:]|.*[,\[\]{}]", re.DOTALL)
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NEEDS_ESCAPES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
_STRING = "tag:yaml.org,2002:str"
_tag_of: Callable[..., str] = Resolver().resolve


def written(text: str, *, plain: bool, in_brackets: bool = False) -> str:
    """Return a text as it is written on one line. ``plain``: it was without quotes, and means the same so.

    Quotes stay where programs would else take a text for a number, a day or a yes.
    """
    if _can_be_plain(text, in_brackets=in_brackets) and (plain or _is_text(text)):
        return text
    if _NEEDS_ESCAPES.search(text):
        quoted = json.dumps(text, ensure_ascii=False)
        return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _can_be_plain(text: str, *, in_brackets: bool) -> bool:
    if not text or _MAY_NOT_BE_PLAIN.match(text):
        return False
    return not (in_brackets and _MAY_NOT_BE_PLAIN_IN_BRACKETS.match(text))


def _is_text(text: str) -> bool:
    return _tag_of(yaml.ScalarNode, text, (True, False)) == _STRING


def folded(text: str, indent: int) -> list[str] | None:
    """Return the lines of a text that is folded; None where folding would change it, or there is nothing to fold at."""
    if text != text.strip(" \t") or "\n" in text or _NEEDS_ESCAPES.search(text):
        return None
    words = _SPACE.split(text)
    if len(words) == 1:
        return None
    lines = [words[0]]
    for word in words[1:]:
        if indent + len(lines[-1]) + 1 + len(word) <= FOLDED:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def literal(text: str) -> tuple[str, list[str]] | None:
    """Return sign and lines of a text with line ends in it; None where it can only be written with escapes."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if body[:1] in {" ", "\t", "\n", ""} or body.endswith("\n") or _NEEDS_ESCAPES.search(text.replace("\n", "")):
        return None
    if any(line != line.rstrip(" ") for line in lines):
        return None
    return ("|-" if body == text else "|"), lines
