"""DangerDetector: who is in danger is heard, in nine languages, and who asks calmly is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.entry import Entry
from bot.knowledge.folder import read_folder
from bot.knowledge.kinds import HELP
from bot.matching.danger.detector import DangerDetector

ROOT = Path(__file__).parents[3]
QUESTIONS = Path(__file__).parent / "messages"

COMMON = (
    "my",
    "dad",
    "hits",
    "me",
    "i",
    "want",
    "to",
    "die",
    "help",
    "он",
    "меня",
    "मुझे",
    "मार",
    "في",
    "أنا",
    "mi",
    "la",
)

LANGUAGES = {"en", "fr", "es", "ar", "hi", "ru", "pt", "de", "it"}


def _entry(**fields: object) -> Entry:
    return Entry.model_validate({"id": "help", "kind": "help", "name": {"en": "Help"}, **fields})


def _questions() -> list[dict[str, Any]]:
    return [
        {"lang": path.stem, **question}
        for path in sorted(QUESTIONS.glob("*.yaml"))
        for question in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.fixture(scope="module")
def shipped() -> DangerDetector:
    """Return what listens with the shipped knowledge."""
    return DangerDetector(read_folder(ROOT / "knowledge").catalogue.entries.values())


def test_every_cry_is_heard(shipped: DangerDetector) -> None:
    """Every question of somebody in danger is met with help."""
    missed = [q["q"] for q in _questions() if q["cry"] and shipped.heard(q["q"]) is None]
    assert missed == []


def test_calm_questions_are_not_alarmed_at(shipped: DangerDetector) -> None:
    """At most two of the calm questions about the same subjects are taken for a cry."""
    alarmed = [q["q"] for q in _questions() if not q["cry"] and shipped.heard(q["q"])]
    assert len(alarmed) <= 2, alarmed


def test_most_of_what_nobody_has_seen_is_heard(shipped: DangerDetector) -> None:
    """Of 100 cries that no phrase was written for, half of them indirect, 65 are heard; 52 were at first."""
    unseen = yaml.safe_load((QUESTIONS.parent / "unseen.yaml").read_text("utf-8"))
    heard = {cry: [shipped.heard(q["q"]) is not None for q in unseen if q["cry"] is cry] for cry in (True, False)}
    met, alarmed = sum(heard[True]), sum(heard[False])
    print(f"\nunseen cries: {met} of {len(heard[True])} heard; calm: {alarmed} alarmed at")  # noqa: T201  (the figure)
    assert met >= 60
    assert alarmed <= 1


def test_cries_are_answered_in_their_language(shipped: DangerDetector) -> None:
    """The language of the phrase that was heard is the language of the message; a bare word may be of several."""
    heard = [(q, shipped.heard(q["q"])) for q in _questions() if q["cry"]]
    wrong = [(q["lang"], cry.language, q["q"]) for q, cry in heard if cry and cry.language not in {q["lang"], None}]
    assert wrong == []
    open_ = {q["q"] for q, cry in heard if cry and cry.language is None}
    assert open_ == {"suicide", "suicidio", "suicídio", "violada"} & {q["q"] for q, _ in heard}


def test_the_questions_are_enough_to_tell() -> None:
    """There are more than 400 questions, at least two in five calm, and every language has both kinds."""
    questions = _questions()
    assert len(questions) > 400
    assert sum(not q["cry"] for q in questions) >= 0.4 * len(questions)
    assert {q["lang"] for q in questions if q["cry"]} == LANGUAGES
    assert {q["lang"] for q in questions if not q["cry"]} == LANGUAGES
    assert len({q["q"] for q in questions}) == len(questions)


def test_shipped_phrases_can_all_be_read(shipped: DangerDetector) -> None:
    """No phrase of the shipped knowledge is left out."""
    assert shipped.faults == ()


def test_nobody_is_alarmed_by_the_knowledge_itself(shipped: DangerDetector) -> None:
    """Names, aliases and questions of the shipped entries are no cries for help."""
    catalogue = read_folder(ROOT / "knowledge").catalogue
    alarmed = [
        (entry.id, phrase)
        for entry in catalogue.entries.values()
        if entry.kind != HELP
        for phrases in (entry.aliases, entry.keywords, entry.questions)
        for phrase in (*entry.name.values(), *(phrase for some in phrases.values() for phrase in some))
        if shipped.heard(phrase)
    ]
    assert alarmed == []


@pytest.mark.parametrize(
    "bare", ["help", "Help!", "ayuda", "aide", "Hilfe", "aiuto", "ajuda", "помощь", "مساعدة", "मदद"]
)
def test_a_bare_help_is_no_cry(shipped: DangerDetector, bare: str) -> None:
    """Whoever types only "help" is told how to ask."""
    assert shipped.heard(bare) is None


@pytest.mark.parametrize(
    "text",
    [
        "MY DAD HITS ME",
        "my dad hits me!!!",
        "my   dad\nhits me",
        "My dad, he hits me 😢",
        "mmy daad hitss mee and i am scaaaared to go home",
        "ｍｙ ｄａｄ ｈｉｔｓ ｍｅ",
        "My dad... hits-me",
    ],
)
def test_how_it_is_typed_does_not_matter(shipped: DangerDetector, text: str) -> None:
    """Case, punctuation, width, stretched words and line breaks change nothing."""
    assert shipped.heard(text)


def test_a_cry_at_the_end_of_a_long_message_is_heard(shipped: DangerDetector) -> None:
    """The whole of the longest message that can be sent is listened to."""
    assert shipped.heard("the office is open on monday " * 138 + "i want to die")


@given(st.text(max_size=4096))
def test_any_text_is_listened_to(shipped: DangerDetector, text: str) -> None:
    """No text makes it fail."""
    shipped.heard(text)
    shipped.country(text)


@given(st.lists(st.sampled_from(COMMON)))
def test_any_order_of_the_words_of_cries_is_listened_to(shipped: DangerDetector, message: list[str]) -> None:
    """Messages made of nothing but words from the phrases do not make it fail either."""
    shipped.heard(" ".join(message))


def test_work_is_bounded_for_the_longest_message(shipped: DangerDetector) -> None:
    """However long the message, each of its different words is looked up once and each phrase tried once."""
    looked_up = 0
    meant = shipped._listener._meant

    def counting(word: str) -> set[int]:
        nonlocal looked_up
        looked_up += 1
        return meant(word)

    try:
        shipped._listener._meant = counting  # type: ignore[assignment]
        shipped.heard("my dad hits me and i want to die " * 200)
    finally:
        shipped._listener._meant = meant
    assert looked_up <= 10


def test_without_help_entries_nothing_is_heard() -> None:
    """A folder with no entry of kind help listens to nothing."""
    cries = DangerDetector([Entry(id="tdh", name={"en": "Terre des hommes"}, keywords={"en": ("he hits me",)})])
    assert cries.heard("he hits me") is None


def test_the_cry_names_its_entry_phrase_and_language() -> None:
    """What was heard can be explained."""
    entry = _entry(keywords={"en": ["he hits me"], "fr": ["il me frappe"]})
    cry = DangerDetector([entry]).heard("ouh il me frappe")
    assert cry is not None
    assert (cry.entry.id, cry.phrase, cry.language) == ("help", "il me frappe", "fr")


def test_a_calm_phrase_keeps_the_others_from_being_heard() -> None:
    """A study of the same words is no cry, unless the phrase insists."""
    cries = DangerDetector([_entry(keywords={"en": ["he hit me", "he is hitting me!"]}, calm={"en": ["thesis"]})])
    assert cries.heard("he hit me")
    assert cries.heard("my thesis quotes him: he hit me") is None
    assert cries.heard("i cannot write my thesis, he is hitting me")


def test_calm_phrases_of_one_entry_do_not_silence_another() -> None:
    """Each entry of kind help has its own calm phrases."""
    first = _entry(keywords={"en": ["fire"]}, calm={"en": ["film"]})
    second = Entry.model_validate({**first.model_dump(), "id": "two", "keywords": {"en": ["flood"]}, "calm": {}})
    cry = DangerDetector([first, second]).heard("fire and flood in the film")
    assert cry is not None
    assert cry.entry.id == "two"


def test_faults_name_entry_language_phrase_and_reason() -> None:
    """A phrase that cannot be read is left out and reported; the others are heard."""
    cries = DangerDetector([_entry(keywords={"en": ["@nobody hits me", "he hits me"]})])
    assert cries.faults == (("help", "en", "@nobody hits me", "No group is called @nobody."),)
    assert cries.heard("he hits me")
