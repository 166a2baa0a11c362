"""Attributes: what people ask about an entry, and how they ask for it.

The program ships a set for organisations (``attributes.yaml`` beside this module); a folder's own ``attributes.yaml``
adds to it, and replaces an attribute as a whole where it has the same id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field, RootModel

from bot.knowledge.entry import Frozen, Phrases, PlainText, Text, Use

if TYPE_CHECKING:
    from bot.knowledge.kinds import Kind


class AttributeValue(Frozen):
    """One value of a closed list."""

    name: Text
    """What the value is called, by language; shown in lists."""
    says: Phrases = Field(default_factory=dict)
    """How people say it: "ngo", "charity"."""
    card: Text = Field(default_factory=dict)
    """How this value stands in the line of attributes on a card, where the attribute itself has no `card`."""
    includes: tuple[PlainText, ...] = ()
    """Other values of the list that count as this one too: a treaty body is a UN body."""


class Attribute(Frozen):
    """Something that can be asked about an entry; facts say with ``about`` that they answer it."""

    label: Text
    """One or two words, shown before the value."""
    what: Text = Field(default_factory=dict)
    """Completes "I know X, but I do not know ..."."""
    whether: Text = Field(default_factory=dict)
    """Completes "I know X, but not ..." where one value is asked for: "whether it works in {value}"."""
    card: Text = Field(default_factory=dict)
    """How its value stands in the line of attributes on a card, such as "since {value}"; without it, nowhere there."""
    type: Literal["plain", "year", "place", "number", "language"] = "plain"
    """What the values of facts are: `year` can be compared, `place` is a city or the code of a country."""
    asks: Phrases = Field(default_factory=dict)
    """How people ask for it, in words that name nobody."""
    values: dict[str, AttributeValue] = Field(default_factory=dict)
    """A closed list of values makes yes or no, lists and counts possible."""
    listed: bool = Field(default=False, alias="list")
    """Whether entries can be listed by it: "organisations in Geneva"."""
    single: bool = False
    """Whether an entry has one value at most, so that having one means no to any other."""
    link: Use | None = None
    """The use of the link that answers it, where no fact does."""
    instead: tuple[PlainText, ...] = ()
    """Attributes whose facts serve where this one is not known: an e-mail address for "contact"."""
    of_place: PlainText | None = None
    """Id of the attribute that is meant where a place is named: "do they have members in Kenya" asks for countries."""
    of_language: PlainText | None = None
    """Id of the attribute that is meant where a language is named: "do they publish in French" asks for languages."""
    like: PlainText | None = None
    """Id of the attribute of other kinds that is asked for in the same words: "when" of a treaty is its adoption."""
    part: bool = False
    """Whether it is what one numbered part of a text says: "article 37"."""
    workers: bool = False
    """Whether the organisations that an entry names answer it: "who works on that"."""
    person: bool = False
    """Whether it names a person, whom "she" may mean in what is asked next."""
    of: PlainText | None = None
    """Id of the entry that this is the membership of: naming it beside another entry asks for this."""
    core: bool = False
    """Whether every organisation is expected to have it."""
    kinds: tuple[PlainText, ...] = ()
    """Kinds of entry that it fits; none means all."""

    @property
    def on_cards(self) -> bool:
        """Whether a value of it can stand in the line of attributes on a card."""
        return bool(self.card) or any(value.card for value in self.values.values())

    def fits(self, kind: Kind) -> bool:
        """Return whether entries of a kind can have it: of this kind, or of the one whose attributes it has too."""
        return not self.kinds or kind.id in self.kinds or kind.attributes_of in self.kinds


class Attributes(RootModel[dict[str, Attribute]]):
    """``attributes.yaml``: id -> attribute."""

    model_config = ConfigDict(frozen=True)
