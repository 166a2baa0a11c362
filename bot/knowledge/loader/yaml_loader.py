"""YAML as people mean it: every scalar is text, every value has a position, and no file can blow up the memory.

Two things are left out of YAML on purpose, because they surprise people who keep a directory: types guessed from
the looks of a word (``NO`` is Norway, ``0123`` a telephone number), and merge keys (``<<``), which hide where a value
comes from. Anchors and aliases work, within ``MAX_REPEATED_NODES`` and ``MAX_REPEATED_CHARACTERS``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, Protocol

import yaml

from bot.knowledge.finding import MOST, Finding, Severity
from bot.knowledge.loader.positions import Document, NodeTable
from bot.knowledge.loader.syntax_errors import Explanation, explain_syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.loader.positions import Value

MAX_DEPTH = 20
"""Lists and mappings inside one another; an entry needs five."""

MAX_REPEATED_NODES = 1_000
"""Values that the aliases of one document may repeat in all: enough for a shared notice, too few for a bomb."""

MAX_REPEATED_CHARACTERS = 20_000
"""Characters that the aliases of one file may repeat in all, or as many as the file has: it is never read as more than
twice what it is, where a single long text under many names could be gigabytes."""

MAX_REPEATED_IN_FOLDER = 10 * MAX_REPEATED_CHARACTERS
"""The same for all files of a folder together, or as many as they have: thousands of small ones make up for a large."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times faster; not every platform has it
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_MARKER = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_ID_LINE = re.compile(r"""^id:[ \t]*["']?([\w-]+)""", re.MULTILINE)
# Only a double-quoted text can still hold these, by an escape; the file itself was searched for them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a text.

    ``whole``: no document had to be given up. ``broken`` are the ids of those that were, as far as they can be told:
    nobody should be blamed for referring to one of them. ``repeated``: characters that aliases repeat.
    """

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    whole: bool = True
    broken: frozenset[str] = frozenset()
    repeated: int = 0


def read_documents(text: str, path: str) -> Reading:
    """Read every YAML document in ``text``; ``path`` is what the findings call it.

    A document with a mistake does not hide those behind it: reading goes on at the next ``---``, until there are more
    than ``MOST`` mistakes.
    """
    documents: list[Document] = []
    findings: list[Finding] = []
    broken: set[str] = set()
    start, line, whole, repeated = 0, 0, True, 0
    while True:
        stream = _Stream(text[start:] if start else text, path, line, room=MOST - len(findings))
        ended = stream.read()
        documents.extend(stream.done)
        findings.extend(stream.findings)
        repeated += stream.repeated_characters
        if ended:
            break
        whole = False
        first = _offset_of_line(text, start, stream.document_line - line)
        after = _offset_of_line(text, start, max(stream.stopped_line, stream.document_line + 1) - line)
        marker = _MARKER.search(text, after)
        found = _ID_LINE.search(text, first, marker.start() if marker else len(text))
        if found:
            broken.add(found[1])
        if marker is None or len(findings) > MOST:
            break
        line += text.count("\n", start, marker.start())
        start = marker.start()
    return Reading(tuple(documents), tuple(findings), whole, frozenset(broken), repeated)


def _offset_of_line(text: str, start: int, lines: int) -> int:
    """Return the offset of the line that is ``lines`` lines after the one at ``start``."""
    for _ in range(lines):
        end = text.find("\n", start)
        if end < 0:
            return len(text)
        start = end + 1
    return start


class _Mark(Protocol):
    """A position counted from 0: the parser's marks, or an explanation's."""

    @property
    def line(self) -> int:
        """Lines before this one."""

    @property
    def column(self) -> int:
        """Characters before this one."""


_START = Explanation("", "", 0, 0)


class _Stop(Exception):  # noqa: N818  (it ends a document; the finding says what was wrong)
    """The document cannot be read any further."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    value: list[Value] | dict[str, Value]
    node: int
    anchor: str | None
    key: str | None = None
    key_node: int = -1
    doubled: bool = False
    repeated_before: int = 0
    characters_before: int = 0
    keys: dict[str | int, int] | None = None  # the nodes of a mapping's keys, once one of them came twice


@dataclass(slots=True)
class _Stream:
    """Turns the parser's events into documents.

    ``document_line`` and ``stopped_line`` count from 0 in the whole file, as ``first_line`` does. ``room``: with more
    findings than that it is stopped.
    """

    text: str
    path: str
    first_line: int
    room: int
    findings: list[Finding] = field(default_factory=list)
    done: list[Document] = field(default_factory=list)
    document_line: int = 0
    stopped_line: int = 0
    repeated_characters: int = 0
    _nodes: NodeTable = field(default_factory=NodeTable)
    _open: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Value, int, int]] = field(default_factory=dict)  # value, its nodes, its characters
    _repeated: int = 0
    _characters: int = 0  # read, and repeated by aliases
    _has_empty: bool = False
    _root: Value = None

    def read(self) -> bool:
        """Fill ``done`` and ``findings``; False if a document stopped the reading, with ``stopped_line`` set."""
        self.document_line = self.first_line
        try:
            for event in self._events():
                self._take(event)
        except _Stop:
            return False
        return True

    def _take(self, event: yaml.Event) -> None:
        mark: _Mark = event.start_mark or _START
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, mark)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._begin(event, mark)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end(mark)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event, mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._reset(mark)
        elif isinstance(event, yaml.DocumentEndEvent) and self._root is not None:
            self.done.append(Document(self.path, self._root, self._nodes, self._has_empty))

    def _events(self) -> Iterator[yaml.Event]:
        try:
            loader = _Loader(self.text)
            while loader.check_event():
                yield loader.get_event()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if "maximum nesting depth" in (error.problem or ""):  # libyaml's own bound (0.2.6) is met further ahead
                self._too_deep(mark or _START)
            explained = explain_syntax(error, self.text)
            self.stopped_line = self.first_line + (mark.line if mark else 0)
            self._found(explained, "syntax", explained.message, explained.advice)
            raise _Stop from error
        except yaml.YAMLError as error:  # a character that no YAML may have
            self.stopped_line = self.first_line + self.text.count("\n") + 1
            self._found(_START, "syntax", f"this is not YAML: {error}.", "Compare it with an entry that works.")
            raise _Stop from error

    def _reset(self, mark: _Mark) -> None:
        self._nodes, self._anchors, self._root = NodeTable(), {}, None
        self._repeated, self._has_empty = 0, False
        self._open.clear()
        self.document_line = self.first_line + mark.line

    def _node(self, mark: _Mark) -> int:
        return self._nodes.begin(self.first_line + mark.line + 1, mark.column + 1)

    def _scalar(self, event: yaml.ScalarEvent, mark: _Mark) -> None:
        node, text = self._node(mark), event.value
        if event.tag and event.tag not in _TEXT_TAGS:
            self._tag(event.tag, mark)
        if event.style == '"' and _UNPRINTABLE.search(text):
            message = "an escape stands for a character that cannot be shown."
            self._found(mark, "control-character", message, "Remove the backslash sequence.")
            text = _UNPRINTABLE.sub("", text)
        self._characters += len(text)
        value = None if event.implicit[0] and not event.style and text in _NULLS else text
        if value is None:
            self._has_empty = True
        if event.anchor:
            self._anchors[event.anchor] = (value, 1, len(text))
        self._attach(value, node, mark)

    def _too_deep(self, mark: _Mark) -> NoReturn:
        message = f"lists and mappings stand more than {MAX_DEPTH} deep inside one another."
        self._stop(mark, "too-deep", message, "Check the brackets and the indentation.")

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, mark: _Mark) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._too_deep(mark)
        top = self._open[-1] if self._open else None
        if top and isinstance(top.value, dict) and top.key is None:
            message = "a list or mapping stands where a key should be."
            self._stop(mark, "bad-key", message, "If it is text with braces or brackets, put it in quotes.")
        if event.tag is not None and event.tag != "!":
            self._tag(event.tag, mark)
        value: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(value, self._node(mark), event.anchor))
        self._open[-1].repeated_before, self._open[-1].characters_before = self._repeated, self._characters

    def _end(self, mark: _Mark) -> None:
        opened = self._open.pop()
        self._nodes.end(opened.node)
        if opened.anchor:
            # Aliases inside make it larger than the nodes written: that is how a small bomb explodes.
            size = self._nodes.size(opened.node) + self._repeated - opened.repeated_before
            self._anchors[opened.anchor] = (opened.value, size, self._characters - opened.characters_before)
        self._attach(opened.value, opened.node, mark)

    def _alias(self, event: yaml.AliasEvent, mark: _Mark) -> None:
        anchor = str(event.anchor)
        if anchor not in self._anchors:
            inside = any(opened.anchor == anchor for opened in self._open)
            why = "stands inside itself" if inside else "is not defined above in the same document"
            advice = f"Write the value out, or mark it with &{anchor} first; text with * in front needs quotes."
            self._stop(mark, "bad-alias", f"*{anchor} {why}.", advice)
        value, size, characters = self._anchors[anchor]
        self._repeated += size
        self._characters += characters
        self.repeated_characters += characters
        if self._repeated > MAX_REPEATED_NODES:
            message = f"aliases repeat more than {MAX_REPEATED_NODES} values."
            self._stop(mark, "too-many-aliases", message, "Write the values out.")
        if self.repeated_characters > max(MAX_REPEATED_CHARACTERS, len(self.text)):
            message = "aliases repeat more text than the file has."
            self._stop(mark, "too-many-aliases", message, "Write the values out.")
        self._attach(value, self._node(mark), mark)

    def _attach(self, value: Value, node: int, mark: _Mark) -> None:
        """Put a finished value where it belongs: a key, the value of a key, an item of a list, the document."""
        if not self._open:
            self._root = value
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is None:
            self._key(top, top.value, value, node, mark)
        else:
            if top.doubled:
                self._nodes.forget_from(top.key_node)
            else:
                top.value[top.key] = value
            top.key = None

    def _key(self, top: _Open, mapping: dict[str, Value], key: Value, node: int, mark: _Mark) -> None:
        if not isinstance(key, str):
            self._stop(mark, "bad-key", "a key is empty.", "Write the key's name in front of the colon.")
        top.key, top.key_node = key, node
        top.doubled = key == "<<" or key in mapping
        if key == "<<":
            self._found(mark, "merge-key", "merge keys (<<) are not supported.", "Write the keys out.")
        elif top.doubled:
            if top.keys is None:
                top.keys = self._nodes.children(mapping, top.node)
            line = self._nodes.position(top.keys[key])[0]
            message = f"the key {key!r} was given before, on line {line}."
            self._found(mark, "duplicate-key", message, "Keep one of them, or join them.")
        elif top.keys is not None:
            top.keys[key] = node

    def _tag(self, tag: str, mark: _Mark) -> None:
        shown = tag.replace("tag:yaml.org,2002:", "!!")
        message = f"tags such as {shown} are not supported."
        self._found(mark, "tag", message, "Remove it; text with ! in front needs quotes.")

    def _found(self, mark: _Mark, code: str, message: str, advice: str) -> None:
        place = (self.path, self.first_line + mark.line + 1, mark.column + 1)
        self.findings.append(Finding(*place, Severity.ERROR, code, message, advice))
        if len(self.findings) > self.room:
            raise _Stop

    def _stop(self, mark: _Mark, code: str, message: str, advice: str) -> NoReturn:
        self.stopped_line = self.first_line + mark.line
        self._found(mark, code, message, advice)
        raise _Stop
