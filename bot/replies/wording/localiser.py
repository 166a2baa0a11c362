"""Localiser: everything that depends on the language of a reply — words, texts of entries, names, dates, countries."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from babel.dates import format_skeleton

from bot.knowledge.entry import ANY_LANGUAGE, pick
from bot.knowledge.kinds import ENTRY
from bot.replies.wording import strings
from bot.replies.wording.glyphs import DOT, colon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.entry import Entry, Link, Text
    from bot.knowledge.kinds import Kind
    from bot.knowledge.period import Period


@dataclass(frozen=True, slots=True)
class Localiser:
    """A reply's language, and ``default`` where something is not written in it.

    ``reader``: the language that the reply should have been in, where it is another one; names are still written in it.
    """

    catalogue: Catalogue = field(hash=False)
    language: str
    default: str
    reader: str = ""

    @property
    def spoken(self) -> bool:
        """Whether the program itself has words of this language; help is given in more."""
        return self.language in strings.languages()

    @property
    def words(self) -> strings.Words:
        """The program's words."""
        return strings.words(self.language)

    @property
    def colon(self) -> str:
        """The colon behind a label, with the space that follows."""
        return colon(self.language)

    def pick(self, text: Text) -> str:
        """Return an entry's text in the best language there is."""
        return pick(text, self.language, self.default)[1]

    def full_name(self, entry: Entry) -> str:
        """Return the name without its acronym, as the reader writes it if it is known."""
        return entry.name.get(self.reader) or self.pick(entry.name)

    def name(self, entry: Entry) -> str:
        """Return the full name with its acronym: "World Organisation Against Torture (OMCT)"."""
        name, short = self.full_name(entry), entry.short_form(self.language)
        return f"{name} ({short})" if short and short.casefold() not in name.casefold() else name

    def short_name(self, entry: Entry) -> str:
        """Return the acronym, or the name where there is none."""
        return entry.short_form(self.language) or self.full_name(entry)

    def label(self, entry: Entry) -> str:
        """Return the name for a button, with the acronym first since phones cut the end."""
        name, short = self.full_name(entry), entry.short_form(self.language)
        if short and short.casefold() not in name.casefold():
            return f"{short}{DOT}{name}"
        return name

    def examples(self) -> tuple[str, ...]:
        """Return the folder's example questions in the best language that it has any in."""
        given = self.catalogue.bot.examples
        return next((given[code] for code in (self.language, ANY_LANGUAGE, self.default) if given.get(code)), ())

    def link_label(self, link: Link) -> str:
        """Return what a link is called: its own label if that can be read, else what it is for."""
        readable = self.language in link.label or ANY_LANGUAGE in link.label
        if readable or (link.label and link.use == "document"):
            return self.pick(link.label)
        return self.words(f"link.{link.use}")

    def kind_label(self, kind: Kind) -> str:
        """Return what many entries of a kind are called; one that the folder does not declare, by its own word."""
        if kind.label:
            return self.pick(kind.label)
        return self.words("kind.entry") if kind == ENTRY else kind.id.replace("_", " ").capitalize()

    def month(self, day: date) -> str:
        """Return the month and year of a day: "November 2026", "noviembre de 2026"."""
        return format_skeleton("yMMMM", day, locale=strings.locale(self.words.language))

    def language_name(self, language: str) -> str:
        """Return what a language is called in this one: "inglés"."""
        return self._named("languages", language)

    def country_name(self, country: str) -> str:
        """Return what a country (ISO 3166) is called in this language, even if the program has no other word of it."""
        return self._named("territories", country)

    def country_within(self, country: str) -> str:
        """Return what a country is called inside a sentence: "the United States"."""
        name = self.country_name(country)
        return f"the {name}" if self.language == "en" and country in _WITH_ARTICLE else name

    def period(self, period: Period, *, within: bool = False) -> str:
        """Return a period by its years: "2010–2012", "before 2026", "2010s"; ``within`` a sentence "the 2010s"."""
        first, last = period.years()
        if not period.word:
            return f"{first}" if first == last else f"{first}–{last}"
        text = self.words(f"period.{period.word}", year=str(period.year))
        return self.words("period.within", period=text) if within else text

    def _named(self, what: str, code: str) -> str:
        own = strings.locale(self.language)
        return str(getattr(own, what).get(code) or getattr(strings.locale(strings.FALLBACK), what).get(code, code))


_WITH_ARTICLE = frozenset(
    {"AE", "BS", "CD", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US", "VA"}
)
"""Countries whose English names have an article inside a sentence."""


def alphabetical(name: str) -> str:
    """Return a key to sort names by that puts É beside E, whatever the case."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def in_order(entries: Iterable[Entry], shown: Callable[[Entry], str]) -> list[Entry]:
    """Return entries in the order of what is shown of each, and of their ids where that is the same."""
    return sorted(entries, key=lambda entry: (alphabetical(shown(entry)), entry.id))


def endonym(language: str) -> str:
    """Return what a language calls itself, with a capital letter as on a button: "Français"."""
    name = strings.locale(language).get_display_name() or language
    return name[:1].upper() + name[1:]
