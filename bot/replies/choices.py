"""Replies that offer instead of answering: choices, an honest no of four kinds, and what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.matching.decision import Rule
from bot.matching.tuning import DEFAULT
from bot.replies.entries.card_buttons import links
from bot.replies.entries.cards import DESCRIPTION_UNITS
from bot.replies.lists import browse_button
from bot.replies.reply import Button, Item, NoneOfThese, Paragraph, Quiet, Reply, Show
from bot.replies.wording.lengths import first_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Choose, Decision, NoMatch
    from bot.replies.reply import Block
    from bot.replies.wording.localiser import Localiser

CHOICES = 5
"""Choices offered at once."""

NEAREST = 3
"""Nearest names offered with an honest no."""

PERHAPS_UNITS = 160
"""Of what is said about the choice that is clearly ahead."""

FEW_WORDS = 2
"""Words of a message up to which it is too little to go on, rather than not understood."""


def choose(decision: Choose, localiser: Localiser, helplines: Button) -> Reply:
    """Return up to five choices, a row each, and a way out of them; what is clearly ahead is said in a line."""
    lead = localiser.words("choose.which" if decision.attribute else "choose.lead")
    blocks: list[Block] = [Paragraph(lead)]
    if decision.perhaps and not decision.attribute:
        first = decision.entries[0]
        lead = localiser.words("choose.perhaps")
        said = first_sentence(localiser.pick(first.summary or first.reply), PERHAPS_UNITS)
        blocks = [Paragraph(lead), Item(said, localiser.short_name(first))]
    return Reply(
        language=localiser.language,
        blocks=tuple(blocks),
        actions=(
            *_shown(decision.entries[:CHOICES], localiser),
            (Button(localiser.words("choose.none"), NoneOfThese()), helplines),
        ),
        title=localiser.words("choose.title"),
        description=lead,
    )


def none_of_these(localiser: Localiser, helplines: Button, *, again: bool = False) -> Reply:
    """Return what to try when no choice was right; ``again``: the line for whoever is in danger was said before."""
    lead = localiser.words("none_of_these.lead")
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(lead), Paragraph(localiser.words("none_of_these.rephrase")), *_danger(localiser, again)),
        actions=((browse_button(localiser), helplines),),
        title=lead,
    )


def no_match(decision: NoMatch, localiser: Localiser, helplines: Button) -> Reply:
    """Return an honest no: not my subject, not here, say more, or not understood; with what is near, if anything is.

    The second time in a conversation it is said in other words. The last line, of the first time, and ``helplines``
    are for somebody in danger whose words were not heard as a cry: not all of them are.
    """
    if decision.entry:
        return _elsewhere(decision.entry, localiser, helplines)
    again = is_unanswered_again(decision)
    near = _nearest(decision)
    lead, further = _no(decision, near, localiser, again=again)
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(lead), *((Paragraph(further),) if further else ()), *_danger(localiser, again)),
        actions=(*_shown(near, localiser), (browse_button(localiser), helplines)),
        title=localiser.words("none.title"),
        description=lead,
    )


def is_unanswered_again(decision: Decision) -> bool:
    """Tell whether the message before had no answer either."""
    context = decision.question.context
    return context is not None and context.unanswered > 0


def _nearest(decision: NoMatch) -> list[Entry]:
    """Return what is worth a look instead: nothing that is near by chance only."""
    ranked = [one.entry for one in decision.candidates if decision.confidence >= DEFAULT.confidence.nearest]
    found = decision.nearest or ranked
    return [entry for entry in found if not entry.kind.built_in][:NEAREST]


def _no(decision: NoMatch, near: Sequence[Entry], localiser: Localiser, *, again: bool) -> tuple[str, str]:
    """Return what is admitted, and what to do about it."""
    words = localiser.words
    if decision.rule is Rule.EMPTY:
        return words("none.empty"), ""
    if decision.missing:
        return words("none.missing", name=decision.missing), words("none.nearest") if near else words("none.try")
    if near:
        return words("none.again" if again else "none.lead"), words("none.nearest")
    if decision.candidates and len(decision.question.text.split()) <= FEW_WORDS:
        return words("none.more_again" if again else "none.more"), words("none.other_words")
    if again:
        return words("none.not_understood_again"), words("none.other_words")
    return words("none.not_understood"), words("none.try")


def _elsewhere(entry: Entry, localiser: Localiser, helplines: Button) -> Reply:
    """Return what the folder says about somebody it does not cover: an honest line and, if there is one, a pointer."""
    text = localiser.pick(entry.reply)
    known = localiser.catalogue.entries
    related = [known[other] for other in entry.related if other in known]
    return Reply(
        language=localiser.language,
        blocks=(Paragraph(text),),
        links=links(entry, localiser),
        actions=(*_shown(related[:NEAREST], localiser), (browse_button(localiser), helplines)),
        title=localiser.words("none.title"),
        description=first_sentence(text, DESCRIPTION_UNITS),
    )


def _danger(localiser: Localiser, again: bool) -> tuple[Block, ...]:
    return () if again else (Quiet(localiser.words("none.danger")),)


def _shown(entries: Iterable[Entry], localiser: Localiser) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(localiser.label(entry), Show(entry.id)),) for entry in entries)
