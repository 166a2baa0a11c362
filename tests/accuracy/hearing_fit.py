"""Fitting the danger score: ``python -m tests.accuracy danger --fit`` [``--write``].

Logistic regression with a ridge penalty over the cells of ``bot.matching.danger.letters``. Cries are what is wanted;
calm and everyday messages, the questions of this folder, the turns of dialogues, the ways to ask for attributes and the
names and questions of the entries are not; worried
ones take no part. The same files give the same bytes.

A cell counts by how rare it is (the logarithm of how many messages there are to one that has it): what stands in half
of all messages tells little, and with an equal penalty it would take weight from what tells more. Cross-fitted, two
points more cries are heard at the high mark.

Every score by which something is chosen comes from a model that has seen nothing of the message's author (cross-fitting
in ``FOLDS`` parts of the files), and so do the worth of phrases beside it and the two heights:

* ``phrase``, ``insistent``, ``calm``: the log-odds that they add to such a score, in units of that score;
* ``high``: the lowest score that at most ``ALARMED`` of an author's quiet messages have, the median of all authors;
* ``middle``: the lowest that at most ``LINED`` of them have, likewise.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bot.evaluation.dialogues import read_dialogues
from bot.knowledge.entry import CONCERN_CELLS, SCORE_CELLS
from bot.knowledge.kinds import HELP
from bot.matching.danger import letters, score
from bot.matching.danger.letters import cells
from bot.matching.danger.listener import PhraseListener, read
from bot.matching.danger.score import BY_LENGTH, folded
from bot.matching.text import normalise
from tests.accuracy import dialogues
from tests.accuracy.hearing import CALM, DANGER, FOLDER, QUIET, WRITTEN_FOR, Message, labelled, messages
from tests.accuracy.logistic import fitted
from tests.accuracy.questions import FILES, UNSEEN, questions
from tests.accuracy.shipped import edition
from tests.benchmarks.report import progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

FILE = Path(__file__).parents[2] / "knowledge" / "danger.yaml"
ALARMED, LINED = 0.045, 0.2
"""More than the 2 and 12 % that may be alarmed and lined: quiet messages of these files are written to be mistaken, and
each is scored by a model that has seen less than the one that is shipped. Of those for judging 2 and 9 % are."""
RIDGE = 0.7
"""Twelve times as much changes the shares of cries heard by 2 points."""
PRECISION = 0.8
"""Share of cries taken for a concern that are about it, of authors that the model has not seen."""
CONCERNS = ("blackmail", "custody", "injury", "suicide")
ENTRIES, QUESTIONS, ASKS = "entries", "questions", "asks"
WEIGHTS = {ENTRIES: 0.3, ASKS: 0.3}
"""How often a message of a source counts; once, if it is not here."""
EVERY = 4
"""One of so many phrases of the entries is read: there are far more than messages."""
FOLDS = 7
_MEMORY, _STEPS, _ENOUGH = 8, 80, 1e-5
_WIDTH = 118


class Rows(NamedTuple):
    """The cells of messages: ``cells`` in a row, ``starts`` of each, ``worth`` of a cell in each."""

    cells: NDArray[np.int64]
    starts: NDArray[np.int64]
    worth: NDArray[np.float64]


class Linear(NamedTuple):
    """Weights of the cells and the bias."""

    weights: NDArray[np.float64]
    bias: float


def training() -> list[Message]:
    """Return all messages that are fitted to, in the order of their files."""
    return [
        *chain.from_iterable(messages(file) for file in sorted(FOLDER.glob("*.yaml"))),
        *chain.from_iterable(labelled(file) for file in sorted(WRITTEN_FOR.glob("*.yaml"))),
        *_questions(),
        *_follow_ups(),
        *_phrases(),
    ]


def digest() -> str:
    """Return what tells one fit from another: the files of messages, and how messages are read.

    Questions and entries are not part of it: they are many and change often, and the score hardly with them.
    """
    read = blake2b(digest_size=8)
    modules = [Path(str(module.__file__)) for module in (letters, score, normalise)]
    for file in (*sorted(FOLDER.glob("*.yaml")), *sorted(WRITTEN_FOR.glob("*.yaml")), *modules, Path(__file__)):
        read.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return read.hexdigest()


def written() -> str:
    """Return the text of ``danger.yaml``; the same for the same files."""
    asked = training()
    rows = [cells(message.text) for message in asked]
    progress("cross-fitting by author")
    seen = _cross_fitted(asked, rows)
    weights, heights = _beside_phrases(asked, seen)
    progress("fitting to all messages")
    whole = _fit(_packed(rows), *_wanted(asked))
    lines = [
        "# How a cry for help is told by its letters; numbers only, nothing that could be run.",
        "# Written by `python -m tests.accuracy danger --fit --write`, never by hand: see docs/decisions/0007.",
        f"fitted_from: '{digest()}'",
        *(f"{name}: {value:.4f}" for name, value in {**heights, **weights}.items()),
        *_table(whole, ""),
        "concerns:",
        *chain.from_iterable(_concern(name, asked, rows) for name in CONCERNS),
    ]
    return "\n".join(lines) + "\n"


def _questions() -> Iterator[Message]:
    for file in FILES:
        if file not in UNSEEN:
            for asked in questions(file):
                if not asked.wants_help:
                    yield Message(QUESTIONS, asked.lang or "", CALM, asked.q)


def _follow_ups() -> Iterator[Message]:
    """Yield what is said in the middle of conversations: "its phone number" is short, and no cry."""
    for file in sorted(dialogues.FOLDER.glob("*.yaml")):
        for dialogue in read_dialogues(file):
            for turn in dialogue.turns:
                if "help" not in (turn.decision or ()):
                    yield Message(QUESTIONS, dialogue.lang, CALM, turn.q)
    for attribute in edition().catalogue.attributes.values():
        for language, phrases in attribute.asks.items():
            yield from (Message(ASKS, language, CALM, phrase) for phrase in phrases)


def _phrases() -> Iterator[Message]:
    entries = [entry for entry in edition().catalogue.entries.values() if entry.kind != HELP]
    said = dict.fromkeys(
        (language, phrase)
        for entry in entries
        for language, phrases in chain(
            ((language, (name,)) for language, name in entry.name.items()),
            entry.questions.items(),
            entry.keywords.items(),
        )
        for phrase in phrases
    )
    return (Message(ENTRIES, language, CALM, phrase) for language, phrase in list(said)[::EVERY])


def _wanted(asked: Sequence[Message]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what is wanted of each message, and how often it counts."""
    wanted = np.array([message.kind == DANGER for message in asked], np.float64)
    counts = [WEIGHTS.get(message.author, 1.0) * (message.kind == DANGER or message.kind in QUIET) for message in asked]
    return wanted, np.array(counts)


def _folds(asked: Sequence[Message]) -> Iterator[NDArray[np.bool_]]:
    """Yield which messages are left out: those of a few authors at a time."""
    authors = np.array([message.author for message in asked])
    files = [file.stem for file in sorted(FOLDER.glob("*.yaml"))]
    for number in range(FOLDS):
        yield np.isin(authors, files[number::FOLDS])


def _cross_fitted(asked: Sequence[Message], rows: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Return the score of each message by a model that has seen nothing of its author; NaN for those of no author."""
    wanted, counts = _wanted(asked)
    seen = np.full(len(asked), np.nan)
    packed = _packed(rows)
    for left_out in _folds(asked):
        model = _fit(packed, wanted, np.where(left_out, 0.0, counts))
        seen[left_out] = _scores(packed, model)[left_out]
    return seen


def _beside_phrases(asked: Sequence[Message], seen: NDArray[np.float64]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what the phrases add to the score, and the heights of both together."""
    listener = PhraseListener(edition().catalogue.entries.values())
    told = np.flatnonzero(~np.isnan(seen))
    heard = [listener.heard(read(asked[number].text)) for number in told.tolist()]
    features = np.array(
        [
            (value, one.cry is not None, one.insistent, one.calm)
            for value, one in zip(seen[told].tolist(), heard, strict=True)
        ],
        np.float64,
    )
    wanted, counts = (values[told] for values in _wanted(asked))
    counted = counts > 0
    model = fitted(features[counted], wanted[counted] > 0, counts[counted], 1.0, np.zeros(4))
    worth = model.weights / model.weights[0]
    sums = features @ worth
    joking = np.array([one.joke for one in heard])
    authors = np.array([asked[number].author for number in told.tolist()])
    quiet = counted & (wanted == 0)
    high = _height(np.where(joking, -np.inf, sums)[quiet], authors[quiet], ALARMED)
    middle = _height(sums[quiet], authors[quiet], LINED)
    cries = counted & (wanted > 0)
    reached = [float((sums[cries] >= height).mean()) for height in (high, middle)]
    progress(f"cross-fitted by author: {reached[0]:.1%} of cries at the high mark, {reached[1]:.1%} at either")
    names = ("phrase", "insistent", "calm")
    return dict(zip(names, worth[1:].tolist(), strict=True)), {"high": float(high), "middle": float(middle)}


def _height(scores: NDArray[np.float64], authors: NDArray[np.str_], share: float) -> float:
    """Return the lowest score that a share of an author's messages have: the median of all authors.

    Some write jokes that sound like cries throughout, some none: of all messages together the few would decide.
    """
    of_each = [np.quantile(scores[authors == one], 1 - share, method="higher") for one in sorted(set(authors.tolist()))]
    return float(np.median(of_each))


def _concern(name: str, asked: Sequence[Message], rows: Sequence[NDArray[np.int64]]) -> Iterator[str]:
    """Yield the lines of what cries are about; only those of which the file says it take part."""
    about = np.array([message.about == name for message in asked], np.float64)
    counts = np.array([float(bool(message.about)) for message in asked])
    packed = _packed([folded(row) for row in rows])
    seen = np.full(len(asked), -np.inf)
    for left_out in _folds(asked):
        model = _fit(packed, about, np.where(left_out, 0.0, counts), CONCERN_CELLS)
        seen[left_out] = _scores(packed, model)[left_out]
    known = np.flatnonzero((counts > 0) & np.isfinite(seen))
    order = known[np.argsort(-seen[known], kind="stable")]
    right = np.cumsum(about[order]) / np.arange(1, len(order) + 1)
    last = int(np.flatnonzero(right >= PRECISION)[-1]) if (right >= PRECISION).any() else 0
    found = about[order[: last + 1]].sum() / about[known].sum()
    progress(f"{name}: {found:.0%} found, {right[last]:.0%} of these right")
    yield f"  {name}:"
    yield f"    least: {seen[order[last]]:.4f}"
    yield from _table(_fit(packed, about, counts, CONCERN_CELLS), "    ")


def _table(model: Linear, indent: str) -> Iterator[str]:
    """Yield bias, step and weights as they are written."""
    step = float(np.abs(model.weights).max()) / 127
    text = b64encode(np.rint(model.weights / step).astype(np.int8).tobytes()).decode()
    yield f"{indent}bias: {model.bias:.4f}"
    yield f"{indent}step: {step:.6g}"
    yield f"{indent}weights: >-"
    width = _WIDTH - len(indent)
    yield from (f"{indent}  {text[start : start + width]}" for start in range(0, len(text), width))


def _packed(rows: Sequence[NDArray[np.int64]]) -> Rows:
    sizes = np.array([len(row) for row in rows])
    return Rows(np.concatenate(rows), np.concatenate([[0], np.cumsum(sizes)]), 1 / np.maximum(sizes, 1) ** BY_LENGTH)


def _scores(rows: Rows, model: Linear) -> NDArray[np.float64]:
    sums = np.concatenate([[0.0], np.cumsum(model.weights[rows.cells])])[rows.starts]
    found: NDArray[np.float64] = np.diff(sums) * rows.worth + model.bias
    return found


def _fit(rows: Rows, wanted: NDArray[np.float64], counts: NDArray[np.float64], size: int = SCORE_CELLS) -> Linear:
    """Return the model of the greatest penalised likelihood, by L-BFGS."""
    of_row = np.repeat(np.arange(len(wanted)), np.diff(rows.starts))
    rarity = _rarity(rows, counts, size)
    worth = rows.worth[of_row] * rarity[rows.cells]

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = _scores(rows, Linear(at[:-1] * rarity, float(at[-1])))
        error = counts * (1 / (1 + np.exp(-odds)) - wanted)
        value = float((counts * (np.logaddexp(0, odds) - wanted * odds)).sum() + RIDGE / 2 * at[:-1] @ at[:-1])
        slope = np.bincount(rows.cells, weights=error[of_row] * worth, minlength=size) + RIDGE * at[:-1]
        return value, np.append(slope, error.sum())

    at = np.zeros(size + 1)
    value, slope = loss(at)
    moves: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for _ in range(_STEPS):
        direction = _direction(slope, moves)
        length = 1.0
        while True:
            there = at - length * direction
            new_value, new_slope = loss(there)
            if new_value <= value - 1e-4 * length * float(slope @ direction) or length < _ENOUGH:
                break
            length /= 2
        moves = [*moves, (there - at, new_slope - slope)][-_MEMORY:]
        done = abs(value - new_value) < _ENOUGH * abs(value)
        at, value, slope = there, new_value, new_slope
        if done:
            break
    return Linear(at[:-1] * rarity, float(at[-1]))


def _rarity(rows: Rows, counts: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return of each cell the logarithm of how many messages that count there are to one that has it."""
    counted = counts > 0
    having = np.bincount(rows.cells, weights=np.repeat(counted.astype(float), np.diff(rows.starts)), minlength=size)
    found: NDArray[np.float64] = np.log((1 + counted.sum()) / (1 + having))
    return found


def _direction(
    slope: NDArray[np.float64], moves: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]
) -> NDArray[np.float64]:
    """Return where the loss falls fastest, as far as the last moves tell its curvature (two-loop recursion)."""
    if not moves:
        first: NDArray[np.float64] = slope / (np.linalg.norm(slope) + 1e-9)
        return first
    direction = slope.copy()
    shares = []
    for moved, change in reversed(moves):
        share = (moved @ direction) / (change @ moved)
        direction -= share * change
        shares.append(share)
    moved, change = moves[-1]
    direction *= (moved @ change) / (change @ change)
    for (moved, change), share in zip(moves, reversed(shares), strict=True):
        direction += moved * (share - (change @ direction) / (change @ moved))
    return direction
