"""Numbers to call: how a line reads in any language, whose come first, and which country is guessed."""

from __future__ import annotations

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.entry import BotInfo, Entry, Line
from bot.knowledge.help.care import Care
from bot.knowledge.help.numbers import Numbers
from bot.matching.context import Context, InCare
from bot.matching.decision import Help, Question, Rule
from bot.replies import numbers
from bot.replies.composer import Composer
from bot.replies.plain import body
from bot.replies.reply import Countries, Helplines
from bot.replies.wording.localiser import Localiser

CARE = Care.model_validate(
    {
        "words": {
            "unknown": {"en": "the emergency number (112 in Europe)"},
            "police": {"en": "police", "fr": "police"},
            "ambulance": {"en": "ambulance", "fr": "ambulance"},
            "always": {"en": "day and night", "fr": "jour et nuit"},
            "free": {"en": "free", "fr": "gratuit"},
            "write": {"en": "write: {line}"},
            "checked": {"en": "checked {when}"},
            "dated": {"en": "as of {then}, checked {when}"},
            "unconfirmed": {"en": "not confirmed"},
            "another": {"en": "Another country"},
            "choose": {"en": "Choose"},
            "where": {"en": "Which country?"},
            "line": {"en": "In danger: {line}"},
        },
        "concerns": {"suicide": {"reply": {"en": "Stay. Call {emergency}."}, "kinds": ["suicide"]}},
        "steps": [
            {"id": "write", "says": {"en": ["i cannot call"]}, "reply": {"en": "Write:"}, "lines": "write"},
            {
                "id": "talk",
                "says": {"en": ["talk"]},
                "reply": {"en": "Talk: it helps."},
                "about": {"suicide": {"en": "Stay with somebody."}},
                "adult": {"en": "Ask them."},
            },
            {"id": "number", "says": {"en": ["number"]}, "reply": {"en": "To talk:"}},
            {"id": "thanks", "says": {"en": ["ok"]}, "reply": {"en": "Well done."}, "lines": "none"},
        ],
    }
)
NUMBERS = Numbers.model_validate(
    {
        "emergency": {
            "KE": {"general": ["999", "112", "911"]},
            "BR": {"police": "190", "ambulance": "192"},
            "IT": {"general": "112", "ambulance": "118"},
            "MA": {"police": ["190", "19"], "ambulance": ["150", "15"], "confirmed": False},
        },
        "lines": [
            {"countries": ["KE"], "name": "Childline", "number": "116", "write": ["WhatsApp +254", "e-mail"]},
            {"countries": ["KE"], "kind": "violence", "name": "Violence line", "number": "1195"},
            {"countries": ["KE"], "kind": "suicide", "name": "Befrienders", "number": "722", "write": ["e-mail"]},
            {"kind": "directory", "name": "All lines", "url": "https://lines.example/"},
        ],
        "asked_from": {"en": ["KE", "IT"], "it": ["IT"]},
    }
)
ENTRY = Entry.model_validate(
    {"id": "help", "kind": "help", "name": "Help", "reply": "Call {emergency}.\n\nIt is not your fault."}
)
CATALOGUE = Catalogue(bot=BotInfo(title={"en": "Guide"}), entries={"help": ENTRY}, numbers=NUMBERS, care=CARE)
COMPOSER = Composer(CATALOGUE)


def speaking(language: str) -> Localiser:
    """Return what writes in a language."""
    return Localiser(CATALOGUE, language, "en")


def reply_to(app: str | None, **said: object) -> str:
    """Return the text for somebody in danger whose app is in ``app``."""
    known = {"country": None, "concern": "", "step": "", **said}
    question = Question("?", asker_language=app, context=known.pop("context", None))  # type: ignore[arg-type]
    return body(COMPOSER.reply(Help(question=question, rule=Rule.CRY, entry=ENTRY, **known)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "hours", "shown"),
    [
        ("en", "24/7", "day and night"),
        ("fr", "24/7", "jour et nuit"),
        ("en", "Mo-Fr 08:00-20:00; Sa-Su 12:00-19:00", "Mon–Fri 08:00–20:00, Sat–Sun 12:00–19:00"),
        ("es", "Mo 14:00-18:00", "lun 14:00–18:00"),
        ("fr", "Mo-Su 09:00-23:00", "09:00–23:00"),
        ("en", "after school", "after school"),
    ],
)
def test_hours_are_told_in_the_readers_words(language: str, hours: str, shown: str) -> None:
    """The days are the language's own, every day needs none, and other texts stay as they are."""
    assert numbers.hours(Line.model_validate({"hours": hours, "number": "1"}), speaking(language)) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ({"cost": "free", "hours": "24/7", "checked": "2026-04"}, "116 · free · day and night · checked 4/2026"),
        ({"checked": "2026-04", "as_of": "2022"}, "116 · as of 2022, checked 4/2026"),
        ({"confirmed": False, "checked": "2018"}, "116 · not confirmed · checked 2018"),
    ],
)
def test_a_line_says_when_it_was_checked(written: dict[str, object], shown: str) -> None:
    """How old its source was then, and whether anybody else says so."""
    assert numbers.item(Line.model_validate({"number": "116", **written}), speaking("en")).text == shown


@pytest.mark.parametrize(
    ("app", "language", "country"),
    [("en-KE", "en", "KE"), ("pt-br", "pt", "BR"), ("it", "it", "IT"), ("en", "en", None), ("en-ZZ", "en", None)],
)
def test_a_country_is_guessed_by_the_app_or_a_language_of_one_country(
    app: str, language: str, country: str | None
) -> None:
    """A language of several countries says nothing, nor does a region that nobody knows a number of."""
    assert numbers.guessed(app, language, speaking(language)) == country


def test_the_country_that_was_said_counts_before_the_apps() -> None:
    """And a guessed one stands behind its number, so that nobody dials it elsewhere."""
    assert reply_to("it", country="KE").startswith("Call 999 / 112.")
    assert reply_to("it").startswith("Call 112 (")
    assert reply_to("en").startswith("Call the emergency number (112 in Europe).")
    assert reply_to("pt-br").startswith("Call 190 (police, Brazil), 192 (ambulance).")


def test_where_sources_disagree_both_numbers_stand() -> None:
    """If one does not connect, the other may."""
    assert reply_to("en", country="MA").startswith("Call 190 / 19 (police), 150 / 15 (ambulance).")


def test_what_was_said_is_not_said_again() -> None:
    """The second time which number to call, or the words for that; the countries are offered once."""
    for told, start in (((), "Talk:"), (("", "talk"), "To talk:")):
        care = InCare("help", country="KE", told=told)
        assert reply_to(None, country="KE", step="talk", context=Context(care=care)).startswith(start)
    asked = Context(care=InCare("help", told=("",)))
    assert "Which country?" in reply_to("en")
    assert "Which country?" not in reply_to("en", step="talk", context=asked)


def test_a_step_is_told_by_what_it_is_about() -> None:
    """Whoever is blackmailed hides from nobody; an adult has the words for adults, whatever it is about."""
    assert reply_to(None, country="KE", step="talk", concern="suicide").startswith("Stay with somebody")
    assert reply_to(None, country="KE", step="talk", concern="suicide", adult=True).startswith("Ask them.")


def test_a_concern_has_its_own_first_words_and_lines() -> None:
    """After the first line of the country, which is for everything."""
    said = reply_to(None, country="KE", concern="suicide")
    assert said.startswith("Stay. Call 999 / 112.")
    assert said.index("Childline") < said.index("Befrienders")
    assert "Violence line" not in said
    assert "It is not your fault." in said


def test_whoever_cannot_call_gets_what_can_be_written_to() -> None:
    """First how to write, then the number; an address for letters is no help now."""
    said = reply_to(None, country="KE", step="write")
    assert "write: WhatsApp +254, e-mail" in said
    assert "Befrienders" not in said


def test_a_step_without_numbers_is_only_its_words() -> None:
    """Nobody who says "ok" needs them again."""
    assert reply_to(None, country="KE", step="thanks") == "Well done."


def test_buttons_lead_to_the_likely_countries_and_to_all() -> None:
    """The likeliest first; where one is shown, only the others are offered."""
    reply = COMPOSER.helplines(None, "en")
    assert [button.action for row in reply.actions for button in row] == [
        Helplines("KE"),
        Helplines("IT"),
        Countries(),
    ]
    assert [button.action for row in COMPOSER.helplines("KE", "en").actions for button in row] == [Countries()]
    assert [button.label for row in COMPOSER.countries(0, "en").actions for button in row] == [
        "Brazil",
        "Italy",
        "Kenya",
        "Morocco",
    ]
