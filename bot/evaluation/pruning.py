"""Which phrases of a folder can go: those that say nothing which others do not say, and that nobody was seen to need.

People are seen to need a word of an entry where a labelled question that the entry answers has it. What a phrase is
worth is what its words add to those that the entry's phrases have without it: a word counts by how few entries have
it, by how many labelled questions have it, and less for each phrase that has it already. Phrases are taken one after
another, each time the one that adds most, and those left over can go: repeats add nothing, what is over-specific
little.

What is worth little may be needed all the same. So the questions are asked with and without, and where a right answer
is lost, the phrases that share most with the question stay.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bot.editions.judging import Outcome, outcome
from bot.matching.decision import Question
from bot.matching.text.languages import languages
from bot.matching.text.normalise import words
from bot.matching.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.evaluation.questions import LabelledQuestion
    from bot.knowledge.entry import Entry
    from bot.matching.matcher import Matcher

KEYS = ("questions", "keywords")

_RARE, _USED = 0.83, 1.2
"""What a word counts for that one entry alone has; and for each question that has it."""
_USES = 3
"""Questions with a word that count."""
_AGAIN = 0.35
"""What a word counts for in one more phrase, as a share of what it did before."""
_WORDS = {"keywords": 4, "questions": 8}
"""Words from which on a phrase counts less for each more..."""
_LONGER = 0.2
"""...as if it were divided by so much more."""
_LEAST = {"keywords": 2, "questions": 1}
"""Phrases of each list that stay in any case."""
_ROUNDS = 3
"""Times that it is tried to put back what right answers need."""
_BACK = 2
"""Phrases put back for one question at a time."""


class Listed(NamedTuple):
    """A phrase of an entry: the list it stands in, its place there, and what it is worth beside those that stay."""

    entry: str
    key: str
    language: str
    place: int
    text: str
    worth: float


class Pruned(NamedTuple):
    """What can go, the least worth first; the questions that are no longer answered rightly without it."""

    dropped: tuple[Listed, ...]
    lost: tuple[LabelledQuestion, ...]


def prune(
    entries: Mapping[str, Entry],
    questions: Sequence[LabelledQuestion],
    most: int,
    limit: Callable[[Entry, str, str], int],
    matcher: Callable[[Sequence[Entry]], Matcher],
) -> Pruned:
    """Choose which keywords and questions of ``entries`` stay, at most ``most`` phrases of all kinds, names included.

    ``limit`` gives how many of a list may stay, by entry, key and language; ``matcher`` compiles entries. More than
    ``most`` may stay where right answers need them.
    """
    worth = _Worth(entries, questions)
    ordered = [one for entry in _described(entries) for one in worth.ordered(entry, limit)]
    others = sum(_count(entry) for entry in entries.values()) - sum(
        len(listed) for entry in _described(entries) for key in KEYS for listed in getattr(entry, key).values()
    )
    best = sorted(ordered, key=lambda one: -one.worth)
    room = max(most - others, sum(one.worth == math.inf for one in ordered))
    chosen = {one[:4] for one in best[:room] if one.worth > 0}
    right = _right(matcher(tuple(entries.values())), questions)
    lost: list[LabelledQuestion] = []
    for step in range(_ROUNDS + 1):
        still = _right(matcher(tuple(_with(entry, chosen) for entry in entries.values())), right)
        lost = [question for question in right if question not in still]
        if not lost or step == _ROUNDS:
            break
        gone = [one for one in ordered if one[:4] not in chosen]
        for question in lost:
            chosen |= {one[:4] for one in _needed(question, gone)}
    dropped = sorted((one for one in ordered if one[:4] not in chosen), key=lambda one: (one.worth, one))
    return Pruned(tuple(dropped), tuple(lost))


def _described(entries: Mapping[str, Entry]) -> list[Entry]:
    """Return the entries that are searched for by what they are about: small talk and the like are lists by nature."""
    return [entry for entry in entries.values() if not entry.kind.built_in]


def _count(entry: Entry) -> int:
    return sum(len(listed) for key in ("aliases", *KEYS) for listed in getattr(entry, key).values())


def _with(entry: Entry, chosen: set[tuple[str, str, str, int]]) -> Entry:
    """Return an entry with the chosen ones of its keywords and questions."""
    if entry.kind.built_in:
        return entry
    kept = {
        key: {
            language: tuple([text for place, text in enumerate(listed) if (entry.id, key, language, place) in chosen])
            for language, listed in getattr(entry, key).items()
        }
        for key in KEYS
    }
    return entry.model_copy(update=kept)


def _right(matcher: Matcher, questions: Iterable[LabelledQuestion]) -> list[LabelledQuestion]:
    """Return the questions that are answered rightly."""
    found = []
    for question in questions:
        decision = matcher.decide(Question(question.q, asker_language=question.lang))
        if outcome(decision, question.accepted, together=question.wants_all) is Outcome.RIGHT:
            found.append(question)
    return found


def _needed(question: LabelledQuestion, gone: Iterable[Listed]) -> list[Listed]:
    """Return the phrases of accepted entries that share most with a question: those that it may be answered by."""
    asked = set(roots(question.q))
    shared = [
        (len(asked.intersection(roots(one.text))), one.worth, one) for one in gone if one.entry in question.accept
    ]
    return [one for count, _, one in sorted(shared, reverse=True)[:_BACK] if count]


def roots(text: str) -> tuple[str, ...]:
    """Return what tells a text's words: the stem, or all but the last three letters and no less than four."""
    data = languages()
    said = (word for word in words(text) if word not in data.function and word not in data.frame)
    return tuple(dict.fromkeys(stem(word)[: max(4, len(stem(word)) - 3)] for word in said))


class _Worth:
    """What words are worth in each entry."""

    def __init__(self, entries: Mapping[str, Entry], questions: Iterable[LabelledQuestion]) -> None:
        self._entries = len(entries)
        self._asked: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for question in questions:
            for entry_id in question.accept:
                self._asked[entry_id].update(dict.fromkeys(roots(question.q), 1 / len(question.accept) ** 0.5))
        self._users = Counter(
            root
            for entry in entries.values()
            for root in {
                root
                for key in ("aliases", *KEYS)
                for listed in getattr(entry, key).values()
                for text in listed
                for root in roots(text)
            }
        )

    def ordered(self, entry: Entry, limit: Callable[[Entry, str, str], int]) -> Iterator[Listed]:
        """Yield the phrases of an entry with what each adds, within ``limit``; those beyond are worth nothing."""
        for language in dict.fromkeys(language for key in KEYS for language in getattr(entry, key)):
            yield from self._of_language(entry, language, {key: limit(entry, key, language) for key in KEYS})

    def _of_language(self, entry: Entry, language: str, most: Mapping[str, int]) -> Iterator[Listed]:
        had = Counter(root for text in entry.aliases.get(language, ()) for root in roots(text))
        had.update(roots(entry.name.get(language, "")))
        left = {
            (key, place): (text, roots(text), 1 / (1 + _LONGER * max(0, len(words(text)) - _WORDS[key])))
            for key in KEYS
            for listed in [getattr(entry, key).get(language, ())]
            for place, text in enumerate(listed)
        }
        worth = {root: self._word(entry.id, root) for _, found, _ in left.values() for root in found}
        taken: Counter[str] = Counter()
        while left:
            sums = {
                at: share * sum(worth[root] * _AGAIN ** had[root] for root in found)
                for at, (_, found, share) in left.items()
            }
            at = max(sums, key=sums.__getitem__)
            text, found, _ = left.pop(at)
            key, place = at
            taken[key] += 1
            had.update(found)
            stays = taken[key] <= _LEAST[key]
            counted = math.inf if stays else sums[at] if taken[key] <= most[key] else 0.0
            yield Listed(entry.id, key, language, place, text, counted)

    def _word(self, entry_id: str, root: str) -> float:
        rarity = math.log((self._entries + 1) / (self._users[root] + 0.5)) / math.log(self._entries + 1)
        return _RARE * (0.4 + rarity) + _USED * min(self._asked[entry_id][root], _USES)
