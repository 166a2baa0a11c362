"""Short names for entries and questions, which fit into the few bytes that a button carries."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue

LONGEST_ID = 24
"""The longest id that is written out, in characters; a longer one (up to 40) is named by its digest, so that there is
room for the way back."""

DIGEST = 12
"""Characters of a digest: 72 bits, so that two of a million entries never share one in practice."""

BRIEF = 5
"""Characters of a digest where several must fit: 30 bits, enough to tell five entries from ten thousand others."""

_MARK = "_"  # sets a digest off from an id, none of which begins with it


def digest(text: str) -> str:
    """Return a short name for ``text`` that depends on nothing but ``text``, of the letters A-Za-z0-9_-."""
    return urlsafe_b64encode(sha256(text.encode("utf-8", "surrogatepass")).digest())[:DIGEST].decode("ascii")


def reference(entry_id: str) -> str:
    """Return the id itself where it is short, else its marked digest; at most ``LONGEST_ID`` bytes."""
    return entry_id if len(entry_id) <= LONGEST_ID else _MARK + digest(entry_id)


class References:
    """What short names stand for in one edition. The tables are made when first needed: most ids are short."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _ids(self) -> dict[str, str]:
        table: dict[str, str] = {}
        for entry_id in self._catalogue.entries:
            name = digest(entry_id)
            table.setdefault(name, entry_id)
            table.setdefault(name[:BRIEF], entry_id)
        return table

    @cached_property
    def _questions(self) -> dict[str, str]:
        return {digest(text): text for texts in self._catalogue.bot.examples.values() for text in texts}

    def entry(self, name: str) -> str | None:
        """Return the id that ``name`` stands for, or None if the edition has no such entry."""
        if name in self._catalogue.entries:
            return name
        if name.startswith(_MARK) and len(name) == len(_MARK) + DIGEST:
            return self._ids.get(name.removeprefix(_MARK))
        return None

    def brief(self, name: str) -> str | None:
        """Return the id whose digest begins with ``name``, of ``BRIEF`` characters, or None."""
        return self._ids.get(name) if len(name) == BRIEF else None

    def question(self, name: str) -> str | None:
        """Return the example question of ``bot.yaml`` whose digest is ``name``, or None if it is there no more."""
        return self._questions.get(name)
