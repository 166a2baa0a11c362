"""Question in, Decision out: the frozen values that every surface reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.matching.terms import total

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry
    from bot.matching.context import Context
    from bot.matching.terms import Term


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed. ``as_typed``: the last word may still be incomplete (inline search).

    ``about`` is the id of the entry whose card the message replies to, if any. ``asker_language``: of their app.
    ``context``: what was said before, in a conversation. ``bare``: only what is decided is asked for; where the whole
    message is a phrase of one entry, the decision comes without the candidates and figures that change nothing in it.
    """

    text: str
    asker_language: str | None = None
    as_typed: bool = False
    about: str | None = None
    context: Context | None = None
    bare: bool = False


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
    entry's forms of the same words, so a typo shows as a difference. ``fact`` is the index of the fact, where field is
    fact.
    """

    words: tuple[str, ...]
    meant: tuple[str, ...]
    phrase: str
    field: Field
    language: str
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its score (higher is better, comparable within one question only) and why.

    ``terms`` are what the score is made of: they add up to it.
    """

    entry: Entry
    score: float
    evidence: tuple[Evidence, ...] = ()
    terms: tuple[Term, ...] = ()


class Rule(StrEnum):
    """The rule that decided."""

    CRY = "cry"  # the words of somebody in danger
    CARE = "care"  # what follows them
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
    ATTRIBUTE = "attribute"  # something about an entry that is named, or was just shown
    WHICH = "which"  # something about an entry, and none is named
    LIST = "list"  # all entries that have something in common
    PICKED = "picked"  # "the second one", a typed number, "the other one"
    MOVE = "move"  # "more", "back", "again", "in French": about the conversation itself
    IDENTIFIER = "identifier"  # a numbered thing that is not here


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What all decisions share.

    ``language``: of the question, where it can be told. ``wanted``: the language it asks to be answered in.
    ``candidates``: the best five, best first, whatever was decided (empty for help). ``confidence``: 0 to 1, that the
    first candidate is right: the logistic of what its terms add up to, or ``floor``, the least that the rule vouches
    for, whichever is more. ``margin``: first score minus second. ``line``: the help entry of which a line stands above
    the reply, as whoever asks may be in danger; None for nearly all, and for help itself.
    """

    question: Question
    rule: Rule
    language: str | None = None
    wanted: str | None = None
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    confidence_terms: tuple[Term, ...] = ()
    floor: float = 0.0
    margin: float = 0.0
    line: Entry | None = None

    @property
    def log_odds(self) -> float:
        """What the terms of the confidence add up to; nothing is judged where there are none."""
        return total(self.confidence_terms)


class Relation(StrEnum):
    """How the values of the listed entries compare with what was asked for."""

    IS = "is"
    BEFORE = "before"
    AFTER = "after"
    DURING = "during"  # within the ten years that begin with the value
    KNOWN = "known"  # there is a value, whatever it is
    FIRST = "first"  # the oldest
    LAST = "last"  # the youngest


@dataclass(frozen=True, slots=True)
class Condition:
    """What a list is made by: an attribute, how its values compare, and with what.

    ``value``: id of a closed value, a year, the code of a country or language, or a text;
    empty for first, last and known.
    """

    attribute: str
    relation: Relation = Relation.IS
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Base):
    """Show ``entry``; ``beside`` are further entries that the question names, covered by the folder or not.

    ``fact``: index of the fact that was asked for. ``link``: the ``is`` of the link that was asked for ("contact").

    ``attribute``: id of what was asked about the entry; ``facts``: indices of the facts that answer it, best first.
    ``condition`` and ``verdict``: of a question for yes or no ("is it a UN agency", "do they work in Kenya");
    the verdict is None where that is not known; or of which of a few is first or last. ``mentioned``: the facts speak
    of the value all the same, and say no more than they say. ``brief``: a short card is enough, it was shown before.
    ``full``: everything was asked for. ``unknown``: what was asked is no attribute, and nothing in the entry answers
    it; with an ``attribute``, it is asked of the person whom that names. ``why``: it is asked why this was the answer,
    ``sources``: where that comes from.
    ``listed``: the entries that the answer names: the members of the Panel. ``adult``: it is about a child of whoever
    writes. ``also``: ids of what is asked beside ``attribute``: "phone and email".
    """

    entry: Entry
    beside: tuple[Entry, ...] = ()
    fact: int | None = None
    link: str | None = None
    attribute: str | None = None
    facts: tuple[int, ...] = ()
    condition: Condition | None = None
    verdict: bool | None = None
    mentioned: bool = False
    brief: bool = False
    full: bool = False
    unknown: bool = False
    why: bool = False
    sources: bool = False
    listed: tuple[Entry, ...] = ()
    adult: bool = False
    also: tuple[str, ...] = ()

    @property
    def known(self) -> bool | None:
        """Whether what was asked about the entry is known; None where nothing in particular was asked."""
        if self.unknown:
            return False
        if self.attribute is None:
            return None
        if self.condition is not None:
            return self.verdict is not None or self.mentioned
        return bool(self.facts) or self.link is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Base):
    """Entries that have something in common, in the order in which they are shown.

    ``conditions``: what that is; none where the list is of all, or of the members of ``of``. ``within``: what the list
    was made out of, where not of all. ``counted``: the number was asked for. ``alphabetical``: the order of their names
    was asked for.
    """

    entries: tuple[Entry, ...]
    conditions: tuple[Condition, ...] = ()
    within: tuple[Entry, ...] = ()
    of: Entry | None = None
    counted: bool = False
    alphabetical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Base):
    """Offer up to five entries, best first.

    ``attribute``: what was asked about one of them, where none was named. ``perhaps``: the first is clearly ahead.
    """

    entries: tuple[Entry, ...]
    attribute: str | None = None
    perhaps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Help(Base):
    """Somebody needs a helpline before anything else. ``country``: ISO 3166 code, if the message names one.

    ``phrase``: of the entry, that was heard; empty where the message was heard by its letters alone. ``concern``: what
    it is about, where a sentence of its own is worth it: "suicide", "blackmail", "injury", "custody" (beaten, ill or
    missing in the hands of the police or in prison); empty for everything else. ``step``: id of the next step of care,
    where this is not the first reply. ``adult``: it is about a child of whoever writes. ``write``: they cannot call.
    ``ends``: nobody is in danger (any more).
    """

    entry: Entry
    country: str | None = None
    phrase: str = ""
    concern: str = ""
    step: str = ""
    adult: bool = False
    write: bool = False
    ends: bool = False


class Move(StrEnum):
    """Messages about the conversation itself that no entry answers."""

    HOW = "how"  # how to ask
    MENU = "menu"
    COMPLAINT = "complaint"
    NONE_OF_THESE = "none_of_these"
    NOTHING = "nothing"  # "more", "back", "the third one": and there is nothing that it could mean
    OK = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Base):
    """Small talk: what ``entry`` says, or where that is None an answer to a ``move``.

    ``nearest``: what else the last message may have been about, after a complaint.
    """

    entry: Entry | None
    move: Move = Move.HOW
    nearest: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch(Base):
    """An honest no; ``entry`` is the one of kind elsewhere that the question is about, if any.

    ``missing``: the numbered thing that was asked for and is not here, as it is called ("General Comment 12").
    ``conditions``: what nobody here is known to have, or nobody ``within`` these. ``nearest``: entries that are worth a
    look instead.
    """

    entry: Entry | None = None
    missing: str = ""
    conditions: tuple[Condition, ...] = ()
    within: tuple[Entry, ...] = ()
    nearest: tuple[Entry, ...] = ()


Decision = Answer | Listing | Choose | Help | Chat | NoMatch


@dataclass(frozen=True, slots=True)
class Lookup:
    """A decision, and the entries for a list of results, best first; both of one analysis and one ranking."""

    decision: Decision
    candidates: tuple[Candidate, ...] = ()
