"""The kinds of entry that a folder declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.entry import ANY_LANGUAGE
from bot.knowledge.finding import Finding, Severity
from bot.knowledge.kinds import BUILT_IN
from bot.knowledge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.editions.checks.context import CheckContext


def declared_kinds(context: CheckContext) -> Iterator[Finding]:
    """Yield kinds that no entry is of, and those whose label is missing in a language of the folder."""
    used = {entry.kind.id for entry in context.entries}
    attributes = context.folder.catalogue.attributes.values()
    asked = {name for attribute in attributes for name in attribute.kinds}
    for name, traits in context.bot.kinds.items():
        if name not in used:
            place = context.folder.bot_place("kinds", name)
            message = f"no entry is of kind {name!r}."
            yield Finding(*place, Severity.WARNING, "unused-kind", message, "Write one, or remove the kind.")
        missing = [one for one in context.bot.languages if one not in traits.label and ANY_LANGUAGE not in traits.label]
        for language in missing:
            place = context.folder.bot_place("kinds", name, "label")
            message = f"the label of kind {name!r} has no {language!r}."
            yield Finding(*place, Severity.WARNING, "missing-language", message, "Add it.")
        other = traits.attributes_of
        if other is not None and other not in asked:
            place = context.folder.bot_place("kinds", name, "attributes_of")
            message = f"there is no attribute of kind {other!r}."
            advice = did_you_mean(other, asked) or f"There are attributes of {', '.join(sorted(asked))}."
            yield Finding(*place, Severity.WARNING, "unknown-kind", message, advice)


def kinds_of_attributes(context: CheckContext) -> Iterator[Finding]:
    """Yield kinds in ``attributes.yaml`` that the folder does not have, where it declares any."""
    source, declared = context.folder.documents.get("attributes"), context.bot.kinds
    if source is None or not declared or not isinstance(source.value, dict):
        return
    known = [*declared, *BUILT_IN]
    for name in source.value:
        for index, kind in enumerate(context.folder.catalogue.attributes[name].kinds):
            if kind not in known and kind not in {traits.attributes_of for traits in declared.values()}:
                place = source.place(name, "kinds", index)
                advice = did_you_mean(kind, known) or f"The kinds are {', '.join(known)}: bot.yaml declares them."
                yield Finding(*place, Severity.WARNING, "unknown-kind", f"there is no kind {kind!r}.", advice)
