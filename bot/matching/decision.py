"""Question in, Decision out: the frozen values that every surface reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed. ``as_typed``: the last word may still be incomplete (inline search).

    ``about`` is the id of the entry whose card the message replies to, if any.
    """

    text: str
    asker_language: str | None = None
    as_typed: bool = False
    about: str | None = None


class Field(StrEnum):
    """Where in an entry a phrase stands, strongest first."""

    NAME = "name"
    ACRONYM = "acronym"
    ALIAS = "alias"
    QUESTION = "question"
    KEYWORD = "keyword"
    FACT = "fact"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the question that matched one phrase of an entry.

    ``words``: as typed, but normalised (no capitals, no accents) and with their spaces put right. ``meant``: the
    entry's forms of the same words, so a typo shows as a difference.
    ``points`` is what this match adds to the candidate's score. ``fact`` is the index of the fact, where field is fact.
    """

    words: tuple[str, ...]
    meant: tuple[str, ...]
    phrase: str
    field: Field
    language: str
    points: float
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its score (higher is better, comparable within one question only) and why."""

    entry: Entry
    score: float
    evidence: tuple[Evidence, ...] = ()


class Rule(StrEnum):
    """The rule that decided."""

    CRY = "cry"  # the words of somebody in danger
    BARE_HELP = "bare_help"  # "help", "ayuda": how to ask, and a line for whoever is in danger
    EMPTY = "empty"  # nothing readable in the question
    EXACT = "exact"  # the whole question is a name, acronym, alias or phrase of one entry
    ABOUT = "about"  # a follow-up to a card
    NAMED = "named"  # the question names the entry (or two of them)
    CONFIDENT = "confident"  # enough evidence and margin
    CLOSE = "close"  # several entries are about as good
    UNSURE = "unsure"  # something fits, not enough to answer
    ELSEWHERE = "elsewhere"  # about somebody the folder names only to say "not here"
    WEAK = "weak"  # nothing fits well enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What all decisions share.

    ``language``: of the question, where it can be told. ``candidates``: the best five, best first, whatever was
    decided (empty for help). ``confidence``: 0 to 1, that the first candidate is right. ``margin``: first score minus
    second.
    """

    question: Question
    rule: Rule
    language: str | None = None
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    margin: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Base):
    """Show ``entry``; ``beside`` are further entries that the question names, covered by the folder or not.

    ``fact``: index of the fact that was asked for. ``link``: the ``is`` of the link that was asked for ("contact").
    """

    entry: Entry
    beside: tuple[Entry, ...] = ()
    fact: int | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Base):
    """Offer up to five entries, best first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Help(Base):
    """Somebody needs a helpline before anything else. ``country``: ISO 3166 code, if the message names one."""

    entry: Entry
    country: str | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Base):
    """Small talk. ``entry`` is None for a bare "help": how to ask."""

    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch(Base):
    """An honest no; ``entry`` is the one of kind elsewhere that the question is about, if any."""

    entry: Entry | None = None


Decision = Answer | Choose | Help | Chat | NoMatch
