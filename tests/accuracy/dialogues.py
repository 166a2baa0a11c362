"""Conversations as test data: the files of ``tests/dialogues``, each message judged by the conditions beside it.

A turn is right when all of its conditions hold; one without conditions is said and not counted. Conditions:

* ``card``: the reply is about this entry, or one of these; ``attribute``, ``known``, ``decision``, ``reply_lang``: what
  the reply's JSON object says of itself; ``lists``: these are among the entries that it presents;
* ``says``: each stands in the first 350 characters, a list in it being alternatives; ``never``: none of these does;
* ``picks: n``: it is about the nth of what the reply before offered (its choices, else its entries);
* ``same``: it is about the same entry as the reply before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from tests.accuracy.conversation import Conversation
from tests.accuracy.figures import counted
from tests.accuracy.replies import beginning, is_about, plain, subject
from tests.accuracy.shipped import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.editions.edition import Edition
    from tests.accuracy.figures import Figures

FOLDER = Path(__file__).parents[1] / "dialogues"
CONDITIONS = ("card", "attribute", "known", "says", "never", "lists", "picks", "same", "reply_lang", "decision")

Turn = dict[str, Any]


class Judged(NamedTuple):
    """A turn with its reply. ``held``: condition -> whether it holds. ``number``: its place in the dialogue, from 1."""

    language: str
    who: str
    number: int
    turn: Turn
    record: Mapping[str, Any]
    held: Mapping[str, bool]

    @property
    def right(self) -> bool:
        """Whether all conditions hold."""
        return all(self.held.values())

    def __str__(self) -> str:
        """Return who asked what, which conditions failed, and what was got instead."""
        wanted = ", ".join(f"{name} {self.turn[name]}" for name, holds in self.held.items() if not holds)
        got = f"{self.record['decision']} {subject(self.record) or ''} {self.record.get('attribute') or ''}"
        said = beginning(self.record).replace("\n", " ")
        return f"[{self.language}, {self.who}] {self.number}. {self.turn['q']!r}: not {wanted}; got {got}: {said[:120]}"


def dialogues() -> Iterator[Mapping[str, Any]]:
    """Yield every dialogue: ``who``, ``lang`` and ``turns``."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


def held_with(edition: Edition) -> Iterator[Judged]:
    """Hold every dialogue, each in a chat of its own, and judge the replies that have conditions."""
    for dialogue in dialogues():
        chat = Conversation(edition, DEFAULT_LANGUAGE, dialogue["lang"])
        before: Mapping[str, Any] | None = None
        for number, turn in enumerate(dialogue["turns"], start=1):
            record: Mapping[str, Any] = chat.say(turn["q"]).record
            held = {name: holds(name, turn[name], record, before) for name in CONDITIONS if name in turn}
            if held:
                yield Judged(dialogue["lang"], dialogue["who"], number, turn, record, held)
            before = record


def holds(  # noqa: PLR0911  (one line a condition)
    condition: str,
    wanted: Any,  # noqa: ANN401  (YAML)
    record: Mapping[str, Any],
    before: Mapping[str, Any] | None,
) -> bool:
    """Tell whether a condition holds for a reply; ``before`` is the reply before it in the same chat."""
    match condition:
        case "card":
            return any(is_about(record, entry) for entry in _listed(wanted))
        case "attribute" | "known":
            return bool(record.get(condition) == wanted)
        case "says":
            return all(_stands(item, record) for item in wanted)
        case "never":
            return not any(_stands(item, record) for item in wanted)
        case "lists":
            return set(wanted) <= set(record["entries"])
        case "picks":
            offered = (before["choices"] or before["entries"]) if before else []
            return len(offered) >= wanted and is_about(record, offered[wanted - 1])
        case "same":
            return before is not None and subject(before) is not None and subject(record) == subject(before)
        case "reply_lang":
            return bool(record["lang"] == wanted)
        case "decision":
            return record["decision"] in wanted
    raise ValueError(f"no condition is called {condition}")


def figures(found: Sequence[Judged]) -> Figures:
    """Return the share that is right: of all turns, by language, of first and later ones, and of each condition."""
    turns = [(one, {"right": one.right}) for one in found]
    by_language = counted((one.language, right) for one, right in turns)
    by_place = counted(("first turn" if one.number == 1 else "later turn", right) for one, right in turns)
    by_condition = counted((name, {"right": held}) for one in found for name, held in one.held.items())
    return by_condition | by_place | by_language


def _listed(wanted: str | Iterable[str]) -> Iterable[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _stands(item: str | Iterable[str], record: Mapping[str, Any]) -> bool:
    text = beginning(record).casefold()
    return any(plain(wording).casefold() in text for wording in _listed(item))
