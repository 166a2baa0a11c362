"""Makes trees of YAML text, with every comment at the part that it belongs to.

A comment belongs to what it stands beside, else to what follows; one that is indented further than what follows, to
the end of what is in front. Round trips with ruamel.yaml were tried: they keep values and comments as long as nothing
moves, but hang each comment on the part in front of it, so that keys put into another order leave their comments
behind; they keep the old line ends of folded texts; and this needs no more than PyYAML's events.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from bot.knowledge.form.tree import Collection, Part, Scalar, Tree, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.form.tree import Node

SCHEMA_LINE = "# yaml-language-server:"
"""How the comment begins that tells an editing program which schema a file has."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CODE = re.compile(r"[-:\s]*")  # what stands between two values beside comments

Line = tuple[int, str]
"""A comment and its column; an empty line is an empty text."""


class Unusual(Exception):  # noqa: N818  (such a file is fine)
    """A text has something that only its author knows how to write: anchors, tags, keys that are no plain text."""


def parse(text: str) -> tuple[list[Tree], list[str]]:
    """Return the documents of a text that is valid YAML, and all of its comments.

    ``Unusual`` if there is more in it than can be written anew.
    """
    parser = _Parser(text)
    return list(parser.documents()), parser.comments


class _Parser:
    """Goes through the parser's events; ``_at`` is where the text was read to, as far as values and comments go."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: list[str] = []
        self._events = _events(text)
        self._at = 0
        self._last: Part | None = None  # what a comment on its line would belong to
        self._waiting: list[Line] = []  # lines between a key and its value

    def documents(self) -> Iterator[Tree]:
        """Yield the documents."""
        tree: Tree | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if event.version or event.tags:
                    raise Unusual
                if event.explicit:
                    lines = self._gap(_start(event))
                    if tree:
                        _finish(tree.root, lines)
                        yield tree
                    else:
                        self._waiting = lines
                    self._at, self._last = _start(event) + 3, None
                tree = self._document()
            elif isinstance(event, yaml.StreamEndEvent) and tree:
                _finish(tree.root, self._gap(len(self.text)))
                yield tree

    def _document(self) -> Tree:
        event = next(self._events)
        lines = self._gap(_start(event))
        root = self._node(event, 0)
        ended = next(self._events)
        if isinstance(ended, yaml.DocumentEndEvent) and ended.explicit:
            raise Unusual
        if not isinstance(root, Collection) or not root.keyed or not root.parts or root.kept:
            raise Unusual
        above = [text for _, text in lines]
        blanks = [index + 1 for index, line in enumerate(above) if not line]
        schemas = [index + 1 for index, line in enumerate(above) if line.startswith(SCHEMA_LINE)]
        top = max((*blanks, *schemas), default=0)
        root.parts[0].above[:0] = above[top:]
        return Tree(root, above[:top])

    def _node(self, event: yaml.Event, base: int) -> Node:
        """Read the value that begins with an event; ``base`` is the column of the part that it belongs to."""
        if isinstance(event, yaml.ScalarEvent):
            self._at = self._end_of(event)
            return _scalar(event)
        return self._flow(event, base) if _opening(event).flow_style else self._block(event)

    def _end_of(self, event: yaml.ScalarEvent) -> int:
        start, end = _start(event), _end(event)
        if event.style not in {"|", ">"}:
            return end
        header = self.text[start : self.text.find("\n", start) + 1 or len(self.text)]
        if "#" in header:  # a comment beside the sign: it is read as any other
            self._at = start + header.index("#")
            self._gap(start + len(header.rstrip("\n")))
        return start + len(self.text[start:end].rstrip())

    def _block(self, event: yaml.Event) -> Collection:
        keyed = isinstance(event, yaml.MappingStartEvent)
        column = event.start_mark.column if event.start_mark else 0
        node = Collection(keyed=keyed, column=column)
        while not isinstance(inner := next(self._events), (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            lines = self._gap(_start(inner))
            if node.parts:
                lines = _leave_foot(node.parts[-1].value, lines, column)
            part = self._last = Part(Scalar(""), above=[text for _, text in lines])
            node.parts.append(part)
            if keyed:
                key = self._node(inner, column)
                if not isinstance(key, Scalar):
                    raise Unusual
                part.key = key
                inner = next(self._events)
                self._waiting = self._gap(_start(inner))
                if isinstance(inner, yaml.ScalarEvent):
                    part.above += [text for _, text in self._waiting if text]
                    self._waiting = []
            part.value = self._node(inner, column)
            if self._waiting:  # nothing inside of it took them
                part.above += [text for _, text in self._waiting if text]
                self._waiting = []
        return node

    def _flow(self, event: yaml.Event, base: int) -> Collection:
        """Read what stands in brackets; with comments inside, or a value left out, it can only be kept as it is."""
        start = _start(event)
        node, kept = self._inside(event)
        node.kept = kept
        lines = self.text[start : self._at].split("\n")
        rest = [(len(line) - len(line.lstrip(" ")) - base, line.strip()) for line in lines[1:]]
        node.source = Verbatim([(0, lines[0].rstrip()), *rest])
        return node

    def _inside(self, event: yaml.Event) -> tuple[Collection, bool]:
        node = Collection(keyed=isinstance(_opening(event), yaml.MappingStartEvent), flow=True)
        kept = self._between(event)
        while not isinstance(inner := next(self._events), (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            part = Part(Scalar(""))
            node.parts.append(part)
            if node.keyed:
                part.key = _scalar(inner)
                kept = self._between(inner) or not part.key.text or kept
                inner = next(self._events)
            if isinstance(inner, yaml.ScalarEvent):
                part.value = _scalar(inner)
                kept = self._between(inner) or (part.value.plain and not part.value.text) or kept
            else:
                part.value, inner_kept = self._inside(inner)
                kept = kept or inner_kept
        return node, self._between(inner) or kept

    def _between(self, event: yaml.Event) -> bool:
        """Go to the end of an event in brackets, and return whether there was a comment in front of it."""
        found = re.findall("#.*", self.text[self._at : _start(event)])
        self.comments += [comment.rstrip() for comment in found]
        self._at = max(self._at, _end(event))
        return bool(found)

    def _gap(self, end: int) -> list[Line]:
        """Read the comments and empty lines up to ``end``, and return those that stand above what is there."""
        found = self._waiting
        self._waiting = []
        begins_line = self._at == 0 or self.text[self._at - 1] == "\n"
        lines = self.text[self._at : end].split("\n")
        for number, line in enumerate(lines):
            code, sign, comment = line.partition("#")
            if not _CODE.fullmatch(code):
                raise Unusual
            comment = (sign + comment).rstrip()
            if comment:
                self.comments.append(comment)
            if number == 0 and not begins_line:
                if comment and self._last is not None and not self._last.beside:
                    self._last.beside = comment
                elif comment:
                    found.append((0, comment))
            elif comment:
                found.append((len(code), comment))
            elif not code.strip() and number < len(lines) - 1 and (not found or found[-1][1]):
                found.append((0, ""))
        self._at = end
        return found


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _Loader(text)
    while loader.check_event():
        yield loader.get_event()


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _opening(event: yaml.Event) -> yaml.MappingStartEvent | yaml.SequenceStartEvent:
    if not isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)) or event.anchor:
        raise Unusual
    if event.tag and event.tag != "!":
        raise Unusual
    return event


def _scalar(event: yaml.Event) -> Scalar:
    if not isinstance(event, yaml.ScalarEvent) or event.anchor or (event.tag and event.tag != "!"):
        raise Unusual
    return Scalar(event.value, plain=not event.style)


def _leave_foot(before: Node, lines: list[Line], column: int) -> list[Line]:
    """Give the lines that are indented further than ``column`` to the end of what is in front; return the others."""
    if not isinstance(before, Collection) or before.flow:
        return lines
    count = 0
    for number, (at, text) in enumerate(lines, 1):
        if text and at <= column:
            break
        if text:
            count = number
    _finish(before, lines[:count])
    return lines[count:]


def _finish(node: Collection, lines: list[Line]) -> None:
    """Put lines at the end of a list or mapping, or of the last thing in it if they are indented as that is."""
    rest = _leave_foot(node.parts[-1].value, lines, node.column) if node.parts else lines
    node.foot += [text for _, text in rest]
