"""Where something comes from, for whoever asks: the sources of what was answered last, as words and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.replies.entries.cards import DESCRIPTION_UNITS
from bot.replies.entries.dates import YEAR
from bot.replies.entries.direct import FACTS
from bot.replies.reply import Button, Item, Lead, LinkButton, Paragraph, Reply, Show
from bot.replies.wording.lengths import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.knowledge.entry import Fact
    from bot.matching.decision import Answer
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

SHOWN = 3
"""Sources that are named; an entry may rest on twenty."""

ADDRESS_UNITS = 60
"""The longest address that is written out; of a longer one its site, as nobody reads the rest."""

_ADDRESS = re.compile(r"https?://[^\s),;]+")
_BETWEEN = re.compile(r";\s+")
_ASIDE = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Source:
    """A document by its name, an address, or both; empty texts for what there is not."""

    name: str
    address: str = ""

    @property
    def site(self) -> str:
        """The site that the address is of: "omct.org"."""
        return urlsplit(self.address).netloc.removeprefix("www.")

    def text(self) -> str:
        """Return it as readers see it."""
        bare = self.address.partition("://")[2].removeprefix("www.").rstrip("/")
        return ", ".join(filter(None, (self.name, bare if len(bare) <= ADDRESS_UNITS else self.site)))


def sources(answer: Answer, localiser: Localiser) -> Reply:
    """Return where the answer before comes from: its facts, or else what the whole entry rests on."""
    entry, words = answer.entry, localiser.words
    found: dict[Source, str] = {}
    for fact in _facts(answer):
        for one in read(fact.source or ""):
            found.setdefault(one, _shown(one, fact, localiser))
    found = found or {one: one.text() for written in entry.sources for one in read(written)}
    shown = list(found.items())[:SHOWN]
    name = localiser.short_name(entry)
    blocks: list[Block] = [Lead(words("move.why", name=name))] if answer.why else []
    plain = Paragraph if blocks else Lead
    if len(shown) == 1:
        blocks.append(plain(words("move.source", source=shown[0][1])))
    elif shown:
        blocks += [plain(words("move.sources_of", name=name)), *(Item(text) for _, text in shown)]
    else:
        blocks.append(plain(words("move.sources")))
    links = {one.site: one.address for one, _ in shown if one.address.startswith("https:")}
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        links=tuple(LinkButton(site, address) for site, address in links.items()),
        actions=((Button(words("card.more_about", name=name), Show(entry.id)),),),
        title=localiser.name(entry),
        description=shorten(blocks[0].text, DESCRIPTION_UNITS),
    )


def read(written: str) -> Iterator[Source]:
    """Yield the sources in an editor's line, without remarks: in brackets, or behind a semicolon without a capital."""
    for number, part in enumerate(_BETWEEN.split(written.strip())):
        addresses = _ADDRESS.findall(part)
        name = "" if part.startswith("http") else " ".join(_ASIDE.sub("", part).split())
        if addresses:
            yield from (Source(name, address.rstrip(".")) for address in addresses)
        elif name and (number == 0 or name[0].isupper()):
            yield Source(name)


def _facts(answer: Answer) -> list[Fact]:
    numbers: Iterable[int] = answer.facts[:FACTS]
    if answer.fact is not None and not answer.attribute:
        numbers = (answer.fact,)
    return [answer.entry.facts[number] for number in numbers]


def _shown(source: Source, fact: Fact, localiser: Localiser) -> str:
    """Return a source with the date of the fact, unless it has a year itself, and with how far to trust it."""
    text, period = source.text(), fact.as_of
    dated = localiser.period(period) if period and period.word != "since" and not YEAR.search(text) else ""
    unsure = {"medium": "card.not_certain", "low": "card.not_confirmed"}.get(fact.confidence)
    remarks = ", ".join(filter(None, (dated, localiser.words(unsure) if unsure else "")))
    return f"{text} ({remarks})" if remarks else text
