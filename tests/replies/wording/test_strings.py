"""The program's words are the same in every language, but for the words."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
import yaml

import bot
from bot.replies.wording import strings

LANGUAGES = strings.languages()


def forms(phrase: strings.Phrase) -> list[str]:
    """Return the phrase in all its forms."""
    return [phrase] if isinstance(phrase, str) else list(phrase.values())


def placeholders(phrase: strings.Phrase) -> set[str]:
    """Return the names of what is filled in."""
    return {name for form in forms(phrase) for _, name, _, _ in Formatter().parse(form) if name is not None}


def test_the_program_speaks_three_languages() -> None:
    """English, French and Spanish are there."""
    assert {"en", "fr", "es"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase_with_the_same_placeholders(language: str) -> None:
    """A phrase that is missing, left over or takes other values is found here and not by a reader."""
    expected = {key: placeholders(phrase) for key, phrase in strings.phrases(strings.FALLBACK).items()}
    assert {key: placeholders(phrase) for key, phrase in strings.phrases(language).items()} == expected


def test_what_commands_say_is_written_in_every_language() -> None:
    """A reader would get it in English else."""
    for said in strings.command_words().values():
        assert [set(by_language) for by_language in said.values()] == [set(LANGUAGES)] * len(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_text_with_no_space_around_it(language: str) -> None:
    """YAML turned nothing into a boolean or a number, and nothing is empty."""
    for phrase in strings.phrases(language).values():
        for form in forms(phrase):
            assert isinstance(form, str)
            assert form.strip() == form != ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_the_general_form_and_takes_a_count(language: str) -> None:
    """The form ``other`` is what languages with more forms fall back to."""
    plurals = [phrase for phrase in strings.phrases(language).values() if isinstance(phrase, dict)]
    assert plurals
    for phrase in plurals:
        assert "other" in phrase
        assert "count" in placeholders(phrase)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language: str) -> None:
    """The second of two equal keys would silently win."""
    text = (files("bot.replies.wording") / "words" / f"{language}.yaml").read_text(encoding="utf-8")
    node = yaml.compose(text)
    assert isinstance(node, yaml.MappingNode)
    keys = [key.value for key, _ in node.value]
    assert len(keys) == len(set(keys))


def test_no_phrase_is_left_over() -> None:
    """Each is named somewhere in the program, whole or by its beginning."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(bot.__file__).parent.rglob("*.py"))
    beginnings = tuple(re.findall(r"""["'](\w+\.)\{""", source))
    named = set(re.findall(r"""["']([a-z_.]+)["']""", source))
    unused = [key for key in strings.phrases("en") if key not in named and not key.startswith(beginnings)]
    assert unused == []


def test_a_plural_follows_its_count() -> None:
    """One is one; French counts nought as one."""
    assert strings.words("en")("reload.warnings", count=1) == "1 warning:"
    assert strings.words("en")("reload.warnings", count=2) == "2 warnings:"
    assert strings.words("fr")("reload.warnings", count=0) == "0 avertissement\u00a0:"


def test_a_language_that_the_program_does_not_speak_gets_english() -> None:
    """The words for a Hindi reader are English ones."""
    assert strings.words("hi").language == "en"


def test_a_name_that_runs_the_other_way_is_isolated() -> None:
    """An Arabic name inside an English sentence keeps its punctuation to itself."""
    assert "\u2068اليونيسف\u2069" in strings.words("en")("card.more_about", name="اليونيسف")
    assert strings.words("en")("card.more_about", name="UNICEF").endswith("UNICEF")


def test_a_language_nobody_knows_is_treated_as_english() -> None:
    """Dates and plurals of an unknown code still come out."""
    assert strings.locale("zz-nowhere").language == "en"
