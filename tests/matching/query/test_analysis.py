"""Analysing a question: spaces put right, words completed, languages told."""

from __future__ import annotations

import pytest

from bot.matching.index.index import Index
from bot.matching.index.phrases import written
from bot.matching.index.synonyms import Synonyms
from bot.matching.query.analysis import Analyser, Query
from bot.matching.text.languages import languages
from bot.matching.tuning import DEFAULT
from tests.matching.entries import ENTRIES, entry

INDEX = Index(ENTRIES, written(ENTRIES), DEFAULT)
SAME = Synonyms(
    {"en": ["kite* paperbird", "boats dinghies"], "fr": ["dinghies lampadaires lamps"]}, INDEX.vocabulary, DEFAULT
)
ANALYSER = Analyser(INDEX, SAME)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("k m u", "kmu"),
        ("lan tern", "lantern"),
        ("makersunion", "makersunion"),
        ("nightwalks", "night walks"),
        ("fishin gboats", "fishing boats"),
        ("fishingb oats", "fishing boats"),
        ("whofishing", "who fishing"),
        ("a b c", "a b c"),
    ],
)
def test_spaces(typed: str, read: str) -> None:
    """Misplaced, missing and superfluous spaces are put right where that makes known words."""
    assert ANALYSER.analyse(typed).text == read


def test_spaces_are_left_alone_without_a_budget() -> None:
    """Putting spaces right can be switched off."""
    plain = Index(ENTRIES, written(ENTRIES), DEFAULT.having("analysis.respaced", 0))
    assert Analyser(plain, SAME).analyse("lan tern").text == "lan tern"


def test_an_exact_word_is_never_corrected() -> None:
    """A known word means itself alone."""
    (token,) = ANALYSER.analyse("harbour").tokens
    assert [expansion.form for expansion in token.expansions] == ["harbour"]


def test_a_misspelt_word_means_the_nearest_then_the_commonest() -> None:
    """Fewest slips first; among as many, the word that the entries use most."""
    named = [
        entry("one", "Badge"),
        entry("two", "Badger", keywords={"en": ("old badgers", "young badgers", "badgers")}),
    ]
    index = Index(named, written(named), DEFAULT)
    query = Analyser(index, Synonyms({}, index.vocabulary, DEFAULT)).analyse("badgerz badgerx")
    assert [[expansion.form for expansion in token.expansions] for token in query.tokens] == [["badgers", "badger"]] * 2


def test_the_beginning_of_a_word_is_no_word_unless_it_is_being_typed() -> None:
    """The harbour may be meant by its first letters while they are typed, and by nothing less in a message."""
    assert ANALYSER.analyse("old harb").tokens[-1].expansions == ()
    assert ANALYSER.analyse("old harb", as_typed=True).tokens[-1].expansions[0].begun


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("paperbird", ["kite", "kites"]),  # commonest first; "kite*" is any ending
        ("kitesurfing", ["kite", "kites"]),
        ("kites", ["kites", "kite"]),  # what is there itself comes first
        ("the dinghies", ["boats"]),  # groups of the question's language only
        ("avec des dinghies", ["lamps"]),
    ],
)
def test_words_that_mean_the_same(typed: str, meant: list[str]) -> None:
    """A word of a group is read as the words of the entries that are in it too, and as no slip of another one."""
    token = ANALYSER.analyse(typed).tokens[-1]
    assert [expansion.form for expansion in token.expansions] == meant
    assert all(expansion.same and expansion.trust < 1 for expansion in token.expansions if expansion.form != token.text)


def test_acronyms_have_their_own_rule() -> None:
    """Three letters may be swapped only; five may have one slip, not in the first letter."""

    def forms(typed: str) -> set[str]:
        return {expansion.form for token in ANALYSER.analyse(typed).tokens for expansion in token.expansions}

    assert "kmu" in forms("kum")
    assert "kmu" not in forms("kmx")
    assert "ilfed" in forms("ilfde")
    assert "ilfed" not in forms("xlfed")
    assert "ilfed" not in forms("ilfxx")


def test_completion() -> None:
    """The last word is the beginning of one, unless a space follows."""

    def forms(query: Query) -> list[str]:
        return [expansion.form for expansion in query.tokens[-1].expansions]

    assert "kite" in forms(ANALYSER.analyse("ki", as_typed=True))
    assert {"who", "wind"} <= set(INDEX.vocabulary.beginning("w"))
    assert "kite" in INDEX.vocabulary.beginning("k")
    assert forms(ANALYSER.analyse("kite", as_typed=True))[0] == "kite"
    assert forms(ANALYSER.analyse("old har", as_typed=True))[0] == "harbour"
    assert "harbour" not in forms(ANALYSER.analyse("old har ", as_typed=True))


def test_bounds() -> None:
    """No more than so many words are read, whatever the length."""
    assert len(ANALYSER.analyse("ab " * 5_000).tokens) <= DEFAULT.analysis.words


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("what is that", "en"),
        ("qu est ce que c est", "fr"),
        ("donde esta la sede", "es"),
        ("was macht das", "de"),
        ("кто это", "ru"),
        ("ما هي منظمه", "ar"),
        ("是什", "zh"),
        ("क्या है", "hi"),
        ("kmu", None),
        ("", None),
    ],
)
def test_guess(words: str, language: str | None) -> None:
    """Function words and scripts vote; without any there is no guess."""
    assert languages().guess(words.split()) == language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("in english", "en"),
        ("et en francais svp", "fr"),
        ("русский", "ru"),
        ("who works in english prisons", None),
        ("teaching english", None),
    ],
)
def test_asked_in(words: str, language: str | None) -> None:
    """Only a language named at the end, after a preposition or alone, asks for an answer in it."""
    assert languages().asked_in(words.split()) == language


def test_a_word_that_people_ask_with_is_not_parted() -> None:
    """Though it is two words of the entries written together."""
    assert ANALYSER.analyse("nightwalks").text == "night walks"
    assert Analyser(INDEX, SAME, [("en", ("nightwalks",))]).analyse("nightwalks").text == "nightwalks"


def test_a_known_word_keeps_what_it_may_be_a_slip_of_for_names() -> None:
    """One letter off, and with its trust; words of the way of asking have none."""
    named = [entry("one", "Terre des hommes"), entry("two", "Droits de l'homme")]
    index = Index(named, written(named), DEFAULT)
    tokens = Analyser(index, Synonyms({}, index.vocabulary, DEFAULT)).analyse("homme des").tokens
    assert [feature for feature, _ in tokens[0].near] == [index.vocabulary.features["hommes"]]
    assert all(0 < trust < 1 for _, trust in tokens[0].near)
    assert not tokens[1].near
