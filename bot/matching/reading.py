"""Reading a question: each of its words with what it may mean in the vocabulary of the entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.matching.languages import languages
from bot.matching.normalising import normalise, split

if TYPE_CHECKING:
    from bot.matching.index import Index

MAX_CHARACTERS = 480
"""Characters of a question that are read: the first three quarters and the last quarter of as many."""

MAX_WORDS = 64


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a word may mean: features, the form they come from, and how much the match is worth (0 to 1)."""

    features: tuple[int, ...]
    form: str
    trust: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of the question. ``weight``: how much it says, the rarer the more; 0 for words without content."""

    typed: str
    meanings: tuple[Meaning, ...]
    weight: float
    filler: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as read: its normalised text, its words, and its language where that can be told."""

    text: str
    slots: tuple[Slot, ...]
    language: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """The words as typed."""
        return tuple(slot.typed for slot in self.slots)


def clipped(text: str) -> str:
    """Return the part of a text that is read, whole words where it can."""
    if len(text) <= MAX_CHARACTERS:
        return text
    head, tail = MAX_CHARACTERS * 3 // 4, MAX_CHARACTERS // 4
    return f"{text[:head].rsplit(' ', 1)[0]} {text[-tail:].split(' ', 1)[-1]}"


def read(text: str, index: Index) -> Reading:
    """Read a question with the vocabulary of an index."""
    data = languages()
    normalised = normalise(clipped(text))
    typed = _respaced(split(normalised)[:MAX_WORDS], index)
    language = data.guess(typed)
    slots = []
    for word in typed:
        meanings = _meanings(word, index, language)
        filler = word in data.function or word in data.frame
        rarity = index.unknown
        if meanings:
            rarity = max(min(index.rarity[feature] for feature in meaning.features) for meaning in meanings[:1])
        slots.append(Slot(word, meanings, 0.0 if filler else rarity, filler))
    return Reading(" ".join(typed), tuple(slots), language)


def _respaced(typed: tuple[str, ...], index: Index) -> list[str]:
    """Join what was typed apart: "u n o d c", "un icef", "inter agency"."""
    joined: list[str] = []
    at = 0
    while at < len(typed):
        letters = at
        while letters < len(typed) and len(typed[letters]) == 1:
            letters += 1
        if letters - at > 2:  # noqa: PLR2004
            together = "".join(typed[at:letters])
            if together in index.forms:
                joined.append(together)
                at = letters
                continue
        if at + 1 < len(typed):
            together = typed[at] + typed[at + 1]
            if together in index.forms and (typed[at] not in index.forms or typed[at + 1] not in index.forms):
                joined.append(together)
                at += 2
                continue
        joined.append(typed[at])
        at += 1
    return joined


def _meanings(word: str, index: Index, language: str | None) -> tuple[Meaning, ...]:
    known = index.forms.get(word)
    if known:
        return (Meaning(known, word, 1.0),)
    found = []
    for tried in dict.fromkeys((language or "en", "en")):
        feature = index.features.get(index.stemmer.stem(word, tried))
        if feature is not None:
            found.append(Meaning((feature,), word, 0.95))
            break
    data = languages()
    if found or word in data.function or word in data.frame:
        return tuple(found)
    for number, cost in index.speller.neighbours(word):
        form = index.words[number]
        trust = 0.9 * (1 - cost / (len(word) + 1))
        found.append(Meaning(index.forms[form], form, trust))
    return tuple(found)
