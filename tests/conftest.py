"""What all tests share: the example folder's values, made by hand."""

from __future__ import annotations

import signal
from datetime import date

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.entry import BotInfo, Entry
from bot.knowledge.folder import default_attributes
from bot.settings import Settings
from tests.kinds import INSTRUMENT, ORGANISATION, TOPIC

# A shell that starts the tests in the background tells them to ignore Ctrl-C, and what they start inherits that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def _entry(**fields: object) -> Entry:
    return Entry.model_validate(fields)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return a small folder with every kind of entry, in English and partly in French and Arabic."""
    entries = [
        _entry(
            id="omct",
            kind=ORGANISATION,
            name={"en": "World Organisation Against Torture", "fr": "Organisation mondiale contre la torture"},
            acronyms=["OMCT"],
            summary={"en": "OMCT opposes torture. It helps <victims> & families.", "fr": "L’OMCT combat la torture."},
            facts=[
                {"text": {"en": "It began in Geneva."}, "as_of": "2010-2012", "confidence": "low"},
                {"text": {"en": "It has 200 members."}, "as_of": "2020s"},
                {"text": {"en": "It was founded in 1985."}, "as_of": "2019"},
            ],
            links=[
                {"is": "website", "url": "https://www.omct.example/"},
                {"is": "contact", "label": {"en": "Write to OMCT"}, "url": "https://www.omct.example/contact"},
            ],
            related=["tdh", "prison"],
            reviewed_on=date(2026, 11, 21),
        ),
        _entry(
            id="tdh",
            kind=ORGANISATION,
            name={"und": "Terre des hommes"},
            acronyms=["Tdh"],
            summary={"en": "Tdh helps children."},
            links=[{"is": "website", "url": "https://www.tdh.example/"}],
            status="unclear",
            status_note={"en": "Nothing new is known since 2020."},
        ),
        _entry(
            id="prison",
            kind=TOPIC,
            name={"en": "Children in prison", "fr": "Enfants en prison"},
            summary={"en": "Who works on prisons.", "fr": "Qui travaille sur les prisons."},
            organisations=[
                {"id": "tdh", "why": {"en": "trains guards", "fr": "forme les gardiens"}},
                {"id": "omct", "why": {"en": "visits prisons"}},
            ],
        ),
        _entry(id="rules", kind=INSTRUMENT, name={"en": "Rules"}, summary={"en": "Some rules."}, status="historic"),
        _entry(
            id="danger",
            kind="help",
            name={"en": "Helplines"},
            reply={"en": "Call for help now.", "ar": "اطلب المساعدة الآن."},
            lines=[
                {
                    "countries": ["IN"],
                    "name": {"en": "Child Helpline"},
                    "number": "1098",
                    "hours": {"en": "day and night"},
                },
                {"countries": ["FR"], "name": {"en": "Allô enfance"}, "number": "119"},
                {"name": {"en": "Directory"}, "url": "https://helplines.example/"},
            ],
        ),
        _entry(
            id="hello",
            kind="smalltalk",
            name={"en": "Hello"},
            reply={"en": "Hello! Ask me something.", "fr": "Bonjour !"},
        ),
        _entry(
            id="corps",
            kind="elsewhere",
            name={"en": "A drum corps"},
            reply={"en": "I know nothing about the drum corps."},
            links=[{"is": "website", "url": "https://corps.example/"}],
        ),
    ]
    info = BotInfo(
        title={"en": "Guide", "fr": "Le guide"},
        description={"en": "Ask about organisations."},
        languages=("en", "fr"),
        examples={"en": ("who visits prisons", "what is OMCT", "hello", "one too many")},
        publisher={"en": "Published by nobody."},
        disclaimer={"en": "This is not legal advice."},
        contact="someone@guide.example",
    )
    return Catalogue(bot=info, entries={entry.id: entry for entry in entries}, attributes=default_attributes())
