"""Reply: what a person sees, without any surface's formatting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of what the reply is about."""

    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """The one statement that was asked for, before everything else."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, with an optional label in front ("UNICEF: ...") and an optional address behind."""

    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """A long part that a surface may fold away until it is tapped."""

    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A small remark: "newest source: 2025"."""

    text: str


Block = Heading | Lead | Paragraph | Item | Folded | Quiet


@dataclass(frozen=True, slots=True)
class Show:
    """Show the card of an entry, in a language of its own where one is given; ``full``: with everything there is."""

    entry: str
    language: str | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Browse:
    """Show page ``page`` (from 0) of the list of a kind of entry; ``kind`` None is the list of all kinds."""

    kind: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the offered choices fits."""


@dataclass(frozen=True, slots=True)
class Helplines:
    """Show the helplines of a country (ISO 3166 code) or of everywhere, in a language of its own if one is given."""

    country: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Countries:
    """Show page ``page`` (from 0) of all countries that have helplines."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Open inline mode with exactly this entry."""

    entry: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask this question as if it had been typed."""

    text: str


Action = Show | Browse | NoneOfThese | Helplines | Countries | Share | Ask


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap, with what it says."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class LinkButton:
    """An https address to open, with what it says."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Blocks in order, links, and rows of buttons. ``language`` is the reply's; ``urgent`` replies are never cached.

    ``title`` and ``description`` are one line each, for surfaces that list replies (inline results).
    """

    language: str
    blocks: tuple[Block, ...]
    links: tuple[LinkButton, ...] = ()
    actions: tuple[tuple[Button, ...], ...] = ()
    title: str = ""
    description: str = ""
    urgent: bool = False
