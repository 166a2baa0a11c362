"""Care: ``care.yaml``, what somebody in danger is told after the first reply, and the words around the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from bot.knowledge.entry import Frozen, Phrases, PlainText, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTRY = "country"
"""Id of the step that answers a country which is named."""

STAY = "stay"
"""Id of the step that answers whatever is said by somebody in care and is nothing else."""

WRITE = "write"
"""Id of the step for whoever cannot call: also known from the first message on."""

NUMBER = "number"
"""Id of the step for whoever asks which number to call: what is said instead of any other one a second time."""


class Words(Frozen):
    """The words around numbers, by language; one that is not written is left out."""

    unknown: Text = Field(default_factory=dict)
    """The emergency number of a country that is not known."""
    emergency: Text = Field(default_factory=dict)
    police: Text = Field(default_factory=dict)
    ambulance: Text = Field(default_factory=dict)
    always: Text = Field(default_factory=dict)
    """Open day and night: what `hours: 24/7` is shown as."""
    free: Text = Field(default_factory=dict)
    """What `cost: free` is shown as."""
    write: Text = Field(default_factory=dict)
    """How to write to a helpline: {line}."""
    checked: Text = Field(default_factory=dict)
    """When a number was last compared with its source: {when}."""
    dated: Text = Field(default_factory=dict)
    """The same, where the source was old then: {then}, {when}."""
    unconfirmed: Text = Field(default_factory=dict)
    another: Text = Field(default_factory=dict)
    """The button to all other countries."""
    where: Text = Field(default_factory=dict)
    """Asks for the country."""
    no_line: Text = Field(default_factory=dict)
    """That there is no helpline for {country}."""
    line: Text = Field(default_factory=dict)
    """Above an answer to somebody who may be in danger, and may not be: {line}."""
    delete: Text = Field(default_factory=dict)
    """How to hide the chat."""
    choose: Text = Field(default_factory=dict)
    """The button to all countries, where none is known and all were offered before."""


class Concern(Frozen):
    """What is said first to somebody in one kind of danger."""

    reply: Text = Field(default_factory=dict)
    """The first sentences; those of the help entry, where there are none."""
    adult: Text = Field(default_factory=dict)
    """The same for an adult who speaks of a child, where it is another text."""
    says: Phrases = Field(default_factory=dict)
    """Phrases that tell it whatever else is heard, written as those of help entries. The first concern told counts."""
    calm: Phrases = Field(default_factory=dict)
    """Phrases that show that it is not meant ("he won't wake up early")."""
    kinds: tuple[PlainText, ...] = ()
    """Kinds of helplines that come next after the first one of a country."""
    see: tuple[PlainText, ...] = ()
    """Ids of entries offered beside the numbers."""


class Step(Frozen):
    """The next useful thing, for one kind of what people write after the first reply."""

    id: PlainText
    says: Phrases = Field(default_factory=dict)
    """What people write, by language."""
    reply: Text
    adult: Text = Field(default_factory=dict)
    """The same for an adult who speaks of a child."""
    otherwise: Text = Field(default_factory=dict)
    """The same where there is no line that one can write to."""
    about: dict[str, Text] = Field(default_factory=dict)
    """The same by what it is about (`Help.concern`); `adult` comes before it, where that has the language."""
    again: Text = Field(default_factory=dict)
    """What is said the second time; else what the step `number` says, where numbers stand below."""
    lines: Literal["write", "call", "emergency", "none"] = "call"
    """Which numbers stand below: those that one can write to first, those to call, emergency only, or none."""
    ends: bool = False
    """Whether nobody is in danger any more; then it must be the whole message."""
    part: bool = False
    """Whether a step that ends may also be a part of a message."""
    first: bool = False
    """Whether it is meant wherever it stands in a message, before all other steps."""


class Answered(Frozen):
    """What sounds like a cry for help and is answered by an entry, with a number above it."""

    entry: PlainText
    """Id of the entry."""
    says: Phrases
    """How people say it, by language."""
    but: Phrases = Field(default_factory=dict)
    """Words beside which it stays a cry for help."""
    reply: Text = Field(default_factory=dict)
    """What to do first, above the entry."""


class Care(Frozen):
    """``care.yaml``."""

    words: Words = Words()
    concerns: dict[str, Concern] = Field(default_factory=dict)
    """What the message is about (`Help.concern`) -> what is said first. `general` has for `adult` the whole reply of
    the help entry, in the words for adults."""
    adults: Phrases = Field(default_factory=dict)
    """How grown-ups say who they are, or that it is about a child of theirs."""
    ages: Phrases = Field(default_factory=dict)
    """Words around a number of years, which stand between others: "my 14 year old son"."""
    groups: dict[str, Phrases] = Field(default_factory=dict)
    """Words that stand in phrases as "@name", by language."""
    steps: tuple[Step, ...] = ()
    answers: tuple[Answered, ...] = ()

    def step(self, name: str) -> Step | None:
        """Return a step by its id."""
        return next((step for step in self.steps if step.id == name), None)

    def written(self, phrases: Phrases, language: str) -> Iterator[str]:
        """Yield the phrases of a language, each with every word of the groups that stand in it."""
        for text in phrases.get(language, ()):
            head, at, tail = text.partition("@")
            name, space, rest = tail.partition(" ")
            members = self.groups.get(name, {}).get(language, ()) if at else ()
            yield from (f"{head}{member}{space}{rest}" for member in members) if members else (text,)
