"""Phrases that can go: what repeats, what nobody needs, and never what right answers hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.evaluation.pruning import prune, roots
from bot.evaluation.questions import LabelledQuestion
from bot.knowledge.entry import Entry
from bot.matching.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Sequence

PHRASES = {
    "cheese": ("round wheel", "wheels, round", "mild taste", "milk", "yellow rind"),
    "bread": ("crust", "baked at night", "sourdough loaf", "flour and water"),
}


def entries(**phrases: Sequence[str]) -> dict[str, Entry]:
    """Return entries with keywords."""
    return {
        key: Entry.model_validate({"id": key, "name": key, "summary": "One of two.", "keywords": {"en": listed}})
        for key, listed in phrases.items()
    }


def left(most: int, questions: Sequence[LabelledQuestion] = (), limit: int = 99) -> dict[str, set[str]]:
    """Return the keywords that stay, by entry."""
    pruned = prune(entries(**PHRASES), questions, most, lambda *_: limit, lambda some: Matcher(tuple(some)))
    gone = {(one.entry, one.text) for one in pruned.dropped}
    return {key: {text for text in listed if (key, text) not in gone} for key, listed in PHRASES.items()}


def test_repeats_go_first() -> None:
    """Of two keywords with the same words one goes before any other."""
    assert left(8)["bread"] == set(PHRASES["bread"])
    assert len(left(8)["cheese"] & {"round wheel", "wheels, round"}) == 1


def test_what_is_asked_for_stays() -> None:
    """A word that labelled questions have is worth more than one that nobody said."""
    asked = [LabelledQuestion(q=f"{word} of milk", accept=("cheese",)) for word in ("price", "origin", "colour")]
    assert "milk" in left(5, asked)["cheese"]
    assert len(left(5)["cheese"] | left(5)["bread"]) == 5


def test_a_right_answer_is_not_lost() -> None:
    """A phrase that would go stays where a question is answered rightly only with it."""
    wanted = ("round wheel", "is the wheel round", "mild taste", "is the taste mild", "yellow rind")
    asked = [LabelledQuestion(q=text, accept=("cheese",)) for text in wanted]
    pruned = prune(entries(**PHRASES), asked, 0, lambda *_: 0, lambda some: Matcher(tuple(some)))
    assert "yellow rind" not in {one.text for one in pruned.dropped}
    assert not pruned.lost


def test_of_every_list_some_stay() -> None:
    """However few phrases are wanted, no list is emptied."""
    assert [len(listed) for listed in left(0, limit=0).values()] == [2, 2]


def test_no_more_than_the_limit_of_a_list_stay() -> None:
    """A list is cut to its limit though there is room for all."""
    assert [len(listed) for listed in left(99, limit=3).values()] == [3, 3]


def test_the_least_worth_come_first() -> None:
    """What can go is listed by what it is worth."""
    pruned = prune(entries(**PHRASES), [], 0, lambda *_: 99, lambda some: Matcher(tuple(some)))
    worths = [one.worth for one in pruned.dropped]
    assert worths == sorted(worths)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the torturing of torturers", ("tortur", "tortur")),
        ("пытками", ("пытк",)),
        ("who is it", ()),
    ],
)
def test_roots(text: str, found: tuple[str, ...]) -> None:
    """Words of one root are the same, words of grammar say nothing."""
    assert set(roots(text)) == set(found)
