"""What was compiled is kept in the data folder and used again, and never instead of what the folder says now."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

import pytest

from bot.editions import compilation, kept
from bot.editions.columns.packing import pack
from bot.editions.columns.plain import ALIGNED, NotPlain
from bot.editions.columns.unpacking import Broken, unpack
from bot.editions.compilation import compile_folder
from bot.editions.kept import MOST, Kept
from bot.knowledge.folder import read_folder
from bot.matching.decision import Question
from bot.matching.matcher import Matcher
from bot.settings import default_knowledge_dir

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions.edition import Edition
    from tests.knowledge.conftest import Write

BOT = "title: Cheese\nlanguages: [en, fr]\n"
BRIE = """
name: Brie
aliases: {fr: [fromage de Meaux]}
keywords: {en: [soft cheese, white rind]}
questions: {en: [Which cheese is soft?]}
summary: It is soft.
facts: [{about: founded, value: "1790", text: It was made in 1790 for the first time.}]
"""
GOUDA = "name: Gouda\nacronyms: [GDA]\nkeywords: [hard cheese, yellow wheel]\nsummary: It is hard.\n"
DANGER = (
    "kind: help\nname: Help\nreply: Call.\nkeywords: {en: [i ate a bad/mouldy cheese*]}\nlines: [{number: '112'}]\n"
)
GOLDEN = "- {q: soft cheese, want: brie}\n- {q: blue cheese, want: gouda}\n"
ASKED = (
    "brie",
    "gda",
    "sofft chese",
    "which is hard",
    "when was brie founded",
    "i ate a bad cheese",
    "x",
    "and gouda?",
)


@pytest.fixture
def folder(write: Write) -> Path:
    """Return a folder with everything that a matcher is made of."""
    synonyms = "en: [soft creamy mild]\n"
    return write(bot=BOT, brie=BRIE, gouda=GOUDA, danger=DANGER, golden=GOLDEN, synonyms=synonyms)


@pytest.fixture
def store(tmp_path: Path) -> Kept:
    """Return a store in a data folder that is not there yet."""
    return Kept(tmp_path / "data")


@pytest.fixture
def never_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a matcher is made and not read."""

    def fail(*_: object, **__: object) -> None:
        pytest.fail("it was compiled")

    monkeypatch.setattr(compilation, "Matcher", fail)


def opened(folder: Path, store: Kept) -> Edition:
    """Return a folder as a command opens it."""
    return compile_folder(folder, thorough=False, kept=store)


def files(store: Kept) -> list[Path]:
    """Return what is in the store."""
    return sorted(store.home.iterdir()) if store.home.exists() else []


def told(edition: Edition) -> list[object]:
    """Return what an edition decides, lists and found."""
    decided = [edition.matcher.decide(Question(text)) for text in ASKED]
    return [*decided, edition.matcher.look_up(Question("go", as_typed=True)), edition.findings, edition.revision]


def test_what_is_kept_answers_as_what_was_compiled(folder: Path, store: Kept) -> None:
    """Every decision with all its figures is the same, and so are the findings."""
    compiled = opened(folder, store)
    assert len(files(store)) == 1
    assert told(opened(folder, store)) == told(compiled) == told(compile_folder(folder, thorough=False))


@pytest.mark.usefixtures("never_compiling")
def test_an_entry_of_what_is_kept_is_that_of_the_catalogue(
    folder: Path, store: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read without compiling, and there is one object for each entry."""
    with monkeypatch.context() as patch:
        patch.setattr(compilation, "Matcher", Matcher)
        opened(folder, store)
    edition = opened(folder, store)
    assert getattr(edition.matcher.decide(Question("brie")), "entry", None) is edition.catalogue.entries["brie"]


def test_another_folder_program_or_name_is_compiled(
    folder: Path, store: Kept, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A changed byte, another version of the program and another name each have an edition of their own."""
    opened(folder, store)
    write(brie=BRIE.replace("white rind", "white crust"))
    assert "white crust" in {phrase.text for phrase in opened(folder, store).matcher.phrases}
    monkeypatch.setattr(kept, "program", lambda: "another version")
    opened(folder, store)
    assert len(files(store)) == MOST
    opened(folder.rename(tmp_path / "dairy"), store)
    assert len(files(store)) == MOST  # the oldest has gone


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "foreign", "nonsense"])
def test_what_is_odd_is_compiled(folder: Path, store: Kept, damage: str) -> None:
    """A damaged file is no edition, nor is one that is whole and says something else."""
    compiled = told(opened(folder, store))
    (file,) = files(store)
    data = file.read_bytes()
    other = b"".join(pack(["no matcher"], read_folder(folder).catalogue, []))
    file.write_bytes(
        {
            "cut": data[:-100],
            "flipped": data[:2000] + bytes([data[2000] ^ 1]) + data[2001:],
            "empty": b"",
            "foreign": other + blake2b(other, digest_size=32).digest(),
            "nonsense": b"x" * 64 + blake2b(b"x" * 64, digest_size=32).digest(),
        }[damage]
    )
    assert told(opened(folder, store)) == compiled
    assert file.read_bytes() == data


def test_nothing_in_a_file_is_run(folder: Path) -> None:
    """A class or function that is not the matcher's is never looked up, whatever a file says."""
    catalogue = read_folder(folder).catalogue
    for node in (["function", ["text", 0]], ["enum", "os:system", ["none", 0]], ["object", 0]):
        head = {
            "note": [], "root": node, "texts": ["os:system"], "arrays": [["<i4", [1]]],
            "classes": [["subprocess:Popen", [], 1, []]] if node[0] == "object" else [],
        }  # fmt: skip
        written = json.dumps(head).encode()
        with pytest.raises(Broken):
            unpack(len(written).to_bytes(ALIGNED, "little") + written + bytes(ALIGNED), catalogue)


def test_what_is_not_plain_is_not_kept(folder: Path, store: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a matcher holds something unknown, it is served and nothing is left behind."""
    read = read_folder(folder)
    with pytest.raises(NotPlain):
        b"".join(pack([object()], read.catalogue, []))
    matcher = Matcher(tuple(read.catalogue.entries.values()))
    matcher.unheard = (object(),)  # type: ignore[assignment]
    store.keep(read, matcher, ())
    assert files(store) == []


def test_a_data_folder_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    """The folder is opened all the same."""
    (tmp_path / "file").write_text("no folder")
    assert opened(folder, Kept(tmp_path / "file")).catalogue.entries


def test_a_folder_that_cannot_be_served_is_not_kept(folder: Path, store: Kept, write: Write) -> None:
    """Neither one with errors of form, nor one that misses a question that it must answer."""
    write(golden="- {q: blue cheese, want: gouda, must: true}\n")
    assert opened(folder, store).errors
    write(golden=GOLDEN, brie="name: [\n")
    assert opened(folder, store).errors
    assert files(store) == []


def test_the_age_of_reviews_is_measured_anew(folder: Path, store: Kept, write: Write) -> None:
    """What depends on the day is not kept."""
    write(gouda=f"{GOUDA}reviewed_on: 2020-01-01\n")
    first, second = opened(folder, store), opened(folder, store)
    assert first.findings == second.findings
    assert "old-review" in {one.code for one in second.findings}


def test_the_shipped_folder_is_kept_whole(store: Kept) -> None:
    """Its golden questions are decided alike in every figure, before and after."""
    compiled, read = (opened(default_knowledge_dir(), store) for _ in range(2))
    assert len(files(store)) == 1
    assert compiled.findings == read.findings
    for golden in compiled.catalogue.golden:
        one, other = (edition.matcher.decide(Question(golden.q, golden.lang)) for edition in (compiled, read))
        assert one == other
