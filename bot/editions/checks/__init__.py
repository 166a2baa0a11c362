"""What the compiler checks once the form is right: each check is a function from ``CheckContext`` to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.editions.checks.amounts import learned_table, long_keywords, phrase_amounts, unread_phrases
from bot.editions.checks.golden import golden_questions
from bot.editions.checks.kinds import declared_kinds, kinds_of_attributes
from bot.editions.checks.overlaps import names_inside, near_names, same_keywords, same_phrases
from bot.editions.checks.phrasing import empty_phrases, long_phrases, nobody_heard, repeated_phrases, unreadable_cries
from bot.editions.checks.retrieval import own_words
from bot.editions.checks.reviews import old_numbers, review_dates
from bot.editions.checks.synonyms import synonym_groups
from bot.editions.checks.texts import (
    card_lengths,
    missing_languages,
    profile_lengths,
    summary_lengths,
    unspoken_languages,
)

if TYPE_CHECKING:
    from bot.editions.checks.context import CheckContext
    from bot.knowledge.finding import Finding

Check = Callable[["CheckContext"], Iterator["Finding"]]

FORM: tuple[Check, ...] = (
    unreadable_cries,
    nobody_heard,
    same_phrases,
    same_keywords,
    near_names,
    names_inside,
    empty_phrases,
    repeated_phrases,
    long_phrases,
    phrase_amounts,
    long_keywords,
    missing_languages,
    unspoken_languages,
    summary_lengths,
    card_lengths,
    profile_lengths,
    synonym_groups,
    declared_kinds,
    kinds_of_attributes,
)
"""Checks that need no matcher; the first two find errors."""

QUICK: tuple[Check, ...] = (golden_questions, *FORM, learned_table, unread_phrases)
"""Checks whose work grows with the folder and no faster; the first three are the only ones that find errors."""

DATED: tuple[Check, ...] = (review_dates, old_numbers)
"""Checks whose findings depend on the day."""

SLOW: tuple[Check, ...] = (own_words,)
"""Checks that ask thousands of questions, and find nothing worse than warnings: for editors."""
