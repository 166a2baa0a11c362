"""The knowledge entry: what editors write, validated and frozen."""

from __future__ import annotations

from datetime import date  # noqa: TC003  (pydantic reads annotations at run time)
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ANY_LANGUAGE = "und"
"""Key of a text or list that was written without a language (the code BCP 47 has for "undetermined")."""

Text = dict[str, str]
"""Language code -> text. A plain string in the YAML arrives as ``{ANY_LANGUAGE: text}``."""

Phrases = dict[str, tuple[str, ...]]
"""Language code -> phrases. A plain list in the YAML arrives under ``ANY_LANGUAGE``."""


def pick(text: Text, *languages: str | None) -> tuple[str, str]:
    """Return ``(language, text)`` in the first of ``languages`` that is there.

    Falls back to the text without a language, then English, then whatever comes first; ``("", "")`` when empty.
    """
    for language in (*languages, ANY_LANGUAGE, "en"):
        if language and language in text:
            return language, text[language]
    return next(iter(text.items()), ("", ""))


class Kind(StrEnum):
    """What an entry is about, which decides how it is shown and what a match with it means."""

    ORGANISATION = "organisation"
    TOPIC = "topic"
    INSTRUMENT = "instrument"
    PROGRAMME = "programme"
    HELP = "help"
    SMALLTALK = "smalltalk"
    ELSEWHERE = "elsewhere"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Fact(_Frozen):
    """One checkable statement; the reply leads with the one that was asked for."""

    text: Text
    as_of: str | None = None
    source: str | None = None
    confidence: Literal["high", "medium", "low"] = "high"


class Link(_Frozen):
    """An address that readers are offered, https only."""

    use: Literal["website", "children", "contact", "donate", "complaint", "document"] = Field(alias="is")
    label: Text = Field(default_factory=dict)
    url: str


class Worker(_Frozen):
    """An organisation that works on a subject, and why it is named there."""

    id: str
    why: Text = Field(default_factory=dict)


class Line(_Frozen):
    """A helpline. No ``countries`` means everywhere; ``number`` may be absent where there is only a page."""

    countries: tuple[str, ...] = ()
    name: Text = Field(default_factory=dict)
    number: str | None = None
    hours: Text = Field(default_factory=dict)
    cost: Text = Field(default_factory=dict)
    note: Text = Field(default_factory=dict)
    url: str | None = None


class Entry(_Frozen):
    """One knowledge entry. Kinds help, smalltalk and elsewhere have a ``reply``, all others a ``summary``."""

    id: str
    kind: Kind = Kind.TOPIC
    name: Text
    acronyms: tuple[str, ...] = ()
    aliases: Phrases = Field(default_factory=dict)
    keywords: Phrases = Field(default_factory=dict)
    questions: Phrases = Field(default_factory=dict)
    summary: Text = Field(default_factory=dict)
    reply: Text = Field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    organisations: tuple[Worker, ...] = ()
    related: tuple[str, ...] = ()
    status: Literal["active", "historic", "unclear"] = "active"
    status_note: Text = Field(default_factory=dict)
    accept_overlap: dict[str, str] = Field(default_factory=dict)
    sources: tuple[str, ...] = ()
    reviewed_on: date | None = None
    lines: tuple[Line, ...] = ()
    calm: Phrases = Field(default_factory=dict)
    """Kind help only: phrases that tell a calm question from a cry for help ("statistics", "when i was a child")."""


class BotInfo(_Frozen):
    """``bot.yaml``: what belongs to the subject of a folder and not to the program."""

    title: Text
    description: Text = Field(default_factory=dict)
    short_description: Text = Field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    examples: Phrases = Field(default_factory=dict)
    publisher: Text = Field(default_factory=dict)
    disclaimer: Text = Field(default_factory=dict)
    contact: str | None = None


class GoldenQuestion(_Frozen):
    """A question whose right answer the compiler checks: ``want`` is an id, ``none``, ``help`` or ``chat``."""

    q: str
    lang: str = "en"
    want: str
    must: bool = False


class Catalogue(BaseModel):
    """What a folder holds once read: the entries in order of their ids, and what ``bot.yaml`` says."""

    model_config = ConfigDict(frozen=True)

    bot: BotInfo
    entries: dict[str, Entry]
    golden: tuple[GoldenQuestion, ...] = ()
