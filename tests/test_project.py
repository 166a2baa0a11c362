"""What the project says about itself is true."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.cli import cli
from bot.knowledge.schema import schema
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
SETTINGS = [name.upper() for name in Settings.model_fields]

MAY_IMPORT = {
    "knowledge": set(),
    "matching": {"knowledge"},
    "replies": {"knowledge", "matching"},
    "editions": {"knowledge", "matching", "replies", "limits", "data_folder"},
    "evaluation": {"knowledge", "matching", "replies", "editions"},
    "telegram_app": {"knowledge", "matching", "replies", "editions", "limits", "settings", "tokens", "data_folder"},
    "standin": set(),
    "chat": {"standin", "editions", "telegram_app", "settings"},
}
"""Which parts of ``bot`` a package may import beside itself: the one direction in which data flows."""


def imported(path: Path) -> list[str]:
    """Return the modules of ``bot`` that a file imports, for whatever it needs them, without the package's name."""
    modules: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
    return [
        module.removeprefix("bot.") for module in modules if module.startswith("bot.") and module != "bot.__version__"
    ]


def shell_commands() -> list[str]:
    """Return the blocks of the README that are meant to be copied into a shell."""
    return re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def normalised(name: str) -> str:
    """Return the name of a distribution as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    """Return the distributions that requirements name."""
    return {normalised(re.split(r"[^A-Za-z0-9._-]", requirement)[0]) for requirement in requirements}


# Settings and commands


def test_the_example_settings_are_all_settings_in_their_order() -> None:
    """Each with a line above that says what it is, and none turned on."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    found = [index for index, line in enumerate(lines) if re.match(r"#?[A-Z_]+=", line)]
    assert [lines[index].strip("#").partition("=")[0] for index in found] == SETTINGS
    assert all(lines[index].startswith("#") and lines[index - 1].startswith("# ") for index in found)


def test_the_example_settings_show_the_defaults() -> None:
    """A value that is shown is the one that counts if nothing is set."""
    shown = re.findall(r"^#([A-Z_]+)=(.+)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: str(Settings.model_fields[name.lower()].default) for name, _ in shown} == dict(shown)


def test_the_readme_has_a_row_for_every_setting() -> None:
    """In the same order."""
    assert re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE) == SETTINGS


def test_the_readme_has_a_row_for_every_command() -> None:
    """And for no other."""
    assert set(re.findall(r"^\| `jjbot ([a-z]+)", README, re.MULTILINE)) == set(cli.commands)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_and_option_has_a_help_text(name: str) -> None:
    """Whoever reads --help learns what each does."""
    command = cli.commands[name]
    assert command.help
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    assert all(getattr(option, "help", None) for option in options)


# Installing


def test_the_readme_begins_with_a_chat_and_then_the_tests() -> None:
    """Each is one line to copy, from pinned versions."""
    chat, tests = (block.strip() for block in shell_commands())
    assert chat.endswith(".venv/bin/jjbot")
    assert "--require-hashes -r requirements.txt" in chat
    assert tests.endswith(".venv/bin/pytest -q")
    assert "--require-hashes -r requirements-dev.txt" in tests
    assert "\n" not in chat + tests


def test_what_must_hold_before_a_change_begins_with_the_readmes_own_test_command() -> None:
    """``.ci/run`` takes it out of the README instead of repeating it."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    extracting = script[script.index("readme_command() {") :].partition("\n}\n")[0] + "\n}\nreadme_command 2"
    completed = subprocess.run(["bash", "-c", extracting], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603, S607  (text of this repository)
    assert completed.stdout == shell_commands()[1]
    assert "tests=$(readme_command 2)" in script
    assert 'bash -euo pipefail -c "$tests"' in script


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-dev.txt", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
        ("requirements-build.txt", BUILD["requires"]),
    ],
)
def test_every_dependency_is_pinned_with_hashes_and_no_address(file: str, wanted: list[str]) -> None:
    """So that an installation is the same everywhere, from any index."""
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z])", text)[1:]
    assert names(wanted) <= names(blocks)
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ ", block)
        assert "--hash=sha256:" in block
    assert "://" not in text


@pytest.mark.parametrize("file", ["Dockerfile", ".ci/run"])
def test_the_image_fetches_nothing_without_a_hash(file: str) -> None:
    """What comes from an index has a hash and runs nothing of its own; the bot is built with what is there by then."""
    text = re.sub(r"\\\n\s*", "", (ROOT / file).read_text(encoding="utf-8"))
    calls = re.findall(r"pip\"? ((?:install|wheel)(?: [^&\n]*))", text.partition("beside() {")[0])
    assert len(calls) == 4
    for call in calls:
        fetches = {"--only-binary :all:", "--require-hashes"}
        assert all(option in call for option in fetches) or "--no-index" in call or "--no-build-isolation" in call
        assert "--require-hashes" in call or "--no-deps" in call


def test_every_base_of_the_image_can_be_pinned_by_its_digest() -> None:
    """One build argument names it, and its comment says where the digest comes from."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert {line.split()[1] for line in text.splitlines() if line.startswith("FROM ")} == {"${PYTHON}"}
    assert re.search(r"^# .*@sha256:", text, re.MULTILINE)


def test_the_readme_says_what_every_dependency_is_for() -> None:
    """And mentions none that is not one."""
    table = README[README.index("| dependency |") :].partition("\n\n")[0]
    listed = [
        name for row in re.findall(r"^\| ([A-Za-z][^|]*) \|", table, re.MULTILINE)[1:] for name in row.split(", ")
    ]
    assert {normalised(name) for name in listed} == names(PROJECT["dependencies"])


# The code


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_data_flows_one_way(package: str) -> None:
    """No package imports one that is built on it, not even for its types."""
    allowed = {package, *MAY_IMPORT[package]}
    for path in (ROOT / "bot" / package).rglob("*.py"):
        assert {module.partition(".")[0] for module in imported(path)} <= allowed, path


@pytest.mark.parametrize("room", sorted({path.parent for path in (ROOT / "bot").rglob("*.py")}))
def test_a_room_has_at_most_twelve_modules(room: Path) -> None:
    """More cannot be kept in mind at once: such a room is divided."""
    assert len([path for path in room.glob("*.py") if path.stem != "__init__"]) <= 12


def test_the_schema_for_editing_programs_is_the_programs_own() -> None:
    """``jjbot schema > knowledge/entry.schema.json`` renews it."""
    assert json.loads((ROOT / "knowledge" / "entry.schema.json").read_text(encoding="utf-8")) == schema()
