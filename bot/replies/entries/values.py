"""Values of attributes as a reader sees them: "NGO", "Geneva", "1985", "before 1980", "NGO · Geneva · since 1985"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Relation
from bot.matching.dialogue.values import is_code
from bot.replies.wording.glyphs import DOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry, Text
    from bot.matching.decision import Condition
    from bot.replies.wording.localiser import Localiser


VALUE = "{value}"
"""Where the value goes in what an editor writes about an attribute."""


def shown(attribute: str, value: Text, localiser: Localiser) -> str:
    """Return one value of a fact: the name of a closed value, of a country or a language, or the text as it is."""
    known = localiser.catalogue.attributes[attribute]
    text = next(iter(value.values()), "")
    if text in known.values:
        return localiser.pick(known.values[text].name)
    if known.type == "place" and is_code(text):
        return localiser.country_name(text)
    if known.type == "language":
        return localiser.language_name(text)
    return localiser.pick(value)


def brief(entry: Entry, attribute: str, localiser: Localiser) -> str:
    """Return an entry's value of an attribute in a word or two, or an empty text."""
    values = [shown(attribute, value, localiser) for value in _of(entry, attribute)]
    return ", ".join(values[:1] if localiser.catalogue.attributes[attribute].type == "place" else values)


def line(entry: Entry, localiser: Localiser) -> str:
    """Return the attributes that stand on a card in one line, "NGO · Geneva · since 1985", or an empty text."""
    said = (
        _on_card(entry, name, localiser) for name, known in localiser.catalogue.attributes.items() if known.on_cards
    )
    text = DOT.join(filter(None, said))
    return text[:1].upper() + text[1:]


def _on_card(entry: Entry, attribute: str, localiser: Localiser) -> str:
    """Return what stands in the line for one attribute: its value as the attribute puts it, else as the value does."""
    known = localiser.catalogue.attributes[attribute]
    if known.card:
        value = brief(entry, attribute, localiser)
        return localiser.pick(known.card).replace(VALUE, value) if value else ""
    values = (known.values.get(next(iter(value.values()), "")) for value in _of(entry, attribute))
    return ", ".join(localiser.pick(value.card) for value in values if value and value.card)


def _of(entry: Entry, attribute: str) -> Sequence[Text]:
    """Return the values that an entry's first fact about an attribute has."""
    facts = (entry.facts[number] for number in entry.facts_about(attribute))
    return next((fact.value for fact in facts if fact.value and fact.about[0] == attribute), ())


def _as_written(one: Condition, localiser: Localiser) -> Text:
    """Return the value of a condition as a fact has it, in all languages: "Genève" of "Geneva"."""
    facts = (
        fact for entry in localiser.catalogue.entries.values() for fact in entry.facts if one.attribute in fact.about
    )
    return next((value for fact in facts for value in fact.value if one.value in value.values()), {"und": one.value})


def condition(one: Condition, localiser: Localiser) -> str:
    """Return what a list is made by, within a sentence: "head office: Geneva", "founded: before 1980", "NGO"."""
    known = localiser.catalogue.attributes[one.attribute]
    label = localiser.pick(known.label)
    if one.relation in (Relation.FIRST, Relation.LAST):
        return localiser.words(f"listing.{one.relation}")
    if one.relation is Relation.KNOWN:
        return label
    value = shown(one.attribute, _as_written(one, localiser), localiser)
    if one.relation is Relation.DURING:
        value = f"{value}–{int(value) + 9}"
    elif one.relation is not Relation.IS:
        value = localiser.words(f"listing.{one.relation}", value=value)
    if known.values:
        return value
    # Within a sentence the label has a small letter, unless it begins with an acronym ("UN status").
    label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return f"{label}{localiser.colon}{value}"
