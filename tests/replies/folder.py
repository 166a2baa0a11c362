"""A small folder with attributes, made by hand: two organisations, two sets of rules and a subject."""

from __future__ import annotations

from bot.knowledge.attributes import Attribute
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.entry import BotInfo, Entry
from tests.kinds import INSTRUMENT, ORGANISATION, TOPIC

ATTRIBUTES = {
    "kind_of_body": {
        "label": {"en": "Type", "fr": "Nature"},
        "what": {"en": "what kind of organisation it is"},
        "card": "{value}",
        "values": {"ngo": {"name": "NGO"}, "un_body": {"name": {"en": "UN body", "fr": "organisme de l’ONU"}}},
    },
    "seat": {
        "label": {"en": "Head office"},
        "what": {"en": "where its head office is"},
        "type": "place",
        "single": True,
        "card": "{value}",
    },
    "founded": {
        "label": {"en": "Founded"},
        "what": {"en": "when it was founded"},
        "type": "year",
        "card": {"en": "since {value}", "fr": "depuis {value}"},
    },
    "head": {"label": {"en": "Head"}, "what": {"en": "who leads it"}},
    "budget": {"label": {"en": "Budget"}, "what": {"en": "how large its budget is"}},
    "website": {"label": {"en": "Website"}, "what": {"en": "its website"}, "link": "website"},
    "email": {"label": {"en": "E-mail"}, "what": {"en": "its e-mail address"}},
    "contact": {"label": {"en": "Contact"}, "what": {"en": "how to contact it"}, "instead": ["email"]},
}


def organisation(name: str, year: str, **more: object) -> dict[str, object]:
    """Return an NGO in Geneva."""
    facts: list[dict[str, object]] = [
        {"about": "kind_of_body", "value": "ngo"},
        {"about": "seat", "value": [{"en": "Geneva", "fr": "Genève"}, "CH"]},
        {"about": "founded", "value": year, "text": {"en": f"{name.upper()} began."}, "as_of": "2024"},
        {"about": "head", "value": f"Head of {name.upper()}"},
        {"about": "email", "value": f"{name}@{name}.example"},
    ]
    return {
        "id": name,
        "kind": ORGANISATION,
        "name": {"en": f"The {name} society", "ar": "جمعية"},
        "acronyms": [name.upper()],
        "summary": {"en": f"{name.upper()} is a society. It meets. It also publishes."},
        "facts": facts,
        "links": [{"is": "website", "url": f"https://{name}.example/"}],
        **more,
    }


ENTRIES = (
    organisation("old", "1928"),
    organisation("young", "1979"),
    {
        "id": "violence",
        "kind": TOPIC,
        "name": {"en": "Violence"},
        "summary": {"en": "Who works on violence."},
        "organisations": [{"id": "old", "why": {"en": "opposes it"}}, {"id": "young", "why": {"en": "studies it"}}],
        "helplines": True,
    },
    {"id": "rules", "kind": INSTRUMENT, "name": {"en": "Rules"}, "summary": {"en": "Some rules."}},
    {"id": "zoo", "kind": "elsewhere", "name": {"en": "Zoo"}, "reply": {"en": "I know no zoo."}},
)


def catalogue() -> Catalogue:
    """Return the folder."""
    entries = [Entry.model_validate(entry) for entry in ENTRIES]
    return Catalogue(
        bot=BotInfo(title={"en": "Guide"}, report={"en": "Errors: tell us."}),
        entries={entry.id: entry for entry in entries},
        attributes={name: Attribute.model_validate(attribute) for name, attribute in ATTRIBUTES.items()},
    )
