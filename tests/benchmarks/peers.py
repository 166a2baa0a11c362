"""What people would use instead, behind one interface, beside the shipped engine.

Every method gets the same documents. Search engines index either each phrase by itself (``phrases=True``: the entry of
the best phrase wins, as is done with example questions) or one joined text an entry. They are used with their defaults;
questions lose a short list of function words first where an engine keeps none of its own, or it would read its longest
lists for nothing.
"""

# ruff: noqa: PLC0415  (the peers are heavy and optional: each is imported when it is built)
from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Protocol

import numpy as np
from rapidfuzz import fuzz, process, utils

from bot.matching.decision import Question
from bot.matching.matcher import Matcher
from bot.matching.tuning import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.matching.decision import Decision
    from bot.matching.tuning import Tuning
    from tests.benchmarks.documents import Document

Ranking = list[tuple[str, float]]
"""Ids with their scores, best first, each id once."""

_WORD = re.compile(r"\w+")
_FUNCTION_WORDS = frozenset(
    """
    a an the of for in on at to from by with and or is are was were be do does did can could would should will i me my
    you your we our it its they them this that these those what who which where when why how there not no yes if as
    about any some have has had get got please tell need want help find
    """.split()  # noqa: SIM905  (sixty strings in quotes read worse)
)


class Method(Protocol):
    """Something that ranks documents for a question."""

    def rank(self, text: str, count: int) -> Ranking:
        """Return the ``count`` best documents."""


def _content_words(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return list(dict.fromkeys(word for word in words if word not in _FUNCTION_WORDS)) or words


def _best_by_id(scored: Sequence[tuple[str, float]], count: int) -> Ranking:
    best: dict[str, float] = {}
    for id_, score in scored:
        best.setdefault(id_, score)
    return list(best.items())[:count]


class Shipped:
    """The engine of this project."""

    def __init__(self, documents: Sequence[Document], tuning: Tuning = DEFAULT) -> None:
        entries = [document.entry() for document in documents]
        self.matcher = Matcher(entries, tuning)

    def decide(self, text: str) -> Decision:
        """Return the whole decision, for figures at the shipped thresholds."""
        return self.matcher.decide(Question(text))

    def rank(self, text: str, count: int) -> Ranking:
        """Return the candidates of the decision, whatever was decided."""
        candidates = self.decide(text).candidates[:count]
        return [(candidate.entry.id, candidate.score) for candidate in candidates]


class Scan:
    """rapidfuzz ``extract``: every string compared with the whole question."""

    def __init__(self, documents: Sequence[Document], scorer: Callable[..., float]) -> None:
        pairs = [
            (utils.default_process(text), document.id) for document in documents for text in document.short_texts()
        ]
        self._texts = [text for text, _ in pairs]
        self._ids = [id_ for _, id_ in pairs]
        self._scorer = scorer

    def rank(self, text: str, count: int) -> Ranking:
        """Return the entries of the most similar strings."""
        query = utils.default_process(text)
        if count == 1:
            best = process.extractOne(query, self._texts, scorer=self._scorer)
            return [(self._ids[best[2]], best[1])] if best else []
        found = process.extract(query, self._texts, scorer=self._scorer, limit=4 * count)
        return _best_by_id([(self._ids[index], score) for _, score, index in found], count)


def _units(documents: Sequence[Document], phrases: bool) -> tuple[list[str], list[str]]:
    if not phrases:
        return [document.joined() for document in documents], [document.id for document in documents]
    pairs = [(text, document.id) for document in documents for text in document.short_texts()]
    return [text for text, _ in pairs], [id_ for _, id_ in pairs]


class Bm25s:
    """bm25s with its defaults."""

    def __init__(self, documents: Sequence[Document], *, phrases: bool) -> None:
        import bm25s

        texts, self._ids = _units(documents, phrases)
        self._vocabulary: dict[str, int] = {}
        rows = [
            [self._vocabulary.setdefault(word, len(self._vocabulary)) for word in _WORD.findall(text.lower())]
            for text in texts
        ]
        self._index = bm25s.BM25()
        self._index.index(bm25s.tokenization.Tokenized(rows, self._vocabulary), show_progress=False)

    def rank(self, text: str, count: int) -> Ranking:
        """Return the entries with the highest BM25."""
        words = [self._vocabulary[word] for word in _content_words(text) if word in self._vocabulary]
        if not words:
            return []
        scores = self._index.get_scores_from_ids(words)
        wanted = min(4 * count, len(scores))
        top = np.argpartition(scores, len(scores) - wanted)[len(scores) - wanted :]
        top = top[np.argsort(-scores[top])]
        return _best_by_id([(self._ids[index], float(scores[index])) for index in top], count)


class Fts5:
    """SQLite FTS5, by words or by trigrams of letters."""

    def __init__(self, documents: Sequence[Document], *, phrases: bool, tokenizer: str = "unicode61") -> None:
        texts, self._ids = _units(documents, phrases)
        self._trigram = tokenizer == "trigram"
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(f"create virtual table t using fts5(x, tokenize='{tokenizer}')")
        self._connection.executemany("insert into t(rowid, x) values (?, ?)", enumerate(texts))
        self._connection.execute("insert into t(t) values ('optimize')")

    def rank(self, text: str, count: int) -> Ranking:
        """Return the entries with the highest BM25."""
        terms = _content_words(text)
        if self._trigram:
            terms = list(dict.fromkeys(word[at : at + 3] for word in terms for at in range(len(word) - 2)))
        if not terms:
            return []
        query = " OR ".join(f'"{term}"' for term in terms)
        rows = self._connection.execute(
            "select rowid, rank from t where t match ? order by rank limit ?", (query, 4 * count)
        )
        return _best_by_id([(self._ids[row], -score) for row, score in rows], count)

    def __del__(self) -> None:
        self._connection.close()


class Tantivy:
    """tantivy; words that the index lacks become fuzzy terms (one edit from four letters, two from eight)."""

    def __init__(self, documents: Sequence[Document], *, phrases: bool) -> None:
        import tantivy

        texts, self._ids = _units(documents, phrases)
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True, fast=True)
        builder.add_text_field("text")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(256_000_000, 1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, text=text))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self._query, self._should = tantivy.Query, tantivy.Occur.Should

    def rank(self, text: str, count: int) -> Ranking:
        """Return the entries that tantivy ranks first."""
        query = self._query
        terms = []
        for word in _content_words(text):
            if self._searcher.doc_freq("text", word):
                terms.append((self._should, query.term_query(self._schema, "text", word)))
            elif len(word) >= 4:
                edits = 1 if len(word) < 8 else 2
                # A fuzzy term scores a constant 1: lifted to about what one rare word is worth.
                fuzzy = query.fuzzy_term_query(self._schema, "text", word, edits)
                terms.append((self._should, query.boost_query(fuzzy, 6.0)))
        if not terms:
            return []
        hits = self._searcher.search(query.boolean_query(terms), 4 * count).hits
        return _best_by_id([(self._ids[self._searcher.doc(at)["number"][0]], score) for score, at in hits], count)


class LinearSvc:
    """scikit-learn: TF-IDF of words (1-2) and of letters inside words (3-5), LinearSVC with its defaults."""

    def __init__(self, documents: Sequence[Document]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.svm import LinearSVC

        texts, ids = _units(documents, phrases=True)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self._model = make_pipeline(make_union(words, letters), LinearSVC()).fit(texts, ids)

    def rank(self, text: str, count: int) -> Ranking:
        """Return the classes farthest on their side of the hyperplane."""
        scores = self._model.decision_function([text])[0]
        classes = self._model.classes_
        if np.ndim(scores) == 0:
            scores = np.array([-scores, scores])
        return [(str(classes[index]), float(scores[index])) for index in np.argsort(-scores)[:count]]


def accuracy_peers() -> dict[str, Callable[[Sequence[Document]], Method]]:
    """Return the methods of the accuracy benchmark by name."""
    return {
        "rapidfuzz WRatio": lambda documents: Scan(documents, fuzz.WRatio),
        "rapidfuzz token_set": lambda documents: Scan(documents, fuzz.token_set_ratio),
        "rapidfuzz token_sort": lambda documents: Scan(documents, fuzz.token_sort_ratio),
        "bm25s": lambda documents: Bm25s(documents, phrases=True),
        "SQLite FTS5 words": lambda documents: Fts5(documents, phrases=True),
        "SQLite FTS5 trigram": lambda documents: Fts5(documents, phrases=True, tokenizer="trigram"),
        "tantivy fuzzy": lambda documents: Tantivy(documents, phrases=True),
        "sklearn LinearSVC": LinearSvc,
    }


HAVE_TYPO_MECHANISM = frozenset(
    {"rapidfuzz WRatio", "rapidfuzz token_set", "rapidfuzz token_sort", "SQLite FTS5 trigram", "tantivy fuzzy"}
)
"""Methods that compare letters and not only words. LinearSVC has letter n-grams but no mechanism for typos."""


def scale_peers() -> dict[str, Callable[[Sequence[Document]], Method]]:
    """Return the methods of the scale benchmark by name."""
    return {
        "rapidfuzz WRatio": lambda documents: Scan(documents, fuzz.WRatio),
        "rapidfuzz token_set": lambda documents: Scan(documents, fuzz.token_set_ratio),
        "bm25s": lambda documents: Bm25s(documents, phrases=False),
        "SQLite FTS5 words": lambda documents: Fts5(documents, phrases=False),
        "SQLite FTS5 trigram": lambda documents: Fts5(documents, phrases=False, tokenizer="trigram"),
        "tantivy fuzzy": lambda documents: Tantivy(documents, phrases=False),
    }
