"""Whole folders: what is read of them, and every mistake at its place."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.entry import Entry
from bot.knowledge.finding import MOST
from bot.knowledge.folder import read_folder

if TYPE_CHECKING:
    from bot.knowledge.finding import Finding
    from tests.knowledge.conftest import Write

BOT = (
    "title: {en: Guide}\nlanguages: [en]\n"
    "kinds: {topic: {label: Topics}, organisation: {label: Organisations, works: yes}}\n"
)
WHOLE = """
    id: omct
    kind: organisation
    name: {en: World Organisation Against Torture, fr: Organisation mondiale contre la torture}
    acronyms: [OMCT]
    aliases: [O.M.C.T., SOS Torture]
    keywords: {en: [torture, prison visits], fr: [torture]}
    questions: {en: ["who helps victims of torture?"]}
    summary:
      en: >-
        It opposes
        torture.
    facts:
      - {text: It began in Geneva., as_of: 1985, confidence: high}
    links:
      - {is: website, label: {en: Site}, url: "https://www.omct.org/"}
    related: [torture]
    status: unclear
    status_note: Nobody knows.
    accept_overlap: {torture: both are about it}
    sources: [a page]
    reviewed_on: 2026-11-21
"""
TOPIC = "name: Torture\nsummary: What it is.\norganisations: [{id: omct, why: It fights it.}]\n"


def errors(folder: Path) -> list[Finding]:
    """Return the errors in a folder."""
    return [finding for finding in read_folder(folder).findings if finding.severity == "error"]


def test_everything_is_read(write: Write) -> None:
    """All fields arrive as written, texts without a language under the code for that."""
    folder = read_folder(write(bot=BOT, organisations__omct=WHOLE, topics__torture=TOPIC))
    assert folder.findings == ()
    entry = folder.catalogue.entries["omct"]
    assert list(folder.catalogue.entries) == ["omct", "torture"]
    assert (entry.kind.id, entry.kind.main, entry.kind.works) == ("organisation", False, True)
    assert entry.aliases == {"und": ("O.M.C.T.", "SOS Torture")}
    assert entry.keywords["fr"] == ("torture",)
    assert entry.summary == {"en": "It opposes torture."}
    assert str(entry.facts[0].as_of) == "1985"
    assert entry.links[0].use == "website"
    assert entry.reviewed_on == date(2026, 11, 21)
    assert folder.catalogue.entries["torture"].organisations[0].why == {"und": "It fights it."}
    assert folder.catalogue.bot.title == {"en": "Guide"}


def test_many_entries_to_a_file(write: Write) -> None:
    """A file may hold many entries, each with its id."""
    text = "id: one\nname: One\nsummary: x\n---\nid: two\nname: Two\nsummary: y\n---\nname: Three\nsummary: z\n"
    folder = read_folder(write(bot=BOT, all=text))
    assert list(folder.catalogue.entries) == ["one", "two"]
    (finding,) = folder.findings
    assert (finding.path, finding.line, finding.code) == ("knowledge/all.yaml", 9, "missing-id")


def test_without_a_bot_file(write: Write) -> None:
    """The folder's name becomes the title, the languages are those that most entries have; it is a note."""
    entry = "name: X\nsummary: {fr: un, it: uno}\n"
    folder = read_folder(write(a=entry, b=entry, c="name: X\nsummary: {fr: un}\n", d="name: Y\nsummary: no language\n"))
    assert folder.catalogue.bot.title == {"und": "knowledge"}
    assert folder.catalogue.bot.languages == ("fr", "it")
    assert [(str(one.severity), one.code) for one in folder.findings] == [("note", "no-bot-file")]


def test_only_a_bot_file(write: Write) -> None:
    """A folder without any entry cannot answer anything."""
    assert [one.code for one in errors(write(bot=BOT))] == ["no-entries"]


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words"),
    [
        ("acronyms: [OMCT]", "acronym: [OMCT]", "unknown-key", (5, 1), "Did you mean 'acronyms'?"),
        ("as_of: 1985", "asof: 1985", "unknown-key", (14, 33), "Did you mean 'as_of'?"),
        ("is: website, ", "", "missing-key", (16, 5), "Add is:"),
        ("is: website", "is: websit", "unknown-value", (16, 10), "Did you mean 'website'?"),
        ("kind: organisation", "kind: organization", "unknown-value", (3, 7), "Did you mean 'organisation'?"),
        ("status: unclear", "status: gone", "unknown-value", (18, 9), "active, historic, unclear"),
        ("confidence: high", "confidence: sure", "unknown-value", (14, 58), "high, medium, low"),
        ("id: omct", "id: Omct!", "bad-id", (2, 5), "a-z, 0-9"),
        ("id: omct", f"id: {'o' * 41}", "bad-id", (2, 5), "at most 40"),
        ("{en: World", "{english: World", "bad-language", (4, 8), "en, fr"),
        ("acronyms: [OMCT]", "acronyms: OMCT", "not-a-list", (5, 11), "[in brackets"),
        ("acronyms: [OMCT]", "acronyms: [OMCT, [X]]", "not-a-text", (5, 18), "one text"),
        ("keywords: {en: [torture, prison visits]", "keywords: {en: torture", "not-a-list", (7, 16), "[in brackets"),
        ("aliases: [O.M.C.T., SOS Torture]", "aliases: SOS Torture, OMCT", "not-a-list", (6, 10), "[in brackets"),
        ("status_note: Nobody knows.", "status_note: [Nobody]", "not-a-text", (19, 1), "one text"),
        ("acronyms: [OMCT]", "acronyms: [OMCT, '']", "empty-value", (5, 18), "Write one"),
        ("acronyms: [OMCT]", "acronyms: [OMCT, ]\ncalm: [~]", "empty-value", (6, 8), "Write one"),
        ("sources: [a page]", "sources: [' ']", "empty-value", (21, 11), "Write one"),
        ("facts:\n", "facts: {a: b}\nlinks:\n", "duplicate-key", (16, 1), "Keep one"),
        ('"https://www.omct.org/"', "http://www.omct.org/", "not-https", (16, 43), "https://"),
        ('"https://www.omct.org/"', "www.omct.org", "bad-url", (16, 43), "whole address"),
        ('"https://www.omct.org/"', "https://omct", "bad-url", (16, 43), "whole address"),
        ('"https://www.omct.org/"', "'https://www.omct.org/a b'", "bad-url", (16, 43), "address bar"),
        ('"https://www.omct.org/"', "'https://a:b@omct.org/'", "bad-url", (16, 43), "whole address"),
        ('"https://www.omct.org/"', "'https://omct.org/{a|b}'", "bad-url", (16, 43), "address bar"),
        ('"https://www.omct.org/"', f"https://omct.org/{'x' * 2048}", "bad-url", (16, 43), "address bar"),
        ('"https://www.omct.org/"', "'https://[omct.org/'", "bad-url", (16, 43), "whole address"),
        ("as_of: 1985", "as_of: about 1985", "bad-date", (14, 40), "before 2026"),
        ("reviewed_on", "as_of: 2024 or later\nreviewed_on", "bad-date", (22, 8), "2010-2012"),
        ("2026-11-21", "21.11.2026", "bad-date", (22, 14), "2026-11-21"),
        ("2026-11-21", "2026-02-30", "bad-date", (22, 14), "2026-11-21"),
        ("2026-11-21", "1764000000", "bad-date", (22, 14), "2026-11-21"),
        ("related: [torture]", "related: [tortur]", "unknown-id", (17, 11), "Did you mean 'torture'?"),
        ("{torture: both", "{tortura: both", "unknown-id", (20, 18), "Did you mean 'torture'?"),
        ("summary:\n", "reply:\n", "missing-key", (2, 1), "Add summary:"),
        ("name: {en", "nmae: {en", "missing-key", (2, 1), "Add name:"),
    ],
)
def test_mistakes_in_an_entry(write: Write, old: str, new: str, code: str, place: tuple[int, int], words: str) -> None:  # noqa: PLR0917  (one mistake each: what, where, what to do)
    """Each mistake is an error at the exact key or value, and says what to do."""
    assert old in WHOLE.replace("    ", "")
    text = WHOLE.replace("\n    ", "\n").replace(old, new, 1)
    found = [one for one in errors(write(bot=BOT, omct=text, torture=TOPIC)) if one.code == code]
    assert [(one.path, (one.line, one.column)) for one in found] == [("knowledge/omct.yaml", place)]
    assert words in found[0].advice


@pytest.mark.parametrize(
    ("text", "severity", "code", "place"),
    [
        ("kind: organisation\nname: X\nsummary: x", "warning", "missing-link", (1, 1)),
        ("name: X\nsummary: x\nstatus: historic", "warning", "missing-note", (3, 9)),
        ("name: X\nsummary: x\nreply: y", "warning", "no-effect", (3, 1)),
        ("name: X\nsummary: x\nacronyms: [XY]\nshort: {fr: YX}", "warning", "no-acronym", (4, 13)),
        ("kind: smalltalk\nname: X", "error", "missing-key", (1, 1)),
        ("kind: elsewhere\nname: X\nsummary: x\nreply: y", "warning", "no-effect", (3, 1)),
        ("kind: help\nname: X\nreply: y", "warning", "missing-lines", (1, 1)),
        ("kind: help\nname: X\nreply: y\nlines: [{countries: [IN]}]", "error", "missing-key", (4, 9)),
        ("kind: help\nname: X\nreply: y\nlines: [{countries: [UK], number: 1}]", "error", "bad-country", (4, 22)),
        ("kind: help\nname: X\nreply: y\nlines: [{countries: [India], number: 1}]", "error", "bad-country", (4, 22)),
        ("name: X\nsummary: x\ncalm: [y]", "warning", "no-effect", (3, 1)),
        ("name: X\nsummary: x\nrelated: [x]", "warning", "self-reference", (3, 11)),
        ("name: X\nsummary: x\nrelated: [other, other]", "warning", "repeated-id", (3, 18)),
        ("name: X\nsummary: x\norganisations: [{id: other}]", "warning", "not-an-organisation", (3, 22)),
        ("name: X\nsummary: x\nlinks:", "note", "empty-value", (3, 1)),
        ("name: {en: X, fr: }\nsummary: x", "note", "empty-value", (1, 15)),
        ("name: {}\nsummary: x", "error", "missing-key", (1, 1)),
        ("id: none\nname: X\nsummary: x", "error", "bad-id", (1, 5)),
        ("id: chat\nname: X\nsummary: x", "error", "bad-id", (1, 5)),
        ("- name: X\n  summary: x", "error", "not-a-mapping", (1, 1)),
        ("just text", "error", "not-a-mapping", (1, 1)),
        ("id: other\nname: X\nsummary: x", "error", "duplicate-id", (1, 5)),
    ],
)
def test_what_an_entry_needs(write: Write, text: str, severity: str, code: str, place: tuple[int, int]) -> None:
    """What an entry of its kind must have, and what has no effect on it."""
    folder = read_folder(write(bot=BOT, other="name: Other\nsummary: x\n", x=text))
    (finding,) = folder.findings
    assert (str(finding.severity), finding.code) == (severity, code)
    assert (finding.path, (finding.line, finding.column)) == ("knowledge/x.yaml", place)
    assert finding.advice


def test_a_help_entry_may_be_called_help(write: Write) -> None:
    """The names of decisions are free for the entries that they mean."""
    text = "kind: help\nname: Help\nreply: Call.\nlines: [{countries: [NO], number: 0123}]\n"
    folder = read_folder(write(bot=BOT, help=text, chat="kind: smalltalk\nname: Hello\nreply: Hello.\n"))
    assert folder.findings == ()
    assert folder.catalogue.entries["help"].lines[0].countries == ("NO",)
    assert folder.catalogue.entries["help"].lines[0].number == "0123"


def test_duplicate_ids_name_both_places(write: Write) -> None:
    """The second entry of an id is the error, and the message leads to the first."""
    entry = "id: same\nname: X\nsummary: x\n"
    (finding,) = errors(write(bot=BOT, a=entry, b=f"# here\n{entry}"))
    assert (finding.path, finding.line, finding.column) == ("knowledge/b.yaml", 2, 5)
    assert "knowledge/a.yaml:1:5" in finding.message


def test_nobody_is_blamed_for_a_broken_neighbour(write: Write) -> None:
    """An id that could not be read is still an id: one mistake makes one finding."""
    (finding,) = errors(write(bot=BOT, omct=WHOLE.replace("kind:", "kindd:"), torture=TOPIC))
    assert finding.code == "unknown-key"
    (finding,) = errors(write(omct="id: omct\nname: a: b\n", torture=TOPIC))
    assert finding.code == "syntax"
    (finding,) = errors(write(omct="name: 'open\n", torture=TOPIC))
    assert finding.code == "syntax"


def test_all_mistakes_at_once(write: Write) -> None:
    """Every mistake of every file is reported, in order of files and lines."""
    folder = write(bot="titel: x\n", a="name: X\nsumary: x\nknd: y\n", b="[", c="name: X\nsummary: x\nrelated: [d]\n")
    found = [(one.path, one.line, one.code) for one in errors(folder)]
    assert found == [
        ("knowledge/a.yaml", 2, "unknown-key"),
        ("knowledge/a.yaml", 3, "unknown-key"),
        ("knowledge/b.yaml", 2, "syntax"),
        ("knowledge/bot.yaml", 1, "missing-key"),
        ("knowledge/bot.yaml", 1, "unknown-key"),
        ("knowledge/c.yaml", 3, "unknown-id"),
    ]


def test_bot_file(write: Write) -> None:
    """What is wrong in bot.yaml is found there; a folder's second bot.yaml below the top is an entry."""
    entry = "name: X\nsummary: x\n"
    bot = "title: X\nlanguages: []\nexamples: {en: text}\n---\ntitle: Y\n"
    assert [(one.line, one.code) for one in errors(write(bot=bot, x=entry))] == [(5, "second-document")]
    bot = "title: X\nlanguages: []\nexamples: {en: text}\n"
    assert [(one.line, one.code) for one in errors(write(bot=bot))] == [(2, "empty-value"), (3, "not-a-list")]
    folder = write(bot=BOT, sub__bot=entry)
    (folder / "bot.yml").write_text(BOT)
    assert [(one.path, one.code) for one in errors(folder)] == [("knowledge/bot.yml", "duplicate-file")]
    assert "bot" in read_folder(folder).catalogue.entries


def test_synonyms(write: Write) -> None:
    """Groups of words by language; what is no list of texts is an error where it stands."""
    folder = read_folder(write(bot=BOT, omct=WHOLE, torture=TOPIC, synonyms="en: [jail prison, kid child]\n"))
    assert folder.findings == ()
    assert folder.catalogue.synonyms == {"en": ("jail prison", "kid child")}
    found = errors(write(synonyms="en: jail prison\nfr: [{taule: prison}]\nenglish: [a b]\n"))
    assert [(one.line, one.code) for one in found] == [(1, "not-a-list"), (2, "not-a-text"), (3, "bad-language")]
    assert [one.code for one in errors(write(synonyms="- jail prison\n"))] == ["not-a-mapping"]


def test_golden_questions(write: Write) -> None:
    """Golden questions are read in order; one that wants an entry which is not there is an error."""
    golden = """
        - {q: who fights torture, want: torture, must: true}
        - {q: hello, lang: fr, want: chat}
        - {q: weather, want: none, must: "no"}
    """
    folder = read_folder(write(bot=BOT, omct=WHOLE, torture=TOPIC, golden=golden))
    assert folder.findings == ()
    assert [(one.lang, one.want, one.must) for one in folder.catalogue.golden] == [
        ("en", "torture", True),
        ("fr", "chat", False),
        ("en", "none", False),
    ]
    found = errors(write(golden="- {q: y, want: none, must: maybe}\n- {q: x, want: tortur}\n- {q: z}\n- w\n"))
    assert [(one.line, one.column, one.code) for one in found] == [
        (1, 28, "unknown-value"),
        (2, 16, "unknown-id"),
        (3, 3, "missing-key"),
        (4, 3, "not-a-mapping"),
    ]
    assert [one.code for one in errors(write(golden="q: x\n"))] == ["not-a-list"]


def test_places_of_an_entry(write: Write) -> None:
    """A folder knows where every part of every entry stands."""
    folder = read_folder(write(bot=BOT, omct=WHOLE, torture=TOPIC))
    assert folder.place("omct", "aliases", "und", 1) == ("knowledge/omct.yaml", 6, 21)
    assert folder.place("torture", "organisations", 0, "why", "und") == ("knowledge/torture.yaml", 3, 33)
    assert folder.bot_place("languages") == ("knowledge/bot.yaml", 2, 1)


def test_another_subject(write: Write) -> None:
    """A thousand entries about anything, without links, help or small talk, are read in one file or in many."""
    entries = [f"id: cheese-{n}\nname: Cheese {n}\nsummary: It smells.\nkeywords: [milk {n}]\n" for n in range(1000)]
    assert len(read_folder(write(bot=BOT, cheeses="---\n".join(entries))).catalogue.entries) == 1000
    more = {f"many__c{n}": text.replace("cheese-", "c") for n, text in enumerate(entries)}
    folder = read_folder(write(**more))
    assert len(folder.catalogue.entries) == 2000
    assert folder.findings == ()


GOOD = "name: Good\nsummary: Something.\n"
MANY = 30_000


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("x", GOOD + "".join(f"k{number}: x\n" for number in range(MANY)), "unknown-key"),
        ("x", GOOD + "".join(f"k{number}:\n" for number in range(MANY)), "empty-value"),
        ("x", f"{GOOD}related: [{', '.join(f'e{number}' for number in range(MANY))}]\n", "unknown-id"),
        ("x", f"{GOOD}related: [{'x, ' * MANY}]\n", "self-reference"),
        (
            "x",
            f"{GOOD}facts:\n" + "".join(f"- {{text: a, about: [b{one}]}}\n" for one in range(MANY)),
            "unknown-attribute",
        ),
        ("x", f"{GOOD}facts:\n" + "- {text: a, about: [founded]}\n" * MANY, None),
        ("golden", "".join(f"- {{q: a, want: b{number}}}\n" for number in range(MANY)), "unknown-id"),
        ("golden", "- {q: a}\n" * MANY, "missing-key"),
        (
            "x",
            "---\n".join(f"id: e{one}\nname: E\nsummary: x\nrelated: [f{one}]\n" for one in range(MANY // 10)),
            "unknown-id",
        ),
    ],
)
def test_a_file_that_is_nothing_but_mistakes(write: Write, file: str, text: str, code: str | None) -> None:
    """As many are told as somebody mends at once, and that there are more.

    With time that grows with the square of the mistakes each of these would take minutes.
    """
    folder = read_folder(write(good=GOOD, **{file: text}))
    found = Counter(finding.code for finding in folder.findings if finding.code != "no-bot-file")
    assert found == ({code: MOST, "more-findings": 1} if code else {})


def test_many_warnings_hide_no_error(write: Write) -> None:
    """What may be served is told apart from what may not, however much there is to say about a file."""
    warned = f"{GOOD}related: [{'x, ' * (MOST + 50)}]\n"
    assert not read_folder(write(x=warned)).has_errors
    assert [finding.code for finding in errors(write(x=f"{warned}facts: [{{about: [founded]}}]\n"))] == ["missing-key"]


def assert_readable(text: str) -> None:
    """Read a folder with ``text`` as one of its entries."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "x.yaml").write_text(text, encoding="utf-8")
        (Path(folder) / "torture.yaml").write_text(TOPIC, encoding="utf-8")
        read = read_folder(Path(folder))
    assert "torture" in read.catalogue.entries
    assert read.has_errors or len(read.catalogue.entries) == 2
    assert all(finding.line > 0 and finding.column > 0 for finding in read.findings)


@given(st.integers(0, len(WHOLE)), st.integers(0, 8), st.text("\n :-[]{}'\"&*!#|>,a\t", max_size=4))
def test_any_slip_of_the_keyboard_is_a_finding(start: int, gone: int, typed: str) -> None:
    """Whatever is deleted or typed anywhere in a good file, the folder is read, with findings or without."""
    text = dedent(WHOLE)
    assert_readable(text[:start] + typed + text[start + gone :])


@given(
    st.dictionaries(
        st.sampled_from([*Entry.model_fields, "other"]),
        st.recursive(
            st.sampled_from(["", "x", "en", "2026-11-21", "https://a.example", None]),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["en", "id", "text", "is", "url", "number", "?"]), inner, max_size=3)
            ),
            max_leaves=8,
        ),
    )
)
def test_any_shape_is_a_finding(value: dict[str, object]) -> None:
    """Whatever stands where, lists for texts or texts for mappings, is a finding or an entry."""
    assert_readable(yaml.safe_dump(value))


HELP = "kind: help\nname: Help\nreply: Call.\n"


def test_numbers_and_care_stand_beside_the_entries(write: Write) -> None:
    """Helplines in a file of their own are enough for an entry of kind help."""
    folder = read_folder(
        write(
            bot=BOT,
            help=HELP,
            helplines="emergency: {KE: {general: '999'}}\nlines: [{countries: [KE], number: '116', checked: 2026}]\n",
            care="steps: [{id: write, says: {en: [i cannot call]}, reply: {en: Write.}}]\n",
        )
    )
    assert [finding.code for finding in folder.findings] == []
    assert folder.catalogue.numbers.emergency["KE"].general == ("999",)
    assert folder.catalogue.care.steps[0].id == "write"


@pytest.mark.parametrize(
    ("file", "text", "code", "place"),
    [
        ("helplines", "lines: [{countries: [KE]}]", "missing-key", (1, 9)),
        ("helplines", "lines: [{number: '1', checked: April}]", "bad-date", (1, 32)),
        ("helplines", "emergency: {KE: {checked: 2026-04}}", "missing-key", (1, 13)),
        ("helplines", "emergency: {KE: {genral: '999'}}", "unknown-key", (1, 18)),
        ("care", "steps: [{id: write, reply: x}]", "missing-key", (1, 9)),
        ("care", "answers: [{entry: rights, says: {en: [arrested]}}]", "unknown-id", (1, 19)),
        ("care", "concerns: {suicide: {see: [rights]}}", "unknown-id", (1, 28)),
    ],
)
def test_mistakes_in_numbers_and_care(write: Write, file: str, text: str, code: str, place: tuple[int, int]) -> None:
    """Each is found where it stands."""
    folder = read_folder(write(bot=BOT, help=f"{HELP}lines: [{{number: '1'}}]\n", **{file: f"{text}\n"}))
    assert [(one.code, one.path, one.line, one.column) for one in folder.findings] == [
        (code, f"knowledge/{file}.yaml", *place)
    ]


def test_a_file_of_that_name_may_be_an_entry(write: Write) -> None:
    """Who called the entry of kind help so before goes on with it."""
    folder = read_folder(write(bot=BOT, helplines=f"{HELP}lines: [{{number: '1'}}]\n"))
    assert not folder.has_errors
    assert folder.catalogue.entries["helplines"].lines[0].number == "1"


def test_many_small_files_do_not_repeat_texts_at_will(write: Write) -> None:
    """What aliases stand for is bounded over all files; those that repeat nothing are read all the same."""
    text = f"summary: &long {'word ' * 200}\nfacts: [{'{text: *long}, ' * 19}]\n"
    folder = read_folder(write(**{f"entry{number:03}": f"name: Entry {number}\n{text}" for number in range(300)}))
    entries = folder.catalogue.entries
    assert 10 < len(entries) < 300
    assert sum(len(str(entry.facts)) for entry in entries.values()) < 2 * sum(file.size for file in folder.files)
    assert {one.code for one in folder.findings if one.severity == "error"} == {"too-many-aliases"}
    plain = write(zebra="name: Zebra\nsummary: It is striped.\n")
    assert "zebra" in read_folder(plain).catalogue.entries
