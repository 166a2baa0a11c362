"""The knowledge is written in its own words: it never repeats the two pages that the project started from.

The pages themselves are not in the repository. ``page_runs.txt`` holds a short digest of every run of eight words in
them, one a line, made by ``digests`` below from the pages' text; ``titles.txt`` names what may be repeated.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.folder import read_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parents[1] / "knowledge"
RUN = 8
"""Words in a row that count as copied."""
DIGEST_BYTES = 6
"""Long enough that two different runs meet by chance less than once in ten billion comparisons of this size."""
NOT_TEXT = {"id", "url", "source", "sources", "accept_overlap", "related"}
"""Fields that a reader never sees as a sentence, or that name a source by its title."""


def plain_words(text: str) -> list[str]:
    """Return the words of a text, folded; apostrophes join, everything else that is no letter or digit separates."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"\w+", re.sub(r"['’]", "", folded))


@cache
def title_pattern() -> re.Pattern[str]:
    """Return what finds the names and titles in a row of words."""
    lines = (HERE / "titles.txt").read_text(encoding="utf-8").splitlines()
    titles = [" ".join(plain_words(line)) for line in lines if line and not line.startswith("#")]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, titles))})\b")


def runs(text: str) -> Iterator[str]:
    """Yield every run of eight words, a title counting as one."""
    words = title_pattern().sub("*", " ".join(plain_words(text))).split()
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def digests(text: str) -> dict[str, str]:
    """Return digest -> run for each run of a text."""
    return {blake2b(run.encode(), digest_size=DIGEST_BYTES).hexdigest(): run for run in runs(text)}


@cache
def page_digests() -> frozenset[str]:
    """Return the digests of the pages' runs."""
    return frozenset((HERE / "page_runs.txt").read_text(encoding="ascii").split())


def texts(value: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of an entry with the place where it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_TEXT:
                yield from texts(inner, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            yield from texts(inner, f"{where}[{number}]")
    elif isinstance(value, str):
        yield where, value


def copied(text: str) -> list[str]:
    """Return the runs of a text that stand in the source pages."""
    return [run for digest, run in digests(text).items() if digest in page_digests()]


def test_nothing_is_copied() -> None:
    """No text of any entry, and none of bot.yaml, has eight words in a row of the source pages."""
    catalogue = read_folder(KNOWLEDGE).catalogue
    assert len(catalogue.entries) > 14
    values = {entry.id: entry.model_dump() for entry in catalogue.entries.values()} | {
        "bot.yaml": catalogue.bot.model_dump()
    }
    found = [
        f"{name}{where}: {run}"
        for name, value in values.items()
        for where, text in texts(value)
        for run in copied(text)
    ]
    assert found == []


def test_pasting_is_noticed() -> None:
    """A pasted sentence is found whatever was done to its capitals and punctuation, and also inside a longer one."""
    page = "The lighthouse keeper's cat sleeps on the third step, the Council of Europe permitting, until noon."
    digested = digests(page)
    for pasted in (page, page.upper(), page.replace(",", " -").replace("'", "’"), f"They say that {page} Do they?"):
        assert digests(pasted).keys() & digested.keys()
    assert (
        not digests("The keeper of the lighthouse has a cat. It sleeps, until noon, on step three.").keys() & digested
    )


def test_the_pages_are_covered() -> None:
    """The digests of both pages are there, each of the full length."""
    assert len(page_digests()) > 2000
    assert {len(digest) for digest in page_digests()} == {2 * DIGEST_BYTES}


def test_titles_may_be_repeated() -> None:
    """Long official names are not copying, however long they are."""
    assert copied("The International Association of Youth and Family Judges and Magistrates (IAYFJM) is old.") == []
    assert copied("The Convention on the Rights of the Child, says the Committee on the Rights of the Child.") == []


@given(st.text())
def test_runs_have_eight_words(text: str) -> None:
    """Whatever the text, a run is eight words."""
    assert all(len(run.split()) == RUN for run in runs(text))
