"""The catalogue: what a folder holds once read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.attributes import Attribute  # noqa: TC001  (the model is built with these)
from bot.knowledge.entry import BotInfo, Entry, GoldenQuestion, Phrases  # noqa: TC001
from bot.knowledge.kinds import Kind  # noqa: TC001


class Catalogue(BaseModel):
    """The entries in order of their ids, and what the files beside them say.

    ``attributes``: the program's own and the folder's, by id, in the order in which they are shown.
    """

    model_config = ConfigDict(frozen=True)

    bot: BotInfo
    entries: dict[str, Entry]
    golden: tuple[GoldenQuestion, ...] = ()
    synonyms: Phrases = Field(default_factory=dict)
    attributes: dict[str, Attribute] = Field(default_factory=dict)

    @property
    def listed_kinds(self) -> tuple[Kind, ...]:
        """The kinds that can be looked through and that there are entries of, in the folder's order."""
        found = {entry.kind for entry in self.entries.values() if entry.kind.listed}
        return tuple(sorted(found, key=lambda kind: (kind.order, kind.id)))
