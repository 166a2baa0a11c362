"""Replies for somebody in danger: numbers before anything else, in every language the folder can say it in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.knowledge.help.care import COUNTRY, NUMBER, WRITE
from bot.knowledge.kinds import HELP
from bot.replies import numbers
from bot.replies.entries.card_buttons import links, rows
from bot.replies.entries.cards import DESCRIPTION_UNITS
from bot.replies.reply import Button, Countries, Heading, Helplines, Paragraph, Quiet, Reply, Show
from bot.replies.screen import packed
from bot.replies.wording.lengths import first_sentence

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry, Line, Text
    from bot.knowledge.help.care import Step
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

    Rows = tuple[tuple[Button, ...], ...]

WORLD = "001"
"""The world's code among those of countries (UN M49), which has a name in every language."""

COUNTRIES_A_ROW = 3
LIKELY = 9
"""Countries offered where none is known, the likeliest first."""

COUNTRIES = 45
"""Countries on a page of all of them."""

LINES = 2
"""Helplines of a country in the first reply."""

NEXT_LINES = 2
"""The same in what follows."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is known of somebody in danger.

    ``country``: that they named. ``app``: the tag of their app's language. ``concern``: see ``Help``. ``step``: id of
    the next step, where this is not the first reply. ``adult``: it is about a child of theirs. ``write``: they cannot
    call. ``told``: ids of the steps that they were told before, "" for the first reply.
    """

    country: str | None = None
    app: str | None = None
    concern: str = ""
    step: str = ""
    adult: bool = False
    write: bool = False
    told: tuple[str, ...] = ()


def helplines(entry: Entry | None, need: Need, localiser: Localiser) -> Reply:
    """Return what to do first, the numbers of the country, or what is true everywhere with buttons for countries.

    A folder that has no entry of kind help still gets the two sentences that matter.
    """
    known = numbers.lines(entry, localiser)
    country = need.country or numbers.guessed(need.app, localiser.language, localiser)
    concern = localiser.catalogue.care.concerns.get(need.concern)
    step = localiser.catalogue.care.step(need.step)
    own = numbers.of_country(known, country, concern.kinds if concern else (), write=need.write)
    first, rest = _said(entry, need, localiser)
    new, shown = "" not in need.told, own[:LINES]
    if step:
        first, rest, shown = _stepped(step, need, own, localiser)
    if step and step.id == NUMBER:
        need = replace(need, told=())  # whoever asks for a number is asked where they are once more
    named = need.country is None
    ambulance = numbers.emergency(country, localiser, ambulance=True, named=named)
    filled = {"emergency": numbers.emergency(country, localiser, named=named), "ambulance": ambulance}
    blocks: list[Block] = [Paragraph(numbers.filled(first, **filled))]
    if not step or step.lines != "none":
        blocks += _numbers(shown, replace(need, country=country), known, localiser)
    blocks += [Paragraph(numbers.filled(text, **filled)) for text in rest if new or step]
    if not step and new and (hidden := localiser.pick(localiser.catalogue.care.words.delete)):
        blocks.append(Quiet(hidden))
    if not step or step.id == COUNTRY:
        blocks += [numbers.item(line, localiser) for line in known if not line.countries and country and own]
    see = [localiser.catalogue.entries[id_] for id_ in concern.see] if concern and not step else []
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        links=links(entry, localiser) if entry else (),
        actions=(
            *((Button(localiser.label(one), Show(one.id)),) for one in see),
            *_countries(known, country, step, localiser, again=bool(need.told)),
        ),
        title=localiser.words("help.title") if localiser.spoken or not entry else localiser.pick(entry.name),
        description=first_sentence(blocks[0].text, DESCRIPTION_UNITS),
        urgent=True,
    )


def all_countries(entry: Entry | None, page: int, localiser: Localiser) -> Reply:
    """Return a page (from 0) of buttons for all countries that have a number."""
    known = numbers.lines(entry, localiser)
    codes = numbers.countries(known, localiser)
    start = min(page, max(len(codes) - 1, 0) // COUNTRIES) * COUNTRIES
    turns = [
        *([Button("«", Countries(start // COUNTRIES - 1))] if start else []),
        *([Button("»", Countries(start // COUNTRIES + 1))] if start + COUNTRIES < len(codes) else []),
    ]
    written = localiser.pick(entry.reply) if entry else ""
    lead = localiser.pick(localiser.catalogue.care.words.where) or written or _danger(localiser)
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(lead), *(numbers.item(line, localiser) for line in known if not line.countries)),
        actions=(*_buttons(codes[start : start + COUNTRIES], localiser), *((tuple(turns),) if turns else ())),
        title=localiser.words("help.title") if localiser.spoken or not entry else localiser.pick(entry.name),
        description=first_sentence(lead, DESCRIPTION_UNITS),
        urgent=True,
    )


def line_above(entry: Entry, need: Need, localiser: Localiser) -> Paragraph:
    """Return the one line with a number that stands above an answer to somebody who may be in danger."""
    country = need.country or numbers.guessed(need.app, localiser.language, localiser)
    first = next((line for line in numbers.of_country(numbers.lines(entry, localiser), country) if line.number), None)
    told = numbers.emergency(country, localiser, named=need.country is None)
    emergency = localiser.pick(localiser.catalogue.care.words.emergency)
    if country and emergency:
        told = f"{emergency}{localiser.colon}{told}"
    told = f"{numbers.brief(first, localiser)}. {told}" if first else told
    words = localiser.pick(localiser.catalogue.care.words.line)
    return Paragraph(numbers.filled(words, line=told) if words else _danger(localiser))


def entry_of(localiser: Localiser) -> Entry | None:
    """Return the folder's first entry of kind help."""
    return next((entry for entry in localiser.catalogue.entries.values() if entry.kind == HELP), None)


def button(localiser: Localiser) -> Button:
    """Return the button that opens the helplines, in the localiser's language even if the program does not speak it."""
    entry = entry_of(localiser)
    if entry is None or localiser.spoken:
        return Button(localiser.words("help.button"), Helplines())
    return Button(localiser.pick(entry.name), Helplines(language=localiser.language))


def offered(reply: Reply, tap: Button) -> Reply:
    """Return a reply with the button to the helplines, if it has none yet."""
    if any(isinstance(one.action, Helplines) for row in reply.actions for one in row):
        return reply
    last = reply.actions[-1] if reply.actions else ()
    return replace(reply, actions=(*reply.actions[:-1], *packed((*last, tap))))


def _said(entry: Entry | None, need: Need, localiser: Localiser) -> tuple[str, list[str]]:
    """Return the first sentences, and what is said below the numbers."""
    concerns = localiser.catalogue.care.concerns
    general = concerns["general"].adult if need.adult and "general" in concerns else {}
    text = _in_own(general, localiser) or (localiser.pick(entry.reply) if entry else "")
    first, *rest = [*numbers.apart(text)] or [_danger(localiser)]
    concern = concerns.get(need.concern)
    if concern and concern.reply:
        first = (need.adult and _in_own(concern.adult, localiser)) or localiser.pick(concern.reply)
    return first, rest


def _stepped(step: Step, need: Need, own: list[Line], localiser: Localiser) -> tuple[str, list[str], list[Line]]:
    """Return the next step: its sentences, and the helplines that it shows."""
    about = step.about.get(need.concern, {})
    text = (need.adult and _in_own(step.adult, localiser)) or _in_own(about, localiser) or localiser.pick(step.reply)
    if step.id in need.told:
        text = _again(step, text, need, localiser)
    shown = own[:NEXT_LINES] if step.lines in ("call", "write") else []
    if step.id == WRITE:
        writable = [line for line in own if numbers.can_write(line)][:NEXT_LINES]
        if own and not writable and step.otherwise:
            return text if step.id in need.told else localiser.pick(step.otherwise), [], shown
        shown = writable
    return text, [], shown


def _again(step: Step, text: str, need: Need, localiser: Localiser) -> str:
    """Return what is said instead of the same text a second time: above numbers, which of them to call."""
    if step.again:
        return _in_own(step.again, localiser) or text
    number = localiser.catalogue.care.step(NUMBER) if step.lines in ("call", "write") else None
    if number is None or step.id in (NUMBER, COUNTRY):
        return text
    return (need.adult and _in_own(number.adult, localiser)) or localiser.pick(number.reply)


def _numbers(shown: list[Line], need: Need, known: tuple[Line, ...], localiser: Localiser) -> list[Block]:
    """Return the helplines of a country under its name; where none is known, the directory and a question for it."""
    country = need.country
    own = any(country in line.countries for line in known)
    blocks: list[Block] = [Heading(localiser.country_name(country))] if country and (shown or not own) else []
    everywhere = [numbers.item(line, localiser) for line in known if not line.countries]
    if shown:
        return [*blocks, *(numbers.item(line, localiser, write=need.write) for line in shown)]
    words = localiser.catalogue.care.words
    if country and everywhere and not own:
        text = localiser.pick(words.no_line) or localiser.words("help.no_line", country="{country}")
        return [Paragraph(numbers.filled(text, country=localiser.country_name(country))), *everywhere]
    where = localiser.pick(words.where)
    return [*([Paragraph(where)] if where and not country and not need.told else []), *everywhere]


def _in_own(text: Text, localiser: Localiser) -> str:
    """Return a text in the reply's language, or nothing: a variant of another language would say less."""
    return text.get(localiser.language, "")


def _danger(localiser: Localiser) -> str:
    return f"{localiser.words('help.danger')} {localiser.words('help.bot')}"


def _countries(
    known: tuple[Line, ...], shown: str | None, step: Step | None, localiser: Localiser, *, again: bool
) -> Rows:
    """Return the likeliest countries where none is known, and the button to all of them.

    ``again``: they were offered before, so one button is enough.
    """
    if step and step.lines == "none":
        return ()
    codes = numbers.countries(known, localiser)
    if not codes:
        return ()
    fallback = localiser.words("help.everywhere") if localiser.spoken else localiser.country_name(WORLD)
    another = Button(localiser.pick(localiser.catalogue.care.words.another) or fallback, Countries())
    if shown:
        return ((another,),) if codes != [shown] else ()
    if again and (choose := localiser.pick(localiser.catalogue.care.words.choose)):
        return ((Button(choose, Countries()),),)
    likely = [code for code in numbers.likely(localiser.language, localiser) if code in codes][:LIKELY]
    if not likely and len(codes) <= COUNTRIES:
        return _buttons(codes, localiser)
    return (*_buttons(likely, localiser), (another,))


def _buttons(codes: list[str], localiser: Localiser) -> Rows:
    buttons = [Button(localiser.country_name(code), Helplines(code)) for code in codes]
    return tuple(rows(buttons, COUNTRIES_A_ROW))
