"""``jjbot chat`` as a process of its own, with the real bot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

KNOWLEDGE = {
    "bot.yaml": 'title: Test bot\nlanguages: [en]\nexamples: {en: ["who helps prisoners?"]}\n',
    "omct.yaml": """\
id: omct
kind: organisation
name: {en: World Organisation Against Torture}
acronyms: [OMCT]
keywords: {en: [torture, prisoners]}
questions: {en: [who visits prisons?]}
summary: {en: It fights torture everywhere.}
links: [{is: website, label: {en: Website}, url: "https://www.omct.org"}]
reviewed_on: 2026-11-21
""",
    "pri.yaml": """\
id: pri
kind: organisation
name: {en: Penal Reform International}
acronyms: [PRI]
keywords: {en: [penal reform]}
summary: {en: It mends prisons.}
links: [{is: website, label: {en: Website}, url: "https://www.penalreform.org"}]
related: [omct]
reviewed_on: 2026-11-21
""",
}


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """Write a folder of two entries."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for name, text in KNOWLEDGE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _environment(knowledge: Path) -> dict[str, str]:
    environment = {**os.environ, "KNOWLEDGE_DIR": str(knowledge), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    return {name: value for name, value in environment.items() if name not in {"TELEGRAM_BOT_TOKEN", "LOG_LEVEL"}}


def _chat(knowledge: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=_environment(knowledge),
        cwd=Path(__file__).parents[2],
        timeout=60,
        check=False,
    )


def test_a_conversation(knowledge: Path) -> None:
    """Questions, a button, an inline result and somebody else's reload, in the order in which they were typed."""
    ended = _chat(knowledge, "what is the omtc", "pri?", "1", "@bot pri", "1", "/as admin", "/reload")
    assert (ended.returncode, ended.stderr) == (0, "")
    order = [
        "It fights torture everywhere.",
        "https://www.omct.org",
        "It mends prisons.",
        "(the message is now:)",
        "It fights torture everywhere.",
        "[1] Penal Reform International",
        "It mends prisons.",
        "(you are Ada)",
    ]
    rest = ended.stdout
    for expected in order:
        assert expected in rest, (expected, ended.stdout)
        rest = rest.partition(expected)[2]
    assert "\033[" not in ended.stdout


def test_broken_knowledge(knowledge: Path) -> None:
    """Knowledge that cannot be served: every finding and one line, exit 2, no traceback."""
    (knowledge / "omct.yaml").write_text("id: omct\nname: [", encoding="utf-8")
    ended = _chat(knowledge, "hello")
    assert ended.returncode == 2
    assert "omct.yaml:" in ended.stderr
    assert "mend it and start again" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_no_input_at_all(knowledge: Path) -> None:
    """The end of the input ends the chat, cleanly."""
    ended = _chat(knowledge)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("leave", ["Ctrl-C", "Ctrl-D"])
def test_at_a_terminal(knowledge: Path, leave: str) -> None:
    """Somebody at a terminal sees what can be done, is greeted, gets bold print, and leaves by Ctrl-C or Ctrl-D."""
    outside, inside = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=_environment(knowledge) | {"TERM": "xterm"},
        cwd=Path(__file__).parents[2],
    ) as process:
        os.close(inside)
        seen = _read_until(outside, b"Anna> ")
        assert b"/quit" in seen
        assert b"OMCT" not in seen
        os.write(outside, b"omct\n")
        assert b"\033[1m" in _read_until(outside, b"Anna> ")
        if leave == "Ctrl-C":
            _interrupt(process)
        else:
            os.write(outside, b"\x04")
        try:
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert b"Traceback" not in _read_until(outside, None)
    os.close(outside)


def _interrupt(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C, again if need be: one that comes while a prompt is being set up is seen with the next key only."""
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
            return


def _read_until(terminal: int, wanted: bytes | None) -> bytes:
    """Read what is printed until ``wanted`` comes, or to the end."""
    seen = b""
    while wanted is None or wanted not in seen:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # how Linux says that the other end was closed
            break
        if not part:
            break
        seen += part
    return seen
