"""Formatted text as Telegram reads it: the HTML subset, and entities with offsets in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.standin.rules.refusal import ApiError, bad_request

Entity = dict[str, Any]
"""A MessageEntity of the Bot API; ``offset`` and ``length`` count UTF-16 units."""

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
"""The tags of Telegram's HTML, and the entity each stands for (https://core.telegram.org/bots/api#html-style)."""

_SPACE = " \t\r\n\0\v"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[0-9A-Za-z.\-]+))?""")
_MARKUP = re.compile("[<&]")
_UNCLOSED = re.compile(r"""\s*=\s*["']""")
_HIGHEST_CHARACTER = 0x10FFFF
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b)"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)'])",
)


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    characters: int
    """Characters of the plain text before the tag (``offset`` counts UTF-16 units)."""


def utf16(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, entity: Entity) -> str:
    """Return the part of ``text`` that ``entity`` covers."""
    begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return text.encode("utf-16-le")[begin:end].decode("utf-16-le", "replace")


def parse(text: str, mode: str | None) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities, white space around trimmed, links and commands found.

    Raises ApiError for what Telegram refuses: markup that is unknown, unclosed or wrongly nested, each with the
    offset of its byte. Modes other than HTML are not modelled.
    """
    if mode and mode.lower() != "html":
        raise bad_request(f"unsupported parse_mode: {mode!r} is not modelled by this stand-in for Telegram")
    plain, entities = _html(text) if mode else (text, [])
    plain, entities = _trimmed(plain, entities)
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in {"code", "pre", "text_link"}]
    for entity in found(plain):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if all(end <= first or begin >= last for first, last in taken):
            entities.append(entity)
    return plain, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def found(text: str) -> list[Entity]:
    """Return the commands, mentions and addresses that Telegram finds in anybody's text by itself."""
    return [
        {"type": str(match.lastgroup), "offset": utf16(text[: match.start()]), "length": utf16(match.group())}
        for match in _FOUND.finditer(text)
    ]


def _refused(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _html(source: str) -> tuple[str, list[Entity]]:
    """Read the source from left to right as Telegram does: no repair, no tag unknown to it."""
    plain = ""
    entities: list[Entity] = []
    stack: list[_Open] = []
    position = 0
    while position < len(source):
        if source.startswith("</", position):
            position = _close(source, position, stack, entities, plain)
        elif source[position] == "<":
            opened, position = _open(source, position, plain)
            stack.append(opened)
        else:
            text, position = _run(source, position)
            plain += text
    if stack:
        raise _refused(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)  # a language counts only where the code stands in a "pre" of its own
    return plain, entities


def _run(source: str, position: int) -> tuple[str, int]:
    """Return the text up to the next tag or reference, or what the reference here means; and where to go on."""
    if source[position] == "&":
        return _character(source, position)
    following = _MARKUP.search(source, position)
    end = following.start() if following else len(source)
    return source[position:end], end


def _character(source: str, position: int) -> tuple[str, int]:
    """Return the next character and where to go on; an unknown reference is the text it looks like."""
    reference = _REFERENCE.match(source, position) if source[position] == "&" else None
    if reference is None:
        return source[position], position + 1
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED[name], reference.end()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < number <= _HIGHEST_CHARACTER or 0xD800 <= number < 0xE000:  # noqa: PLR2004  (UTF-16 surrogates)
        return source[position], position + 1
    return chr(number), reference.end()


def _open(source: str, position: int, plain: str) -> tuple[_Open, int]:
    at = len(source[:position].encode())
    end = position + 1
    while end < len(source) and source[end] not in _SPACE and source[end] != ">":
        end += 1
    tag = source[position + 1 : end].lower()
    if end == len(source):
        raise _refused(f"Unclosed start tag at byte offset {at}")
    if tag not in TAGS:
        raise _refused(f'Unsupported start tag "{tag}" at byte offset {at}')
    attributes: dict[str, str] = {}
    while source[end : end + 1] != ">":
        if not source[end:].strip(_SPACE):
            raise _refused(f'Unclosed start tag "{tag}" at byte offset {at}')
        match = _ATTRIBUTE.match(source, end)
        if match is None:
            end += len(source[end:]) - len(source[end:].lstrip(_SPACE))
            if source[end : end + 1] == ">":
                break
            raise _refused(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
        if match[2] is None and _UNCLOSED.match(source, match.end()):
            raise _refused(f'Unclosed start tag "{tag}" at byte offset {at}')
        attributes[match[1].lower()] = _attribute_value(match[2] or "")
        end = match.end()
    return _Open(tag, _argument(tag, attributes, at), utf16(plain), len(plain)), end + 1


def _attribute_value(written: str) -> str:
    if written[:1] not in {'"', "'"}:
        return written.lower()
    value, position, inner = [], 0, written[1:-1]
    while position < len(inner):
        character, position = _character(inner, position)
        value.append(character)
    return "".join(value)


def _argument(tag: str, attributes: dict[str, str], at: int) -> str:
    """Return the one attribute that means something on this tag; others are overlooked, as Telegram does."""
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    if tag == "code":
        return attributes.get("class", "").removeprefix("language-")
    if tag == "blockquote":
        return "expandable" if "expandable" in attributes else ""
    return attributes.get({"a": "href", "tg-emoji": "emoji-id"}.get(tag, ""), "")


def _close(source: str, position: int, stack: list[_Open], entities: list[Entity], plain: str) -> int:
    at = len(source[:position].encode())
    if not stack:
        raise _refused(f"Unexpected end tag at byte offset {at}")
    end = source.find(">", position)
    if end < 0:
        raise _refused(f"Unclosed end tag at byte offset {at}")
    name = source[position + 2 : end].strip(_SPACE).lower()
    opened = stack.pop()
    if name and name != opened.tag:
        raise _refused(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"')
    covered = plain[opened.characters :]
    if covered:
        entity = _entity(opened, covered, entities)
        if entity is not None:
            entities.append(entity)
    return end + 1


def _entity(opened: _Open, covered: str, entities: list[Entity]) -> Entity | None:
    """Return the entity of a closed tag; None where Telegram keeps the text only (a link that is none)."""
    entity: Entity = {"type": TAGS[opened.tag], "offset": opened.offset, "length": utf16(covered)}
    if opened.tag == "a":
        url = opened.argument or covered
        if not re.match(r"(?:https?://[^\s/]|tg://|mailto:|tel:|[^\s/:]+\.\w)", url):
            return None
        entity["url"] = url
    elif opened.tag == "blockquote":
        if any(e["type"].endswith("blockquote") and e["offset"] >= opened.offset for e in entities):
            raise _refused("blockquotes can't be nested")
        if opened.argument:
            entity["type"] = "expandable_blockquote"
    elif opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = opened.argument
    elif opened.tag == "pre" and entities and entities[-1]["type"] == "code" and entities[-1].get("language"):
        inner = entities.pop()
        entity["language"] = inner["language"]
    elif opened.tag == "code" and opened.argument:
        entity["language"] = opened.argument
    return entity


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take the white space off both ends, and off the entities what they covered of it."""
    short = text.strip()
    lead = utf16(text[: len(text) - len(text.lstrip())])
    length = utf16(short)
    kept = []
    for entity in entities:
        begin = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, length)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return short, kept
