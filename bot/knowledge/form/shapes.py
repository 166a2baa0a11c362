"""What is special to each kind of file: the order of its keys and phrases, and what stands on one line.

Each shape changes a tree, and says with ``meaning`` what must be the same before and after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.entry import Entry, Fact, Frozen, Line, Link, Worker
from bot.knowledge.form.parsing import SCHEMA_LINE
from bot.knowledge.form.tree import Collection, Part, Scalar
from bot.knowledge.loader.reader import PHRASE_KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.form.tree import Node, Tree
    from bot.knowledge.loader.positions import Value


def _keys(model: type[Frozen]) -> tuple[str, ...]:
    """Return the keys of a model, in its order, as editors write them."""
    return tuple(one.alias or name for name, one in model.model_fields.items())


_ENTRY = _keys(Entry)
_INSIDE = {"facts": _keys(Fact), "links": _keys(Link), "organisations": _keys(Worker), "lines": _keys(Line)}
_CONFIDENCE = str(Fact.model_fields["confidence"].default)


class Other:
    """A file of which only ends of lines are looked after."""

    def arrange(self, tree: Tree) -> None:
        """Change nothing."""

    def meaning(self, value: Value) -> Value:
        """Return the value: it stays the same."""
        return value


class Entries(Other):
    """A file of entries: keys in the order of ``Entry``, links in brackets where they fit on a line."""

    def arrange(self, tree: Tree) -> None:
        """Put the keys in order, leave out what says the default, fold long texts."""
        root = tree.root
        root.flow = False
        _order(root, _ENTRY)
        for part in root.parts:
            key = part.key.text if part.key else ""
            if key in PHRASE_KEYS:
                _keep(part.value)
                continue
            _fold(part.value)
            for item in _items(part.value) if key in _INSIDE else ():
                _order(item, _INSIDE[key])
                if key == "facts":
                    item.parts = [one for one in item.parts if not _is_default(one)]
                if key == "links":
                    item.flow = True
                    for label in item.of("label"):
                        _in_brackets(label.value)

    def meaning(self, value: Value) -> Value:
        """Return an entry without what says the default."""
        if isinstance(value, dict) and isinstance(facts := value.get("facts"), list):
            shorter: list[Value] = [
                {key: one for key, one in fact.items() if (key, one) != ("confidence", _CONFIDENCE)}
                if isinstance(fact, dict)
                else fact
                for fact in facts
            ]
            return {**value, "facts": shorter}
        return value


@dataclass(frozen=True)
class Phrasings(Other):
    """A file of phrases, one a line. ``in_order``: they are sorted; where comments group them, they are not.

    ``languages``: in this order, the others behind them as they were written: the classifier reads phrases in their
    order, and sorting those by their codes moved 2 of 240 answers. ``schema``: the comment for editing programs.
    """

    languages: Sequence[str] = ()
    in_order: bool = True
    schema: str | None = None

    def arrange(self, tree: Tree) -> None:
        """Put keys, languages and phrases in order, and drop what is there twice."""
        _spread(tree.root)
        _order(tree.root, PHRASE_KEYS)
        for part in tree.root.parts:
            node = part.value
            if not isinstance(node, Collection) or node.kept:
                continue
            if node.keyed:
                node.parts.sort(key=self._place)
            for one in (node, *(one.value for one in node.parts)):
                if self.in_order and isinstance(one, Collection) and not one.keyed and not one.kept:
                    _sort(one)
        schema = next((line for line in tree.head if line.startswith(SCHEMA_LINE)), self.schema)
        if schema:
            tree.head = [schema, *(line for line in tree.head if not line.startswith(SCHEMA_LINE))]

    def _place(self, part: Part) -> int:
        code = part.key.text if part.key else ""
        return self.languages.index(code) if code in self.languages else len(self.languages)

    def meaning(self, value: Value) -> Value:
        """Return the phrases with each list sorted."""
        if not self.in_order:
            return value
        if isinstance(value, dict):
            return {key: self.meaning(one) for key, one in value.items()}
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return [*sorted({str(one) for one in value})]
        return value


class Synonyms(Other):
    """A file of synonyms: a group a line, in the order in which they were written."""

    def arrange(self, tree: Tree) -> None:
        """Put each group on its line."""
        _spread(tree.root)


def _order(node: Collection, keys: tuple[str, ...]) -> None:
    """Sort the parts of a mapping as ``keys`` are; unknown ones stay behind them in their own order."""
    places = {key: place for place, key in enumerate(keys)}
    node.parts.sort(key=lambda part: places.get(part.key.text if part.key else "", len(places)))


def _sort(node: Collection) -> None:
    """Sort a list of phrases, each with the comments above it, and drop what is there twice."""
    if not all(isinstance(part.value, Scalar) and part.value.text for part in node.parts):
        return
    kept: dict[str, Part] = {}
    for part in node.parts:
        part.above = [line for line in part.above if line]
        text = _text(part)
        if text in kept and (part.commented or kept[text].commented):
            kept[text].above += [*part.above, *([part.beside] if part.beside else [])]
        kept.setdefault(text, part)
    node.parts = [kept[text] for text in sorted(kept, key=lambda text: (text.casefold(), text))]


def _text(part: Part) -> str:
    return part.value.text if isinstance(part.value, Scalar) else ""


def _is_default(part: Part) -> bool:
    confidence = part.key is not None and part.key.text == "confidence" and _text(part) == _CONFIDENCE
    return confidence and not part.commented


def _items(node: Node) -> list[Collection]:
    """Return the mappings in a list."""
    if not isinstance(node, Collection) or node.kept:
        return []
    return [one.value for one in node.parts if isinstance(one.value, Collection) and one.value.keyed]


def _in_brackets(node: Node) -> None:
    if isinstance(node, Collection):
        node.flow = True


def _keep(node: Node) -> None:
    """Keep what stands in brackets as it is written."""
    if isinstance(node, Collection):
        node.kept = node.flow
        for part in node.parts:
            _keep(part.value)


def _fold(node: Node) -> None:
    if isinstance(node, Scalar):
        node.folds = True
    elif isinstance(node, Collection):
        for part in node.parts:
            _fold(part.value)


def _spread(node: Node) -> None:
    """Give each part a line of its own."""
    if isinstance(node, Collection):
        node.flow = False
        for part in node.parts:
            _spread(part.value)
