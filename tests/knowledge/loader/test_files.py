"""Which files count, and what is said about those that cannot be read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bot.knowledge.folder import read_folder
from bot.knowledge.loader import files
from bot.knowledge.loader.files import digest, list_files, read_text

GOOD = "name: Good\nsummary: Something.\n"


def codes(folder: Path) -> list[tuple[str, str, str]]:
    """Return path, severity and code of the findings in a folder, but for the note about bot.yaml."""
    found = read_folder(folder).findings
    return [(one.path, str(one.severity), one.code) for one in found if one.code != "no-bot-file"]


def test_every_yaml_file_counts(tmp_path: Path) -> None:
    """Files in subfolders count, .yml too; hidden ones, backups and other kinds do not."""
    for name in ("b.yaml", "a.yml", "sub/c.YAML", ".hidden.yaml", ".git/d.yaml", "e.yaml~", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    assert [file.inside for file in list_files(tmp_path).files] == ["a.yml", "b.yaml", "sub/c.YAML"]


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there, is a file, or holds nothing is one error."""
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    assert codes(tmp_path / "nowhere") == [("nowhere", "error", "no-folder")]
    assert codes(tmp_path / "file") == [("file", "error", "no-folder")]
    assert codes(tmp_path / "empty") == [("empty", "error", "empty-folder")]


@pytest.mark.parametrize(
    ("data", "severity", "code", "place"),
    [
        (b"", "error", "empty-file", (1, 1)),
        (b" \n\n", "error", "empty-file", (1, 1)),
        (b"# later\n", "warning", "empty-file", (1, 1)),
        ("name: Genève\n".encode("latin-1"), "error", "not-utf8", (1, 10)),
        ("a: é\nb: ".encode() + b"\xff\n", "error", "not-utf8", (2, 4)),
        (GOOD.encode("utf-16"), "error", "not-utf8", (1, 1)),
        (b"\xef\xbb\xbf" + GOOD.encode(), "note", "byte-order-mark", (1, 1)),
        (b"name: G\x00ood\nsummary: x\n", "error", "control-character", (1, 8)),
        ("name: x\nsummary: a\u2028b\n".encode(), "error", "control-character", (2, 11)),
    ],
)
def test_bytes(tmp_path: Path, data: bytes, severity: str, code: str, place: tuple[int, int]) -> None:
    """Bytes that are no good text are found where they stand, and good files beside them are read."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "x.yaml").write_bytes(data)
    folder = read_folder(tmp_path)
    (found,) = [one for one in folder.findings if one.code != "no-bot-file"]
    assert (str(found.severity), found.code, (found.line, found.column)) == (severity, code, place)
    assert found.path == f"{tmp_path.name}/x.yaml"
    assert "good" in folder.catalogue.entries


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path: Path, end: str) -> None:
    """Files from any system are read alike, with the same line numbers."""
    (tmp_path / "x.yaml").write_bytes(f"name: One{end}summary: >-{end}  a{end}  b{end}".encode())
    folder = read_folder(tmp_path)
    assert folder.catalogue.entries["x"].summary == {"und": "a b"}
    assert folder.place("x", "summary").line == 2


def test_linked_files_are_read(tmp_path: Path) -> None:
    """A link to a file in the folder is followed, as containers mount them; one to nothing or to a folder is told."""
    inside = tmp_path / "knowledge"
    (inside / "..data").mkdir(parents=True)
    (inside / "..data" / "x.yaml").write_text(GOOD)
    (inside / "x.yaml").symlink_to(Path("..data") / "x.yaml")
    (inside / "y.yaml").symlink_to(tmp_path / "nothing.yaml")
    (inside / "round").symlink_to(inside)
    (tmp_path / "linked").symlink_to(inside)
    for name in ("knowledge", "linked"):
        assert codes(tmp_path / name) == [
            ("knowledge/round", "warning", "linked-folder"),
            ("knowledge/y.yaml", "error", "broken-link"),
        ]
        assert list(read_folder(tmp_path / name).catalogue.entries) == ["x"]


def test_what_is_outside_of_the_folder_is_not_read(tmp_path: Path) -> None:
    """A link that leads out of the folder, straight or by another link, is an error and nothing of the file is seen."""
    inside = tmp_path / "knowledge"
    inside.mkdir()
    (tmp_path / "private.yaml").write_text(GOOD)
    (tmp_path / "knowledge2").mkdir()
    (tmp_path / "knowledge2" / "x.yaml").write_text(GOOD)
    (inside / "a.yaml").symlink_to(tmp_path / "private.yaml")
    (inside / "b.yaml").symlink_to(inside / "a.yaml")
    (inside / "c.yaml").symlink_to(Path("..") / "knowledge2" / "x.yaml")
    assert codes(inside) == [(f"knowledge/{name}.yaml", "error", "linked-outside") for name in "abc"]
    assert not list_files(inside).files


def test_folders_in_folders_are_bounded(tmp_path: Path) -> None:
    """However deep they stand inside one another it is one error, and what stands above is read."""
    folder = tmp_path
    for number in range(600):
        folder = folder / "f"
        folder.mkdir()
        if number == files.MAX_FOLDERS - 1:
            (folder / "x.yaml").write_text(GOOD)
    assert [(one[1], one[2]) for one in codes(tmp_path)] == [("error", "too-deep")]
    assert list(read_folder(tmp_path).catalogue.entries) == ["x"]


def test_what_is_not_a_file(tmp_path: Path) -> None:
    """A folder or pipe with the name of a YAML file is an error, and nothing waits for it."""
    (tmp_path / "x.yaml").mkdir()
    (tmp_path / "x.yaml" / "inside.yaml").write_text(GOOD)
    os.mkfifo(tmp_path / "y.yaml")
    name = tmp_path.name
    assert codes(tmp_path) == [(f"{name}/x.yaml", "error", "not-a-file"), (f"{name}/y.yaml", "error", "not-a-file")]
    assert list(read_folder(tmp_path).catalogue.entries) == ["inside"]


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses to open is one error with the system's reason."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "x.yaml").write_text(GOOD)
    real = Path.open

    def refuse(path: Path, mode: str) -> object:
        if path.name == "x.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, mode)

    monkeypatch.setattr(Path, "open", refuse)  # whoever runs the tests may be allowed to read everything
    (found,) = [one for one in read_folder(tmp_path).findings if one.severity == "error"]
    assert (found.path, found.code) == (f"{tmp_path.name}/x.yaml", "unreadable")
    assert "permission denied" in found.message


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subfolder that the system refuses to list is one error."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "sub").mkdir()
    real = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert codes(tmp_path) == [(f"{tmp_path.name}/sub", "error", "unreadable")]


def test_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is not read, nor a folder whose files are too much together."""
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "x.yaml").write_text("#" * 101)
    assert codes(tmp_path) == [(f"{tmp_path.name}/x.yaml", "error", "too-large")]
    monkeypatch.setattr(files, "MAX_FOLDER_BYTES", 120)
    assert codes(tmp_path) == [(tmp_path.name, "error", "too-large")]


def test_digest_is_of_names_and_bytes(tmp_path: Path) -> None:
    """The digest changes with any file's name or content, and not with the folder's name."""
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        (folder / "x.yaml").write_text(GOOD)
    assert digest(one) == digest(two) == read_folder(one).revision
    (two / "x.yaml").rename(two / "y.yaml")
    assert digest(one) != digest(two)
    (one / "x.yaml").write_text(f"{GOOD} ")
    assert digest(one) != read_folder(two).revision


def test_changing_files_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that changes while it is read is read again; one that never rests is an error."""
    path = tmp_path / "x.yaml"
    path.write_text(GOOD)
    changes = [1]

    def read(data: bytes, shown: str) -> object:
        if changes:
            path.write_text(GOOD + "#" * changes.pop())
        return read_text(data, shown)

    monkeypatch.setattr("bot.knowledge.loader.reader.read_text", read)
    folder = read_folder(tmp_path)
    assert folder.revision == digest(tmp_path)
    assert not folder.has_errors
    changes[:] = [5, 4, 3]
    assert [one.code for one in read_folder(tmp_path).findings if one.severity == "error"] == ["changing"]
