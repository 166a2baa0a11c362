"""Comparisons: several entries that a question names, beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.matching.decision import Relation
from bot.replies.entries import values
from bot.replies.entries.card_buttons import links
from bot.replies.entries.cards import DESCRIPTION_UNITS
from bot.replies.entries.statements import is_named, statement
from bot.replies.plain import body
from bot.replies.reply import Button, Item, Lead, LinkButton, Paragraph, Reply, Show
from bot.replies.screen import fits, packed
from bot.replies.wording.glyphs import DOT
from bot.replies.wording.lengths import first_sentence, shorten, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.attributes import Attribute
    from bot.knowledge.entry import Entry
    from bot.matching.decision import Answer
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

UNITS = 700
"""Of a whole comparison."""

SENTENCES_UNITS = 320
"""Of what is said about the entries one by one, all together."""

ROWS = 5
"""Attributes side by side: those that differ first."""

VALUE_UNITS = 30
"""The longest value that stands beside another one."""

_BOTH = 2


def compare(answer: Answer, localiser: Localiser) -> Reply:
    """Return what was asked about each of several entries; or what each of them is, and where they differ."""
    entries = (answer.entry, *answer.beside)
    covered = [entry for entry in entries if not entry.kind.built_in]
    elsewhere = [(one, link) for one in entries if one not in covered for link in links(one, localiser)[:1]]
    more = [Button(localiser.words("card.more_about", name=localiser.short_name(one)), Show(one.id)) for one in covered]
    reply = Reply(
        language=localiser.language,
        blocks=(),
        links=tuple(LinkButton(_naming(one, link.label, localiser), link.url) for one, link in elsewhere),
        actions=tuple(packed(more)),
        title=" / ".join(map(localiser.short_name, entries)),
    )
    if answer.attribute:
        newest = answer.condition is not None and answer.condition.relation is Relation.LAST
        blocks = _of_one_attribute(entries, answer.attribute, localiser, newest_first=newest)
        reply = replace(reply, blocks=tuple(blocks))
    else:
        share = SENTENCES_UNITS // len(entries)
        reply = replace(reply, blocks=tuple(_what_it_is(entry, share, localiser) for entry in entries))
        reply = _with_attributes(reply, covered, localiser)
    return replace(reply, description=shorten(reply.blocks[0].text, DESCRIPTION_UNITS))


def _of_one_attribute(
    entries: Sequence[Entry], attribute: str, localiser: Localiser, *, newest_first: bool
) -> list[Block]:
    """Return a line for each entry; of years, first who came first, or last. What is not known is admitted."""
    found: list[Block] = []
    years: list[tuple[int, Entry]] = []
    for entry in entries:
        value = values.brief(entry, attribute, localiser)
        if localiser.catalogue.attributes[attribute].type == "year" and value.isdecimal():
            years.append((int(value), entry))
        else:
            found.append(Item(_told(entry, attribute, localiser), localiser.short_name(entry)))
    if len(years) > 1:
        return [Lead(_in_order_of_time(years, localiser, newest_first=newest_first)), *found]
    return [*(Item(f"{year}", localiser.short_name(entry)) for year, entry in years), *found]


def _told(entry: Entry, attribute: str, localiser: Localiser) -> str:
    """Return what is known of an attribute: in a word or two, in a sentence, by a link; or that it is not known."""
    if entry.kind.built_in:
        return first_sentence(localiser.pick(entry.reply), SENTENCES_UNITS // 2)
    known = localiser.catalogue.attributes[attribute]
    several = known.type == "place" and not known.single  # one of many countries says little
    if not several and (value := values.brief(entry, attribute, localiser)):
        return value
    for number in entry.facts_about(attribute):
        if entry.facts[number].text:
            return shorten(statement(entry.facts[number], entry, localiser), SENTENCES_UNITS // 2)
    address = next((link.url for link in entry.links if link.use == known.link), "")
    return address or localiser.words("compare.unknown")


def _in_order_of_time(years: list[tuple[int, Entry]], localiser: Localiser, *, newest_first: bool) -> str:
    """Return who is older, or came first, or is the newest, with the year of each."""
    (year, first), *others = sorted(years, key=lambda one: one[0], reverse=newest_first)
    if all(other == year for other, _ in others):
        return localiser.words("compare.same_year", value=str(year))
    key = "compare.newest" if newest_first else "compare.older" if first.kind.main else "compare.first"
    said = [localiser.words(key, name=localiser.short_name(first), value=str(year))]
    said += (f"{localiser.short_name(entry)}{localiser.colon}{other}." for other, entry in others)
    return " ".join(said)


def _with_attributes(reply: Reply, entries: Sequence[Entry], localiser: Localiser) -> Reply:
    """Return the reply with the attributes of the entries below, as many as there is room for."""
    # A short line between the two parts, so that they do not read as one list.
    lead = Paragraph(localiser.words("compare.lead"))
    rows = _side_by_side(entries, localiser)[:ROWS] if len(entries) > 1 else []
    for count in range(len(rows), 0, -1):
        longer = replace(reply, blocks=(*reply.blocks, lead, *rows[:count]))
        if fits(longer) and units(body(longer)) <= UNITS:
            return longer
    return reply


def _what_it_is(entry: Entry, share: int, localiser: Localiser) -> Item:
    text = first_sentence(localiser.pick(entry.summary or entry.reply), share)
    if entry.status != "active":
        text = f"{text} {localiser.words(f'card.{entry.status}')}"
    named = is_named(entry, text, localiser)
    return Item(text, localiser.short_name(entry) if named else localiser.name(entry))


def _side_by_side(entries: Sequence[Entry], localiser: Localiser) -> list[Item]:
    """Return a line for each attribute that all the entries have a short value of, those that differ first."""
    known = localiser.catalogue.attributes
    contact = frozenset(name for attribute in known.values() for name in attribute.instead)
    differing, same = [], []
    for name, attribute in known.items():
        if name in contact or not _is_comparable(attribute):
            continue
        told = [values.brief(entry, name, localiser) for entry in entries]
        if not all(0 < units(value) <= VALUE_UNITS for value in told):
            continue
        label = localiser.pick(attribute.label)
        if len(set(told)) == 1:
            key = "compare.both" if len(entries) == _BOTH else "compare.all"
            same.append(Item(localiser.words(key, value=told[0]), label))
        else:
            pairs = zip(entries, told, strict=True)
            differing.append(Item(DOT.join(f"{value} ({localiser.short_name(one)})" for one, value in pairs), label))
    return [*differing, *same]


def _is_comparable(attribute: Attribute) -> bool:
    """Tell whether a value in a word or two says enough: not one office of many, and no address."""
    return attribute.link is None and (attribute.type not in ("place", "language") or attribute.single)


def _naming(entry: Entry, label: str, localiser: Localiser) -> str:
    """Return a link's label, with whose it is unless it says so."""
    names = (localiser.short_name(entry), localiser.pick(entry.name))
    return label if any(name in label or label in name for name in names) else f"{names[0]}: {label}"
