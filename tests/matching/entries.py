"""Small hand-made entries that the tests of this package share."""

from __future__ import annotations

from typing import Any

from bot.knowledge.entry import Entry
from bot.knowledge.kinds import ELSEWHERE, SMALLTALK, Kind
from tests.kinds import ORGANISATION, TOPIC


def entry(id_: str, name: str, kind: Kind = ORGANISATION, **more: Any) -> Entry:  # noqa: ANN401  (any field)
    """Return an entry with an English name and a summary or reply."""
    text = {"en": f"About {name}."}
    if kind.built_in:
        return Entry(id=id_, kind=kind, name={"en": name}, reply=text, **more)
    return Entry(id=id_, kind=kind, name={"en": name}, **{"summary": text, **more})


LINKS = (
    {"is": "website", "url": "https://lantern.example"},
    {"is": "donate", "url": "https://lantern.example/give"},
)

ENTRIES = (
    entry(
        "lantern",
        "International Lantern Federation",
        acronyms=("ILFED",),
        aliases={"fr": ("Fédération internationale des lanternes",), "ru": ("Федерация фонарей",)},
        keywords={"en": ("street lamps", "night walks"), "fr": ("promenades nocturnes",)},
        questions={"en": ("who looks after the lamps in old towns",)},
        facts=(
            {"text": {"en": "It was founded in Lisbon in 1931 by three lamplighters."}},
            {"text": {"en": "Its museum of candles has forty rooms."}},
        ),
        links=LINKS,
    ),
    entry(
        "kite",
        "Kite Makers Union",
        acronyms=("KMU",),
        aliases={"en": ("union of kite makers", "the Kites")},
        keywords={"en": ("paper kites", "wind festivals"), "es": ("cometas de papel",)},
        questions={"en": ("who organises the wind festival",), "es": ("quien hace cometas de papel",)},
    ),
    entry(
        "harbour",
        "Old Harbour Society",
        acronyms=("OHSOC",),
        keywords={"en": ("fishing boats", "harbour pilots")},
        questions={"en": ("who repairs wooden fishing boats", "where are the old harbour maps kept")},
    ),
    entry(
        "boats",
        "Wooden boats",
        TOPIC,
        keywords={"en": ("boat building", "tarred ropes")},
        questions={"en": ("how are wooden boats built",)},
        organisations=({"id": "harbour"},),
    ),
    entry(
        "hello",
        "Greeting",
        SMALLTALK,
        questions={"en": ("hi", "hello", "good morning"), "fr": ("bonjour",)},
    ),
    entry("thanks", "Thanks", SMALLTALK, questions={"en": ("thanks", "thank you", "thanks that is all i needed")}),
    entry(
        "balloons",
        "Balloon Agency",
        ELSEWHERE,
        acronyms=("BALA",),
        questions={"en": ("where do i book a balloon flight",)},
    ),
)
