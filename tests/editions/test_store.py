"""Reloading is a transaction, and the last good folder survives a bad edit."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from weakref import ref

import pytest

from bot.editions import compilation, store
from bot.editions.last_good import LastGood
from bot.editions.store import EditionStore, NothingToServe
from bot.matching.decision import Answer, Help, Question

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from bot.knowledge.finding import Reload
    from tests.knowledge.conftest import Write

BOT = "title: Cheese\nlanguages: [en]\n"
BRIE = "name: Brie\nsummary: It is soft.\n"
GOUDA = "name: Gouda\nsummary: It is hard.\n"


@pytest.fixture
def folder(write: Write) -> Path:
    """Return a folder with two entries."""
    return write(bot=BOT, brie=BRIE, gouda=GOUDA)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Return a data folder that is not there yet."""
    return tmp_path / "data" / "bot"


def codes(reload: Reload) -> list[str]:
    """Return the codes of the errors and warnings, but for the length of these short summaries."""
    return [one.code for one in reload.findings if one.severity != "note" and one.code != "summary-length"]


def ids(edition: Edition) -> list[str]:
    """Return the ids of an edition's entries."""
    return list(edition.catalogue.entries)


def test_open_and_ask(folder: Path) -> None:
    """A good folder is served, without any data folder."""
    opened = EditionStore.open(folder)
    decision = opened.edition.matcher.decide(Question("brie"))
    assert isinstance(decision, Answer)
    assert decision.entry.id == "brie"
    assert not opened.standing_in


def test_reload_tells_what_changed(folder: Path, write: Write) -> None:
    """A good edit is swapped in whole, with the ids added, removed and changed."""
    opened = EditionStore.open(folder)
    before = opened.edition
    (folder / "brie.yaml").unlink()
    write(gouda="name: Gouda\nsummary: It is Dutch.\n", feta="name: Feta\nsummary: It is salty.\n")
    reload = opened.reload()
    assert reload.swapped
    assert (reload.added, reload.removed, reload.changed) == (("feta",), ("brie",), ("gouda",))
    assert ids(opened.edition) == ["feta", "gouda"]
    assert opened.edition.revision != before.revision
    assert ids(before) == ["brie", "gouda"]


def test_the_old_edition_is_freed(folder: Path, write: Write) -> None:
    """Nothing holds on to an edition that is no longer served, so that reloads do not fill the memory."""
    opened = EditionStore.open(folder)
    matcher, entry = ref(opened.edition.matcher), ref(opened.edition.catalogue.entries["brie"])
    write(feta="name: Feta\nsummary: It is salty.\n")
    opened.reload()
    assert matcher() is None
    assert entry() is None


def test_a_reload_takes_over_what_is_made_of_the_same(folder: Path, write: Write) -> None:
    """Who listens for danger and how people ask, until the help entries or the attributes change."""
    helping = "kind: help\nname: Help\nreply: Call.\nlines: [{number: '112'}]\nkeywords: {en: [i was eaten]}\n"
    write(help=helping)
    opened = EditionStore.open(folder)
    first = opened.edition.matcher.parts
    write(gouda=f"{GOUDA}keywords: [yellow wheel]\n")
    assert opened.reload().changed == ("gouda",)
    second = opened.edition.matcher.parts
    assert second.danger is first.danger
    assert second.parser.detector is first.parser.detector
    assert isinstance(opened.edition.matcher.decide(Question("i was eaten")), Help)
    write(
        help=helping.replace("eaten", "bitten"),
        attributes="smell: {label: {en: Smell}, asks: {en: [how does it smell]}}\n",
    )
    assert opened.reload().swapped
    third = opened.edition.matcher.parts
    assert third.parser.detector is not first.parser.detector
    assert not isinstance(opened.edition.matcher.decide(Question("i was eaten")), Help)
    assert isinstance(opened.edition.matcher.decide(Question("i was bitten")), Help)


def test_reload_tells_which_files_beside_the_entries_changed(folder: Path, write: Write) -> None:
    """What the bot says about itself, or is asked to prove itself by, is a change like any other."""
    opened = EditionStore.open(folder)
    write(bot="title: Goat cheese\nlanguages: [en]\n")
    assert opened.reload().changed == ("bot.yaml",)
    write(brie="name: Brie\nsummary: It is French.\n", golden="- {q: brie, want: brie}\n")
    assert opened.reload().changed == ("brie", "golden.yaml")
    assert opened.reload().changed == ()


def test_whoever_follows_takes_each_edition_that_is_served(folder: Path, write: Write) -> None:
    """The current one at once, and none that has errors."""
    opened = EditionStore.open(folder)
    taken: list[list[str]] = []
    opened.follow(lambda edition: taken.append(ids(edition)))
    write(feta="[")
    opened.reload()
    write(feta="name: Feta\nsummary: It is salty.\n")
    opened.reload()
    assert taken == [["brie", "gouda"], ["brie", "feta", "gouda"]]


def test_an_edition_that_cannot_be_taken_is_not_served(folder: Path, write: Write) -> None:
    """The one before goes on, with everything that answers from it."""
    opened = EditionStore.open(folder)

    def take(edition: Edition) -> None:
        if "feta" in edition.catalogue.entries:
            raise ZeroDivisionError

    opened.follow(take)
    write(feta="name: Feta\nsummary: It is salty.\n")
    with pytest.raises(ZeroDivisionError):
        opened.reload()
    assert ids(opened.edition) == ["brie", "gouda"]


def test_reload_of_the_same(folder: Path) -> None:
    """Nothing changed is a good reload, too."""
    opened = EditionStore.open(folder)
    reload = opened.reload()
    assert (reload.swapped, reload.added, reload.removed, reload.changed) == (True, (), (), ())


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("brie", "name: Brie\nsummary: 'half writ", "syntax"),
        ("brie", "", "empty-file"),
        ("brie", "name: Brie\n", "missing-key"),
        ("gouda", "id: brie\nname: Gouda\nsummary: x\n", "duplicate-id"),
        ("golden", "- {q: brie, want: gouda, must: true}\n", "golden"),
    ],
)
def test_a_bad_edit_changes_nothing(folder: Path, write: Write, name: str, text: str, code: str) -> None:
    """On any error the old edition goes on, all findings are reported, and mending the file brings the new one."""
    opened = EditionStore.open(folder)
    before = opened.edition
    good = BRIE if name == "brie" else GOUDA if name == "gouda" else "[]"
    write(**{name: text})
    reload = opened.reload()
    assert not reload.swapped
    assert code in codes(reload)
    assert opened.edition is before
    assert opened.findings == reload.findings
    write(**{name: good})
    assert opened.reload().swapped


def test_broken_danger_phrases_change_nothing(folder: Path, write: Write) -> None:
    """With a group renamed, and its uses not, nobody who writes these words would be heard: the old edition goes on."""
    help_entry = (
        "kind: help\nname: Help\nreply: Call.\nlines: [{number: 1}]\nkeywords:\n  en:\n  - '@me = me/my'\n  - hit @me\n"
    )
    write(help=help_entry)
    opened = EditionStore.open(folder)
    write(help=help_entry.replace("@me =", "@myself ="))
    reload = opened.reload()
    assert not reload.swapped
    (error,) = (one for one in reload.findings if one.severity == "error")
    assert (error.code, error.path, error.line) == ("unreadable-phrase", "knowledge/help.yaml", 8)
    assert isinstance(opened.edition.matcher.decide(Question("they hit me")), Help)


def test_folder_gone(folder: Path) -> None:
    """A folder that vanished is an error like any other."""
    opened = EditionStore.open(folder)
    shutil.rmtree(folder)
    assert codes(opened.reload()) == ["no-folder"]
    assert ids(opened.edition) == ["brie", "gouda"]


def test_a_failing_program_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if compiling itself fails, the old edition goes on and somebody is told."""
    opened = EditionStore.open(folder)

    def fail(folder: Path, **_: object) -> Edition:
        raise ZeroDivisionError

    monkeypatch.setattr(store, "compile_folder", fail)
    reload = opened.reload()
    assert (reload.swapped, codes(reload)) == (False, ["program-failed"])
    assert ids(opened.edition) == ["brie", "gouda"]


def test_nothing_to_serve(write: Write, data_dir: Path) -> None:
    """A broken folder and no earlier one: the findings say why."""
    with pytest.raises(NothingToServe, match="1 error") as raised:
        EditionStore.open(write(brie="name: Brie\n"), data_dir)
    assert [one.code for one in raised.value.findings if one.severity == "error"] == ["missing-key"]


def test_the_last_good_folder_stands_in(
    folder: Path, write: Write, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A start after a bad edit serves the folder of before and says so; mending the file ends that."""
    revision = EditionStore.open(folder, data_dir).edition.revision
    write(brie="name: [", bot="title: Changed\nlanguages: [en]\n")
    opened = EditionStore.open(folder, data_dir)
    assert opened.standing_in
    assert opened.edition.revision == revision
    assert opened.edition.catalogue.bot.title == {"und": "Cheese"}
    assert [one.code for one in opened.findings if one.severity == "error"] == ["syntax"]
    assert "serving the last good edition" in caplog.text
    assert "brie.yaml:2" in caplog.text
    assert not opened.reload().swapped
    assert opened.standing_in
    write(brie=BRIE)
    assert opened.reload().swapped
    assert not opened.standing_in


def test_the_copy_follows_good_reloads_only(folder: Path, write: Write, data_dir: Path) -> None:
    """What is kept is what was last served, subfolders and all, and only one copy."""
    opened = EditionStore.open(folder, data_dir)
    write(sub__feta="name: Feta\nsummary: It is salty.\n")
    opened.reload()
    write(sub__feta="name: Feta\n")
    opened.reload()
    again = EditionStore.open(folder, data_dir)
    assert again.standing_in
    assert ids(again.edition) == ["brie", "feta", "gouda"]
    (copy,) = (path for path in (data_dir / "last-good").iterdir() if path.is_dir())
    assert copy.name.startswith(again.edition.revision)


def test_the_same_folder_is_copied_once(folder: Path, data_dir: Path) -> None:
    """A start or reload without a change leaves the copy alone."""
    opened = EditionStore.open(folder, data_dir)
    (kept,) = (data_dir / "last-good").glob("*/knowledge/brie.yaml")
    before = kept.stat()
    opened.reload()
    EditionStore.open(folder, data_dir)
    assert kept.stat() == before


def test_a_folder_that_changes_while_it_is_copied(
    folder: Path, write: Write, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what was checked is kept: an edit between checking and copying leaves the earlier copy."""
    opened = EditionStore.open(folder, data_dir)
    first = (data_dir / "last-good" / "current").read_text()

    def compile_and_edit(folder: Path, **_: object) -> Edition:
        edition = compilation.compile_folder(folder)
        write(brie="name: Brie\nsummary: Edited in between.\n")
        return edition

    write(feta="name: Feta\nsummary: It is salty.\n")
    monkeypatch.setattr(store, "compile_folder", compile_and_edit)
    assert codes(opened.reload()) == ["copy-not-kept"]
    assert (data_dir / "last-good" / "current").read_text() == first


def test_without_a_bot_file_the_title_stays(write: Write, data_dir: Path) -> None:
    """The copy keeps the folder's name, which is its title where bot.yaml gives none."""
    folder = write(brie=BRIE)
    EditionStore.open(folder, data_dir)
    write(brie="[")
    assert EditionStore.open(folder, data_dir).edition.catalogue.bot.title == {"und": "knowledge"}


def test_data_dir_that_cannot_be_written(folder: Path, tmp_path: Path, write: Write) -> None:
    """Where no copy can be kept the bot serves all the same, and every reload says so."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    opened = EditionStore.open(folder, blocked)
    assert ids(opened.edition) == ["brie", "gouda"]
    assert [one.code for one in opened.findings if one.code == "copy-not-kept"]
    write(feta="name: Feta\nsummary: It is salty.\n")
    reload = opened.reload()
    assert (reload.swapped, codes(reload)) == (True, ["copy-not-kept"])


def test_full_disk_keeps_the_copy_of_before(
    folder: Path, write: Write, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up while copying leaves the earlier copy whole and no rubbish."""
    opened = EditionStore.open(folder, data_dir)
    before = sorted((data_dir / "last-good").iterdir())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    write(feta="name: Feta\nsummary: It is salty.\n")
    with monkeypatch.context() as patch:
        patch.setattr("bot.editions.last_good.shutil.copyfileobj", full)
        reload = opened.reload()
    assert (reload.swapped, codes(reload)) == (True, ["copy-not-kept"])
    assert sorted((data_dir / "last-good").iterdir()) == before
    write(brie="[")
    assert ids(EditionStore.open(folder, data_dir).edition) == ["brie", "gouda"]


def test_a_renamed_folder_never_leaves_no_copy(folder: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy of the same content under the earlier name counts until the new one is in place."""
    EditionStore.open(folder, data_dir)
    renamed = folder.rename(folder.with_name("renamed"))
    kept = LastGood(data_dir)

    def stop(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        assert [one.code for one in EditionStore.open(renamed, data_dir).findings if one.code == "copy-not-kept"]
    assert kept.folder
    assert kept.folder.name == "knowledge"
    assert (kept.folder / "brie.yaml").is_file()
    EditionStore.open(renamed, data_dir)
    assert kept.folder
    assert kept.folder.name == "renamed"


def test_a_damaged_copy_is_not_served(folder: Path, write: Write, data_dir: Path) -> None:
    """A copy that has errors itself, or a pointer to nothing, is as good as none."""
    EditionStore.open(folder, data_dir)
    (kept,) = (data_dir / "last-good").glob("*/knowledge/brie.yaml")
    kept.write_text("[")
    write(brie="[")
    with pytest.raises(NothingToServe):
        EditionStore.open(folder, data_dir)
    (data_dir / "last-good" / "current").write_text("nowhere\n")
    with pytest.raises(NothingToServe):
        EditionStore.open(folder, data_dir)


def test_two_reloads_at_once(folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first, so that the newer content wins."""
    opened = EditionStore.open(folder)
    started, go_on = Event(), Event()
    running: list[int] = []
    most: list[int] = []

    def slow(folder: Path, **_: object) -> Edition:
        running.append(1)
        most.append(len(running))
        started.set()
        assert go_on.wait(10)
        edition = compilation.compile_folder(folder)
        running.pop()
        return edition

    monkeypatch.setattr(store, "compile_folder", slow)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(opened.reload)
        assert started.wait(10)
        second = threads.submit(opened.reload)
        write(feta="name: Feta\nsummary: It is salty.\n")
        go_on.set()
        assert first.result(30).swapped
        assert second.result(30).swapped
    assert most == [1, 1]
    assert ids(opened.edition) == ["brie", "feta", "gouda"]


HELP_ENTRY = "kind: help\nname: Help\nreply: Call.\nkeywords:\n  en:\n  - '@me = me/my'\n  - hit @me\n"


def _cries(opened: EditionStore) -> bool:
    return isinstance(opened.edition.matcher.decide(Question("they hit me")), Help)


def test_a_copy_that_lost_something_is_not_served(
    folder: Path, write: Write, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A copy that could be served, but is not what was kept, is as good as none; the next good start makes it anew."""
    write(help=HELP_ENTRY)
    EditionStore.open(folder, data_dir)
    (kept,) = (data_dir / "last-good").glob("*/knowledge/gouda.yaml")
    kept.unlink()
    write(brie="[")
    with pytest.raises(NothingToServe):
        EditionStore.open(folder, data_dir)
    assert "not what was kept" in caplog.text
    write(brie=BRIE)
    EditionStore.open(folder, data_dir)
    write(brie="[")
    assert ids(EditionStore.open(folder, data_dir).edition) == ["brie", "gouda", "help"]


@pytest.mark.parametrize("change", ["entry", "phrases", "groups only"])
def test_losing_all_that_hears_somebody_in_danger_is_an_error(
    folder: Path, write: Write, data_dir: Path, change: str
) -> None:
    """At a reload and at a start what was served before goes on, until bot.yaml says that it is meant."""
    write(help=HELP_ENTRY)
    opened = EditionStore.open(folder, data_dir)
    if change == "entry":
        (folder / "help.yaml").unlink()
    else:
        kept = HELP_ENTRY.partition("keywords")[0] if change == "phrases" else HELP_ENTRY.replace("  - hit @me\n", "")
        write(help=kept)
    reload = opened.reload()
    assert not reload.swapped
    assert "nobody-heard" in codes(reload)
    assert _cries(opened)
    again = EditionStore.open(folder, data_dir)
    assert again.standing_in
    assert _cries(again)
    assert "nobody-heard" in [one.code for one in again.findings]
    write(bot=BOT + "help: none\n")
    assert again.reload().swapped
    assert not _cries(again)
    assert not EditionStore.open(folder, data_dir).standing_in


def test_what_never_heard_anybody_in_danger_is_a_folder_like_any_other(folder: Path, data_dir: Path) -> None:
    """Another subject needs no help entry, and nothing in bot.yaml says so."""
    opened = EditionStore.open(folder, data_dir)
    assert opened.reload().swapped
    assert not EditionStore.open(folder, data_dir).standing_in


def test_the_data_folder_is_its_owners_alone(folder: Path, data_dir: Path) -> None:
    """Whatever the umask, nobody else may enter what the bot makes; folders around it are left to the system."""
    before = os.umask(0o022)
    try:
        EditionStore.open(folder, data_dir)
    finally:
        os.umask(before)
    inside = [path for path in data_dir.iterdir() if path.is_dir()]
    assert {path.name for path in inside} == {"compiled", "last-good"}
    assert {path.stat().st_mode & 0o777 for path in (data_dir, *inside)} == {0o700}
    assert data_dir.parent.stat().st_mode & 0o777 == 0o755
