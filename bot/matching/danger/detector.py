"""Hearing a person in danger: the layer in front of every search.

Two things listen: the phrases of the help entries, which can be explained, and a score by letters, which hears what
nobody wrote a phrase for. What they say is added up, and there are two heights: from ``high`` on the help reply comes
before any search, from ``middle`` on a line stands above the usual reply. A phrase that tells what it is about ("took
all her pills") is high by itself. A folder without a score (``danger.yaml``) is
heard by its phrases alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.knowledge.kinds import HELP
from bot.matching.danger.listener import PhraseListener, read
from bot.matching.danger.score import Score
from bot.matching.text.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.entry import DangerScore, Entry
    from bot.matching.danger.listener import Heard
    from bot.matching.danger.teller import Teller


class Height(StrEnum):
    """How much a message sounds like somebody in danger."""

    HIGH = "high"  # help before anything else
    MIDDLE = "middle"  # the usual reply, with a line above it


@dataclass(frozen=True, slots=True)
class Danger:
    """Somebody who may be in danger was heard, by which entry.

    ``phrase``: the one of the entry that was heard, and ``language`` its own: None for a bare word that several
    languages have; empty and None where letters alone were. ``concern``: what it is about; see ``Help.concern``.
    ``score``: what letters and phrases add up to; 0 in a folder without a score.
    """

    height: Height
    entry: Entry
    phrase: str = ""
    language: str | None = None
    concern: str = ""
    score: float = 0.0


class DangerDetector:
    """Hears somebody in danger with the entries of kind help, of which the first answers for the score.

    Immutable once built; safe to use from several threads. ``faults`` are ``(entry id, language, phrase, reason)`` of
    phrases that cannot be read and are left out.
    """

    def __init__(
        self, entries: Iterable[Entry], fitted: DangerScore | None = None, teller: Teller | None = None
    ) -> None:
        helps = [entry for entry in entries if entry.kind == HELP]
        self._listener = PhraseListener(helps)
        self._teller = teller
        self.faults = (*self._listener.faults, *(teller.faults if teller else ()))
        self._first = helps[0] if helps else None
        self._score = Score(fitted) if fitted else None
        self._countries = Places() if helps else None  # reading their names takes as long as all the rest

    def heard(self, text: str) -> Danger | None:
        """Return who may be in danger, or None; never raises, whatever the text."""
        if self._first is None:
            return None
        message = read(text)
        heard = self._listener.heard(message)
        cry = heard.cry
        told, language = "", None
        if self._teller and not heard.joke:
            told, language = self._teller.concern(message, calm=heard.calm)
        if self._score is None:
            if cry is None:
                return Danger(Height.HIGH, self._first, language=language, concern=told) if told else None
            return Danger(Height.HIGH, cry.entry, cry.phrase, cry.language, told)
        score, cells = self._added(text, heard, self._score)
        height = Height.HIGH if told else self._height(score, heard, self._score.fitted)
        if height is None:
            return None
        concern = told or self._score.concern(cells)
        if cry is None:
            return Danger(height, self._first, language=language, concern=concern, score=score)
        return Danger(height, cry.entry, cry.phrase, cry.language, concern, score)

    def score(self, text: str) -> float:
        """Return what letters and phrases add up to; 0 in a folder without a score."""
        return self._added(text, self._listener.heard(read(text)), self._score)[0] if self._score else 0.0

    def country(self, text: str) -> str | None:
        """Return the ISO 3166 code of the country that a message names, or None; never raises."""
        return self._countries.named(text) if self._countries else None

    @staticmethod
    def _added(text: str, heard: Heard, score: Score) -> tuple[float, NDArray[np.int64]]:
        fitted = score.fitted
        letters, cells = score.of(text)
        phrases = fitted.phrase * (heard.cry is not None) + fitted.insistent * heard.insistent
        return letters + phrases + fitted.calm * heard.calm, cells

    @staticmethod
    def _height(score: float, heard: Heard, fitted: DangerScore) -> Height | None:
        """Return the height of a score; a joke is never high, and what a phrase heard is never nothing.

        An insistent phrase, and one that is all of a message, are high by themselves: whoever writes "I want to die" or
        "SOS" is heard whatever the letters say.
        """
        if (score >= fitted.high or heard.insistent or heard.whole) and not heard.joke:
            return Height.HIGH
        return Height.MIDDLE if score >= fitted.middle or heard.cry else None
