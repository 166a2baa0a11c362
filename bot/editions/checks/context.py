"""What the checks look at, and the phrases that they compare."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.knowledge.finding import Finding, Severity
from bot.matching.danger.listener import PhraseListener
from bot.matching.decision import Field
from bot.matching.index.phrases import written

if TYPE_CHECKING:
    from datetime import date

    from bot.editions.checks.verdicts import Notes
    from bot.knowledge.entry import BotInfo, Entry
    from bot.knowledge.folder import Folder
    from bot.matching.matcher import Matcher

_TEXTS = frozenset({Field.FACT, Field.SUMMARY})


class Phrase(NamedTuple):
    """A phrase of an entry as written, the words it is compared by, and where it stands in the entry."""

    entry: Entry
    field: Field
    language: str
    text: str
    words: tuple[str, ...]
    steps: tuple[str | int, ...]


@dataclass(frozen=True)
class CheckContext:
    """A folder without errors of form, the matcher made of it, and the day of the check.

    ``only``: the one file that is looked at, as findings give it; then there is no matcher but an empty one, and
    nothing is asked. ``notes``: of earlier checks.
    """

    folder: Folder
    matcher: Matcher
    today: date
    only: str | None = None
    notes: Notes | None = None

    def concerns(self, entry: Entry) -> bool:
        """Return whether an entry is looked at."""
        return self.only is None or self.only in self.folder.sources[entry.id].paths

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in order of their ids."""
        return tuple(self.folder.catalogue.entries.values())

    @property
    def bot(self) -> BotInfo:
        """What ``bot.yaml`` says."""
        return self.folder.catalogue.bot

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Names, acronyms, aliases, questions and keywords of all entries but those of kind help.

        The phrases of a help entry are listened for in a way of their own, and mean nothing to a search.
        """
        entries = self.entries
        return tuple(
            [
                Phrase(entries[one.entry], one.field, one.language, one.text, one.words, one.steps)
                for one in (written(entries) if self.only else self.matcher.phrases)
                if one.field not in _TEXTS
            ]
        )

    @property
    def unheard(self) -> tuple[tuple[str, str, str, str], ...]:
        """Phrases of help entries that cannot be read: ``(entry id, language, phrase, reason)``."""
        if self.only is None:
            return self.matcher.unheard
        return PhraseListener(entry for entry in self.entries if self.concerns(entry)).faults

    def finding(
        self,
        severity: Severity,
        code: str,
        message: str,
        advice: str,
        entry: Entry,
        *steps: str | int,
        key: bool = False,
    ) -> Finding:
        """Return a finding about a part of an entry."""
        return Finding(*self.folder.place(entry.id, *steps, key=key), severity, code, message, advice)

    def where(self, phrase: Phrase) -> str:
        """Return the place of a phrase, as it is written in a message."""
        place = self.folder.place(phrase.entry.id, *phrase.steps)
        return f"{place.path}:{place.line}"


def accepted(one: Entry, other: Entry) -> bool:
    """Tell whether somebody reviewed that these two match the same words."""
    return other.id in one.accept_overlap or one.id in other.accept_overlap


def allow(other: Entry, reason: str = "why both are right") -> str:
    """Return the advice how to accept an overlap with ``other``."""
    return f"if that is as it should be, write accept_overlap: {{{other.id}: {reason}}}"
