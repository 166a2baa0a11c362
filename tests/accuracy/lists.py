"""Questions for several organisations at once: lists, counts, filters, comparisons (``questions/lists.yaml``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.accuracy.figures import counted
from tests.accuracy.questions import written
from tests.accuracy.replies import beginning
from tests.accuracy.shipped import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.accuracy.figures import Figures


class Listed(NamedTuple):
    """A question with its reply; ``faults``: the conditions that do not hold, none where it is right."""

    kind: str
    language: str
    text: str
    faults: tuple[str, ...]
    record: Mapping[str, Any]


def asked() -> Iterator[Listed]:
    """Ask every question and judge the reply."""
    for question in written("lists"):
        record = ask(question["q"], question["lang"])
        yield Listed(question["kind"], question["lang"], question["q"], tuple(faults(question, record)), record)


def faults(question: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a reply: who is missing, who should not be there, what its beginning does not say."""
    presented = set(record["entries"])
    missing, astray = set(question.get("names", ())) - presented, set(question.get("never", ())) & presented
    if missing:
        yield f"without {', '.join(sorted(missing))}"
    if astray:
        yield f"with {', '.join(sorted(astray))}"
    for pattern in question.get("says", ()):
        if not re.search(pattern, beginning(record), re.IGNORECASE):
            yield f"does not say {pattern}"


def figures(found: Sequence[Listed]) -> Figures:
    """Return the share that is right, by kind and language."""
    right = [{"right": not one.faults} for one in found]
    by_kind = counted(zip((one.kind for one in found), right, strict=True))
    return by_kind | counted(zip((one.language for one in found), right, strict=True))
