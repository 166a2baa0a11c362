"""Numbers to call: which ones a country has, in what order, and how a line of them reads."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_skeleton

from bot.knowledge.entry import ANY_LANGUAGE
from bot.replies.reply import Item
from bot.replies.wording import strings
from bot.replies.wording.glyphs import DOT
from bot.replies.wording.localiser import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.knowledge.entry import Entry, Line, Text
    from bot.replies.wording.localiser import Localiser

MAIL = "e-mail"
"""How nobody who needs an answer now should write first."""

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_OPEN = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))? (\d\d:\d\d)-(\d\d:\d\d)")
_ALWAYS = "24/7"
_FREE = "free"


def lines(entry: Entry | None, localiser: Localiser) -> tuple[Line, ...]:
    """Return all helplines: those of the entry, then those that stand beside the entries."""
    return (*(entry.lines if entry else ()), *localiser.catalogue.numbers.lines)


def of_country(
    known: Sequence[Line], country: str | None, kinds: Sequence[str] = (), *, write: bool = False
) -> list[Line]:
    """Return the helplines of a country: the first, those of the ``kinds``, then the others.

    ``write``: those that can be written to before all.
    """
    own = [line for line in known if country and country in line.countries]
    own = [*own[:1], *sorted(own[1:], key=lambda line: line.kind not in kinds)]
    return sorted(own, key=lambda line: write and not can_write(line))


def can_write(line: Line) -> bool:
    """Return whether somebody answers soon to what is written."""
    return any(way != MAIL for way in line.write)


def countries(known: Iterable[Line], localiser: Localiser) -> list[str]:
    """Return the codes of all countries that have a number, in the order of their names."""
    codes = {code for line in known for code in line.countries} | set(localiser.catalogue.numbers.emergency)
    return sorted(codes, key=lambda code: (alphabetical(localiser.country_name(code)), code))


def likely(language: str, localiser: Localiser) -> tuple[str, ...]:
    """Return where people ask in a language, the likeliest first."""
    return localiser.catalogue.numbers.asked_from.get(language, ())


def guessed(app: str | None, language: str, localiser: Localiser) -> str | None:
    """Return the country of somebody who named none: the region of their app's language, or the language's only one.

    ``app``: the tag of their app's language, such as "pt-br".
    """
    tag = (app or "").replace("_", "-").split("-")
    region = tag[-1].upper()
    if len(tag) > 1 and len(region) == len("IN") and region in localiser.catalogue.numbers.emergency:
        return region
    for spoken in (language, tag[0]):
        only = likely(spoken, localiser)
        if len(only) == 1:
            return only[0]
    return None


def emergency(country: str | None, localiser: Localiser, *, ambulance: bool = False, named: bool = False) -> str:
    """Return the emergency numbers of a country as they stand in a sentence, or what is true everywhere.

    Where the sources disagree both numbers stand there: if one does not connect, the other may.
    ``ambulance``: somebody is hurt. ``named``: with the country behind, where nobody said that they are there.
    """
    words = localiser.catalogue.care.words
    known = localiser.catalogue.numbers.emergency.get(country or "")
    if known is None:
        return localiser.pick(words.unknown)
    where = localiser.country_name(country or "") if named else ""
    behind = f" ({where})" if where else ""
    most = 1 if known.confirmed else 2
    if ambulance and known.ambulance:
        return " / ".join(dict.fromkeys((*known.ambulance[:most], *known.general[:1]))) + behind
    if known.general:
        return " / ".join(known.general[:2]) + behind
    told = [
        (" / ".join(numbers[:most]), localiser.pick(what))
        for numbers, what in ((known.police, words.police), (known.ambulance, words.ambulance))
        if numbers
    ]
    said = (
        (number, ", ".join(filter(None, (what, where if not at else "")))) for at, (number, what) in enumerate(told)
    )
    return ", ".join(f"{number} ({what})" if what else number for number, what in said)


def item(line: Line, localiser: Localiser, *, write: bool = False) -> Item:
    """Return a helpline in a line: its number, its cost and hours, how to write to it, when it was checked."""
    words = localiser.catalogue.care.words
    ways = _filled(words.write, localiser, line=", ".join(line.write)) if line.write else ""
    reached = [line.number or "", ways]
    if write and can_write(line):
        reached.reverse()
    details = (
        *reached[:1],
        _named(line.cost, _FREE, words.free, localiser),
        hours(line, localiser),
        *reached[1:],
        localiser.pick(line.note),
        "" if line.confirmed else localiser.pick(words.unconfirmed),
        _checked(line, localiser),
    )
    name = localiser.pick(line.name)
    return Item(text=DOT.join(filter(None, details)), label="" if name == line.number else name, url=line.url or "")


def brief(line: Line, localiser: Localiser) -> str:
    """Return a helpline in a few words: its name and number."""
    name, reached = localiser.pick(line.name), line.number or ", ".join(line.write)
    return name if reached in name else f"{name}{localiser.colon}{reached}"


def hours(line: Line, localiser: Localiser) -> str:
    """Return when somebody answers, with the days as the reader calls them."""
    said = line.hours.get(ANY_LANGUAGE, "")
    if said == _ALWAYS:
        return localiser.pick(localiser.catalogue.care.words.always) or _ALWAYS
    days = strings.locale(localiser.language).days["format"]["abbreviated"]

    def shown(found: re.Match[str]) -> str:
        names = [days[_DAYS.index(day)] for day in found.groups()[:2] if day]
        span = "" if found[1] == "Mo" and found[2] == "Su" else f"{'–'.join(names)} "
        return f"{span}{found[3]}–{found[4]}"

    return _OPEN.sub(shown, said or localiser.pick(line.hours)).replace(";", ",")


def _named(text: Text, value: str, shown: Text, localiser: Localiser) -> str:
    said = localiser.pick(text)
    return localiser.pick(shown) or said if said == value else said


def _checked(line: Line, localiser: Localiser) -> str:
    if not line.checked:
        return ""
    words, when = localiser.catalogue.care.words, _month(line.checked, localiser)
    if line.as_of:
        return _filled(words.dated, localiser, then=_month(line.as_of, localiser), when=when)
    return _filled(words.checked, localiser, when=when)


def _month(month: str, localiser: Localiser) -> str:
    year, _, number = month.partition("-")
    if not number:
        return year
    return format_skeleton("yM", date(int(year), int(number), 1), locale=strings.locale(localiser.language))


def _filled(text: Text, localiser: Localiser, **values: str) -> str:
    return filled(localiser.pick(text), **values)


def filled(text: str, **values: str) -> str:
    """Return a text with the values in its braces."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def apart(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text."""
    return (part for part in map(str.strip, re.split(r"\n\s*\n", text)) if part)
