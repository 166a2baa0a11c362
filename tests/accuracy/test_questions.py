"""The labelled questions are what they say, and stay out of the knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.editions.judging import Outcome
from bot.matching.decision import Answer, Question
from bot.matching.text.normalise import words
from tests.accuracy.questions import FILES, FOLDER, FREE, LANGUAGES, SHORTEST, judged, questions, written
from tests.accuracy.slips import slipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.edition import Edition
    from bot.evaluation.questions import LabelledQuestion
    from bot.knowledge.entry import Entry

SUBJECTS = {"topic", "instrument", "programme"}
SENTENCE = 5
"""Words from which on a question is one of ours and no name that anybody may use."""
BY_CHANCE = {
    "quién trabaja con jóvenes infractores",
    "quién manda a los cascos azules",
    "what replaced general comment 10",
    "un standard minimum rules for non-custodial measures",
    "guidelines for action on children in the criminal justice system",
    "directives relatives aux enfants dans le système de justice pénale",
    "directrices de acción sobre el niño en el sistema de justicia penal",
    "pas d'enfants derrière les barreaux",
    "ningún niño tras las rejas",
    "qui a fondé terre des hommes",
    "quién publica el informe sobre desarrollo humano",
    "quem ajuda vítimas de tortura",
    "كم عدد الأطفال المحتجزين في العالم",
    "who leads the global focal point for the rule of law",
    "what is the interagency panel on juvenile justice",
    "what does OMCT stand for",
    "children linked to terrorist groups",
    "no kids behind bars campaign",
    "who is the secretariat of the committee on the rights of the child",
    "who organises the world congress on justice with children",
    "c'est quoi terre des hommes",
    "qui lutte contre la peine de mort pour les mineurs",
    "qué es penal reform international",
    "quien organiza el congreso mundial de justicia con la niñez",
}
"""Official titles, and questions that the editors had written in the same words without knowing of these."""


def test_every_file_of_questions_is_asked() -> None:
    """A file that is put here is measured; lists have a runner of their own."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*FILES, "lists"}


@pytest.mark.parametrize("file", [*FILES, "lists"])
def test_every_file_says_what_it_holds(file: str) -> None:
    """A comment stands first, with the number of questions or names."""
    head = (FOLDER / f"{file}.yaml").read_text(encoding="utf-8").partition("\n\n" if file not in FREE else "\n- ")[0]
    asked = (
        [question for question in questions(file) if "slip" not in question.kind] if file != "lists" else written(file)
    )
    assert f"# {len(asked)} " in head


@pytest.mark.parametrize("file", FILES)
def test_labels_are_entries(shipped: Edition, file: str) -> None:
    """What a question accepts is in the knowledge, and no question is asked twice."""
    known = set(shipped.catalogue.entries)
    assert {id_ for question in questions(file) for id_ in question.accept} <= known
    asked = [(question.q, question.lang) for question in questions(file) if "slip" not in question.kind]
    assert len(set(asked)) == len(asked)


def test_every_subject_is_asked_for(shipped: Edition) -> None:
    """No topic, instrument or programme is without paraphrases in three languages."""
    subjects = {name for name, entry in shipped.catalogue.entries.items() if entry.kind.id in SUBJECTS}
    assert set(written("paraphrases")) == subjects
    assert all(len(ways[language]) == 3 for ways in written("paraphrases").values() for language in LANGUAGES)


def test_every_subject_is_found_by_its_name(shipped: Edition) -> None:
    """As a person would type it, in each language."""
    assert not missed(shipped, "paraphrases", "name")


def test_every_name_is_found_as_it_is_written(shipped: Edition) -> None:
    """Every name, former name, acronym and alias, in every language, by the card of its own entry."""
    astray = []
    for name in (question for question in questions("names") if question.kind == "as written"):
        decision = shipped.matcher.decide(Question(name.q, name.lang))
        if not isinstance(decision, Answer) or decision.entry.id not in name.accept:
            astray.append(name)
    assert not astray


@pytest.mark.parametrize("file", FREE)
def test_every_cry_for_help_is_heard(shipped: Edition, file: str) -> None:
    """Accuracy is no excuse for leaving somebody alone."""
    assert not missed(shipped, file, "distress")


def missed(edition: Edition, file: str, kind: str) -> list[LabelledQuestion]:
    """Return the questions of a kind that are not answered right."""
    return [
        question
        for question in questions(file)
        if question.kind == kind
        and judged(question, edition.matcher.decide(Question(question.q, question.lang))) is not Outcome.RIGHT
    ]


def phrases(entry: Entry) -> Iterator[str]:
    """Yield what an entry is found by."""
    for by_language in (entry.aliases, entry.keywords, entry.questions):
        for listed in by_language.values():
            yield from listed


def test_the_questions_stay_out_of_the_knowledge(shipped: Edition) -> None:
    """No question of five words or more stands in the knowledge, chance aside: that would be learning the test."""
    known = {words(phrase) for entry in shipped.catalogue.entries.values() for phrase in phrases(entry)}
    ours = [question for file in FREE for question in questions(file)]
    ours += [question for question in questions("paraphrases") if question.kind != "name"]
    long = {question.q for question in ours if len(words(question.q)) >= SENTENCE}
    assert not {question for question in long if words(question) in known} - BY_CHANCE


def test_exceptions_have_a_reason_and_are_names() -> None:
    """An exception says in words why, and is one of the names."""
    listed = written("names")
    known = {name for by_name in listed["names"].values() for name in by_name}
    assert set(listed["exceptions"]) <= known
    assert all(isinstance(reason, str) and len(reason.split()) >= SHORTEST for reason in listed["exceptions"].values())


def test_a_slip_changes_one_place_and_is_the_same_every_time() -> None:
    """The same seed gives the same slip; a name without letters stays."""
    assert slipped("UNICEF", "1") == slipped("UNICEF", "1") != "UNICEF"
    assert slipped("1997/30", "1") == "1997/30"
    assert all(
        abs(len(slipped(name, "2")) - len(name)) <= 1
        for by_name in written("names")["names"].values()
        for name in by_name
    )
