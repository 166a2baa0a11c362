"""The command line: what goes where, and with which exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result

import bot
from bot import cli
from bot.commands.asking import Line, read_line, read_lines
from bot.knowledge.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENTRY = """\
id: bakery
kind: organisation
name: {en: Corner Bakery}
summary: {en: It bakes bread every morning.}
links:
  - {is: website, url: https://bakery.example/}
"""
INFO = "title: {en: Bread}\nlanguages: [en]\n"


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small knowledge folder that the settings name."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "bot.yaml").write_text(INFO, encoding="utf-8")
    (folder / "bakery.yaml").write_text(ENTRY, encoding="utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return folder


def run(*arguments: str, given: str | bytes = "") -> Result:
    """Run a command with this standard input."""
    return CliRunner().invoke(cli.cli, arguments, input=given)


# What every command has


@pytest.mark.parametrize("command", [(), *((name,) for name in cli.cli.commands)], ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    """With --help and with -h, to standard output."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    assert run(*command, "-h").stdout == result.stdout


def test_the_version_is_that_of_the_package() -> None:
    """As anything that installs it knows it."""
    assert run("--version").stdout == f"jjbot, version {bot.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("ask",), ("ask", "--nonsense", "x"), ("evaluate", "nowhere.yaml"), ("check", "nowhere")],
    ids=" ".join,
)
def test_wrong_usage_is_exit_status_2(arguments: tuple[str, ...]) -> None:
    """With a message on standard error and nothing on standard output."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


@pytest.mark.usefixtures("knowledge")
@pytest.mark.parametrize("command", [("ask", "x"), ("run",), ("chat",), (), ("check",)])
def test_a_wrong_setting_is_one_line_and_exit_status_2(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """For every command that reads the settings."""
    monkeypatch.setenv("ADMIN_IDS", "ada")
    result = run(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("ADMIN_IDS: 'ada' is not a user id")
    assert result.stderr.count("\n") == 1


# Starting the bot or the chat


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put a note in place of the bot and of the chat."""
    notes: list[str] = []

    def note(name: str) -> Callable[[object], int]:
        def start(_: object) -> int:
            notes.append(name)
            return 0

        return start

    monkeypatch.setattr("bot.telegram_app.running.run", note("run"))
    monkeypatch.setattr("bot.chat.terminal.chat", note("chat"))
    return notes


@pytest.mark.usefixtures("knowledge")
def test_without_a_token_the_chat_starts_and_one_line_says_why(started: list[str]) -> None:
    """To standard error, since the chat is the result."""
    result = run()
    assert (result.exit_code, started) == (0, ["chat"])
    assert result.stderr == "No TELEGRAM_BOT_TOKEN is set, so here is the chat in the terminal.\n"


@pytest.mark.usefixtures("knowledge")
def test_with_a_token_the_bot_starts(started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:token")
    result = run()
    assert (result.exit_code, result.output, started) == (0, "", ["run"])


@pytest.mark.usefixtures("knowledge")
def test_run_without_a_token_says_what_to_do() -> None:
    """It does not fall back to anything."""
    completed = subprocess.run(
        [sys.executable, "-m", "bot", "run"], capture_output=True, text=True, check=False, timeout=60
    )
    assert completed.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in completed.stderr
    assert completed.stderr.count("\n") == 1


# ask


@pytest.mark.usefixtures("knowledge")
def test_ask_prints_the_reply_with_its_links() -> None:
    """As plain text; words need no quotation marks."""
    result = run("ask", "corner", "bakery")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Corner Bakery\n\nIt bakes bread every morning.\n\nWebsite: https://bakery.example/"
    )


@pytest.mark.usefixtures("knowledge")
def test_ask_explains_how_it_decided() -> None:
    """After the reply."""
    plain = run("ask", "bakery").stdout
    assert run("ask", "bakery", "--explain").stdout.startswith(plain)
    assert len(run("ask", "bakery", "--explain").stdout) > len(plain)


@pytest.mark.usefixtures("knowledge")
def test_ask_json_is_one_line_of_the_contract() -> None:
    """With the question as it was typed."""
    result = run("ask", "corner bakery", "--json", "--lang", "fr")
    assert result.stdout.count("\n") == 1
    answer = json.loads(result.stdout)
    assert (answer["q"], answer["decision"], answer["card"], answer["entries"]) == (
        "corner bakery",
        "answer",
        "bakery",
        ["bakery"],
    )


@pytest.mark.usefixtures("knowledge")
@pytest.mark.parametrize("text", ["", " ", "\x00\x1b[31m", "😀" * 50, "<b>&lt;", "اليونيسف \u202e", "x" * 4096])
def test_any_text_gets_an_answer(text: str) -> None:
    """Empty, huge, invisible, right to left: exit status 0 and one reply."""
    result = run("ask", text)
    assert result.exit_code == 0
    assert result.stdout.strip()


@pytest.mark.usefixtures("knowledge")
def test_a_thousand_lines_get_a_thousand_answers_in_order() -> None:
    """From one process, plain questions and objects mixed."""
    lines = [json.dumps({"q": f"question {n}", "lang": "en"}) if n % 2 else f"question {n}" for n in range(1000)]
    result = run("ask", "--json", "-", given="\n".join(lines))
    assert [json.loads(line)["q"] for line in result.stdout.splitlines()] == [f"question {n}" for n in range(1000)]


@pytest.mark.usefixtures("knowledge")
def test_whatever_a_line_is_one_line_comes_out() -> None:
    """Empty lines, broken objects, bytes that are no text, half a surrogate pair, separators of other systems."""
    given = b"\n".join(
        [b"bakery", b"", b'{"q": 1}', b"{broken", b"[1]", b"\xff\xfe", b'{"q": "\\ud800"}', b'{"q": "a", "lang": 1}',
         b"a\xe2\x80\xa8b\x0cc\r", b"last"]
    )  # fmt: skip
    result = run("ask", "--json", "-", given=given)
    answers = [json.loads(line) for line in result.stdout_bytes.decode().split("\n")[:-1]]
    assert len(answers) == 10
    assert [bool(answer.get("error")) for answer in answers] == [
        False, True, True, True, False, False, False, True, False, False,
    ]  # fmt: skip
    assert all(answer["decision"] == "none" and answer["text"] for answer in answers if answer.get("error"))
    assert answers[6]["q"] == "\ud800"
    assert answers[-1]["q"] == "last"


def test_each_line_is_answered_before_the_next_is_written(knowledge: Path) -> None:
    """A program can hold a conversation through the pipe."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=knowledge.parent,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for question in ("bakery", "bread"):
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["q"] == question
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_a_reader_that_goes_away_is_no_traceback(knowledge: Path) -> None:
    """``jjbot ask - | head -1`` ends without a word."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=knowledge.parent,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"bakery\n" * 10)
        process.stdin.close()
        assert process.wait(timeout=60) == 1
        assert process.stderr.read() == b""


@pytest.mark.usefixtures("knowledge")
def test_text_answers_to_many_lines_repeat_their_question() -> None:
    """What somebody typed is shown without its control characters."""
    result = run("ask", "-", given="bake\x1b[2Jry\n")
    assert result.stdout.startswith("> bake[2Jry\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("what is it", Line("what is it", "en")),
        ('{"q": "a", "lang": "fr"}', Line("a", "fr")),
        ('{"q": "a", "lang": null, "more": 1}', Line("a", "en")),
        ('"quoted"', Line('"quoted"', "en")),
        ("null", Line("null", "en")),
    ],
)
def test_a_line_is_a_question_or_an_object_with_one(text: str, line: Line) -> None:
    """The language of the command counts where a line names none."""
    assert read_line(text, "en") == line


def test_an_endless_object_is_no_crash() -> None:
    """Nesting that no program can follow is an error of its line."""
    assert read_line('{"q":' * 100_000, None).error


def test_a_byte_order_mark_is_not_part_of_the_first_question() -> None:
    """Some systems put one before every text."""
    assert list(read_lines([b"\xef\xbb\xbfbakery\n"], None)) == [Line("bakery")]


# Knowledge with errors


def test_ask_refuses_knowledge_with_errors_and_lists_them_all(knowledge: Path) -> None:
    """On standard error, with exit status 2."""
    (knowledge / "bakery.yaml").write_text(ENTRY + "nonsense: 1\n", encoding="utf-8")
    (knowledge / "other.yaml").write_text("id: other\n", encoding="utf-8")
    result = run("ask", "bakery")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "bakery.yaml:7:1: error: " in result.stderr
    assert "other.yaml:1:1: error: " in result.stderr


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_a_folder_that_is_missing_or_empty_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """With what to do."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("KNOWLEDGE_DIR", str(tmp_path / folder))
    result = run("ask", "bakery")
    assert result.exit_code == 2
    assert folder in result.stderr
    assert "KNOWLEDGE_DIR" in result.stderr


# check


def test_check_of_good_knowledge_is_exit_status_0(knowledge: Path) -> None:
    """Findings on standard output, the sum on standard error."""
    result = run("check", str(knowledge))
    assert result.exit_code == 0
    assert "1 entries, 0 errors" in result.stderr


def test_check_lists_every_finding_with_its_place(knowledge: Path) -> None:
    """One a line; errors are exit status 1."""
    (knowledge / "bakery.yaml").write_text(ENTRY.replace("https:", "http:") + "nonsense: 1\n", encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(line.startswith("knowledge/bakery.yaml:6:") and ": error: " in line for line in lines)
    assert any(line.startswith("knowledge/bakery.yaml:7:1: error: ") for line in lines)


def test_check_of_a_file_prints_what_is_found_in_it(knowledge: Path) -> None:
    """Of other files errors only, without which the folder would be served."""
    mill = knowledge / "mill.yaml"
    mill.write_text("name: {en: Mill}\nsummary: {en: It grinds.}\n", encoding="utf-8")
    result = run("check", str(mill))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines
    assert all(line.startswith("knowledge/mill.yaml:") for line in lines)
    (knowledge / "bakery.yaml").write_text(ENTRY + "nonsense: 1\n", encoding="utf-8")
    result = run("check", str(mill))
    assert result.exit_code == 1
    assert any(line.startswith("knowledge/bakery.yaml:7:1: error: ") for line in result.stdout.splitlines())


def test_check_of_a_folder_needs_no_good_settings(knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept then, and nothing else is different."""
    monkeypatch.setenv("LISTEN", "nonsense")
    assert run("check", str(knowledge)).exit_code == 0
    assert run("check", str(knowledge / "bakery.yaml")).exit_code == 0


# format


def test_format_writes_the_form_and_names_what_changed(knowledge: Path) -> None:
    """Of a folder, or of the files that are named; what is in the form already is not touched."""
    other = knowledge / "topics" / "oven.yaml"
    other.parent.mkdir()
    other.write_text("summary: Hot.\nname: Oven\n", encoding="utf-8", newline="\r\n")
    before = (knowledge / "bakery.yaml").stat().st_ino
    result = run("format")
    assert (result.exit_code, result.stdout) == (0, "knowledge/topics/oven.yaml\n")
    assert result.stderr == "3 files: 1 were changed, 0 left alone.\n"
    assert other.read_bytes() == b"name: Oven\nsummary: Hot.\n"
    assert (knowledge / "bakery.yaml").stat().st_ino == before
    assert [path.name for path in other.parent.iterdir()] == ["oven.yaml"]


def test_format_check_changes_nothing(knowledge: Path) -> None:
    """It lists what would change, and is exit status 1 then."""
    bakery = knowledge / "bakery.yaml"
    assert run("format", "--check", str(bakery)).exit_code == 0
    bakery.write_text(f"kind: organisation\n{ENTRY.replace('kind: organisation', '')}", encoding="utf-8")
    before = bakery.read_bytes()
    result = run("format", "--check", str(knowledge))
    assert (result.exit_code, result.stdout) == (1, "knowledge/bakery.yaml\n")
    assert bakery.read_bytes() == before


def test_format_leaves_a_broken_file_alone_and_does_the_others(knowledge: Path) -> None:
    """With its line and column, and exit status 1."""
    (knowledge / "oven.yaml").write_text("name: [Oven\n", encoding="utf-8")
    (knowledge / "pan.yaml").write_text("summary: Flat.\nname: Pan\n", encoding="utf-8")
    result = run("format")
    assert result.exit_code == 1
    told, changed = result.stdout.splitlines()
    assert told.startswith("knowledge/oven.yaml:1:7: error: ")
    assert changed == "knowledge/pan.yaml"
    assert (knowledge / "oven.yaml").read_text(encoding="utf-8") == "name: [Oven\n"


def test_format_of_a_file_knows_its_folder(knowledge: Path) -> None:
    """The order of its languages, and which entries are cries for help whose phrases stay in order."""
    (knowledge / "bot.yaml").write_text("title: T\nlanguages: [fr, en]\n", encoding="utf-8")
    (knowledge / "danger.yaml").write_text("id: sos\nkind: help\nname: Help\nreply: Call.\n", encoding="utf-8")
    folder = knowledge / "phrasings"
    folder.mkdir()
    for name in ("sos.en", "bakery"):
        (folder / f"{name}.yaml").write_text("keywords: {en: [b, a], ar: [c], fr: [d]}\n", encoding="utf-8")
    assert run("format", str(folder)).exit_code == 0
    cries, phrases = (yaml.safe_load((folder / f"{name}.yaml").read_bytes()) for name in ("sos.en", "bakery"))
    assert list(cries["keywords"].items()) == [("fr", ["d"]), ("en", ["b", "a"]), ("ar", ["c"])]
    assert list(phrases["keywords"].items()) == [("fr", ["d"]), ("en", ["a", "b"]), ("ar", ["c"])]


def test_format_tells_what_cannot_be_read(knowledge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that leads out of the folder, or a folder that is not there; both are exit status 1."""
    (tmp_path / "far.yaml").write_text(ENTRY, encoding="utf-8")
    (knowledge / "far.yaml").symlink_to(tmp_path / "far.yaml")
    result = run("format")
    assert (result.exit_code, result.stdout.count("[linked-outside]")) == (1, 1)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(tmp_path / "nowhere"))
    result = run("format", "--check")
    assert result.exit_code == 1
    assert "nowhere does not exist" in result.stdout


def test_no_other_command_waits_for_the_formatter() -> None:
    """What it needs is imported by it alone."""
    code = "import sys, bot.cli; print([name for name in sys.modules if name.startswith('bot.knowledge.form')])"
    completed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  (this interpreter)
    assert completed.stdout == "[]\n"


def test_format_of_something_else_is_wrong_usage(knowledge: Path) -> None:
    """A file that is no part of the knowledge, and one that cannot be written."""
    note = knowledge / "note.txt"
    note.write_text("x", encoding="utf-8")
    result = run("format", str(note))
    assert result.exit_code == 2
    assert "note.txt: this is no YAML file of the knowledge folder" in result.stderr


def test_a_file_that_cannot_be_written_stays_whole(knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written beside and renamed: what was begun is removed."""
    path = knowledge / "pan.yaml"
    path.write_text("summary: Flat.\nname: Pan\n", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    result = run("format")
    assert result.exit_code == 2
    assert result.stderr == f"{path}: cannot be written: No space left on device.\n"
    assert path.read_text(encoding="utf-8") == "summary: Flat.\nname: Pan\n"
    assert sorted(one.name for one in knowledge.iterdir()) == ["bakery.yaml", "bot.yaml", "pan.yaml"]


# evaluate


@pytest.fixture
def questions(tmp_path: Path) -> str:
    """Return a file of questions of which one of two can be right."""
    path = tmp_path / "questions.yaml"
    path.write_text(
        "- {q: corner bakery, accept: [bakery], best: bakery}\n- {q: bakery, accept: [mill]}\n", encoding="utf-8"
    )
    return str(path)


@pytest.mark.usefixtures("knowledge")
def test_evaluate_reports_and_lists_the_misses(questions: str) -> None:
    """As a table, or as JSON."""
    result = run("evaluate", questions)
    assert result.exit_code == 0
    assert "'bakery' got answer bakery; accepted: mill" in result.stdout
    report = json.loads(run("evaluate", questions, "--json").stdout)
    assert (report["questions"], report["right"], report["wrong"]) == (2, 1, 1)


@pytest.mark.usefixtures("knowledge")
@pytest.mark.parametrize(("minimum", "status"), [("0.5", 0), ("50", 0), ("0.6", 1), ("51", 1), ("101", 2)])
def test_evaluate_says_no_below_the_minimum(questions: str, minimum: str, status: int) -> None:
    """A share up to 1, a percentage above."""
    assert run("evaluate", questions, "--min-right", minimum).exit_code == status


@pytest.mark.usefixtures("knowledge")
def test_evaluate_takes_dialogues_beside_questions(tmp_path: Path) -> None:
    """Both are reported and count together."""
    path = tmp_path / "mixed.yaml"
    turns = "[{q: corner bakery, card: bakery}, {q: corner bakery, same: true}, {q: bread, card: mill}]"
    path.write_text(f"- {{q: corner bakery, accept: [bakery]}}\n- {{who: a, turns: {turns}}}\n", encoding="utf-8")
    report = json.loads(run("evaluate", str(path), "--json").stdout)
    assert (report["questions"], report["right"]) == (1, 1)
    assert (report["dialogues"]["turns"], report["dialogues"]["right"]) == (3, 2)
    assert "turn 3] 'bread' wanted card mill" in run("evaluate", str(path)).stdout
    assert [run("evaluate", str(path), "--min-right", share).exit_code for share in ("75", "76")] == [0, 1]


@pytest.mark.usefixtures("knowledge")
def test_evaluate_takes_dialogues_alone(tmp_path: Path) -> None:
    """One to a document; then there is no word of questions."""
    path = tmp_path / "dialogues.yaml"
    path.write_text("turns: [{q: bakery, card: bakery}]\n---\nturns: [{q: bread, decision: help}]\n", encoding="utf-8")
    assert list(json.loads(run("evaluate", str(path), "--json").stdout)) == ["dialogues"]
    assert run("evaluate", str(path)).stdout.startswith("dialogues ")
    assert [run("evaluate", str(path), "--min-right", share).exit_code for share in ("0.5", "0.6")] == [0, 1]


@pytest.mark.usefixtures("knowledge")
def test_evaluate_refuses_a_broken_file(tmp_path: Path) -> None:
    """With the place of the mistake."""
    (tmp_path / "broken.yaml").write_text("- {accept: []}\n", encoding="utf-8")
    result = run("evaluate", str(tmp_path / "broken.yaml"))
    assert result.exit_code == 2
    assert "broken.yaml:1:3: error: q: Field required" in result.stderr


# schema


def test_schema_is_json() -> None:
    """The schema of an entry, without any settings or knowledge."""
    result = run("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == schema()
