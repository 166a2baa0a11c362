"""What was compiled is kept in the data folder and used again, and never instead of what the folder says now."""

from __future__ import annotations

import ast
import json
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot
from bot.editions import compilation, kept
from bot.editions.columns.packing import pack
from bot.editions.columns.plain import ALIGNED, NotPlain
from bot.editions.columns.unpacking import Broken, unpack
from bot.editions.compilation import compile_folder
from bot.editions.kept import MOST, UNREAD, Kept
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


def test_phrases_are_asked_once(folder: Path, store: Kept, write: Write, asked: list[str]) -> None:
    """Again only when something changes that a matcher reads; what was reviewed in between counts at once."""
    lost = BRIE + "accept_overlap: {danger: it is about bad cheese}\n"
    write(brie=BRIE.replace("Which cheese is soft?", "I ate a bad cheese"))
    first = checked(folder, store)
    assert "I ate a bad cheese" in asked
    assert len(first) == 1
    asked.clear()
    assert checked(folder, store) == first
    write(gouda=f"{GOUDA}sources: [A book.]\nas_of: 2012\nreviewed_on: 2026-01-01\n")
    assert checked(folder, store) == first
    write(brie=lost.replace("Which cheese is soft?", "I ate a bad cheese"))
    assert checked(folder, store) == set()
    assert asked == []
    write(gouda=GOUDA.replace("yellow", "red"))
    checked(folder, store)
    assert "I ate a bad cheese" in asked


def test_of_one_file_only_its_own_phrases_are_asked(folder: Path, store: Kept, asked: list[str]) -> None:
    """And a check of the folder asks all of them all the same."""
    compile_folder(folder, only="knowledge/gouda.yaml", kept=store)
    assert asked == ["Gouda", "GDA"]
    checked(folder, store)
    assert "Brie" in asked


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
