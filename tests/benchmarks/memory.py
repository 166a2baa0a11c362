"""Bytes that the memory of conversations takes, in contexts as conversations of several turns leave them behind.

    python -m tests.benchmarks.memory knowledge --chats 10000 --out build/benchmarks

Decisions are drawn at random over the entries of a folder: answers about an attribute or not, lists, choices and honest
noes, with five candidates each. Entries and their ids are there anyway and not counted.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge.folder import read_folder
from bot.matching.context import Context
from bot.matching.decision import Answer, Candidate, Choose, Condition, Listing, NoMatch, Question, Rule
from bot.matching.dialogue.aftermath import next_context
from bot.telegram_app.memory import Memory
from tests.benchmarks.report import progress, table, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.entry import Entry
    from bot.matching.decision import Decision

TURNS = (1, 3, 8)
"""Messages of a conversation."""

ASKED = Question("?")


def decision(entries: Sequence[Entry], attributes: Sequence[str], dice: random.Random) -> Decision:
    """Return a decision about entries drawn at random."""
    drawn = dice.sample(entries, min(len(entries), 12))
    ranked = tuple(Candidate(entry, 1.0) for entry in drawn[:5])
    attribute = dice.choice(attributes)
    kind = dice.random()
    if kind < 0.7:
        asked = attribute if kind < 0.4 else None
        return Answer(question=ASKED, rule=Rule.NAMED, entry=drawn[0], attribute=asked, candidates=ranked)
    if kind < 0.8:
        condition = Condition(attribute, value=drawn[0].id)
        return Listing(question=ASKED, rule=Rule.LIST, entries=tuple(drawn), conditions=(condition,), candidates=ranked)
    if kind < 0.9:
        return Choose(question=ASKED, rule=Rule.CLOSE, entries=tuple(drawn[:4]), candidates=ranked)
    return NoMatch(question=ASKED, rule=Rule.WEAK, candidates=ranked)


def measured(folder: Path, chats: int, turns: int) -> tuple[float, float, float]:
    """Return bytes a chat, MiB in all, and microseconds to get and put one, with ``turns`` messages in each chat."""
    catalogue = read_folder(folder).catalogue
    entries, attributes = tuple(catalogue.entries.values()), tuple(catalogue.attributes)
    dice, memory = random.Random(turns), Memory(most=chats)  # noqa: S311  (no secret)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for chat in range(chats):
        key = (10**9 + chat, 10**9 + chat)
        for _ in range(turns):
            memory.put(key, next_context(memory.get(key), decision(entries, attributes, dice), "en"))
    gc.collect()
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    started = time.thread_time()
    for chat in range(chats):
        key = (10**9 + chat, 10**9 + chat)
        memory.put(key, memory.get(key))
    seconds = time.thread_time() - started
    assert memory.get((10**9, 10**9)) != Context()
    return used / chats, used / 2**20, seconds / chats * 1e6


def main() -> None:
    """Measure conversations of several lengths and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"))
    options = parser.parse_args()
    rows = []
    for turns in TURNS:
        progress(f"{options.chats:,} chats of {turns} messages")
        rows.append((turns, *measured(options.folder, options.chats, turns)))
    head = ("messages in each chat", "bytes a chat", f"MiB for {options.chats:,}", "µs to get and put")
    write(options.out, "memory.md", table(head, rows))


if __name__ == "__main__":
    main()
