"""Dialogues: conversations with what any good reply must have, and the judge of each turn."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.evaluation.conversation import Conversation
from bot.evaluation.documents import Item, read_items
from bot.knowledge.fields import one_or_many
from bot.matching.decision import Answer, NoMatch
from bot.replies.answer_json import choices, entries
from bot.replies.reply import Show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.editions.answering import Answered
    from bot.editions.edition import Edition

FIRST = 350
"""Characters of a reply in which what it must say stands: what a phone shows without scrolling."""

_Any = Annotated[tuple[str, ...], BeforeValidator(one_or_many)]
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")


class Turn(BaseModel):
    """A message, exactly as typed, and the conditions on its reply; one without conditions is not judged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str
    card: _Any = ()
    """The reply is about one of these ids."""
    attribute: str | None = None
    """The id of what is asked about it."""
    says: tuple[_Any, ...] = ()
    """One of each of these stands in the first ``FIRST`` characters."""
    never: tuple[str, ...] = ()
    """None of these stands there."""
    known: bool | None = None
    """Whether the reply gives what is asked, or admits that it is not known."""
    lists: tuple[str, ...] = ()
    """Each of these ids is among the entries that the reply lists."""
    picks: int | None = Field(default=None, ge=1)
    """The reply is about the one with this number of what the reply before listed or offered."""
    reply_lang: str | None = None
    """The language of the reply."""
    same: bool = False
    """The reply is about the same entry as the last one that was about any."""
    decision: Annotated[
        tuple[Literal["answer", "choose", "help", "chat", "none"], ...], BeforeValidator(one_or_many)
    ] = ()
    """The allowed decisions."""

    @property
    def judged(self) -> bool:
        """Whether there is any condition."""
        return bool(self.model_fields_set - {"q"})


class Dialogue(Item):
    """One conversation; ``who`` writes, and ``lang`` is the language of their Telegram."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    advice: ClassVar[str] = f"A dialogue has who, lang and turns; a turn has {', '.join(Turn.model_fields)}."

    who: str = ""
    lang: str = "en"
    turns: tuple[Turn, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class TurnVerdict:
    """A turn, its reply, and the conditions that do not hold; ``number`` counts the turns of a dialogue from 1."""

    dialogue: Dialogue
    number: int
    turn: Turn
    answered: Answered
    failed: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether all conditions hold."""
        return not self.failed


def read_dialogues(file: Path) -> tuple[Dialogue, ...]:
    """Return the dialogues in their order; raises BadQuestions with all mistakes, OSError if there is no such file."""
    return read_items(file, lambda _: Dialogue)


def played(dialogue: Dialogue, edition: Edition, default_language: str = "en") -> tuple[TurnVerdict, ...]:
    """Hold a dialogue with the bot and return a verdict on every turn, also on those that have no conditions."""
    conversation = Conversation(edition, default_language, dialogue.lang)
    said: list[Answered] = []
    verdicts = []
    for number, turn in enumerate(dialogue.turns, 1):
        answered = conversation.say(turn.q)
        verdicts.append(TurnVerdict(dialogue, number, turn, answered, failed(turn, answered, said)))
        said.append(answered)
    return tuple(verdicts)


def failed(turn: Turn, answered: Answered, before: Sequence[Answered] = ()) -> tuple[str, ...]:
    """Return the conditions of a turn that its reply does not meet; ``before`` are the replies before, in order."""
    conditions = (
        *_of_the_answer(turn, answered),
        *_of_the_text(turn, answered),
        *_of_the_dialogue(turn, answered, before),
    )
    return tuple(condition for condition, holds in conditions if not holds)


def _of_the_answer(turn: Turn, answered: Answered) -> Iterator[tuple[str, bool]]:
    record = answered.record
    if turn.decision:
        yield f"decision {' or '.join(turn.decision)}", record["decision"] in turn.decision
    if turn.card:
        yield f"card {' or '.join(turn.card)}", not _about(answered).isdisjoint(turn.card)
    if turn.attribute:
        yield f"attribute {turn.attribute}", record["attribute"] == turn.attribute
    if turn.known is not None:
        yield f"known {str(turn.known).lower()}", _known(answered) is turn.known
    if turn.reply_lang:
        yield f"reply_lang {turn.reply_lang}", record["lang"] == turn.reply_lang
    presented = {*record["entries"], *_listed(answered)}
    missing = [entry for entry in turn.lists if entry not in presented]
    yield f"lists {' '.join(missing)}", not missing


def _known(answered: Answered) -> bool | None:
    """Return whether a reply gives what was asked; one that names what is not here admits that as well."""
    decision = answered.decision
    return False if isinstance(decision, NoMatch) and decision.missing else answered.record["known"]


def _of_the_text(turn: Turn, answered: Answered) -> Iterator[tuple[str, bool]]:
    beginning = _plain(answered.record["text"][:FIRST])
    for wanted in turn.says:
        yield f"says {' or '.join(wanted)}", any(_plain(one) in beginning for one in wanted)
    for unwanted in turn.never:
        yield f"never {unwanted}", _plain(unwanted) not in beginning


def _of_the_dialogue(turn: Turn, answered: Answered, before: Sequence[Answered]) -> Iterator[tuple[str, bool]]:
    if turn.picks:
        offered = _listed(before[-1]) if before else []
        picked = offered[turn.picks - 1] if len(offered) >= turn.picks else None
        yield f"picks {turn.picks} ({picked or 'nothing was listed'})", picked in _about(answered)
    if turn.same:
        last = next((entry for one in reversed(before) if (entry := _subject(one))), None)
        yield f"same {last or '(nothing was shown)'}", last in _about(answered)


def _about(answered: Answered) -> set[str]:
    """Return the ids that a reply is about: its card, and what that has first."""
    record = answered.record
    return {*record["entries"][:1], *([record["card"]] if record["card"] else [])}


def _subject(answered: Answered) -> str | None:
    """Return the id of the entry that a reply is about."""
    record = answered.record
    return record["card"] or next(iter(record["entries"]), None)


def _listed(answered: Answered) -> list[str]:
    """Return the ids that a reply lists or offers, in its order: what "the second one" can mean after it."""
    decision = answered.decision
    if isinstance(decision, Answer) and decision.listed:
        return [entry.id for entry in decision.listed]
    presented = choices(decision) or entries(decision)
    if presented and (len(presented) > 1 or not isinstance(decision, Answer)):
        return presented
    actions = (button.action for row in answered.reply.actions for button in row)
    return list(dict.fromkeys(action.entry for action in actions if isinstance(action, Show)))


def _plain(text: str) -> str:
    """Return a text as it is compared: without case, kinds of spaces and apostrophes, and invisible marks."""
    folded = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold()
    return " ".join("".join(sign for sign in folded if unicodedata.category(sign) != "Cf").split())
