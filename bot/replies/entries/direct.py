"""Direct answers: the one thing that was asked about an entry, first and in one sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.matching.dialogue.values import is_code
from bot.matching.text.normalise import words
from bot.replies.entries import values
from bot.replies.entries.card_buttons import WORKERS_A_ROW, links, rows
from bot.replies.entries.cards import DESCRIPTION_UNITS
from bot.replies.entries.statements import stated, status
from bot.replies.reply import Button, Item, Lead, Paragraph, Quiet, Reply, Show
from bot.replies.screen import fits
from bot.replies.wording.lengths import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Answer, Condition
    from bot.replies.reply import Block, LinkButton
    from bot.replies.wording.localiser import Localiser

FACTS = 2
"""Facts shown for one attribute: where there are more, the card has them."""

LINKS = 2
"""Links below a direct answer: the one that goes furthest, and the next."""


def direct(answer: Answer, localiser: Localiser) -> Reply:
    """Return the answer to what was asked, or that it is not known and where to ask."""
    entry, name = answer.entry, localiser.short_name(answer.entry)
    facts = [stated(entry.facts[number], entry, localiser) for number in answer.facts if entry.facts[number].text]
    blocks: list[Block] = []
    if answer.unknown and facts:
        blocks = [Lead(localiser.words("direct.person", name=name)), Paragraph(facts[0])]
    elif answer.unknown or answer.attribute is None:
        blocks = [Lead(localiser.words("direct.nothing", name=name)), *_where_to_ask(entry, localiser)]
    elif answer.condition is not None:
        blocks.append(Lead(_verdict(answer, facts, localiser)))
        blocks.extend(map(Paragraph, facts[1:FACTS]))
        if answer.listed:
            blocks.append(Paragraph(localiser.words("direct.ask_them")))
    elif facts:
        blocks = [Lead(facts[0]), *map(Paragraph, facts[1:FACTS])]
    elif answer.facts:
        blocks = [Lead(f"{name}{localiser.colon}{values.brief(entry, answer.attribute, localiser)}")]
    elif address := next((link.url for link in entry.links if link.use == answer.link), ""):
        blocks = [Lead(localiser.words(f"address.{answer.link}", name=name, url=address))]
    else:
        what = localiser.pick(localiser.catalogue.attributes[answer.attribute].what)
        lead = localiser.words("direct.unknown", name=_as_called(answer, name), what=what)
        blocks = [Lead(lead), *_where_to_ask(entry, localiser)]
    if note := status(entry, localiser):
        blocks.append(Quiet(note))
    named = tuple(rows([Button(localiser.short_name(one), Show(one.id)) for one in answer.listed], WORKERS_A_ROW))
    found = _best_links(answer, localiser)
    reply = Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        links=found[:1] if answer.listed else found,
        actions=(*named, (Button(localiser.words("card.more_about", name=name), Show(entry.id)),)),
        title=localiser.name(entry),
        description=shorten(blocks[0].text, DESCRIPTION_UNITS),
    )
    listed = (Item(text=localiser.full_name(one), label=localiser.short_name(one)) for one in answer.listed)
    longer = replace(reply, blocks=(*blocks, *listed))
    return longer if fits(longer) else reply


def _as_called(answer: Answer, name: str) -> str:
    """Return a name with the other one that the question has for it, so that it is clear who is meant: "DPO (DPKO)"."""
    entry, asked = answer.entry, words(answer.question.text)
    listed = (*entry.name.values(), *entry.acronyms, *(one for some in entry.aliases.values() for one in some))
    called = max((one for one in listed if _stands_in(words(one), asked)), key=len, default=name)
    return name if words(called) == words(name) else f"{name} ({called})"


def _stands_in(some: Sequence[str], among: Sequence[str]) -> bool:
    """Return whether words stand among others, together and in order."""
    return bool(some) and any(some == among[at : at + len(some)] for at in range(len(among) - len(some) + 1))


def _where_to_ask(entry: Entry, localiser: Localiser) -> list[Block]:
    """Return where an entry may say more: its text or its website; a subject has none of its own."""
    if entry.kind.subjects:
        return []
    key = "direct.ask_there" if entry.links else "direct.no_link"
    if not entry.kind.works and any(link.use == "document" for link in entry.links):
        key = "direct.read_text"
    return [Paragraph(localiser.words(key))]


def _verdict(answer: Answer, facts: list[str], localiser: Localiser) -> str:
    """Return yes or no with the fact that says so, or that it is not known with what is."""
    name = localiser.short_name(answer.entry)
    if answer.verdict is None or answer.condition is None:
        assert answer.condition is not None  # noqa: S101  (a verdict is about a condition)
        if answer.mentioned and facts:
            return facts[0]
        return " ".join((_unsure(answer.condition, name, localiser), *facts[:1]))
    word = localiser.words("direct.yes" if answer.verdict else "direct.no")
    said = (
        facts[0]
        if facts
        else f"{name}{localiser.colon}{values.brief(answer.entry, answer.condition.attribute, localiser)}"
    )
    return f"{word} {said}"


def _unsure(condition: Condition, name: str, localiser: Localiser) -> str:
    """Return that it is not known whether an entry has a value."""
    value = values.shown(condition.attribute, {ANY_LANGUAGE: condition.value}, localiser)
    whether = localiser.pick(localiser.catalogue.attributes[condition.attribute].whether)
    if not whether:
        return localiser.words("direct.unsure", name=name, value=value)
    within = localiser.country_within(condition.value) if is_code(condition.value) else value
    return localiser.words("direct.not_whether", name=name, whether=whether.replace(values.VALUE, within))


def _best_links(answer: Answer, localiser: Localiser) -> tuple[LinkButton, ...]:
    """Return the link that goes furthest for what was asked, and the website."""
    wanted = answer.link or (None if answer.facts else "contact")
    known = answer.entry.links
    ordered = sorted(range(len(known)), key=lambda at: (known[at].use != wanted, known[at].use != "website", at))
    most = LINKS if any(link.use == wanted for link in known) else 1
    buttons = links(answer.entry, localiser)
    return tuple(buttons[at] for at in ordered[:most])
