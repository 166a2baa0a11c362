"""One form for every file: what it looks like, and that nothing is lost on the way."""

from __future__ import annotations

import random
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.knowledge.form.formatting import House, formatted
from bot.knowledge.loader.yaml_loader import read_documents

if TYPE_CHECKING:
    import pytest

    from bot.knowledge.loader.positions import Value

HOUSE = House(languages=("en", "fr"), ordered=frozenset({"help"}), has_schema=True)


def form(text: str, inside: str = "topics/prison.yaml") -> str:
    """Return a text in the form, which must stay as it is when it is formatted again."""
    done = formatted(dedent(text).encode(), f"knowledge/{inside}", HOUSE)
    assert done.text is not None, done.findings
    assert formatted(done.text.encode(), f"knowledge/{inside}", HOUSE).text == done.text
    return done.text


def values(text: str) -> list[Any]:
    """Return what the documents of a text say."""
    return [one.value for one in read_documents(text, "").documents]


# Entries


def test_the_keys_of_an_entry_come_in_one_order_and_take_their_comments_with_them() -> None:
    """Those above a key and those beside it; what is about the file stays at its top."""
    before = """\
        # yaml-language-server: $schema=../entry.schema.json
        # people confuse it with bail
        summary: Short.   # too short
        # the old name
        name: Prison
        unknown: x
        id: prison
        """
    assert form(before) == dedent("""\
        # yaml-language-server: $schema=../entry.schema.json
        id: prison
        # the old name
        name: Prison
        # people confuse it with bail
        summary: Short.  # too short
        unknown: x
        """)


def test_comments_inside_stay_where_they_belong() -> None:
    """Beside a key, beside an item, above an item, at the end of a list and of the file."""
    text = dedent("""\
        name:  # all of them
          en: Prison  # English
          # the French one is new
          fr: Prison
        related:
          - bail
          # not yet written
          - arrest  # soon
          # and others
        status: active
        # the end
        """)
    assert form(text) == text


def test_a_comment_at_a_deeper_indentation_belongs_to_what_is_in_front() -> None:
    """So it stays there when the keys change places."""
    before = """\
        related:
            - bail
            # and others
        name: Prison
        """
    assert form(before) == dedent("""\
        name: Prison
        related:
          - bail
          # and others
        """)


def test_a_text_is_on_one_line_up_to_200_characters_and_folded_above() -> None:
    """A folded line has 118 characters at most."""
    short, long = "word " * 37 + "end.", "word " * 40 + "end."
    once = form(f"name: A\nsummary:\n  en: {short}\n  fr: >-\n    {long}\n")
    lines = once.splitlines()
    assert lines[2] == f"  en: {short}"
    assert lines[3] == "  fr: >-"
    assert len(lines) == 6
    assert max(map(len, lines[4:])) == 118
    assert values(once) == [{"name": "A", "summary": {"en": short, "fr": long}}]


def test_a_fact_has_its_keys_in_order_and_does_not_say_that_it_is_sure() -> None:
    """As high is what is meant where no confidence is given."""
    before = """\
        name: A
        facts:
        - confidence: high
          source: a book
          text: It began.
          about: [founded]
        - confidence: low
          text: It may be.
        """
    assert form(before) == dedent("""\
        name: A
        facts:
          - about: [founded]
            text: It began.
            source: a book
          - text: It may be.
            confidence: low
        """)


def test_a_link_is_in_brackets_where_it_fits_in_160_characters() -> None:
    """Else it has a line for each key, and its label is in brackets where that fits."""
    url = "https://a.example/" + "x" * 100
    before = f"""\
        name: A
        links:
          - url: https://a.example
            label:
              en: A site
            is: website
          - is: contact
            label:
              en: To write to
            url: {url}
        """
    assert form(before) == dedent(f"""\
        name: A
        links:
          - {{is: website, label: {{en: A site}}, url: https://a.example}}
          - is: contact
            label: {{en: To write to}}
            url: {url}
        """)


def test_phrases_in_an_entry_stay_as_they_are_written() -> None:
    """Small talk has many of them in brackets over several lines."""
    text = dedent("""\
        id: hello
        name: Hello
        keywords:
          en: [
            hi, yo,  # not typed any more
            "hello"
          ]
          fr: [salut]
        ---
        id: thanks
        name: Thanks
        """)
    assert form(text) == text


def test_brackets_with_a_comment_or_nothing_inside_are_kept() -> None:
    """As a formatter could only guess where those belong."""
    text = "name: A\nfacts: [{about: }]\nrelated: [\n  b, # why\n  c\n]\nsources: []\n"
    assert form(text) == text


def test_quotes_stay_where_they_are_needed_and_only_there() -> None:
    """Also where another program would take the text for a number, a day or a yes."""
    before = """\
        name: 'Plain: not'
        aliases: ['yes', "1985", 'it''s', '"so"']
        short: {en: 'a, b', fr: 'c'}
        status_note: 'a # b'
        sources:
          - 'plain'
          - '2026-10-04'
          - '@group'
          - "it's: here"
          - "tab\\there"
          - no
        """
    assert form(before) == dedent("""\
        name: "Plain: not"
        short: {en: "a, b", fr: c}
        aliases: ['yes', "1985", 'it''s', '"so"']
        status_note: "a # b"
        sources:
          - plain
          - "2026-10-04"
          - "@group"
          - "it's: here"
          - "tab\\there"
          - no
        """)


def test_paragraphs_keep_their_lines() -> None:
    """What somebody in danger is told first has empty lines between its sentences."""
    head = "id: help\nkind: help\nname: Help\nreply:\n"
    text = f"{head}  en: |-\n    Call now.\n\n    It is not your fault.\n  fr: |\n    Appelle.\n"
    assert form(text) == text


def test_empty_lines_stay_one_each() -> None:
    """And there is none at the beginning, at the end or behind a key; trailing blanks go."""
    before = "\n\nname: A   \n\n\nsummary:\n\n  en: B\nrelated: [c]\n\n\n"
    assert form(before) == "name: A\n\nsummary:\n  en: B\nrelated: [c]\n"


def test_what_is_unusual_keeps_everything_but_its_blanks() -> None:
    """Anchors and aliases, of which only the author knows what they are for."""
    assert form("name: A\nsummary: &s  Text.  \nreply: *s\n") == "name: A\nsummary: &s  Text.\nreply: *s\n"


def test_a_file_of_which_there_is_one_keeps_everything_but_its_blanks() -> None:
    """Golden questions and the like have forms of their own."""
    assert form("# why\n- {q: 'x',   want: none}  \n\n\n", "golden.yaml") == "# why\n- {q: 'x',   want: none}\n"
    text = "title: 'Guide'\nlanguages:   [en]\nkinds: {}\n"
    assert form(text, "bot.yaml") == text


# Phrases and synonyms


def test_phrases_are_sorted_one_a_line_in_the_folders_languages() -> None:
    """Exact repeats go; a comment moves with its phrase, and the line with the schema comes first."""
    before = """\
        # by hand

        keywords:
          de: [Zelle]
          ar:
            - b
          fr: [cellule]
          en: [
            "prison", Bars, bail, 'yes', bail
          ]
        aliases:
          - Z
          # once its name
          - a  # in a law
        """
    assert form(before, "phrasings/prison.yaml") == dedent("""\
        # yaml-language-server: $schema=../phrasings.schema.json
        # by hand

        aliases:
          # once its name
          - a  # in a law
          - Z
        keywords:
          en:
            - bail
            - Bars
            - prison
            - "yes"
          fr:
            - cellule
          de:
            - Zelle
          ar:
            - b
        """)


def test_the_phrases_of_a_cry_for_help_keep_their_order() -> None:
    """Comments group them there."""
    text = dedent("""\
        # yaml-language-server: $schema=../phrasings.schema.json
        keywords:
          en:
            # groups
            - "@father = dad/daddy"

            # violence
            - hits _me
            - hits _me
            - "@father beats"
        """)
    assert form(text, "phrasings/help.en.yaml") == text


def test_a_group_of_synonyms_is_a_line_however_long() -> None:
    """In the order in which they were written."""
    long = " ".join(f"word{number}" for number in range(60))
    before = f"en:\n  - young youth\n  - {long[:80]}\n    {long[80:]}\n"
    for inside in ("synonyms/en.yaml", "synonyms.yaml"):
        assert values(form(before, inside)) == values(before)
        assert form(before, inside).count("\n") == 3


# What cannot be formatted


def test_what_is_no_yaml_is_told_with_its_place_and_left_alone() -> None:
    """So is a key that is there twice, of which one would be lost."""
    for text, place in (("name: A\nsummary: [x\n", 2), ("name: A\nname: B\n", 2), ("name: A\n\tx: 1\n", 2)):
        done = formatted(text.encode(), "knowledge/a.yaml", HOUSE)
        assert done.text is None
        assert [(one.path, one.line) for one in done.findings] == [("knowledge/a.yaml", place)]
    assert formatted(b"\xff\xfe", "knowledge/a.yaml", HOUSE).text is None


def test_a_text_that_would_say_something_else_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the formatter has wrong, the file is compared with the old one first: values and comments."""
    for wrong in ("name: B  # why\n", "name: A\n", "name: [\n"):
        monkeypatch.setattr("bot.knowledge.form.formatting.write", lambda _, wrong=wrong: wrong)
        done = formatted(b"name:  A  # why\n", "knowledge/a.yaml", HOUSE)
        assert done.text is None
        assert [one.code for one in done.findings] == ["not-formatted"]


# Whatever is in it

ODD = ["yes", "null", "~", "1985", "2026-11-21", "---", "...", "=", "<<", "a: b", "# no", "", " x", "x\n"]
WORDS = ["word", "a", "l'eau", "a:", "#1", "-", "x  y", " "]
TEXTS = st.one_of(
    st.text(st.sampled_from("ab é:#-?,[]{}'\"\\@%&*!|>=~\n\t.0"), max_size=12),
    st.text(max_size=20),
    st.sampled_from(ODD),
    st.lists(st.sampled_from(WORDS), min_size=40, max_size=70).map(" ".join),
)
BY_LANGUAGE = st.dictionaries(st.sampled_from(["en", "fr", "de", "no"]), TEXTS, min_size=1)
PHRASES = st.dictionaries(st.sampled_from(["en", "fr", "de", "no"]), st.lists(TEXTS, max_size=4), min_size=1)
FACTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "confidence": st.sampled_from(["high", "low"]),
            "text": BY_LANGUAGE | TEXTS,
            "about": st.lists(TEXTS, max_size=3),
            "value": TEXTS | st.lists(TEXTS | BY_LANGUAGE, max_size=3),
        },
    ),
    max_size=3,
)
LINKS = st.lists(
    st.fixed_dictionaries({"url": TEXTS}, optional={"is": TEXTS, "label": BY_LANGUAGE}), min_size=1, max_size=2
)
ENTRIES = st.fixed_dictionaries(
    {"name": TEXTS | BY_LANGUAGE},
    optional={
        "summary": TEXTS | BY_LANGUAGE,
        "keywords": PHRASES,
        "related": st.lists(TEXTS, max_size=3),
        "facts": FACTS,
        "links": LINKS,
        "accept_overlap": BY_LANGUAGE,
    },
)
PHRASE_FILES = st.dictionaries(st.sampled_from(["questions", "keywords", "aliases"]), PHRASES, min_size=1)


def written(value: dict[str, Any], seed: int) -> tuple[str, dict[str, str]]:
    """Return a mapping as somebody might write it, with a comment of its own above some keys."""
    chance = random.Random(seed)  # noqa: S311  (reproduced by the seed)
    parts, comments = [], {}
    for key in chance.sample(sorted(value), len(value)):
        if chance.random() < 0.5:
            comments[key] = f"# about {key}"
            parts.append("\n" * chance.randrange(2) + comments[key] + "\n")
        parts.append(
            yaml.dump(
                {key: value[key]},
                default_flow_style=chance.choice([True, False, None]),
                default_style=chance.choice([None, '"', "'"]),
                width=chance.choice([20, 60, 1000]),
                indent=chance.choice([2, 4]),
                allow_unicode=chance.choice([True, False]),
                sort_keys=False,
            )
            if chance.random() < 0.8 or not isinstance(value[key], dict)
            else _in_block(key, value[key], chance)
        )
    return "".join(parts), comments


def _in_block(key: str, value: dict[str, Any], chance: random.Random) -> str:
    dumped = yaml.dump(value, allow_unicode=True, sort_keys=False, width=chance.choice([20, 1000]))
    return f"{key}:  # beside\n" + "".join(f"    {line}\n" for line in dumped.splitlines())


def plainly(value: Value) -> Value:
    """Return a value as it is loaded from a file, without facts that say the default."""
    if isinstance(value, dict):
        return {key: plainly(one) for key, one in value.items() if (key, one) != ("confidence", "high")}
    return [plainly(one) for one in value] if isinstance(value, list) else value


@settings(deadline=None)
@given(ENTRIES, st.integers(0, 10_000), st.booleans())
@example({"name": "a", "summary": "x " * 150 + "\t"}, 0, False)
def test_an_entry_means_the_same_in_the_form_and_has_its_comments(
    entry: dict[str, Any], seed: int, twice: bool
) -> None:
    """Whatever its texts are, and in whatever way it was written; formatting it again changes nothing."""
    text, comments = written(entry, seed)
    text = f"{text}---\n{text}" if twice else text
    before = read_documents(text, "knowledge/a.yaml")
    done = formatted(text.encode(), "knowledge/a.yaml", HOUSE)
    if before.findings or any(one.severity == "error" for one in done.findings):
        assert done.text is None  # a character that no file may have
        return
    assert done.text is not None, done.findings
    assert [plainly(one.value) for one in before.documents] == [plainly(one) for one in values(done.text)]
    again = formatted(done.text.encode(), "knowledge/a.yaml", HOUSE)
    assert again.text == done.text, again.findings
    assert not any(line != line.rstrip(" ") for line in done.text.split("\n"))
    lines = done.text.split("\n")
    for key, comment in comments.items():
        places = [number for number, line in enumerate(lines) if line == comment]
        assert len(places) == 1 + twice
        assert all(lines[number + 1].startswith((f"{key}:", f'"{key}":')) for number in places)


@settings(deadline=None)
@given(PHRASE_FILES, st.integers(0, 10_000))
def test_a_file_of_phrases_has_the_same_phrases_in_the_form(phrases: dict[str, Any], seed: int) -> None:
    """Sorted, each once."""
    text, _ = written(phrases, seed)
    before = read_documents(text, "")
    done = formatted(text.encode(), "knowledge/phrasings/a.yaml", HOUSE)
    if before.findings or any(one.severity == "error" for one in done.findings):
        assert done.text is None
        return
    assert done.text is not None, done.findings
    (after,) = values(done.text)
    for key, by_language in phrases.items():
        for language, listed in by_language.items():
            there = after[key][language]
            assert set(there) == set(listed)
            if all(listed):
                assert there == sorted(set(listed), key=lambda one: (one.casefold(), one))
    again = formatted(done.text.encode(), "knowledge/phrasings/a.yaml", HOUSE)
    assert again.text == done.text, again.findings
