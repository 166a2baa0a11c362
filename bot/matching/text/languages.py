"""What the matcher knows of languages: function words, question frames, words that ask for a link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from bot.matching.text.normalise import normalise, words
from bot.matching.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.matching import tuning

_SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "ru"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0E00, 0x0E7F, "th"),
    (0x1100, 0x11FF, "ko"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
"""Unicode blocks whose writing alone tells the likeliest language."""


SCRIPTS = frozenset(language for _, _, language in _SCRIPTS)
"""Languages that are told by their script."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The contents of ``languages.yaml``, turned round for look-up by word. Words are in normalised form."""

    function: frozenset[str]
    frame: frozenset[str]
    help: dict[str, tuple[str, ...]]
    """Messages that only ask how this works -> their languages."""
    links: dict[str, tuple[str, ...]]
    called: dict[str, str]
    compare: frozenset[str]
    grammar: dict[str, frozenset[str]] = field(repr=False)
    """Language -> its function words."""
    asking: dict[str, frozenset[str]] = field(repr=False)
    """Language -> its words that begin a question."""
    short: dict[str, dict[str, str]] = field(repr=False)
    """Language -> how words are shortened on phones -> these words."""
    begin: frozenset[str]
    """All of these."""
    spoken: dict[str, tuple[str, ...]] = field(repr=False)
    """Function or frame word -> languages that have it."""

    def asked_in(self, question: Sequence[str]) -> str | None:
        """Return the language a question asks to be answered in at its end: "... in english", "en français svp"."""
        for number, word in enumerate(question):
            language = self.called.get(word)
            if language and all(later in self.frame for later in question[number + 1 :]):
                before = question[number - 1] if number else ""
                if number == 0 or before in self.function:
                    return language
        return None

    def guess(self, question: Iterable[str], weight: tuning.Languages = DEFAULT.languages) -> str | None:
        """Return the language whose function words the question uses most; None where two tie or none shows.

        A word that one language alone has counts for more than one that several share.
        """
        votes: Counter[str] = Counter()
        for word in question:
            votes.update(self.votes(word, weight))
        first = leading(votes)
        return first[0] if len(first) == 1 else None

    def votes(self, word: str, weight: tuning.Languages = DEFAULT.languages) -> dict[str, int]:
        """Return how much a word speaks for which languages."""
        spoken = self.spoken.get(word, ())
        votes = {language: weight.word // len(spoken) for language in spoken}
        if not word.isascii():
            code = ord(word[0])
            language = next((language for first, last, language in _SCRIPTS if first <= code <= last), None)
            if language:
                votes[language] = votes.get(language, 0) + weight.script
        return votes


def leading(votes: Mapping[str, int]) -> list[str]:
    """Return the languages with the most votes: one, several that tie, or none."""
    most = max(votes.values(), default=0)
    return [language for language, count in votes.items() if count == most]


def _pairs(loaded: object) -> dict[str, str]:
    return {str(one): str(other) for one, other in loaded.items()} if isinstance(loaded, dict) else {}


@cache
def languages() -> Languages:
    """Return the shipped data, read once."""
    source = resources.files("bot.matching.text").joinpath("languages.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, object]] = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (the safe loader)
    function: dict[str, list[str]] = {}
    frame: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    called: dict[str, str] = {}
    helps: dict[str, list[str]] = {}
    compare: set[str] = set()
    for language, data in loaded.items():
        for word in (*words(str(data.get("function", ""))), *_pairs(data.get("short", {}))):
            function.setdefault(word, []).append(language)
        for word in words(str(data.get("frame", ""))):
            frame.setdefault(word, []).append(language)
        compare.update(words(str(data.get("compare", ""))))
        uses = data.get("links", {})
        for use, listed in uses.items() if isinstance(uses, dict) else ():
            for word in words(str(listed)):
                links.setdefault(word, []).append(use)
        for word in words(str(data.get("called", ""))):
            called[word] = language
        for phrase in str(data.get("help", "")).split(","):
            if phrase.strip():
                helps.setdefault(normalise(phrase), []).append(language)
    asking = {language: frozenset(words(str(data.get("asking", "")))) for language, data in loaded.items()}
    short = {language: _pairs(data.get("short", {})) for language, data in loaded.items()}
    spoken = {word: tuple(dict.fromkeys(function.get(word, []) + frame.get(word, []))) for word in function | frame}
    return Languages(
        function=frozenset(function),
        frame=frozenset(frame),
        help={phrase: tuple(spoken_in) for phrase, spoken_in in helps.items()},
        links={word: tuple(dict.fromkeys(uses)) for word, uses in links.items()},
        called=called,
        compare=frozenset(compare),
        asking=asking,
        short=short,
        begin=frozenset().union(*asking.values()),
        grammar={
            language: frozenset(word for word, spoken_in in function.items() if language in spoken_in)
            for language in loaded
        },
        spoken=spoken,
    )
