"""Facts as sentences, with the date that they need; and whether an entry is still active."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.knowledge.entry import pick
from bot.matching.text.normalise import words
from bot.replies.entries import dates
from bot.replies.wording import strings

if TYPE_CHECKING:
    from bot.knowledge.entry import Entry, Fact
    from bot.replies.wording.localiser import Localiser


def statement(fact: Fact, entry: Entry, localiser: Localiser, *, brief: bool = False) -> str:
    """Return a fact with the date it needs (``dates.remark``), and a mark if nothing confirms it.

    The remarks are in the fact's own language where the program speaks it; ``brief`` leaves out "as of".
    """
    written, text = pick(fact.text, localiser.language, localiser.default)
    own = replace(localiser, language=written) if written in strings.languages() else localiser
    dated = dates.remark(fact, entry, text, own, brief=brief)
    unsure = own.words("card.not_confirmed") if fact.confidence == "low" else ""
    remarks = [one for one in (dated, unsure) if one]
    return f"{text.removesuffix('.')} ({', '.join(remarks)})." if remarks else text


def stated(fact: Fact, entry: Entry, localiser: Localiser) -> str:
    """Return a fact as a sentence that stands by itself: it names whom it is about."""
    text = statement(fact, entry, localiser)
    return text if is_named(entry, text, localiser) else f"{localiser.short_name(entry)}{localiser.colon}{text}"


def is_named(entry: Entry, text: str, localiser: Localiser) -> bool:
    """Tell whether a text says of whom it speaks, by any of the entry's names, or by what stands before a bracket.

    Signs that look different and are the same to a reader, such as two apostrophes, do not count.
    """
    names = {*entry.acronyms, *entry.name.values(), *entry.aliases.get(localiser.language, ())}
    names = {name.partition(" (")[0] for name in names}
    if any(name.casefold() in text.casefold() for name in names):
        return True
    said = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(name))} " in said for name in names)


def status(entry: Entry, localiser: Localiser) -> str:
    """Return what there is to say about an entry that is not (surely) active any more; an empty text for all others."""
    if entry.status == "active":
        return ""
    return localiser.pick(entry.status_note) or localiser.words(f"card.{entry.status}")
