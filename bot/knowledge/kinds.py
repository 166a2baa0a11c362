"""Kinds of entry: three that belong to the program, and those that a folder declares in ``bot.yaml``.

Nothing else in the program knows a folder's kinds by their names: it asks for their traits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.knowledge.fields import plain_id, refuse, shown


@dataclass(frozen=True, slots=True)
class Kind:
    """What an entry is, which decides how it is shown and what a match with it means. Equal where the ids are.

    ``built_in``: one of the program's three; such entries have a ``reply`` instead of a summary, are never looked
    through, and nothing can be asked about them. ``main``: the first that the folder declares, what it is mostly about.
    ``order``: its place in lists. The other traits are those of ``bot.knowledge.entry.DeclaredKind``.
    """

    id: str
    label: dict[str, str] = field(default_factory=dict, compare=False)
    listed: bool = field(default=True, compare=False)
    proper_names: bool = field(default=False, compare=False)
    works: bool = field(default=False, compare=False)
    attributes_of: str | None = field(default=None, compare=False)
    main: bool = field(default=False, compare=False)
    order: int = field(default=0, compare=False)
    built_in: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.id

    @property
    def subjects(self) -> bool:
        """Whether its entries are subjects: what people ask about in everyday words, and not by a name."""
        return not self.built_in and not self.proper_names


HELP = Kind("help", built_in=True, listed=False)
"""Helplines, and what people in danger write."""

SMALLTALK = Kind("smalltalk", built_in=True, listed=False)
"""Hello, thanks, are you a bot."""

ELSEWHERE = Kind("elsewhere", built_in=True, listed=False)
"""What people ask for and the folder does not cover."""

BUILT_IN = {kind.id: kind for kind in (HELP, SMALLTALK, ELSEWHERE)}
"""The program's own kinds, by id."""

ENTRY = Kind("entry")
"""What an entry is that names no kind, where the folder declares none."""


def as_written(value: object) -> Kind:
    """Return the kind of an entry that is read alone: one of the program's, or one with no traits but its id.

    Whether the folder has such a kind, and what its traits are, is known when the folder is read.
    """
    if isinstance(value, Kind):
        return value
    if not isinstance(value, str):
        refuse("not-a-text", f"{shown(value)} is no kind.", "Write one word, such as help.")
    return BUILT_IN.get(value) or Kind(plain_id(value, "kind"))


def declared_id(value: str) -> str:
    """Refuse an id of a kind that could not stand in a button, or is the program's own."""
    if value in BUILT_IN:
        refuse("taken-kind", f"{value!r} is a kind of the program's own.", "Choose another word for this one.")
    return plain_id(value, "kind")
