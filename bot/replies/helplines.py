"""Replies for somebody in danger: helplines before anything else, in every language the folder can say it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.kinds import HELP
from bot.replies.entries.card_buttons import links, rows
from bot.replies.entries.cards import DESCRIPTION_UNITS
from bot.replies.reply import Button, Heading, Helplines, Item, Paragraph, Reply
from bot.replies.wording.glyphs import DOT
from bot.replies.wording.lengths import first_sentence
from bot.replies.wording.localiser import alphabetical

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry, Line
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

WORLD = "001"
"""The world's code among those of countries (UN M49), which has a name in every language."""

COUNTRIES_A_ROW = 3
COUNTRIES = 60
"""Countries offered as buttons, in the order of their names: more are nothing to look through."""


def helplines(entry: Entry | None, country: str | None, localiser: Localiser) -> Reply:
    """Return the folder's own message, the lines of ``country`` (an ISO 3166 code) and those for everywhere.

    Without a country, or with one that has no line, a button for each country that has one. A folder that has no
    entry of kind help still gets the two sentences that matter.
    """
    lines = entry.lines if entry else ()
    blocks: list[Block] = [
        Paragraph(localiser.pick(entry.reply)) if entry and entry.reply else _by_ourselves(localiser)
    ]
    own = [line for line in lines if country and country in line.countries]
    everywhere = [line for line in lines if not line.countries]
    if own and country:
        blocks.append(Heading(localiser.country_name(country)))
    elif country and everywhere and localiser.spoken:
        blocks.append(Paragraph(localiser.words("help.no_line", country=localiser.country_name(country))))
    blocks += [_item(line, localiser) for line in (*own, *everywhere)]
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        links=links(entry, localiser) if entry else (),
        actions=_countries(lines, country if own else None, localiser),
        title=localiser.words("help.title") if localiser.spoken or not entry else localiser.pick(entry.name),
        description=first_sentence(blocks[0].text, DESCRIPTION_UNITS),
        urgent=True,
    )


def entry_of(localiser: Localiser) -> Entry | None:
    """Return the folder's first entry of kind help."""
    return next((entry for entry in localiser.catalogue.entries.values() if entry.kind == HELP), None)


def button(localiser: Localiser) -> Button:
    """Return the button that opens the helplines, in the localiser's language even if the program does not speak it."""
    entry = entry_of(localiser)
    if entry is None or localiser.spoken:
        return Button(localiser.words("help.button"), Helplines())
    return Button(localiser.pick(entry.name), Helplines(language=localiser.language))


def _by_ourselves(localiser: Localiser) -> Block:
    return Paragraph(f"{localiser.words('help.danger')} {localiser.words('help.bot')}")


def _item(line: Line, localiser: Localiser) -> Item:
    details = (line.number or "", *(localiser.pick(text) for text in (line.hours, line.cost, line.note)))
    return Item(text=DOT.join(filter(None, details)), label=localiser.pick(line.name), url=line.url or "")


def _countries(lines: tuple[Line, ...], shown: str | None, localiser: Localiser) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each country; when one's lines are shown already, one button for all the others."""
    codes = {code for line in lines for code in line.countries if code != shown}
    if shown and codes:
        label = localiser.words("help.everywhere") if localiser.spoken else localiser.country_name(WORLD)
        return ((Button(label, Helplines()),),)
    named = sorted((alphabetical(localiser.country_name(code)), code) for code in codes)
    buttons = [Button(localiser.country_name(code), Helplines(code)) for _, code in named[:COUNTRIES]]
    return tuple(rows(buttons, COUNTRIES_A_ROW))
