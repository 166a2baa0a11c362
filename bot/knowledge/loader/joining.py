"""One document made of several: the phrases of an entry, or the synonyms, that are kept in files of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.loader.positions import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.knowledge.loader.positions import Document, Steps, Value


def with_phrases(
    document: Document, parts: Iterable[Document], keys: Iterable[str]
) -> tuple[Document, dict[str, Value]]:
    """Return an entry's value with the lists that ``parts`` have below ``keys`` behind its own, and where they stand.

    What is neither a list nor a mapping is taken over as it is: whoever reads the value has more to say about that.
    """
    value = dict(document.value) if isinstance(document.value, dict) else {}
    lists, has_empty = dict(document.lists), document.has_empty
    for part in parts:
        has_empty = has_empty or part.has_empty
        for key in keys:
            own = value.get(key)
            joined: dict[str, Value] = {ANY_LANGUAGE: own} if isinstance(own, list) else own or {}  # type: ignore[assignment]
            for language, there, added in _lists(part, key) if isinstance(joined, dict) else ():
                steps, listed = (key, language), joined.get(language) or []
                if isinstance(listed, list) and isinstance(added, list):
                    at = (key,) if isinstance(own, list) else steps
                    before = lists.get(steps) or ((Origin(0, document, at),) if listed else ())
                    lists[steps] = (*before, Origin(len(listed), part, there))
                    joined = {**joined, language: [*listed, *added]}
                else:
                    lists[steps] = (Origin(0, part, there),)
                    joined = {**joined, language: added}
                value[key] = joined
    return replace(document, lists=lists, has_empty=has_empty), value


def _lists(part: Document, key: str) -> Iterator[tuple[str, Steps, Value]]:
    """Yield language, steps and value of each list that a part has below a key; a plain one is of any language."""
    below = part.value.get(key) if isinstance(part.value, dict) else None
    if isinstance(below, dict):
        for language, listed in below.items():
            yield language, (key, language), listed
    elif below is not None:
        yield ANY_LANGUAGE, (key,), below
