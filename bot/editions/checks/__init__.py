"""What the compiler checks once the form is right: each check is a function from ``Examined`` to findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.checks.golden import golden_questions
from bot.editions.checks.overlaps import names_inside, near_names, same_phrases
from bot.editions.checks.phrasing import empty_phrases, long_phrases, repeated_phrases, unreadable_cries
from bot.editions.checks.retrieval import own_words
from bot.editions.checks.reviews import review_dates
from bot.editions.checks.texts import card_lengths, missing_languages, profile_lengths, summary_lengths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.editions.checks.examined import Examined
    from bot.knowledge.finding import Finding

ESSENTIAL: tuple[Callable[[Examined], Iterator[Finding]], ...] = (golden_questions,)
"""Checks that can find errors, without which nothing is served."""

THOROUGH: tuple[Callable[[Examined], Iterator[Finding]], ...] = (
    same_phrases,
    near_names,
    names_inside,
    own_words,
    empty_phrases,
    unreadable_cries,
    repeated_phrases,
    long_phrases,
    missing_languages,
    summary_lengths,
    card_lengths,
    profile_lengths,
    review_dates,
)
"""Checks that find warnings and notes, for editors."""
