"""The shipped knowledge under other numbers, without building its index again where that makes no difference."""

from __future__ import annotations

import copy
from functools import partial
from typing import TYPE_CHECKING
from unittest.mock import patch

from bot.matching.matcher import Matcher
from tests.accuracy.shipped import edition

if TYPE_CHECKING:
    from bot.matching.tuning import Tuning

LATE = (
    "languages.",
    "synonyms.trust",
    "analysis.",
    "ranking.",
    "names.",
    "confidence.",
    "rules.",
    "phrases.",
)
"""Beginnings of the paths of numbers that are only looked at when a question is asked..."""
EARLY = frozenset({"ranking.nearest"})
"""...but for these."""


def is_late(path: str) -> bool:
    """Tell whether a number is only looked at when a question is asked."""
    return path.startswith(LATE) and path not in EARLY


def retuned(tuning: Tuning, *, rebuilt: bool) -> Matcher:
    """Return a matcher with other numbers; unless it is ``rebuilt``, only numbers that are late may differ."""
    catalogue = edition().catalogue
    entries = tuple(catalogue.entries.values())
    build = partial(
        Matcher,
        entries,
        tuning,
        synonyms=catalogue.synonyms,
        attributes=catalogue.attributes,
        danger=catalogue.danger,
    )
    if rebuilt:
        return build()
    known = edition().matcher
    index = copy.copy(known._index)
    index.tuning = tuning
    module = "bot.matching.matcher"
    with (
        patch(f"{module}.Index", return_value=index),
        patch(f"{module}.DangerDetector", return_value=known._danger),
        patch(f"{module}.written", return_value=known.phrases),
    ):
        return build()
