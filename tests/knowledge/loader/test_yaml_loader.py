"""YAML with positions: what is read, what is refused, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.finding import MOST
from bot.knowledge.loader import yaml_loader
from bot.knowledge.loader.yaml_loader import MAX_DEPTH, MAX_REPEATED_CHARACTERS, MAX_REPEATED_NODES, read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.loader.positions import Value

CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t")
TEXTS = st.text(CHARACTERS, max_size=40).filter(lambda text: "\ufffe" not in text and "\uffff" not in text)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda key: key not in {"", "<<"}), inner),
    max_leaves=20,
)


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml's parser and with PyYAML's own."""
    monkeypatch.setattr(yaml_loader, "_Loader", getattr(yaml, request.param, yaml.SafeLoader))
    return str(request.param)


def only(text: str) -> Value:
    """Return the one document in ``text``, which has no mistakes."""
    read = read_documents(text, "x.yaml")
    assert not read.findings
    assert len(read.documents) == 1
    return read.documents[0].value


def leaves(value: Value, *steps: str | int) -> Iterator[tuple[str | int, ...]]:
    """Yield the steps to every text in ``value``, in order."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, *steps, key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, *steps, index)
    else:
        yield steps


@pytest.mark.parametrize(
    "word", ["NO", "on", "yes", "true", "0123", "12:30", "1.10", "2026-01-02", "1e3", "0x1F", "1_000", ".inf", "="]
)
def test_plain_words_are_text(word: str, loader: str) -> None:
    """Nothing is guessed from the looks of a word, neither as a value nor as a key."""
    assert only(f"a: {word}\n{word}: b\n") == {"a": word, word: "b"}


def test_no_value_is_none() -> None:
    """What is empty or says null has no value, unless it is quoted."""
    text = "a:\nb: null\nc: ~\nd: 'null'\ne: ''\nf: [~, '~']\n"
    assert only(text) == {"a": None, "b": None, "c": None, "d": "null", "e": "", "f": [None, "~"]}


@given(VALUES)
def test_any_text_survives(value: Value) -> None:
    """Whatever is written by a YAML writer is read as it was."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    assert only(text) == value


@given(VALUES)
def test_places_are_in_order(value: Value) -> None:
    """Every text has a place of its own, and places follow one another as the texts do."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=False)
    document = read_documents(text, "x.yaml").documents[0]
    places = [document.place(*steps)[1:] for steps in leaves(value)]
    assert places == sorted(set(places))


def test_places_of_keys_and_values(loader: str) -> None:
    """Text is found where it begins, a list or mapping at its key, and what is not there at what is around it."""
    document = read_documents("a: x\nb:\n  c: [y, zz]\n  d:\n  - e: >-\n      long\n", "f.yaml").documents[0]
    assert document.place() == ("f.yaml", 1, 1)
    assert document.place("a") == ("f.yaml", 1, 4)
    assert document.place("a", key=True) == ("f.yaml", 1, 1)
    assert document.place("b", "c", 1) == ("f.yaml", 3, 10)
    assert document.place("b", "c") == ("f.yaml", 3, 3)
    assert document.place("b", "d", 0, "e") == ("f.yaml", 5, 8)
    assert document.place("b", "nothing", "here") == ("f.yaml", 2, 1)


def test_place_of_a_language_that_was_not_written() -> None:
    """A plain text or list is found under "no language"."""
    document = read_documents("name: x\nkeywords: [a, b]\nund: y\n", "f.yaml").documents[0]
    assert document.place("name", "und") == ("f.yaml", 1, 7)
    assert document.place("keywords", "und", 1) == ("f.yaml", 2, 15)
    assert document.place("und") == ("f.yaml", 3, 6)


def test_several_documents() -> None:
    """Documents are separated by ---; empty ones do not count."""
    read = read_documents("---\n---\na: 1\n---\nb: 2\n---\n# nothing\n", "x.yaml")
    assert [document.value for document in read.documents] == [{"a": "1"}, {"b": "2"}]
    assert read.documents[1].place("b") == ("x.yaml", 5, 4)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\n\tb: 2\n", "syntax", 2, 1),
        ("a:\n  b: 1\n\tc: 2\n", "syntax", 3, 1),
        ("a: b: c\n", "syntax", 1, 5),
        ("a: 'open\n", "syntax", 1, 4),
        ("a: [b, c\nd: e\n", "syntax", 1, 4),
        ("a: {b: c\n", "syntax", 1, 4),
        ("a: @home\n", "syntax", 1, 4),
        ("a: 'it's'\n", "syntax", 1, 8),
        ("a: 1\n b: 2\n", "syntax", 2, 3),
        ("a: 1\na: 2\n", "duplicate-key", 2, 1),
        ("a: {b: 1, b: 2}\n", "duplicate-key", 1, 11),
        ("a: !!python/name:os.system x\n", "tag", 1, 4),
        ("a: !thing {b: c}\n", "tag", 1, 4),
        ("a: &x {b: c}\nd: {<<: *x}\n", "merge-key", 2, 5),
        ("a: *x\n", "bad-alias", 1, 4),
        ("a: &x [*x]\n", "bad-alias", 1, 8),
        ("{{name}}: b\n", "bad-key", 1, 1),
        ("[a]: b\n", "bad-key", 1, 1),
        ("~: b\n", "bad-key", 1, 1),
        ('a: "b\\0c"\n', "control-character", 1, 4),
        ('a: "\\x1b"\n', "control-character", 1, 4),
    ],
)
def test_mistakes(text: str, code: str, line: int, column: int) -> None:
    """Each mistake is one error at its place, with advice."""
    (finding,) = read_documents(text, "x.yaml").findings
    assert (finding.code, finding.line, finding.column) == (code, line, column)
    assert finding.severity == "error"
    assert finding.advice


def test_a_tab_is_called_a_tab(loader: str) -> None:
    """Wherever a tab stands in the indentation, it is named: nobody can see it."""
    for text in ("\ta: 1\n", "a: 1\n\tb: 2\n", "a:\n  b: 1\n\tc: 2\n", "a:\n\t- b\n"):
        (finding,) = read_documents(text, "x.yaml").findings
        assert "tab" in finding.message
        assert "spaces" in finding.advice


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever stands in a file, reading it ends without an exception."""
    read = read_documents(text, "x.yaml")
    assert read.whole or read.findings


def test_a_mistake_does_not_hide_what_follows(loader: str) -> None:
    """Reading goes on at the next document, with the right line numbers, and tells which id was lost."""
    text = "id: one\n---\nid: two\nname: a: b\n---\nid: three\n---\nid: four\nx: [1, 2\n---\nid: five\nid: six\n"
    read = read_documents(text, "x.yaml")
    assert [document.value for document in read.documents] == [{"id": "one"}, {"id": "three"}, {"id": "five"}]
    assert [(finding.line, finding.code) for finding in read.findings] == [
        (4, "syntax"),
        (9, "syntax"),
        (12, "duplicate-key"),
    ]
    assert read.broken == {"two", "four"}
    assert not read.whole


def test_aliases_repeat_a_value(loader: str) -> None:
    """An anchor may be used again; a part of it is found where the alias stands."""
    document = read_documents("a: &x [b, c]\nd: *x\ne: &y f\ng: *y\n", "x.yaml").documents[0]
    assert document.value == {"a": ["b", "c"], "d": ["b", "c"], "e": "f", "g": "f"}
    assert document.place("d", 1) == ("x.yaml", 2, 1)


def test_bombs_are_refused(loader: str) -> None:
    """Aliases of aliases cannot multiply beyond a limit, however few nodes are written."""
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    read = read_documents("\n".join(lines), "x.yaml")
    assert [finding.code for finding in read.findings] == ["too-many-aliases"]
    assert not read.documents
    many = "a: &x b\nc: [" + "*x, " * (MAX_REPEATED_NODES + 1) + "]"
    assert [finding.code for finding in read_documents(many, "x.yaml").findings] == ["too-many-aliases"]


LONG = "x" * (MAX_REPEATED_CHARACTERS // 10)


@pytest.mark.parametrize(
    "text",
    [
        f"a: &x {LONG}\nb: [{'*x, ' * 900}]",
        f"a: &x {{k: [{LONG}]}}\nb: [{'*x, ' * 100}]",
        f"a: &x {{? {LONG} : v}}\nb: [{'*x, ' * 100}]",
        f"a: &x {LONG}\nb: &y [*x, *x]\nc: [{'*y, ' * 100}]",
        f"a: &x {LONG}\nb: [*x, *x]\n---\n" * 2 + f"a: &x {LONG}\nb: [{'*x, ' * 100}]\n",
    ],
)
def test_long_texts_are_not_repeated_at_will(text: str, loader: str) -> None:
    """What aliases stand for is bounded by its characters, however few values these are."""
    read = read_documents(text, "x.yaml")
    assert [finding.code for finding in read.findings] == ["too-many-aliases"]
    assert sum(len(str(document.value)) for document in read.documents) < len(text) + MAX_REPEATED_CHARACTERS


def test_each_entry_of_a_large_file_may_repeat_a_text() -> None:
    """A notice that each of many entries has twice is no bomb."""
    entry = f"a: &x {'x' * 100}\nb: *x\n"
    read = read_documents("---\n".join([entry] * 1000), "x.yaml")
    assert not read.findings
    assert len(read.documents) == 1000


def test_after_many_mistakes_reading_ends(loader: str) -> None:
    """A file that is nothing but mistakes is not read to its end, which would cost the square of its length."""
    for text in ("---\na: b: c\n" * 50_000, "a: 1\n" * 50_000, "[" + "!a b, " * 50_000 + "]"):
        read = read_documents(text, "x.yaml")
        assert len(read.findings) == MOST + 1
        assert not read.whole


def test_the_place_of_each_of_many() -> None:
    """Where things stand in a long list or mapping is known, also behind nested ones and aliases."""
    lines = [f"k{number}: {'*x' if number < 300 else '[a, {b: c}]'}" for number in range(1, 30_000)]
    document = read_documents("\n".join(["k0: &x [d, e]", *lines]), "x.yaml").documents[0]
    assert all(document.place(f"k{number}", key=True)[1:] == (number + 1, 1) for number in range(30_000))
    listed = read_documents("".join(f"- {{a: [b, c{number}]}}\n" for number in range(30_000)), "x.yaml").documents[0]
    assert all(listed.place(number, "a", 1)[1:] == (number + 1, 11) for number in range(30_000))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n"])
def test_depth_is_bounded(opening: str, loader: str) -> None:
    """A hundred thousand brackets are one error, and quickly found."""
    text = opening * 100_000 if opening != "a:\n" else "".join(" " * n + "a:\n" for n in range(MAX_DEPTH + 2)) + "b"
    assert [finding.code for finding in read_documents(text, "x.yaml").findings] == ["too-deep"]
