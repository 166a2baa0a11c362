"""The kinds of entry that a folder declares, and those that belong to the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.knowledge.attributes import Attribute
from bot.knowledge.entry import Entry
from bot.knowledge.folder import read_folder
from bot.knowledge.kinds import BUILT_IN, ELSEWHERE, ENTRY, HELP, SMALLTALK, Kind

if TYPE_CHECKING:
    from bot.knowledge.finding import Finding
    from tests.knowledge.conftest import Write

BOT = """
    title: Cheese
    kinds:
      shop: {label: {en: Shops, fr: Magasins}, proper_names: yes, works: yes, attributes_of: organisation}
      cheese: {label: Cheeses}
      word: {label: Words, listed: no}
"""
BRIE = "kind: cheese\nname: Brie\nsummary: It is soft.\n"


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, int, int]]:
    """Return the severity, code and place in the file of each finding."""
    return [(str(one.severity), one.code, one.line, one.column) for one in findings]


def test_entries_have_the_traits_that_the_folder_declares(write: Write) -> None:
    """Whatever the order of the files is; equal kinds are one and the same."""
    folder = read_folder(write(bot=BOT, a=BRIE, z=BRIE, zz="kind: word\nname: Rind\nsummary: It is outside.\n"))
    assert folder.findings == ()
    entries = folder.catalogue.entries
    assert entries["a"].kind is entries["z"].kind
    cheese, word = entries["a"].kind, entries["zz"].kind
    assert (cheese.id, cheese.label, cheese.listed, cheese.proper_names) == ("cheese", {"und": "Cheeses"}, True, False)
    assert (word.listed, word.main, word.built_in) == (False, False, False)


def test_an_entry_that_names_no_kind_is_of_the_first_that_is_declared(write: Write) -> None:
    """That is what the folder is mostly about."""
    link = "links: [{is: website, url: https://shop.example}]\n"
    folder = read_folder(write(bot=BOT, shop=f"name: Corner Shop\nsummary: It sells.\n{link}"))
    assert folder.findings == ()
    kind = folder.catalogue.entries["shop"].kind
    assert (kind.id, kind.main, kind.works) == ("shop", True, True)


def test_a_folder_need_not_declare_kinds(write: Write) -> None:
    """Then entries without one are all alike, and listed."""
    folder = read_folder(write(bot="title: Cheese\n", brie="name: Brie\nsummary: It is soft.\n"))
    assert folder.findings == ()
    assert folder.catalogue.entries["brie"].kind == ENTRY
    assert folder.catalogue.listed_kinds == (ENTRY,)


def test_a_kind_that_is_not_declared_where_none_is_is_a_warning(write: Write) -> None:
    """Once for each, and the folder can be served."""
    folder = read_folder(write(bot="title: Cheese\n", brie=BRIE, feta=BRIE))
    assert told(folder.findings) == [("warning", "undeclared-kind", 1, 7)]
    assert folder.catalogue.entries["feta"].kind == Kind("cheese")


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("chese", "Did you mean 'cheese'?"),
        ("smaltalk", "Did you mean 'smalltalk'?"),
        ("butter", "Write one of shop, cheese, word, help, smalltalk, elsewhere; or declare it"),
    ],
)
def test_an_unknown_kind_is_an_error_at_its_place(write: Write, kind: str, advice: str) -> None:
    """It says which kinds there are."""
    (finding,) = read_folder(write(bot=BOT, brie=BRIE.replace("kind: cheese", f"kind: {kind}"))).findings
    assert told((finding,)) == [("error", "unknown-value", 1, 7)]
    assert finding.path == "knowledge/brie.yaml"
    assert finding.advice.startswith(advice)


def test_a_broken_bot_file_makes_no_kind_unknown(write: Write) -> None:
    """One mistake makes one finding."""
    (finding,) = read_folder(write(bot=f"{BOT}    titel: x\n", brie=BRIE)).findings
    assert finding.code == "unknown-key"


@pytest.mark.parametrize(
    ("declared", "code", "place"),
    [
        ("{cheese: {}}", "missing-key", (2, 9)),
        ("{cheese: {label: C, lable: x}}", "unknown-key", (2, 28)),
        ("{cheese: {label: C, listed: sometimes}}", "unknown-value", (2, 36)),
        ("{Big Cheese: {label: C}}", "bad-id", (2, 9)),
        ("{help: {label: C}}", "taken-kind", (2, 9)),
        ("[cheese]", "not-a-mapping", (2, 1)),
    ],
)
def test_mistakes_in_what_is_declared(write: Write, declared: str, code: str, place: tuple[int, int]) -> None:
    """Each is an error at the exact key or value of ``bot.yaml``."""
    findings = read_folder(write(bot=f"title: X\nkinds: {declared}\n", brie=BRIE)).findings
    assert [(one.code, (one.line, one.column)) for one in findings if one.severity == "error"] == [(code, place)]


def test_who_may_be_named_as_working_on_something(write: Write) -> None:
    """Entries of a kind that works; where no kind is declared, all but the program's own."""
    text = "kind: cheese\nname: Feta\nsummary: x\norganisations: [{id: brie}]\n"
    assert told(read_folder(write(bot=BOT, brie=BRIE, feta=text)).findings) == [
        ("warning", "not-an-organisation", 4, 22)
    ]
    open_to_all = read_folder(write(bot="title: X\n", brie=BRIE, feta=text)).findings
    assert [one.code for one in open_to_all] == ["undeclared-kind"]


def test_a_kind_has_the_attributes_of_another() -> None:
    """The program's attributes of organisations fit whatever is said to have them, and no other kind."""
    attribute = Attribute.model_validate({"label": "Founded", "kinds": ["organisation"]})
    assert attribute.fits(Kind("organisation"))
    assert attribute.fits(Kind("shop", attributes_of="organisation"))
    assert not attribute.fits(Kind("cheese"))
    assert Attribute.model_validate({"label": "Colour"}).fits(Kind("cheese"))


def test_the_programs_kinds_are_only_ever_answers() -> None:
    """They are not listed, and their names mean nothing by themselves."""
    assert list(BUILT_IN.values()) == [HELP, SMALLTALK, ELSEWHERE]
    assert all(kind.built_in and not (kind.listed or kind.proper_names or kind.subjects) for kind in BUILT_IN.values())


def test_an_entry_is_written_out_with_the_id_of_its_kind() -> None:
    """As an editor wrote it."""
    made = Entry.model_validate({"id": "brie", "kind": "cheese", "name": "Brie"})
    assert made.model_dump()["kind"] == "cheese"
