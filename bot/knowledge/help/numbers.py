"""Numbers: ``helplines.yaml``, the emergency numbers of countries and the helplines that are too many for an entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from bot.knowledge import fields
from bot.knowledge.entry import Country, Frozen, Line, Month, PlainText

_Numbers = Annotated[tuple[PlainText, ...], BeforeValidator(fields.one_or_many)]


class Emergency(Frozen):
    """The emergency numbers of a country, the best first; ``general`` ones reach police and ambulance alike."""

    general: _Numbers = ()
    police: _Numbers = ()
    ambulance: _Numbers = ()
    confirmed: bool = True
    """Whether more than one source says so."""
    checked: Month | None = None
    """The month in which they were last compared with a source."""


class Numbers(Frozen):
    """``helplines.yaml``."""

    emergency: dict[Country, Emergency] = Field(default_factory=dict)
    """Code of a country -> its emergency numbers."""
    lines: tuple[Line, ...] = ()
    """Helplines, the first of a country first; those of the help entry itself come before them."""
    asked_from: dict[str, tuple[Country, ...]] = Field(default_factory=dict)
    """Language -> where people ask in it, the likeliest first. Where it is only one country, that one is taken to be
    theirs as long as they name no other."""
