"""The knowledge entry: what editors write, validated and frozen.

The lines under the fields are the descriptions that an editor's program shows: the JSON Schema is made from them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    RootModel,
    WithJsonSchema,
)

from bot.knowledge import fields, period
from bot.knowledge.kinds import ENTRY, Kind, as_written, declared_id

ANY_LANGUAGE = fields.ANY_LANGUAGE
"""Key of a text or list that was written without a language (the code BCP 47 has for "undetermined")."""

PlainText = Annotated[str, Field(min_length=1), WithJsonSchema(fields.PLAIN_SCHEMA)]
_Language = Annotated[str, Field(pattern=fields.LANGUAGE_PATTERN)]
Country = Annotated[str, AfterValidator(fields.country), WithJsonSchema(fields.COUNTRY_SCHEMA)]
_Url = Annotated[str, AfterValidator(fields.https_url), WithJsonSchema(fields.URL_SCHEMA)]
_Id = Annotated[str, AfterValidator(fields.entry_id), WithJsonSchema(fields.ID_SCHEMA)]
Month = Annotated[str, AfterValidator(fields.month), WithJsonSchema(fields.MONTH_SCHEMA)]
_Kind = Annotated[
    Kind, PlainValidator(as_written), PlainSerializer(str, return_type=str), WithJsonSchema(fields.KIND_SCHEMA)
]
_KindId = Annotated[str, AfterValidator(declared_id)]
_Period = Annotated[
    period.Period,
    PlainValidator(period.period),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(period.SCHEMA),
]
_Day = Annotated[date, BeforeValidator(fields.day), WithJsonSchema(fields.DAY_SCHEMA)]

Text = Annotated[
    dict[_Language, PlainText], BeforeValidator(fields.text_by_language), WithJsonSchema(fields.TEXT_SCHEMA)
]
"""Language code -> text. A plain string in the YAML arrives as ``{ANY_LANGUAGE: text}``."""

Phrases = Annotated[
    dict[_Language, tuple[PlainText, ...]],
    BeforeValidator(fields.phrases_by_language),
    WithJsonSchema(fields.PHRASES_SCHEMA),
]
"""Language code -> phrases. A plain list in the YAML arrives under ``ANY_LANGUAGE``."""


def pick(text: Text, *languages: str | None) -> tuple[str, str]:
    """Return ``(language, text)`` in the first of ``languages`` that is there.

    Falls back to the text without a language, then English, then whatever comes first; ``("", "")`` when empty.
    """
    for language in (*languages, ANY_LANGUAGE, "en"):
        if language and language in text:
            return language, text[language]
    return next(iter(text.items()), ("", ""))


class Frozen(BaseModel):
    """What editors write: unknown keys are refused, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True)


Use = Literal["website", "children", "contact", "donate", "complaint", "document", "jobs", "press", "join"]
"""What a link is for."""


LineKind = Literal[
    "child", "child_protection", "youth", "online", "crisis", "suicide", "violence", "missing", "victims", "directory"
]
"""Whom a helpline is for, or what it is."""


class Fact(Frozen):
    """One checkable statement; the reply leads with the one that was asked for."""

    about: Annotated[tuple[PlainText, ...], BeforeValidator(fields.one_or_many)] = ()
    """Ids of the attributes (attributes.yaml) that this statement answers, such as `[founded, founders]`."""
    value: Annotated[tuple[Text, ...], BeforeValidator(fields.one_or_many), WithJsonSchema(fields.VALUE_SCHEMA)] = ()
    """The bare value: one of a closed list, a year, or a place: a city and the code of its country, `[Geneva, CH]`."""
    entries: tuple[PlainText, ...] = ()
    """Ids of the entries that the statement names, in its order; offered as buttons."""
    text: Text = Field(default_factory=dict)
    """The statement, in one sentence for each language; without it, `about` and `value` say all."""
    as_of: _Period | None = None
    """When it was true: 2026-04-17, 2026-04, 2026, 2010-2012, 2010s, early 2010s, before 2026; since 2019, if it still
    is. Shown behind what is old."""
    source: PlainText | None = None
    """Where it was read: an address or the name of a document. Shown to whoever asks for it."""
    confidence: Literal["high", "medium", "low"] = "high"
    """How sure it is: `medium` from one secondary source or an older one, always shown with its date; `low` is shown as
    "not confirmed"."""


class Link(Frozen):
    """An address that readers are offered, https only."""

    use: Use = Field(alias="is")
    """What the address is for; whoever asks how to donate gets the `donate` link first."""
    label: Text = Field(default_factory=dict)
    """What the button says, by language; without it, a word for what the link is for."""
    url: _Url
    """The address, beginning with https://"""


class Worker(Frozen):
    """An organisation that works on a subject, and why it is named there."""

    id: PlainText
    """Id of the organisation's entry."""
    why: Text = Field(default_factory=dict)
    """What it does about this subject, in half a sentence for each language."""


class Line(Frozen):
    """A helpline. No ``countries`` means everywhere; ``number`` may be absent where there is only a page."""

    countries: tuple[Country, ...] = ()
    """Two-letter codes (ISO 3166) of the countries it serves; none means everywhere."""
    kind: LineKind = "child"
    """Whom it is for; `crisis`, `suicide` and `violence` are for people of any age."""
    name: Text = Field(default_factory=dict)
    """What the helpline is called."""
    number: PlainText | None = None
    """The number to call, as it is dialled in the country."""
    hours: Text = Field(default_factory=dict)
    """When somebody answers: `24/7`, or `Mo-Fr 08:00-20:00; Sa-Su 12:00-19:00`, which is shown in the words of any
    language; or a text."""
    cost: Text = Field(default_factory=dict)
    """What a call costs: `free`, shown in the words of any language; or a text."""
    write: tuple[PlainText, ...] = ()
    """How to write to it, the best first: `SMS 686868`, `WhatsApp +254 722 116 116`, `chat`, `e-mail`."""
    note: Text = Field(default_factory=dict)
    """Anything else a caller should know."""
    url: _Url | None = None
    """A page about it, beginning with https://"""
    checked: Month | None = None
    """The month in which the number was last compared with its source: `2026-04`, or only the year."""
    as_of: Month | None = None
    """How old that source was then, where that is two years or more."""
    confirmed: bool = True
    """Whether more than one source, or the operator, says so."""


class Entry(Frozen):
    """One knowledge entry. Kinds help, smalltalk and elsewhere have a ``reply``, all others a ``summary``."""

    id: _Id
    """Short and lasting name of the entry: a-z, 0-9, - and _; at most 40. A file with one entry may leave it out:
    then the file's name is the id."""
    kind: _Kind = Field(default_factory=lambda: ENTRY)
    """What the entry is: one of the kinds that bot.yaml declares (left out: the first of them), or one of the program's
    own: `help`, `smalltalk`, and `elsewhere` for what people ask for and this folder does not cover."""
    name: Text
    """The full name, in each language that has one."""
    acronyms: tuple[PlainText, ...] = ()
    """Short forms made of initials, such as OMCT; the first is shown."""
    short: Text = Field(default_factory=dict)
    """The one of the acronyms that is shown to readers of a language instead of the first, such as `fr: HCDH`."""
    aliases: Phrases = Field(default_factory=dict)
    """Other names, in any language and script: former, colloquial, foreign."""
    keywords: Phrases = Field(default_factory=dict)
    """Words and short phrases for what the entry is about."""
    questions: Phrases = Field(default_factory=dict)
    """Whole questions as people ask them."""
    summary: Text = Field(default_factory=dict)
    """40 to 90 words of your own, for each language."""
    reply: Text = Field(default_factory=dict)
    """What the bot answers (kinds help, smalltalk and elsewhere)."""
    facts: tuple[Fact, ...] = ()
    """One checkable statement each; the reply leads with the one that was asked for."""
    links: tuple[Link, ...] = ()
    """Addresses that readers are offered, the official website first."""
    organisations: tuple[Worker, ...] = ()
    """Who works on this subject and why, the most central first."""
    related: tuple[PlainText, ...] = ()
    """Ids of entries offered as "see also"."""
    helplines: bool = False
    """Whether the helplines are offered beside it: what it is about, a reader may be living through."""
    status: Literal["active", "historic", "unclear"] = "active"
    """Whether it still exists or applies."""
    status_note: Text = Field(default_factory=dict)
    """Why the status is historic or unclear, in one sentence for each language."""
    accept_overlap: dict[str, PlainText] = Field(default_factory=dict)
    """Ids of entries that may match the same words, each with the reason why that is right."""
    sources: tuple[PlainText, ...] = ()
    """What the texts rest on. Shown to whoever asks for it."""
    as_of: _Period | None = None
    """What age its sources are of, where no fact says so: `2010-2012`."""
    reviewed_on: _Day | None = None
    """When a person last compared the whole entry with its sources."""
    lines: tuple[Line, ...] = ()
    """Kind help only: the helplines."""
    calm: Phrases = Field(default_factory=dict)
    """Kind help only: phrases that tell a calm question from a cry for help ("statistics", "when i was a child")."""

    def facts_about(self, attribute: str) -> tuple[int, ...]:
        """Return the numbers of the facts that answer an attribute, the editor's first one first."""
        return tuple(number for number, fact in enumerate(self.facts) if attribute in fact.about)

    def short_form(self, language: str) -> str:
        """Return the acronym that readers of a language know, or an empty text where there is none."""
        return self.short.get(language) or next(iter(self.acronyms), "")


class DeclaredKind(Frozen):
    """A kind of entry that a folder declares: its traits."""

    label: Text
    """What many entries of it are called, by language; the title of their list."""
    listed: bool = True
    """Whether people can look through them; what is not listed is found all the same."""
    proper_names: bool = False
    """Whether the names are proper names, which mean the entry wherever they stand, and not everyday words."""
    works: bool = False
    """Whether they do something about a subject: other entries may name them in `organisations`, and their official
    website is missed where they have no link."""
    attributes_of: PlainText | None = None
    """Another kind: whatever can be asked about that, such as the program's attributes of `organisation`, can be asked
    about this one too."""


class BotInfo(Frozen):
    """``bot.yaml``: what belongs to the subject of a folder and not to the program."""

    title: Text
    """What the bot is called."""
    description: Text = Field(default_factory=dict)
    """What an empty chat shows before the first message."""
    short_description: Text = Field(default_factory=dict)
    """One line for the bot's profile."""
    languages: Annotated[tuple[_Language, ...], Field(min_length=1)] = ("en",)
    """The languages that every text should have, the most important first."""
    kinds: dict[_KindId, DeclaredKind] = Field(default_factory=dict)
    """The kinds of entry that the folder has, by id, in the order of their lists. The first one is what the folder is
    mostly about: it comes first among equals, and is what an entry is that does not say its kind."""
    examples: Phrases = Field(default_factory=dict)
    """Questions to begin with, offered as buttons."""
    publisher: Text = Field(default_factory=dict)
    """Who is responsible for the bot."""
    disclaimer: Text = Field(default_factory=dict)
    """What the bot is not."""
    contact: PlainText | None = None
    """How to reach the publisher."""
    report: Text = Field(default_factory=dict)
    """Where to report an error, in one sentence."""
    help: Literal["none"] | None = None
    """``none``: it is meant that nobody in danger is heard; else losing the last phrase for that is an error."""

    def declared_kinds(self) -> dict[str, Kind]:
        """Return the kinds that the folder declares, by id, in their order."""
        return {
            name: Kind(
                name,
                traits.label,
                listed=traits.listed,
                proper_names=traits.proper_names,
                works=traits.works,
                attributes_of=traits.attributes_of,
                main=place == 0,
                order=place,
            )
            for place, (name, traits) in enumerate(self.kinds.items())
        }


class GoldenQuestion(Frozen):
    """A question whose right answer the compiler checks: ``want`` is an id, ``none``, ``help`` or ``chat``."""

    q: PlainText
    """The question, as somebody might type it."""
    lang: _Language = "en"
    """Language of whoever asks."""
    want: PlainText
    """Id of the entry that answers it, or `none`, `help` or `chat`."""
    must: bool = False
    """Whether a wrong answer keeps the whole folder from being served."""
    accept_miss: PlainText | None = None
    """Why a wrong answer is put up with, where somebody looked at it and `must` is not set."""


SCORE_CELLS = 1 << 18
"""Weights of a danger score: a byte each. With a quarter of them as many groups of letters share a cell that 6 points
fewer cries are heard at 4 % of quiet messages (cross-fitted)."""

CONCERN_CELLS = 1 << 15
"""Weights of what a cry is about."""

_Cells = Annotated[bytes, BeforeValidator(fields.cells(SCORE_CELLS))]
_Number = Annotated[float, Field(allow_inf_nan=False)]


class Concern(Frozen):
    """How likely a cry for help is about one thing: the same kind of score with fewer cells."""

    least: _Number
    """Score from which it is."""
    bias: _Number
    step: _Number
    weights: Annotated[bytes, BeforeValidator(fields.cells(CONCERN_CELLS))]


class DangerScore(Frozen):
    """``danger.yaml``: how likely a message is a cry for help, by its letters; written by a command, never by hand.

    It holds numbers and nothing that could be run. The score of a message is the sum of the weights of its cells
    (``bot.matching.danger.letters``) times ``step``, by its length, and ``bias``; then what the phrases heard add.
    """

    fitted_from: PlainText
    """Digest of the labelled messages and of the way they were read: another one is another fit."""
    high: _Number
    """Score from which helplines come before any search."""
    middle: _Number
    """Score from which a line about helplines stands above the usual reply."""
    bias: _Number
    """Score of a message of which nothing is known."""
    step: _Number
    """What one unit of a weight is worth."""
    phrase: _Number
    """What it adds that a phrase of the help entry was heard..."""
    insistent: _Number
    """...that this was an insistent one, beside that..."""
    calm: _Number
    """...and that a calm phrase was."""
    weights: _Cells
    """One signed byte for each cell, in base64."""
    concerns: dict[str, Concern] = Field(default_factory=dict)
    """What a cry for help is about, where a sentence of its own is worth it."""


class Synonyms(RootModel[Phrases]):
    """``synonyms.yaml``: language -> groups of words that mean nearly the same, with spaces between the words."""

    model_config = ConfigDict(frozen=True)
