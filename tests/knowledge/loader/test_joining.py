"""Phrases in files of their own belong to the entry that the file is called after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.finding import Severity
from bot.knowledge.folder import read_folder
from bot.knowledge.loader.joining import with_phrases
from bot.knowledge.loader.yaml_loader import read_documents

if TYPE_CHECKING:
    from pathlib import Path

    from bot.knowledge.folder import Folder

ENTRY = "name: Gouda\nsummary: A cheese from Holland.\n"


def read(folder: Path, entry: str, **phrases: str) -> Folder:
    """Read a folder with one entry, and files of phrases by their names (two underscores are a dot)."""
    (folder / "phrasings").mkdir()
    (folder / "gouda.yaml").write_text(entry, encoding="utf-8")
    for name, text in phrases.items():
        (folder / "phrasings" / f"{name.replace('__', '.')}.yaml").write_text(text, encoding="utf-8")
    return read_folder(folder)


def errors(folder: Folder) -> list[tuple[str, int, str]]:
    """Return file, line and code of the errors of a folder."""
    found = [one for one in folder.findings if one.severity is Severity.ERROR]
    return [(one.path.partition("/")[2], one.line, one.code) for one in found]


def test_phrases_of_several_files_are_joined(tmp_path: Path) -> None:
    """The entry's own phrases come first, then those of the files by their names, and each is found where it stands."""
    folder = read(
        tmp_path,
        ENTRY + "keywords: {en: [wheel]}\n",
        gouda="keywords:\n  en: [yellow, mild]\nquestions:\n  nl:\n    - Wat is dat?\n",
        gouda__fr="keywords:\n  fr:\n    - meule\n  en:\n    - round\n",
    )
    entry = folder.catalogue.entries["gouda"]
    assert entry.keywords == {"en": ("wheel", "round", "yellow", "mild"), "fr": ("meule",)}
    assert entry.questions == {"nl": ("Wat is dat?",)}
    places = [folder.place("gouda", "keywords", "en", number) for number in range(4)]
    assert [(place.path.rpartition("/")[2], place.line, place.column) for place in places] == [
        ("gouda.yaml", 3, 17),
        ("gouda.fr.yaml", 5, 7),
        ("gouda.yaml", 2, 8),
        ("gouda.yaml", 2, 16),
    ]
    assert folder.place("gouda", "questions", "nl", 0)[1:] == (5, 7)
    assert {path.rpartition("/")[2] for path in folder.sources["gouda"].paths} == {"gouda.yaml", "gouda.fr.yaml"}


def test_plain_lists_are_of_any_language(tmp_path: Path) -> None:
    """A list without a language joins one without a language, and stands beside those with one."""
    folder = read(tmp_path, ENTRY + "keywords: [wheel]\n", gouda="keywords: [mild]\n", gouda__fr="keywords: {fr: [dé]}")
    assert folder.catalogue.entries["gouda"].keywords == {"und": ("wheel", "mild"), "fr": ("dé",)}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("keyword: [a]\n", (1, "unknown-key")),
        ("- a\n", (1, "not-a-mapping")),
        ("keywords:\n  en: mild\n", (2, "not-a-list")),
        ("keywords:\n  english:\n    - mild\n", (2, "bad-language")),
        ("keywords: mild\n", (1, "not-a-list")),
        ("keywords: {en: [a, {b: c}]}\n", (1, "not-a-text")),
    ],
)
def test_mistakes_are_told_where_they_stand(tmp_path: Path, text: str, error: tuple[int, str]) -> None:
    """What is wrong in a file of phrases is an error at its own place."""
    assert errors(read(tmp_path, ENTRY, gouda=text)) == [("phrasings/gouda.yaml", *error)]


def test_phrases_of_nothing(tmp_path: Path) -> None:
    """Phrases of an entry that is not there are an error that names the entry that may be meant."""
    folder = read(tmp_path, ENTRY, guoda="keywords: [mild]\n")
    assert errors(folder) == [("phrasings/guoda.yaml", 1, "unknown-id")]
    assert any("'gouda'" in one.advice for one in folder.findings)


def test_phrases_of_an_unreadable_entry(tmp_path: Path) -> None:
    """An entry that cannot be read is not missed a second time by its phrases."""
    assert [code for *_, code in errors(read(tmp_path, ENTRY + "nme: x\n", gouda="keywords: [a]\n"))] == ["unknown-key"]


def test_an_entry_may_stand_there(tmp_path: Path) -> None:
    """In a folder of that name, what has a name is an entry like any other."""
    assert set(read(tmp_path, ENTRY, brie="name: Brie\nsummary: Soft.\n").catalogue.entries) == {"brie", "gouda"}


def test_synonyms_by_language(tmp_path: Path) -> None:
    """Synonyms in files by language are one set of groups with those of ``synonyms.yaml``."""
    (tmp_path / "synonyms").mkdir()
    (tmp_path / "gouda.yaml").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "synonyms.yaml").write_text("en: [cheese fromage]\n", encoding="utf-8")
    (tmp_path / "synonyms" / "en.yaml").write_text("en:\n  - round wheel\n", encoding="utf-8")
    (tmp_path / "synonyms" / "fr.yaml").write_text("fr:\n  - lait crème\n", encoding="utf-8")
    folder = read_folder(tmp_path)
    assert not errors(folder)
    assert folder.catalogue.synonyms == {"en": ("round wheel", "cheese fromage"), "fr": ("lait crème",)}


_LISTS = st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=4), min_size=1, max_size=4)


@given(own=_LISTS, parts=st.lists(_LISTS, max_size=4))
def test_each_phrase_is_where_it_is_said_to_be(own: list[str], parts: list[list[str]]) -> None:
    """Of any number of parts, each item of the joined list is found in its file and line."""
    texts = ["keywords:\n  en:\n" + "".join(f"    - '{one}'\n" for one in listed) for listed in (own, *parts)]
    documents = [read_documents(text, str(number)).documents[0] for number, text in enumerate(texts)]
    document, value = with_phrases(documents[0], documents[1:], ["keywords"])
    joined = [one for listed in (own, *parts) for one in listed]
    assert value["keywords"] == {"en": joined}
    for number, one in enumerate(joined):
        place = document.place("keywords", "en", number)
        assert f"'{one}'" in texts[int(place.path)].split("\n")[place.line - 1]
