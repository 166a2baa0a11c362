"""Naming: which of the entries whose names stand in a question it is really about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.kinds import ELSEWHERE
from bot.matching.decision import Field

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from bot.matching.query.case import Case
    from bot.matching.query.names import Mention


def named(case: Case) -> list[int]:
    """Return the entries that the question names, best first; several only if it names them by different words."""
    in_full = _proper_names(case)
    chosen, taken = _by_different_words(case, in_full)
    chosen.sort(key=lambda entry: -case.scores[entry])
    if len(chosen) > 1 and (len(in_full.intersection(chosen)) > 1 or case.compares):
        return chosen
    share = _weight(case, taken) / case.content if case.content else 0.0
    return [entry for entry in chosen if _is_meant(case, entry, share)]


def _proper_names(case: Case) -> set[int]:
    """Return the entries whose proper names stand in the question word for word, if several do; no subjects."""
    found = {entry for entry, mention in case.mentions.items() if mention.whole and case.entry(entry).kind.proper_names}
    return found if len(found) > 1 else set()


def _by_different_words(case: Case, in_full: AbstractSet[int]) -> tuple[list[int], set[int]]:
    """Return the entries that are named well enough, and the words of the question that their names take.

    The heaviest name takes its words first; another one needs words of its own.
    """
    chosen: list[int] = []
    taken: set[int] = set()
    for entry, mention in sorted(case.mentions.items(), key=lambda item: (-item[1].weight, item[0])):
        own = {number for number in mention.tokens if not case.query.tokens[number].filler}
        if entry not in case.scores or mention.coverage < case.tuning.names.part:
            continue
        if not own - taken or not _may_share(case, mention, own & taken):
            continue
        if entry in in_full or _is_near_enough(case, entry, mention):
            chosen.append(entry)
            taken |= own
    return chosen, taken


def _may_share(case: Case, mention: Mention, shared: AbstractSet[int]) -> bool:
    """Return whether a name may have words in common with one before: "Beijing Rules or Havana Rules" names two."""
    return not shared or (case.compares and _weight(case, shared) < case.tuning.names.shared * mention.weight)


def _is_near_enough(case: Case, entry: int, mention: Mention) -> bool:
    """Return whether the entry's score comes as near to the first one as a name of this kind must."""
    names, kind = case.tuning.names, case.entry(entry).kind
    least = names.near_top
    if kind.subjects:
        least = names.next_to_top
    elif kind != ELSEWHERE and mention.coverage >= names.nearly_all:
        least = names.not_far
    return case.scores[entry] >= least * case.top


def _is_meant(case: Case, entry: int, share: float) -> bool:
    """Return whether an entry that is named is what the question is about; ``share``: of it that is taken by names."""
    names = case.tuning.names
    if share > names.full_content and _is_word_for_word(case, entry):
        return True
    if share > names.acronym_content and case.scores[entry] == case.top and _is_telling_acronym(case, entry):
        return True
    explained = max(share, case.coverage[entry])
    return case.scores[entry] >= names.near_top * case.top and explained >= names.content


def _is_word_for_word(case: Case, entry: int) -> bool:
    """Return whether a name of several words stands in the question word for word."""
    mention = case.mentions[entry]
    return mention.whole and sum(1 for number in mention.tokens if not case.query.tokens[number].filler) > 1


def _is_telling_acronym(case: Case, entry: int) -> bool:
    """Return whether an acronym too long to be a coincidence stands in the question."""
    mention = case.mentions[entry]
    phrase = case.index.phrases[mention.phrase]
    long_enough = len(phrase.words[0]) >= case.tuning.names.acronym_letters
    return phrase.field is Field.ACRONYM and mention.whole and long_enough


def _weight(case: Case, numbers: AbstractSet[int]) -> float:
    return sum(case.query.tokens[number].weight for number in numbers)
