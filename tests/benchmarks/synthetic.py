"""Made-up organisations and questions about them, the same for the same size.

Words are built from syllables and drawn with frequencies that fall as in natural text (Zipf), subjects are shared by
about 40 entries, proper names are rarer. There is no inflection and there are no synonyms: recall here is an upper
bound and tells which mechanism loses what; it does not predict recall on real questions.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import accumulate

from tests.benchmarks.documents import Asked, Document, QuestionSet
from tests.benchmarks.typos import word_with_typo

KINDS = ("name", "acronym", "name typo", "question", "question typo", "out of scope")
_TYPES = (  # noqa: SIM905  (a list of quoted words reads worse)
    "foundation institute society association agency bureau department council centre office library museum archive "
    "trust union network committee ministry hospital school college fund service clinic academy federation commission"
).split()
_TEMPLATES = (
    "where can i find {}",
    "how do i get {}",
    "who can help me with {}",
    "what is {}",
    "i need {}",
    "please tell me about {}",
    "is there any {}",
    "can you help with {}",
)
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sh sk sl st t th tr v w z".split()  # noqa: SIM905  (same)
_VOWELS = "a e i o u ai ea ee ia oa ou".split()  # noqa: SIM905  (same)
_CODAS = ("", "", "", "n", "r", "l", "s", "t", "m", "d", "nd", "rk", "st", "ll", "ck")


class _Words:
    """Distinct made-up words, drawn with falling frequency."""

    def __init__(self, rng: random.Random, count: int, flatness: float, seen: set[str]) -> None:
        self._rng = rng
        self.words: list[str] = []
        while len(self.words) < count:
            syllables = rng.choice((2, 2, 3, 3))
            word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))
            if 4 <= len(word) <= 13 and word not in seen:
                seen.add(word)
                self.words.append(word)
        self._weights = list(accumulate(1.0 / (40 + rank) ** flatness for rank in range(count)))

    def draw(self, count: int) -> list[str]:
        return self._rng.choices(self.words, cum_weights=self._weights, k=count)


def synthetic(size: int, questions: int = 1200) -> QuestionSet:
    """Return ``size`` documents and ``questions`` questions, a sixth of each kind."""
    rng = random.Random(size)  # noqa: S311  (a fixed seed is the point)
    seen: set[str] = set()
    common = _Words(rng, min(40_000, 400 + 12 * size), 0.9, seen)
    proper = _Words(rng, max(60, int(0.8 * size)), 0.6, seen)
    subjects = [common.draw(40) for _ in range(max(3, size // 40))]
    source = _Source(rng, common, proper, subjects, acronyms=set(seen))
    documents = [_document(number, source) for number in range(size)]
    asked = [_ask(kind, rng, documents, common) for kind in KINDS for _ in range(questions // len(KINDS))]
    rng.shuffle(asked)
    return QuestionSet(name=f"synthetic-{size}", documents=tuple(documents), asked=tuple(asked))


@dataclass(slots=True)
class _Source:
    """What documents are drawn from, and the names that are taken."""

    rng: random.Random
    common: _Words
    proper: _Words
    subjects: list[list[str]]
    acronyms: set[str]
    names: set[str] = field(default_factory=set)


def _document(number: int, source: _Source) -> Document:
    rng, common, names, acronyms = source.rng, source.common, source.names, source.acronyms
    subject = rng.choice(source.subjects)
    own = common.draw(8)
    kind = rng.choice(_TYPES)
    name = ""
    while not name or name in names:
        first, second, third = source.proper.draw(3)
        name = rng.choice(
            (
                f"{first} {kind}",
                f"{first} {rng.choice(subject)} {kind}",
                f"{kind} of {rng.choice(subject)} {first}",
                f"{first} {second} {rng.choice(subject)} and {rng.choice(subject)} {kind}",
                f"{first} {kind} for {rng.choice(subject)}",
            )
        )
    names.add(name)
    parts = [word for word in name.split() if word not in {"of", "for", "and"}]
    acronym = "".join(part[0] for part in parts)
    while len(acronym) < 3 or acronym in acronyms:
        acronym = "".join(part[: rng.randint(1, 3)] for part in parts)[:7] + rng.choice("abcdefghijklmnopqrstuvwxyz")
    acronyms.add(acronym)
    shared = rng.sample(subject, 5)
    keywords = (
        f"{shared[0]} {own[0]}",
        *shared[1:4],
        f"{shared[4]} {own[1]}",
        *own[2:5],
    )
    return Document(
        id=f"e{number}",
        name=name.title(),
        acronym=acronym.upper(),
        aliases=(f"{first} {rng.choice(subject)}".title(), f"the {third} {own[7]}".title()),
        keywords=keywords,
        questions=(
            rng.choice(_TEMPLATES).format(f"{keywords[1]} {keywords[5]}"),
            rng.choice(_TEMPLATES).format(f"{keywords[2]} and {own[5]}"),
        ),
        summary=" ".join([*common.draw(46), parts[0], *keywords[2:4], own[6], *rng.sample(subject, 8)]),
    )


def _with_one_typo(words: list[str], rng: random.Random) -> list[str]:
    index = rng.choice([place for place, word in enumerate(words) if len(word) >= 4])
    return [*words[:index], word_with_typo(words[index], rng), *words[index + 1 :]]


def _ask(kind: str, rng: random.Random, documents: list[Document], common: _Words) -> Asked:
    document = rng.choice(documents)
    name = document.name.lower()
    match kind:
        case "name":
            return Asked(rng.choice((name, document.name, f"what is {name}", f"{name}?")), document.id, kind)
        case "acronym":
            acronym = document.acronym
            return Asked(rng.choice((acronym, acronym.lower(), f"what is {acronym.lower()}")), document.id, kind)
        case "name typo":
            words = name.split()
            for _ in range(rng.choice((1, 1, 2))):
                words = _with_one_typo(words, rng)
            return Asked(" ".join(words), document.id, kind)
        case "out of scope":
            return Asked(rng.choice(_TEMPLATES).format(" ".join(common.draw(rng.choice((3, 4, 5))))), None, kind)
    chosen = rng.sample(document.keywords[:5], 1) + rng.sample(document.keywords[5:], rng.choice((1, 2)))
    words = " ".join(chosen).split()
    if rng.random() < 0.5:
        words += common.draw(1)  # a word that the entry does not have
    rng.shuffle(words)
    if kind == "question typo":
        words = _with_one_typo(words, rng)
    return Asked(rng.choice(_TEMPLATES).format(" ".join(words)), document.id, kind)
