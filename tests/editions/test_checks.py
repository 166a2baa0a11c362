"""Every kind of mistake that the compiler looks for, planted in a small folder and found at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.editions import checks
from bot.editions.checks import amounts as amounts_module
from bot.editions.checks.amounts import learned_table, unread_phrases
from bot.editions.checks.context import CheckContext
from bot.editions.checks.golden import golden_questions
from bot.editions.checks.kinds import declared_kinds, kinds_of_attributes
from bot.editions.checks.overlaps import names_inside, same_keywords
from bot.editions.checks.retrieval import own_words
from bot.editions.checks.texts import missing_languages, word_count
from bot.editions.compilation import compile_folder
from bot.knowledge.finding import MOST
from bot.knowledge.folder import read_folder
from bot.knowledge.kinds import BUILT_IN
from bot.matching.decision import Answer, Choose, NoMatch, Question, Rule
from bot.matching.matcher import Matcher
from bot.matching.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.knowledge.entry import Entry
    from bot.knowledge.finding import Finding
    from bot.matching.decision import Decision
    from tests.knowledge.conftest import Write

TODAY = date(2026, 11, 21)
SUMMARY = "summary: " + "word " * 50
BOT = "title: Guide\nlanguages: [en]\n"
ALPHA = f"name: Alpha Foundation\nacronyms: [ALF]\naliases: [First House]\nquestions: [who was first]\n{SUMMARY}\n"


class Rehearsed(Matcher):
    """A matcher that answers as it is told, and else with the entry that has the question as its name or phrase."""

    def __init__(self, entries: tuple[Entry, ...], script: dict[str, Callable[[Question], Decision]]) -> None:
        super().__init__(entries)
        self.entries = entries
        self.script = script

    def decide(self, question: Question) -> Decision:
        """Answer as rehearsed."""
        if question.text in self.script:
            return self.script[question.text](question)
        for entry in self.entries:
            listed = (entry.name, entry.aliases, entry.questions)
            if question.text in [
                *entry.acronyms,
                *(text for one in listed for text in str(list(one.values())).split("'")),
            ]:
                return Answer(question=question, rule=Rule.EXACT, entry=entry)
        return NoMatch(question=question, rule=Rule.WEAK)


def examine(folder: Path, **script: str) -> CheckContext:
    """Read a folder without errors; ``script`` says which id, or ``none``, the question of that name gets."""
    read = read_folder(folder)
    assert not read.has_errors, read.findings
    entries = read.catalogue.entries

    def scripted(answer: str) -> Callable[[Question], Decision]:
        if answer == "none":
            return lambda question: NoMatch(question=question, rule=Rule.WEAK)
        if "," in answer:
            some = tuple(entries[one] for one in answer.split(","))
            return lambda question: Choose(question=question, rule=Rule.CLOSE, entries=some)
        return lambda question: Answer(question=question, rule=Rule.EXACT, entry=entries[answer])

    told = {text.replace("_", " "): scripted(answer) for text, answer in script.items()}
    return CheckContext(read, Rehearsed(tuple(entries.values()), told), TODAY)


def found(context: CheckContext) -> list[tuple[str, str, str, int, int]]:
    """Return severity, code and place of what all checks find."""
    findings: list[Finding] = []
    for check in (*checks.QUICK, *checks.DATED, *checks.SLOW):
        findings += check(context)
    assert all(finding.message and finding.advice for finding in findings)
    return [(str(one.severity), one.code, one.path.partition("/")[2], one.line, one.column) for one in sorted(findings)]


def test_a_good_folder_has_no_findings(write: Write) -> None:
    """Entries with names and words of their own leave nothing to say."""
    assert found(examine(write(bot=BOT, alpha=ALPHA, beta=f"name: Beta Trust\n{SUMMARY}\n"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: X\naliases: [Omega, 'Alpha--FOUNDATION']", ("warning", "same-name", 2, 18)),
        ("name: X\nacronyms: [Alf]", ("warning", "same-name", 2, 12)),
        ("name: X\nquestions: {en: ['Who was first?']}", ("warning", "same-question", 2, 18)),
        ("name: X\naliases: [Alpha Foundatoin]", ("note", "near-name", 2, 11)),
        ("name: X\naliases: [of the]", ("warning", "stop-words", 2, 11)),
        ("name: X\nkeywords: [the, x]", ("warning", "stop-words", 2, 12)),
        ("name: X\nkeywords: ['!?', x]", ("warning", "empty-phrase", 2, 12)),
        ("name: X\nkeywords: [bail, Bail!]", ("note", "repeated-phrase", 2, 18)),
        (f"name: X\nquestions: ['{'why ' * 70}x']", ("warning", "long-phrase", 2, 13)),
        ("name: X\nreviewed_on: 2025-11-20", ("note", "old-review", 2, 14)),
        ("name: X\nreviewed_on: 2026-11-23", ("warning", "future-review", 2, 14)),
        (f"name: {'X' * 40} {'y' * 24}", ("note", "name-too-long", 1, 7)),
    ],
)
def test_planted_mistakes(write: Write, text: str, expected: tuple[str, str, int, int]) -> None:
    """One mistake in an entry is one finding, at its place."""
    severity, code, line, column = expected
    folder = write(bot=BOT, alpha=ALPHA, x=f"{text}\n{SUMMARY}\n")
    entries = read_folder(folder).catalogue.entries
    every = [text for one in entries.values() for listed in one.questions.values() for text in listed]
    every += [text for one in entries.values() for listed in one.aliases.values() for text in listed]
    assert found(examine(folder, **{text: "x" for text in every if text not in {"who was first", "First House"}})) == [
        (severity, code, "x.yaml", line, column)
    ]


def test_numbers_that_nobody_looked_up_for_half_a_year(write: Write) -> None:
    """One note for all of them: time alone must not turn a check red."""
    numbers = "lines:\n" + "".join(f"- {{number: '1', checked: {when}}}\n" for when in ("2026-05", "2026-04", "2025"))
    folder = write(bot=BOT, alpha=ALPHA, helplines=numbers)
    assert found(examine(folder)) == [("note", "old-number", "helplines.yaml", 1, 1)]


def test_groups_of_synonyms_that_can_never_be_read(write: Write) -> None:
    """A word that a question cannot have, a beginning of everything, and a word that means only itself."""
    groups = "en:\n  - jail prison\n  - jail pre-trial\n  - jail pr*son\n  - jail pri*\n  - jail\n  - jail*\n"
    folder = write(bot=BOT, alpha=ALPHA, beta=f"name: Beta Trust\n{SUMMARY}\n", synonyms=groups)
    assert found(examine(folder)) == [
        ("warning", "synonym", "synonyms.yaml", 3, 5),
        ("warning", "synonym", "synonyms.yaml", 4, 5),
        ("warning", "synonym", "synonyms.yaml", 5, 5),
        ("note", "synonym", "synonyms.yaml", 6, 5),
    ]


def test_accepted_overlaps_are_silent(write: Write) -> None:
    """An overlap that somebody reviewed is no finding, whichever of the two entries says so."""
    one = ALPHA + "accept_overlap: {x: they merged}\n"
    folder = write(bot=BOT, alpha=one, x=f"name: X\nacronyms: [ALF]\naliases: [First Horse]\n{SUMMARY}\n")
    assert found(examine(folder, ALF="alpha,x")) == []


def test_an_accepted_overlap_does_not_hide_another(write: Write) -> None:
    """Of three entries with one name, two that accept one another still collide with the third."""
    beta = f"name: Beta Trust\nacronyms: [ALF]\naliases: [x]\n{SUMMARY}\n"
    gamma = f"name: Gamma\nacronyms: [ALF]\naccept_overlap: {{alpha: they merged}}\n{SUMMARY}\n"
    findings = found(examine(write(bot=BOT, alpha=ALPHA, beta=beta, gamma=gamma), x="beta"))
    assert findings == [
        ("warning", "same-name", "beta.yaml", 2, 12),
        ("warning", "same-name", "gamma.yaml", 2, 12),
    ]


def test_names_inside_names(write: Write) -> None:
    """A name inside the names of strangers is one note; entries that refer to one another are no strangers."""
    entries = {f"e{n}": f"name: Friends of First House {n}x\n{SUMMARY}\n" for n in range(7)}
    folder = write(bot=BOT, alpha=ALPHA, **entries)
    assert found(examine(folder)) == [("note", "name-inside", "alpha.yaml", 3, 11)]
    (finding,) = names_inside(examine(folder))
    assert "e0, e1, e2, e3, e4 and 2 more" in finding.message
    write(**{key: f"{text}related: [alpha]\n" for key, text in entries.items()})
    assert found(examine(folder)) == []


def test_own_words(write: Write) -> None:
    """A phrase that another entry wins, that finds nothing or leads to a choice is a warning where it stands."""
    beta = f"name: Beta Trust\n{SUMMARY}\n"
    context = examine(
        write(bot=BOT, alpha=ALPHA, beta=beta), First_House="beta", ALF="none", who_was_first="alpha,beta"
    )
    assert found(context) == [
        ("warning", "not-found", "alpha.yaml", 2, 12),
        ("warning", "not-found", "alpha.yaml", 3, 11),
        ("warning", "not-alone", "alpha.yaml", 4, 13),
    ]


def test_a_subject_may_lead_to_its_organisation(write: Write) -> None:
    """Where the words of a subject find an organisation that it lists, that is only a note."""
    text = f"name: Theme\naliases: [motto]\norganisations: [{{id: org}}]\n{SUMMARY}\n"
    org = f"kind: organisation\nname: Org\nlinks: [{{is: website, url: https://org.example}}]\n{SUMMARY}\n"
    assert found(examine(write(bot=BOT, theme=text, org=org), motto="org")) == [
        ("note", "not-found", "theme.yaml", 2, 11)
    ]


def test_a_name_that_asks_for_help_with_the_bot(write: Write) -> None:
    """A name that means "how does this work" never gets to a search."""
    read = read_folder(
        write(bot=BOT, alpha=ALPHA + "related: [x]\n", x=f"name: X files\naliases: [help me]\n{SUMMARY}\n")
    )
    findings = list(own_words(CheckContext(read, Matcher(tuple(read.catalogue.entries.values())), TODAY)))
    assert [(one.path, one.line, one.code) for one in findings] == [("knowledge/x.yaml", 2, "not-found")]
    assert "help with the bot" in findings[0].message


def test_a_calm_question_taken_for_a_cry(write: Write) -> None:
    """An entry's own question that the help entry hears is a warning that names the phrase."""
    helping = "kind: help\nname: Help\nreply: Call.\nlines: [{number: 1}]\nkeywords: {en: [beats me]}\n"
    text = f"name: Violence\nquestions: [what beats me]\n{SUMMARY}\n"
    folder = write(bot=BOT, violence=text, help=helping)
    read = read_folder(folder)
    (finding,) = own_words(CheckContext(read, Matcher(tuple(read.catalogue.entries.values())), TODAY))
    assert (finding.path, finding.line, finding.code) == ("knowledge/violence.yaml", 2, "not-found")
    assert "cry for help" in finding.message
    assert "calm: of 'help'" in finding.advice


def test_unreachable(write: Write) -> None:
    """An entry that wins none of its own words is one finding."""
    folder = write(bot=BOT, alpha=ALPHA, beta=f"name: Beta Trust\naliases: [Second House]\n{SUMMARY}\n")
    context = examine(folder, Beta_Trust="alpha", Second_House="none")
    assert found(context) == [("warning", "unreachable", "beta.yaml", 1, 1)]


def test_only_so_many_are_tried(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a huge folder the names come first, and what was not tried is said."""
    monkeypatch.setattr("bot.editions.checks.retrieval.MAX_TRIED", 2)
    beta = f"name: Beta Trust\naliases: [Second House]\n{SUMMARY}\n"
    context = examine(write(bot=BOT, alpha=ALPHA, beta=beta), Second_House="alpha", Beta_Trust="alpha,beta")
    findings = list(own_words(context))
    assert [one.code for one in findings] == ["not-alone", "not-tried"]
    assert findings[1].message.startswith("4 of 6")


MANY = """\
    title: Guide
    languages: [en, fr, es, de]
    kinds:
      body: {label: Bodies, proper_names: yes}
      topic: {label: Topics}
"""


def amounts(context: CheckContext) -> list[tuple[str, str, str, int]]:
    """Return what is found about the amounts of phrases: severity, code, entry's file and line."""
    findings = [*amounts_module.phrase_amounts(context), *amounts_module.long_keywords(context)]
    return [(str(one.severity), one.code, one.path.rpartition("/")[2], one.line) for one in findings]


@pytest.mark.parametrize(
    ("kind", "language", "key", "most"),
    [
        ("topic", "en", "keywords", 40),
        ("topic", "es", "questions", 10),
        ("body", "en", "keywords", 15),
        ("body", "fr", "questions", 10),
        ("topic", "de", "keywords", 12),
        ("body", "ar", "keywords", 12),
        ("topic", "de", "questions", 5),
        ("body", "ar", "questions", 5),
    ],
)
def test_more_phrases_than_anybody_keeps_in_mind(write: Write, kind: str, language: str, key: str, most: int) -> None:
    """One finding a list: none up to the limit, a note above, a warning above twice as many."""

    def with_phrases(count: int) -> list[tuple[str, str, str, int]]:
        listed = "".join(f"    - phrase {number}\n" for number in range(count))
        text = f"kind: {kind}\nname: X\n{SUMMARY}\n{key}:\n  {language}:\n{listed}"
        return amounts(examine(write(bot=MANY, x=text)))

    assert with_phrases(most) == []
    assert with_phrases(most + 1) == [("note", "many-phrases", "x.yaml", 5)]
    assert with_phrases(2 * most) == [("note", "many-phrases", "x.yaml", 5)]
    assert with_phrases(2 * most + 1) == [("warning", "many-phrases", "x.yaml", 5)]


def test_phrases_without_a_language_have_the_limit_of_the_first_ones(write: Write) -> None:
    """And small talk, neighbours and cries for help have none."""
    listed = ", ".join(f"phrase {number}" for number in range(41))
    text = f"kind: topic\nname: X\n{SUMMARY}\nkeywords: [{listed}]\n"
    own = "".join(f"id: {kind}\nkind: {kind}\nname: N\nreply: R\nkeywords: [{listed}]\n---\n" for kind in BUILT_IN)
    context = examine(write(bot=MANY, x=text, own=own.removesuffix("---\n")))
    assert amounts(context) == [("note", "many-phrases", "x.yaml", 4)]
    assert next(amounts_module.phrase_amounts(context)).message == "'x' has 41 keywords, and 40 are enough."


def test_keywords_of_more_than_four_words_are_one_finding_a_list(write: Write) -> None:
    """At the first of them; a warning if one has more than twice as many. Questions may be long."""
    text = f"""
        kind: topic
        name: X
        {SUMMARY}
        keywords:
          en:
            - one two three four
            - one two three four five
            - two three four five six
          fr:
            - un deux trois quatre cinq six sept huit neuf
        questions:
          en:
            - who is it that does five or more of these
    """
    context = examine(write(bot=MANY, x=text))
    assert amounts(context) == [("note", "long-keyword", "x.yaml", 8), ("warning", "long-keyword", "x.yaml", 11)]
    first = next(amounts_module.long_keywords(context))
    assert first.message == "2 keywords have more than 4 words, the first is 'one two three four five'."


def test_the_guide_has_the_numbers_that_are_checked() -> None:
    """In its table "How many phrases"."""
    guide = (Path(__file__).parents[2] / "knowledge" / "README.md").read_text(encoding="utf-8")
    table = guide.partition("| in one language | keywords | questions |")[2].partition("\n\n")[0]
    rows = [[int(cell) for cell in line.split("|")[2:4]] for line in table.splitlines()[2:]]
    limits = (amounts_module.OF_A_SUBJECT, amounts_module.OF_A_NAME, amounts_module.OF_A_FURTHER_LANGUAGE)
    assert rows == [list(one) for one in limits]


def test_keywords_that_two_entries_share(write: Write) -> None:
    """One note for a pair of entries, at the first that they share word for word, unless somebody accepted it."""
    alpha = f"name: Alpha\n{SUMMARY}\nkeywords: {{en: [Bail!, jail, cell]}}\n"
    beta = f"name: Beta\n{SUMMARY}\nkeywords: {{en: [own], fr: [bail, jail]}}\n"
    hello = "kind: smalltalk\nname: Hello\nreply: Hi.\nkeywords: [bail]\n"
    context = examine(write(bot=BOT, alpha=alpha, beta=beta, hello=hello))
    assert [(str(one.severity), one.code, one.line, one.column) for one in same_keywords(context)] == [
        ("note", "same-keyword", 3, 28)
    ]
    message = next(same_keywords(context)).message
    assert message == "2 keywords are also in 'alpha' (knowledge/alpha.yaml:3), the first is 'bail'."
    accepted = f"{beta}accept_overlap: {{alpha: both do it}}\n"
    assert list(same_keywords(examine(write(bot=BOT, alpha=alpha, beta=accepted)))) == []


def test_missing_languages(write: Write) -> None:
    """Each language of bot.yaml that an entry lacks is one finding; a text without a language serves all."""
    bot = "title: Guide\nlanguages: [en, fr]\n"
    words = "word " * 50
    text = f"""
        name: Alpha
        summary: {{en: {words}}}
        keywords: {{en: [first]}}
        facts: [{{text: {{en: a, fr: b}}}}, {{text: {{en: c}}}}]
    """
    typed = f"name: Beta\n{SUMMARY}\nquestions: {{fr: [qui est beta]}}\n"
    context = examine(write(bot=bot, alpha=text, beta=typed))
    assert found(context) == [
        ("warning", "missing-language", "alpha.yaml", 3, 1),
        ("note", "missing-language", "beta.yaml", 3, 1),
    ]
    message = next(one.message for one in missing_languages(context))
    assert "'fr' in summary, facts (number 2), keywords" in message


def test_unspoken_languages(write: Write) -> None:
    """A language in which the program has no words is a note."""
    bot = "title: Guide\nlanguages: [en, pt-BR, sw]\n"
    assert ("note", "unspoken-language", "bot.yaml", 2, 24) in found(examine(write(bot=bot, alpha=ALPHA)))


def test_lengths(write: Write) -> None:
    """Summaries of the wrong length, cards beyond a message and profile texts beyond Telegram's limits are found."""
    bot = f"title: G\ndescription: {'d' * 513}\nshort_description: {{en: {'😀' * 61}}}\nexamples: [{'e' * 257}]\n"
    short, long = f"name: Short\nsummary: {{en: {'word ' * 39}}}\n", f"name: Long\nsummary: {'word ' * 91}\n"
    fact = f"name: Fact\nfacts: [text: {'🙂' * 2000}]\n{SUMMARY}\n"
    assert found(examine(write(bot=bot, short=short, long=long, fact=fact))) == [
        ("warning", "profile-too-long", "bot.yaml", 2, 14),
        ("warning", "profile-too-long", "bot.yaml", 3, 25),
        ("warning", "profile-too-long", "bot.yaml", 4, 12),
        ("warning", "card-too-long", "fact.yaml", 3, 10),
        ("warning", "summary-length", "long.yaml", 2, 10),
        ("warning", "summary-length", "short.yaml", 2, 15),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One, two - three: four!", 4),
        ("l'enfant d’aujourd’hui", 2),
        ("well-known 1,000 U.N. bodies", 4),
        ("वह बच्चों के लिए काम करता है", 7),
        ("它帮助世界各地的儿童和家庭", 8),
        ("ช่วยเหลือเด็กทั่วโลก", 4),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    """Words are what stands between spaces; where there are none they are estimated."""
    assert word_count(text) == count


def test_unreadable_cries(write: Write) -> None:
    """A phrase of the help entry that cannot be listened for is an error at its place."""
    text = "kind: help\nname: Help\nreply: Call.\nlines: [{number: 1}]\nkeywords:\n  en:\n  - a + b + c + d + e + f\n"
    assert found(examine(write(bot=BOT, help=text))) == [("error", "unreadable-phrase", "help.yaml", 7, 5)]


def test_of_what_the_checks_find_a_hundred_a_file_are_told(write: Write) -> None:
    """However many golden questions are missed, a report can be read."""
    golden = "\n".join(f"- {{q: something {number}, want: alpha}}" for number in range(2 * MOST))
    edition = compile_folder(write(bot=BOT, alpha=ALPHA, golden=golden), thorough=False)
    codes = [one.code for one in edition.findings if one.path.endswith("golden.yaml")]
    assert codes == ["golden"] * MOST + ["more-findings"]


def test_care_without_anybody_to_hear(write: Write) -> None:
    """What to do for somebody in danger is of no use where nobody is heard, unless bot.yaml says that this is meant."""
    folder = write(bot=BOT, alpha=ALPHA, care="adults: {en: [my son]}\n")
    assert ("error", "nobody-heard", "bot.yaml", 1, 1) in found(examine(folder))
    write(bot=f"{BOT}help: none\n")
    assert not any(code == "nobody-heard" for _, code, *_ in found(examine(folder)))
    write(bot=BOT, help="kind: help\nname: Help\nreply: Call.\nkeywords: {en: [hit me]}\n")
    assert not any(code == "nobody-heard" for _, code, *_ in found(examine(folder)))


def test_golden_questions(write: Write) -> None:
    """A golden question answered wrong is an error if it must be right, else a warning, at the question.

    An accepted miss is a note, and one that is mended asks to be tidied.
    """
    golden = """
        - {q: ALF, want: alpha, must: true}
        - {q: First House, want: beta}
        - {want: none, q: Beta Trust, must: true}
        - {q: weather, want: none}
        - {q: a choice, want: beta}
        - {q: Alpha Foundation, want: beta, accept_miss: It is only an example.}
        - {q: Alpha Foundation, want: beta, accept_miss: It is only an example., must: true}
        - {q: Beta Trust, want: beta, accept_miss: It was wrong once.}
    """
    folder = write(bot=BOT, alpha=ALPHA, beta=f"name: Beta Trust\n{SUMMARY}\n", golden=golden)
    findings = sorted(golden_questions(examine(folder, a_choice="alpha,beta")))
    assert [(str(one.severity), one.code, one.line, one.column) for one in findings] == [
        ("warning", "golden", 3, 7),
        ("error", "golden", 4, 19),
        ("warning", "golden", 6, 7),
        ("note", "golden", 7, 7),
        ("error", "golden", 8, 7),
        ("note", "golden-mended", 9, 7),
    ]
    assert findings[0].message == "'First House' should give beta, and gives alpha."
    assert findings[2].message == "'a choice' should give beta, and gives a choice of alpha, beta."


def test_what_a_golden_question_got(write: Write) -> None:
    """The finding about a golden question says what was decided, whatever it was."""
    golden = "".join(f"- {{q: {text}, want: alpha}}\n" for text in ("i am in danger", "help", "there", "zzz"))
    helping = "kind: help\nname: Help\nreply: Call.\nlines: [{number: 1}]\nquestions: {en: [i am in danger]}\n"
    there = "kind: elsewhere\nname: There\naliases: [there]\nreply: Not here.\n"
    read = read_folder(write(bot=BOT, alpha=ALPHA, danger=helping, over=there, golden=golden))
    assert not read.has_errors
    context = CheckContext(read, Matcher(tuple(read.catalogue.entries.values())), TODAY)
    got = [finding.message.rpartition("gives ")[2] for finding in golden_questions(context)]
    assert got == ["help.", "chat.", "none (over).", "none."]


KINDS = """
    title: Guide
    languages: [en, fr]
    kinds:
      house: {label: {en: Houses}, attributes_of: organisations}
      garden: {label: Gardens}
      tree: {label: {en: Trees, fr: Arbres}}
"""


def test_what_is_wrong_with_the_kinds_of_a_folder(write: Write) -> None:
    """A label that is missing in a language, a kind that nothing is of, attributes of a kind that has none."""
    one = f"kind: tree\nname: Alpha\n{SUMMARY}\n"
    context = examine(write(bot=KINDS, alpha=f"name: House\n{SUMMARY}\n", oak=one))
    findings = sorted(declared_kinds(context))
    assert [(str(one.severity), one.code, one.line) for one in findings] == [
        ("warning", "missing-language", 5),
        ("warning", "unknown-kind", 5),
        ("warning", "unused-kind", 6),
    ]
    assert [finding.advice for finding in findings[1:2]] == ["Did you mean 'organisation'?"]


def test_an_attribute_of_a_kind_that_there_is_not(write: Write) -> None:
    """It would never be asked for; the program's own attributes may be of kinds that a folder lacks."""
    attributes = "age: {label: Age, kinds: [tree, hose]}\nsize: {label: Size, kinds: [help]}\n"
    entries = {"alpha": f"name: House\n{SUMMARY}\n", "attributes": attributes}
    (finding,) = kinds_of_attributes(examine(write(bot=KINDS, **entries)))
    assert (finding.code, finding.line, finding.column) == ("unknown-kind", 1, 33)
    assert finding.advice == "Did you mean 'house'?"
    assert list(kinds_of_attributes(examine(write(bot=BOT, **entries)))) == []


def test_what_is_left_out_for_its_size_is_told(write: Write) -> None:
    """From four fifths of the largest table on there is a warning, and so for phrases that are not read."""
    read = read_folder(
        write(bot=BOT, alpha=f"name: Alpha\nkeywords: [one, two, three]\n{SUMMARY}\n", beta="name: Beta")
    )
    entries = tuple(read.catalogue.entries.values())

    def told(number: str, most: int) -> list[tuple[str, str]]:
        matcher = Matcher(entries, DEFAULT.having(number, most))
        findings = (*learned_table(one := CheckContext(read, matcher, TODAY)), *unread_phrases(one))
        return [(one.code, one.message) for one in findings]

    cells = round(Matcher(entries).fullness * DEFAULT.classifier.cells)
    assert told("classifier.cells", 2 * cells) == []
    assert told("classifier.cells", cells) == [
        ("too-large", "the folder fills 100% of the table that tells its entries apart; a larger one goes without.")
    ]
    ((_, message),) = told("classifier.cells", cells - 1)
    assert "answers go without" in message
    assert told("vocabulary.phrases", 3) == [
        ("too-many-phrases", "the last 2 phrases of 'alpha' are not read: the entry has too many.")
    ]
