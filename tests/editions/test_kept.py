"""What was compiled is kept in the data folder and used again, and never instead of what the folder says now."""

from __future__ import annotations

import ast
import gc
import json
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot
from bot.editions import compilation, kept
from bot.editions.checks.verdicts import UNREAD
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
    from bot.editions.edition import Edition
    from bot.matching.decision import Decision
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


def checked(folder: Path, store: Kept) -> set[str]:
    """Return what an editor is told about a folder, without the lengths of these short summaries."""
    edition = compile_folder(folder, kept=store)
    return {f"{one.code}: {one.message}" for one in edition.findings if one.code in ("not-found", "not-alone")}


def files(store: Kept) -> list[Path]:
    """Return what is in the store."""
    return sorted(store.home.iterdir()) if store.home.exists() else []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the phrases that checks ask from now on."""
    texts: list[str] = []
    decide = Matcher.decide

    def listening(matcher: Matcher, question: Question) -> Decision:
        if question.bare:
            texts.append(question.text)
        return decide(matcher, question)

    monkeypatch.setattr(Matcher, "decide", listening)
    return texts


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


def test_nothing_is_left_behind_in_memory(folder: Path, store: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """What wrote or read a kept edition is gone with it, without a search for objects that hold one another."""
    monkeypatch.setattr(gc, "freeze", lambda: None)
    gc.collect()
    monkeypatch.setattr(gc, "enable", lambda: None)  # such a search would find them
    opened(folder, store)
    opened(folder, store)
    left = {
        type(one).__name__ for one in gc.get_objects() if str(type(one).__module__).startswith("bot.editions.columns")
    }
    monkeypatch.undo()
    gc.enable()
    assert left == set()


def test_phrases_are_asked_once(folder: Path, store: Kept, write: Write, asked: list[str]) -> None:
    """Again only when something changes on which it hangs what they find; what was reviewed counts at once."""
    lost = BRIE.replace("Which cheese is soft?", "I ate a bad cheese")
    write(brie=lost)
    first = checked(folder, store)
    assert "I ate a bad cheese" in asked
    assert len(first) == 1
    asked.clear()
    assert checked(folder, store) == first
    write(gouda=f"{GOUDA}sources: [A book.]\nas_of: 2012\nreviewed_on: 2026-01-01\n")
    assert checked(folder, store) == first
    write(brie=lost + "accept_overlap: {danger: it is about bad cheese}\n")
    assert checked(folder, store) == set()
    assert asked == []


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({"gouda": GOUDA.replace("yellow", "red")}, {"Gouda", "GDA"}),
        ({"gouda": GOUDA.replace("keywords: [", "keywords: [brie, ")}, {"Gouda", "GDA", "Brie"}),
        ({"gouda": f"{GOUDA}aliases: [fromage jaune]\n"}, {"Gouda", "GDA", "fromage jaune", "fromage de Meaux"}),
        ({"feta": "name: Feta\nsummary: It is white.\n"}, {"Feta"}),
        ({"synonyms": "en: [soft creamy]\n"}, {"Gouda", "GDA", "Brie", "fromage de Meaux", "Which cheese is soft?"}),
    ],
    ids=["own entry", "same phrase", "name with its word", "new entry", "synonyms"],
)
def test_what_is_asked_again(
    folder: Path, write: Write, asked: list[str], change: dict[str, str], again: set[str]
) -> None:
    """The phrases of the entry that changed, and those elsewhere that hang on what changed."""
    store = Kept(folder.parent / "data")
    checked(folder, store)
    asked.clear()
    write(**change)
    found = checked(folder, store)
    assert set(asked) - {"soft cheese", "blue cheese"} == again
    assert found == checked(folder, Kept(folder / "none"))


def test_of_one_file_nothing_is_asked(folder: Path, store: Kept, write: Write, asked: list[str]) -> None:
    """What the last check of the folder found is told, and how much of the file it does not know."""
    write(brie=BRIE.replace("Which cheese is soft?", "I ate a bad cheese"))
    checked(folder, store)
    asked.clear()
    found = compile_folder(folder, only="knowledge/brie.yaml", kept=store).findings
    assert [one.line for one in found if one.code == "not-found"] == [5]
    write(brie=f"{BRIE}aliases: [Bree]\n".replace("aliases: {fr: [fromage de Meaux]}\n", ""))
    found = compile_folder(folder, only="knowledge/brie.yaml", kept=store).findings
    assert [one.message[:1] for one in found if one.code == "not-tried"] == ["3"]
    assert asked == []


def test_phrases_of_danger_that_cannot_be_read_are_found_in_one_file(folder: Path, store: Kept, write: Write) -> None:
    """They are errors, whatever else is left out."""
    write(danger=DANGER.replace("[i ate a bad/mouldy cheese*]", "['@nobody ate']"))
    found = compile_folder(folder, only="knowledge/danger.yaml", kept=store).errors
    assert [one.code for one in found] == ["unreadable-phrase"]
    assert not compile_folder(folder, only="knowledge/brie.yaml", kept=store).errors


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": ["other", 3, "", ""]}', '{"a": [1, 2]}'])
def test_broken_notes_are_no_notes(folder: Path, store: Kept, asked: list[str], text: str) -> None:
    """Then everything is asked, as it is the first time."""
    first = checked(folder, store)
    (note,) = store.home.glob("*.asked")
    note.write_text(text)
    asked.clear()
    assert checked(folder, store) == first
    assert "Brie" in asked


def test_an_entry_that_was_found_and_is_gone(folder: Path, store: Kept, write: Write) -> None:
    """A phrase that found it is asked again, whatever else is the same."""
    checked(folder, store)
    (note,) = store.home.glob("*.asked")
    note.write_text(json.dumps({ground: ["other", ["gone"], "", ""] for ground in json.loads(note.read_text())}))
    assert checked(folder, store) == checked(folder, Kept(folder / "none"))


def test_a_matcher_reads_nothing_of_what_does_not_count() -> None:
    """The parts of an entry by which asked phrases are not told apart stand nowhere in the matcher's modules."""
    inside = (names["__all__"] for names in UNREAD.values() if isinstance(names, dict))
    unread = {name for name, what in UNREAD.items() if what is True}.union(*inside)
    home = Path(bot.__file__).parent / "matching"
    for path in home.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        assert read.isdisjoint(unread), path


def test_a_bare_question_is_decided_alike(folder: Path) -> None:
    """By the same rule, for the same entry, with the same fact, link and language."""
    matcher = opened(folder, Kept(folder / "none")).matcher
    for phrase in matcher.phrases:
        bare, full = (matcher.decide(Question(phrase.text, phrase.language, bare=one)) for one in (True, False))
        told = [
            (
                type(one),
                one.rule,
                one.language,
                one.confidence,
                *(getattr(one, name, None) for name in ("entry", "fact")),
            )
            for one in (bare, full)
        ]
        assert told[0] == told[1]
