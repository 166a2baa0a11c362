"""Whether a folder hears somebody in danger: what must not get lost by a slip of an editor's hand.

Everything else that a file loses is missed by whoever asks for it. That nobody is heard any more is noticed by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.finding import Finding, Severity
from bot.knowledge.kinds import HELP
from bot.matching.danger.patterns import is_group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.knowledge.catalogue import Catalogue
    from bot.knowledge.folder import Folder

CODE = "nobody-heard"
_ADVICE = "Put back the entry of kind help and its phrases; or, if that is meant, write help: none in bot.yaml."


def hears(catalogue: Catalogue) -> bool:
    """Tell whether there is an entry of kind help with a phrase by which somebody would be heard."""
    return any(
        not is_group(text)
        for entry in catalogue.entries.values()
        if entry.kind == HELP
        for phrases in (entry.keywords, entry.questions)
        for texts in phrases.values()
        for text in texts
    )


def is_deaf(catalogue: Catalogue) -> bool:
    """Tell whether nobody in danger would be heard, though ``bot.yaml`` does not say that this is meant."""
    return catalogue.bot.help is None and not hears(catalogue)


def unused_care(folder: Folder) -> Iterator[Finding]:
    """Yield an error where a folder says what to do for somebody in danger, and nobody would be heard."""
    catalogue = folder.catalogue
    care = "care" in folder.documents
    if is_deaf(catalogue) and (care or catalogue.danger):
        name = "care.yaml" if care else "danger.yaml"
        message = f"{name} is for somebody in danger, and there is no phrase of a help entry by which one is heard."
        yield Finding(*folder.bot_place(), Severity.ERROR, CODE, message, _ADVICE)


def deafness(name: str) -> Finding:
    """Return the error about a folder (``name``) that hears nobody any more, though the one before it did."""
    message = "somebody in danger is heard by what is served now, and would not be any more."
    return Finding(name, 1, 1, Severity.ERROR, CODE, message, _ADVICE)
