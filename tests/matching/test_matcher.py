"""The matcher: the five decisions, and what no text may do to it."""

from __future__ import annotations

import gc
import math
import re
import unicodedata
import weakref
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import matcher as matcher_module
from bot.matching.decision import Answer, Chat, Choose, Decision, Help, NoMatch, Question, Rule
from bot.matching.index.synonyms import Synonyms
from bot.matching.matcher import Matcher
from bot.matching.query import ranking
from bot.matching.query.analysis import Analyser, Query
from bot.matching.query.explanation import lines, why
from bot.matching.tuning import DEFAULT
from tests.kinds import INSTRUMENT, ORGANISATION
from tests.matching.entries import ENTRIES, entry

if TYPE_CHECKING:
    from bot.matching.index.index import Index

MATCHER = Matcher(ENTRIES)


def ask(text: str, about: str | None = None) -> Decision:
    """Return the decision of the shared matcher."""
    return MATCHER.decide(Question(text, about=about))


def shown(text: str, about: str | None = None) -> str | None:
    """Return the id of the entry that is answered with, if any."""
    decision = ask(text, about)
    return decision.entry.id if isinstance(decision, Answer) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("International Lantern Federation", "lantern"),
        ("what is the international lantern federation?", "lantern"),
        ("ILFED", "lantern"),
        ("I.L.F.E.D.", "lantern"),
        ("i l f e d", "lantern"),
        ("whats ilfde", "lantern"),
        ("intrenational lantren federaton", "lantern"),
        ("lanternfederation", "lantern"),
        ("kite makersunion", "kite"),
        ("fédération internationale des lanternes", "lantern"),
        ("федерация фонарей", "lantern"),
        ("kmu", "kite"),
        ("what does the kite makers union do", "kite"),
        ("wind festivals", "kite"),
        ("quién hace cometas de papel", "kite"),
        ("who repairs fishing boats", "harbour"),
        ("who looks after lamps in towns", "lantern"),
    ],
)
def test_right_entry(text: str, expected: str) -> None:
    """Names, acronyms, aliases, keywords and questions find their entry, in any spelling meant to be read."""
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "weather in berlin tomorrow",
        "kmu32 checksum in python",
        "xkmu",
        "lantern fish recipes deep sea biology",
        "who won the football yesterday",
        "union membership tax form for electricians in denver",
    ],
)
def test_honest_no(text: str) -> None:
    """A question that only shares a word with a name is not answered."""
    assert not isinstance(ask(text), Answer)


def test_a_misspelt_acronym_of_three_letters_is_not_guessed() -> None:
    """Too many other things are one letter away."""
    assert shown("kmx") is None


@pytest.mark.parametrize("text", ["", "   ", "?!", "👍🏽", "\u200b\u202e", "\x00"])
def test_nothing_readable(text: str) -> None:
    """A text without a word is said to be unreadable and nothing else."""
    decision = ask(text)
    assert isinstance(decision, NoMatch)
    assert decision.rule is Rule.EMPTY
    assert decision.candidates == ()


@pytest.mark.parametrize(("text", "expected"), [("Hi!", "hello"), ("thanks", "thanks"), ("bonjour", "hello")])
def test_small_talk(text: str, expected: str) -> None:
    """Small talk is answered with small talk."""
    decision = ask(text)
    assert isinstance(decision, Chat)
    assert decision.entry is not None
    assert decision.entry.id == expected


def test_a_greeting_before_a_question_is_no_small_talk() -> None:
    """What is asked for wins over the greeting."""
    assert shown("hi, what is the kite makers union") == "kite"


@pytest.mark.parametrize("text", ["help", "Ayuda!", "aide-moi", "помощь"])
def test_bare_help(text: str) -> None:
    """A bare call for help asks how this works."""
    decision = ask(text)
    assert isinstance(decision, Chat)
    assert decision.rule is Rule.BARE_HELP
    assert decision.entry is None


def test_elsewhere() -> None:
    """What the folder names only to say no is an honest no with that entry."""
    decision = ask("balloon agency")
    assert isinstance(decision, NoMatch)
    assert decision.rule is Rule.ELSEWHERE
    assert decision.entry is not None
    assert decision.entry.id == "balloons"


@pytest.mark.parametrize(
    "text", ["kmu or ilfed?", "difference between the kite makers union and the international lantern federation"]
)
def test_two_are_named(text: str) -> None:
    """Two entries named by different words are both presented."""
    decision = ask(text)
    assert isinstance(decision, Answer)
    assert {decision.entry.id, *(other.id for other in decision.beside)} == {"kite", "lantern"}


@pytest.mark.parametrize("text", ["lantern federation or balloon agency", "balloon agency or ilfed?"])
def test_who_is_covered_comes_first_and_nobody_named_is_passed_over(text: str) -> None:
    """Beside one that the folder answers for, one that it does not is told of as well."""
    decision = ask(text)
    assert isinstance(decision, Answer)
    assert [one.id for one in (decision.entry, *decision.beside)] == ["lantern", "balloons"]


def test_words_that_mean_the_same_find_but_do_not_name() -> None:
    """People's own words find the subject; a name is only what is called so."""
    groups = {"en": ["repairs mends fixes", "fishing angling", "boats vessels skiffs", "kmu paperbird"]}
    matcher = Matcher(ENTRIES, synonyms=groups)
    question = Question("who mends angling skiffs")
    found = matcher.decide(question)
    assert isinstance(found, Answer)
    assert found.entry.id == "harbour"
    assert not isinstance(ask(question.text), Answer)
    assert any("read as fishing" in line for line in lines(found))
    assert matcher.decide(Question("paperbird")).rule is not Rule.NAMED


def test_names_with_a_word_in_common_are_both_presented() -> None:
    """Two that are compared may share a part of their names; one that is asked for alone brings no namesake."""
    rules = [entry("red", "Rubicund Rules", INSTRUMENT), entry("blue", "Azure Rules", INSTRUMENT)]
    matcher = Matcher([*ENTRIES, *rules])
    both = matcher.decide(Question("difference between rubicund rules and azure rules"))
    assert isinstance(both, Answer)
    assert {both.entry.id, *(one.id for one in both.beside)} == {"red", "blue"}
    alone = matcher.decide(Question("azure rules or what"))
    assert isinstance(alone, Answer)
    assert (alone.entry.id, alone.beside) == ("blue", ())


@pytest.mark.parametrize(("asker", "language"), [("en", None), ("en-GB", None), ("de", None), (None, "fr")])
def test_a_word_of_two_languages_is_the_askers(asker: str | None, language: str | None) -> None:
    """One word changes nobody's language, whoever else has it; it tells that of somebody whose is not known."""
    police = entry("police", "Constables", keywords={"fr": ("police",), "en": ("police on horses",)})
    decision = Matcher([*ENTRIES, police]).decide(Question("police", asker_language=asker))
    assert isinstance(decision, Answer)
    assert decision.language == language


def test_a_fact_is_asked_for_by_a_word_that_means_the_same() -> None:
    """Not by one that only looks alike: "funded" does not ask who founded it."""
    matcher = Matcher(ENTRIES, synonyms={"en": ["founded started begun"]})
    asked = [matcher.decide(Question(f"international lantern federation {word} 1931")) for word in ("begun", "funded")]
    assert [isinstance(one, Answer) and one.fact for one in asked] == [0, None]


def test_many_of_one_name_do_not_hide_each_other() -> None:
    """More namesakes than are looked at closely: a decision all the same."""
    twins = [
        entry(f"twin{number}", f"Twin Number{number}", aliases={"en": ("Save the Kites",)}) for number in range(20)
    ]
    assert isinstance(Matcher(twins).decide(Question("save the kites")), Answer | Choose)


@pytest.mark.parametrize(
    ("text", "link"), [("donate to ilfed", "donate"), ("ilfed website", "website"), ("ilfed", None)]
)
def test_link_asked_for(text: str, link: str | None) -> None:
    """The link that the words ask for comes first, if the entry has it."""
    decision = ask(text)
    assert isinstance(decision, Answer)
    assert decision.link == link


def test_fact_asked_for() -> None:
    """The fact that the question is about is told apart from the others."""
    decision = ask("international lantern federation museum of candles")
    assert isinstance(decision, Answer)
    assert decision.fact == 1
    plain = ask("international lantern federation")
    assert isinstance(plain, Answer)
    assert plain.fact is None


@pytest.mark.parametrize("text", ["thank you that is all i needed", "so thanks that is all"])
def test_thanks_under_a_card_are_no_question_about_it(text: str) -> None:
    """Small talk that is recognised for certain stays small talk."""
    decision = ask(text, about="lantern")
    assert isinstance(decision, Chat)


def test_follow_up() -> None:
    """A question without a subject is about the card it replies to; one that names another entry is not."""
    decision = ask("where are they based?", about="kite")
    assert isinstance(decision, Answer)
    assert (decision.rule, decision.entry.id) == (Rule.ABOUT, "kite")
    assert shown("and the old harbour society?", about="kite") == "harbour"
    assert isinstance(ask("thanks", about="kite"), Chat)


@pytest.mark.parametrize(
    ("text", "language"), [("en français ?", "fr"), ("in english please", "en"), ("kmu, en español", "es")]
)
def test_language_asked_for(text: str, language: str) -> None:
    """The language asked for is the decision's."""
    decision = ask(text, about="kite")
    assert isinstance(decision, Answer)
    assert (decision.entry.id, decision.wanted) == ("kite", language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("what is kmu", "en"), ("c'est quoi kmu", "fr"), ("was ist kmu", "de"), ("что такое kmu", "ru"), ("kmu", None)],
)
def test_language_of_the_question(text: str, language: str | None) -> None:
    """Function words and scripts tell the language; a bare acronym tells none."""
    assert ask(text).language == language


def test_unknown_card() -> None:
    """A card that is not there any more changes nothing."""
    assert isinstance(ask("weather tomorrow", about="gone"), NoMatch)


@given(st.text(max_size=300), st.one_of(st.none(), st.sampled_from(["kite", "gone"])))
def test_never_raises(text: str, about: str | None) -> None:
    """Any text gets a decision that can be explained."""
    decision = ask(text, about)
    assert isinstance(decision, Answer | Choose | Chat | NoMatch | Help)
    assert 0 <= decision.confidence <= 1
    assert len(decision.candidates) <= 5
    assert lines(decision)
    assert why(decision)["rule"] == decision.rule.value


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4096,
        " ".join(f"q{number:x}zw" for number in range(800)),
        "e" + "\u0301" * 4095,
        "1234567890" * 409,
        "少年司法" * 1024,
        "kite " * 819,
        "i l f e d " * 400,
    ],
)
def test_huge_messages(text: str) -> None:
    """The longest messages get a decision, of anything."""
    assert lines(ask(text[:4096]))


@given(st.sampled_from([one for one in ENTRIES if one.kind == ORGANISATION]), st.data())
def test_case_spaces_and_forms_do_not_matter(organisation: object, data: st.DataObject) -> None:
    """A name is found in any case, with any spaces, composed or decomposed."""
    one = next(other for other in ENTRIES if other is organisation)
    name = data.draw(
        st.sampled_from([*one.name.values(), *(alias for listed in one.aliases.values() for alias in listed)])
    )
    form: Literal["NFC", "NFD"] = data.draw(st.sampled_from(("NFC", "NFD")))
    change = data.draw(st.sampled_from((str.upper, str.lower, str.title, str.swapcase)))
    space = data.draw(st.sampled_from((" ", "  ", "\t", "\n", " \u200b")))
    assert shown(space.join(unicodedata.normalize(form, change(name)).split())) == one.id


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=6, unique=True))
def test_any_folder_builds(names: list[str]) -> None:
    """Whatever the names are, the folder can be searched."""
    matcher = Matcher([entry(f"e{number}", name) for number, name in enumerate(names)])
    for name in names:
        matcher.decide(Question(name))
        matcher.look_up(Question(name, as_typed=True))


def test_awkward_folders() -> None:
    """No entry, one entry, identical names, one-letter names and ten thousand phrases are all searchable."""
    assert isinstance(Matcher(()).decide(Question("kmu")), NoMatch)
    assert Matcher(()).look_up(Question("k", as_typed=True)).candidates == ()
    assert isinstance(Matcher(ENTRIES[:1]).decide(Question("ilfed")), Answer)
    twins = Matcher([entry("one", "Twin"), entry("two", "Twin"), entry("x", "X")])
    assert {candidate.entry.id for candidate in twins.decide(Question("twin")).candidates} == {"one", "two"}
    assert isinstance(twins.decide(Question("x")), Answer)
    many = {"en": tuple(f"phrase number {number}" for number in range(10_000))}
    crowded = Matcher([*ENTRIES, entry("crowd", "Crowd", keywords=many)])
    decision = crowded.decide(Question("kite makers union"))
    assert isinstance(decision, Answer)
    assert decision.entry.id == "kite"


@pytest.mark.parametrize(
    "number", ["spelling.slips", "analysis.respaced", "ranking.similarity", "classifier.cells", "ranking.coverage"]
)
def test_every_mechanism_can_be_left_out(number: str) -> None:
    """Names are found without any one of the mechanisms; each is left out by one number."""
    matcher = Matcher(ENTRIES, DEFAULT.having(number, 0))
    decision = matcher.decide(Question("kite makers union"))
    assert isinstance(decision, Answer)
    assert decision.entry.id == "kite"


def test_figures_alone_say_nothing() -> None:
    """Figures that stand in many facts bring nothing up, unless they are a phrase of their own."""
    dated = {"en": tuple(f"meeting {number} of 12" for number in range(1, 9))}
    matcher = Matcher(
        [*ENTRIES, entry("club", "Club", keywords=dated), entry("line", "Line", aliases={"en": ("1098",)})]
    )
    assert isinstance(matcher.decide(Question("1 2 3 4")), NoMatch)
    decision = matcher.decide(Question("1098"))
    assert isinstance(decision, Answer)
    assert decision.entry.id == "line"


def test_same_question_same_decision() -> None:
    """Two matchers over the same entries agree to the last digit."""
    other = Matcher(ENTRIES)
    for text in ("who repairs wooden boats", "lantren", "paper kites in the wind"):
        assert other.decide(Question(text)) == MATCHER.decide(Question(text))


@pytest.mark.parametrize("typed", ["k", "ki", "kit", "kite", "kite m", "kite mak", "kiet"])
def test_search_as_typed(typed: str) -> None:
    """Every keystroke finds the entry, also with a slip."""
    assert MATCHER.look_up(Question(typed, as_typed=True)).candidates[0].entry.id == "kite"


@pytest.mark.parametrize("typed", ["सा", "सामु", "सामुदा"])
def test_beginnings_may_end_with_a_vowel_sign(typed: str) -> None:
    """Marks of scripts such as Devanagari are parts of words too."""
    matcher = Matcher([*ENTRIES, entry("community", "Community", aliases={"hi": ("सामुदायिकता अभियान",)})])
    assert [one.entry.id for one in matcher.look_up(Question(typed, as_typed=True)).candidates][:1] == ["community"]


def test_an_old_matcher_is_let_go() -> None:
    """Nothing of it stays when nobody holds it: an index a reload would fill the memory in the end."""
    matcher = Matcher(ENTRIES)
    matcher.decide(Question("intrenational lantren federaton"))
    vocabulary = weakref.ref(matcher._index.vocabulary)
    gc.disable()
    try:
        del matcher
        assert vocabulary() is None
    finally:
        gc.enable()


def test_names_that_begin_like_what_was_typed_come_first() -> None:
    """One letter finds the organisation of that name before whatever else has such a word."""
    assert MATCHER.look_up(Question("w", as_typed=True)).candidates[0].entry.id == "boats"
    assert MATCHER.look_up(Question("o", as_typed=True)).candidates[0].entry.id == "harbour"


def test_search_lists_what_can_be_shown() -> None:
    """Nothing for nothing; organisations before topics among equals; no small talk; not more than asked for."""
    assert MATCHER.look_up(Question("", as_typed=True)).candidates == ()
    found = [candidate.entry for candidate in MATCHER.look_up(Question("boats")).candidates]
    assert {one.id for one in found} == {"boats", "harbour"}
    assert MATCHER.look_up(Question("hello")).candidates == ()
    assert len(MATCHER.look_up(Question("boats"), limit=1).candidates) == 1


def test_explanation() -> None:
    """The explanation names the slip, the phrase, the field and the rule."""
    told = "\n".join(lines(ask("kite makrs union")))
    assert "answer with kite" in told
    assert "makrs (read as makers)" in told
    assert "'Kite Makers Union'" in told
    assert "names the entry" in told


EXPLAINED = [
    "who organises paper kites and wind festivals",
    "who repairs wooden boats",
    "kite makrs union",
    "ilfed",
    "union membership tax form for electricians in denver",
]
SUM = re.compile(r"(-?\d+\.\d{3}) = (.*)")
TERM = re.compile(r"(?:([+-]) )?(\d+\.\d{3}) (\w+)")


def sums(told: list[str]) -> list[tuple[str, str]]:
    """Return every sum of an explanation: the value as printed, and what its printed terms add up to."""
    found = [match for line in told if (match := SUM.search(line))]
    return [
        (match[1], str(sum(Decimal(f"{sign}{figure}") for sign, figure, _ in TERM.findall(match[2]))))
        for match in found
    ]


@pytest.mark.parametrize("text", EXPLAINED)
def test_printed_terms_add_up_to_what_is_printed(text: str) -> None:
    """Each candidate's score and the log-odds, to the last digit: what is explained is what was computed."""
    decision = ask(text)
    printed = sums(lines(decision))
    assert len(printed) == 1 + len(decision.candidates)
    assert [value for value, _ in printed] == [added for _, added in printed]
    assert [float(value) for value, _ in printed[1:]] == [candidate.score for candidate in decision.candidates]


@pytest.mark.parametrize("text", EXPLAINED)
def test_confidence_is_what_its_terms_say_or_what_the_rule_vouches_for(text: str) -> None:
    """The logistic of the log-odds, raised to the floor of the rule; programs get the same numbers."""
    decision = ask(text)
    told = why(decision)
    judged = round(1 / (1 + math.exp(-decision.log_odds)), 3)
    assert decision.confidence == max(judged, decision.floor)
    assert told["confidence_terms"] == dict(decision.confidence_terms)
    assert told["terms"] == {candidate.entry.id: dict(candidate.terms) for candidate in decision.candidates}
    assert any(f"{judged:.3f}, the logistic of" in line for line in lines(decision))


def test_rules_vouch_for_names() -> None:
    """Whoever says a name is told with certainty; evidence alone vouches for nothing."""
    floors = {ask(text).rule: ask(text).floor for text in ("ilfed", "what is kmu", "organising festivals in the wind")}
    assert floors == {Rule.EXACT: 1.0, Rule.NAMED: 0.9, Rule.CONFIDENT: 0.0}


def test_a_number_left_out_leaves_its_term_out() -> None:
    """One number of the tuning is enough to leave a mechanism out of the score."""
    question = Question("organising festivals in the wind")
    for name in ("words", "similarity", "classifier", "coverage"):
        best = Matcher(ENTRIES, DEFAULT.having(f"ranking.{name}", 0)).decide(question).candidates[0]
        assert dict(best.terms)[name] == 0.0
        assert dict(MATCHER.decide(question).candidates[0].terms)[name] > 0.0


def test_words_that_stand_only_in_a_field_left_out_are_no_evidence() -> None:
    """A question whose only known word is one of a fact finds nothing where facts count for nothing."""
    question = Question("lamplighters")
    assert MATCHER.decide(question).candidates
    assert isinstance(Matcher(ENTRIES, DEFAULT.having("fields.fact", 0.0)).decide(question), NoMatch)


def test_thresholds_are_the_tunings() -> None:
    """The same question is answered, offered or declined as the thresholds say."""
    question = Question("organising festivals in the wind")
    wary = DEFAULT.having("confidence.answer", 1.1)
    assert isinstance(MATCHER.decide(question), Answer)
    assert isinstance(Matcher(ENTRIES, wary).decide(question), Choose)
    assert isinstance(Matcher(ENTRIES, wary.having("confidence.offer", 1.1)).decide(question), NoMatch)


def test_a_look_up_is_one_analysis_for_decision_and_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed is analysed and ranked once, with its last word taken as the beginning of one for both."""
    counted: Counter[str] = Counter()
    analyse, ranked = Analyser.analyse, ranking.rank

    def counting_analyse(analyser: Analyser, text: str, *, as_typed: bool = False) -> Query:
        counted["analysed"] += 1
        return analyse(analyser, text, as_typed=as_typed)

    def counting_rank(query: Query, index: Index, shortlist: int = 0) -> list[ranking.Ranked]:
        counted["ranked"] += 1
        return ranked(query, index, shortlist)

    monkeypatch.setattr(Analyser, "analyse", counting_analyse)
    monkeypatch.setattr(matcher_module, "rank", counting_rank)
    found = MATCHER.look_up(Question("old harb", as_typed=True))
    assert counted == {"analysed": 1, "ranked": 1}
    assert found.candidates[0].entry.id == "harbour"
    assert found.decision.candidates[0].entry.id == "harbour"


@pytest.mark.parametrize("text", ["Terres des homme", "Terre des homme", "who runs the terres des homme"])
def test_a_name_is_known_by_words_that_are_each_one_letter_off(text: str) -> None:
    """Though these are words of other entries."""
    named = (
        entry("tdh", "Terre des hommes"),
        entry("rights", "Droits de l'homme", keywords={"fr": ("terres agricoles",)}),
    )
    query = Analyser(index := Matcher(named)._index, Synonyms({}, index.vocabulary, DEFAULT)).analyse(text)
    assert "tdh" in Matcher(named)._search.names(query)
