"""The program's own words: one YAML file per language, with named placeholders and plurals; and one for the commands.

The content of a knowledge folder is never in here, and no other module holds a sentence that a reader sees.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from babel import Locale, UnknownLocaleError

from bot.replies.wording.bidi import isolate

FALLBACK = "en"
"""The language of words for readers whose own language the program does not speak."""

PLURAL_DEFAULT = "other"
"""The plural category that every language has (Unicode CLDR)."""

Phrase = str | dict[str, str]


class Words:
    """The program's words in one language: ``words("card.read", month="May 2026")``."""

    def __init__(self, language: str, phrases: dict[str, Phrase]) -> None:
        self.language = language
        self._phrases = phrases
        self._plural = locale(language).plural_form

    def __call__(self, key: str, **values: str | int) -> str:
        """Return the phrase with its placeholders filled; ``count`` chooses the form of a plural.

        Raises KeyError for a key or a placeholder that does not exist: a mistake of the program, never of a person.
        """
        phrase = self._phrases[key]
        if not isinstance(phrase, str):
            phrase = phrase.get(self._plural(int(values["count"])), phrase[PLURAL_DEFAULT])
        shown = {name: isolate(str(value), self.language) for name, value in values.items()}
        return phrase.format_map(shown)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the program speaks, by their file names."""
    folder = files(__package__) / "words"
    return tuple(sorted(path.name.removesuffix(".yaml") for path in folder.iterdir() if path.name.endswith(".yaml")))


def phrases(language: str) -> dict[str, Phrase]:
    """Return every phrase of one language, unfilled; FileNotFoundError if the program does not speak it."""
    text = (files(__package__) / "words" / f"{language}.yaml").read_text(encoding="utf-8")
    read: dict[str, Phrase] = yaml.safe_load(text)
    for command, said in command_words().items():
        for name, by_language in said.items():
            read[f"command.{command}.{name}"] = by_language.get(language) or by_language[FALLBACK]
    return read


@cache
def command_words() -> dict[str, dict[str, dict[str, Phrase]]]:
    """Return what is said of and by commands: command -> key -> language -> phrase."""
    text = (files(__package__) / "commands.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, dict[str, Phrase]]] = yaml.safe_load(text)
    return read


@cache
def words(language: str) -> Words:
    """Return the words for a reader of ``language``: its own where the program has them, else English."""
    spoken = language if language in languages() else FALLBACK
    return Words(spoken, phrases(spoken))


@cache
def locale(language: str) -> Locale:
    """Return what Unicode CLDR knows about a language; English for one that it does not know."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)
