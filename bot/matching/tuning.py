"""Every tuned number of the engine, in one frozen value: change one here and the engine is retuned.

A mechanism is left out by its own number (a weight, a trust or a budget of 0), which is how the benchmarks measure what
it adds. What was measured stands with its group; where nothing is said, any value near it does as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.matching.decision import Field


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """How many examples of its entry a phrase of a field counts for."""

    name: float = 2.0
    acronym: float = 2.0
    alias: float = 2.0
    question: float = 1.0
    keyword: float = 1.0
    fact: float = 0.5
    summary: float = 0.3

    def of(self, field: Field) -> float:
        """Return the weight of a field."""
        weight: float = getattr(self, field.value)
        return weight


@dataclass(frozen=True, slots=True)
class Languages:
    """Votes for the language of a question."""

    script: int = 3  # of a word in a script that tells the language
    word: int = 6  # of a function word, shared by the languages that have it


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words, pairs and phrases are indexed."""

    phrases: int = 2_000  # of one entry; ten thousand would drown its neighbours
    paired: int = 2  # phrases in which two neighbouring words stand together, for them to be a feature
    joined: int = 6  # words of the longest name that is expected without its spaces
    completed: int = 16  # words tried for the beginning of one
    completed_read: int = 2_000  # words looked at to find these


@dataclass(frozen=True, slots=True)
class Spelling:
    """Slips: letters wrong, missing, extra or swapped.

    Without them right answers to misspelt questions fall by 6.1 points (CLINC150), 7.4 (BANKING77) and 16.0
    (SOFMattress), and on the development questions from 99.2 to 87.9 %; clean ones do not change, but for 3.5 points on
    SOFMattress, which real people typed.
    """

    slips: int = 2  # the most in a word; 0: nothing is corrected
    shortest: int = 3  # letters of a word that may have one
    two_from: int = 5  # letters of a word that may have two
    wrong_first: float = 0.5  # slips that a wrong first letter costs more
    neighbours: int = 8  # words that one may be a slip of
    head: int = 7  # letters among which two are left out to look a word up: 29 forms a word
    same_form: int = 64  # words looked at for one form, which many short ones share


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that mean nearly the same."""

    words: int = 12  # read for one, the commonest of the folder first
    trust: float = 0.6  # share of its worth; 0.4 to 0.8 within 4 of 300 questions, at 0.8 one more foreign one answered


@dataclass(frozen=True, slots=True)
class Analysis:
    """How a question is read.

    Putting spaces right gains 2.0 to 2.2 points (three public sets) on questions with one misplaced, missing or
    superfluous space in twenty characters, and nothing on others.
    """

    characters: int = 400  # of a question that are read
    long_from: int = 200  # characters from which only what asks is read
    words: int = 48  # of a question that are read
    repeats: int = 3  # times that the same word is read
    respaced: int = 48  # words between which spaces are put right; 0: none
    parted_from: int = 6  # letters of an unknown word that may be two written together
    spelled_from: int = 3  # single letters in a row that may be an acronym typed apart
    slip_trust: float = 0.9  # share of its worth that a corrected word has, less by its slips
    beside_from: int = 5  # letters of a known word that may be a slip of another one in a name of several words
    begun_trust: float = 0.8  # the same for a word of which the beginning was typed
    tiny_acronym: int = 3  # letters up to which acronyms may have two letters swapped and nothing else
    short_acronym: int = 5  # letters up to which acronyms may have one slip, not in the first letter
    remembered: int = 4_096  # misspelt words whose neighbours are kept for the next question


@dataclass(frozen=True, slots=True)
class Postings:
    """What a word is worth in an entry."""

    prior: float = 2.0  # examples of an average entry that are mixed into every entry's counts
    entries: int = 4_000  # read for one feature; of commoner ones only those in which it is worth most
    least_rarity: float = 0.2  # of a word that all entries use


@dataclass(frozen=True, slots=True)
class Classifier:
    """The table of weights that tells entries apart.

    Without it 5.7 points fewer are right on CLINC150 (4.9 with typos), 3.3 on BANKING77 (2.8), and 1.9 of 1,846
    questions about the shipped knowledge. One pass instead of three costs 0.7 points there and 0.6 on CLINC150. Two to
    four passes, batches of 32 to 512, averages of 10 to 700 tables and ``sure`` from 0.15 to 0.5 are within half a
    point of one another.
    """

    cells: int = 32_000_000  # features times entries that are learned, in 256 MB; above there is no table; 0: none
    passes: int = 3  # through the phrases; 0: the average of each entry's phrases as it is
    margin: float = 0.5  # lead that the own entry of a phrase should have
    step: float = 0.2  # the most that one correction changes
    sure: float = 0.35  # lead from which a phrase is not looked up again
    batch: int = 64  # phrases looked up at once
    moments: int = 5  # tables of a pass that are averaged


@dataclass(frozen=True, slots=True)
class Ranking:
    """The score of an entry: the sum of four terms, each about 0 to 1 times its weight.

    Any weights between half and twice these were within a standard error on the public sets. Without similarity 80.9
    instead of 93.1 % of 1,846 questions about the shipped knowledge are right; without coverage 92.9 instead of 93.6 %,
    and 97.6 instead of 99.0 % of the questions to 10,000 made-up entries: a word that fills one entry would outweigh
    three that stand in another. With a budget of 2,000 the right one is among the first five for 94.5 instead of
    95.5 % of the questions to 100,000 made-up entries, in the same time; with 20,000 for 96.0 %, and of those to 10,000
    entries 96.5 instead of 98.0 % are right. Nearly all questions to small folders are read whole with either.
    """

    words: float = 0.5  # weight of what the words are worth in the entry
    similarity: float = 1.0  # weight of the likeness to its nearest phrases by letters; 0: not compared at all
    classifier: float = 2.0  # weight of the table that tells entries apart
    coverage: float = 0.4  # weight of the share of the question that its words explain
    nearest: int = 3  # phrases of an entry whose similarity is averaged
    filler: float = 0.1  # worth of words of the way of asking (at 1, 80.6 instead of 99.0 % of a thousand made-up ones)
    shortlist: int = 12  # entries looked at closely
    budget: int = 5_000  # postings read, of the rarest words first; the others are looked up in the entries these find
    listed: int = 50  # entries looked at closely for a list of results, however few of them are asked for
    early: int = 3  # letters that many names begin with: a list has the main kind first up to here


@dataclass(frozen=True, slots=True)
class Names:
    """When a name, acronym or alias stands in a question, and when its entry is the one meant."""

    common: int = 64  # names in which a word stands that does not bring one up by itself
    filler: float = 0.3  # share of its rarity that "of", "the", "group" has in a name
    mention: float = 0.4  # share of a name, by weight, below which it is not mentioned
    complete: float = 0.99  # share of a name that stands there whole, but for rounding
    whole: float = 1.5  # times that a name word for word counts, where an entry has several
    part: float = 0.6  # share of a name that must be there for its entry to be named
    shared: float = 0.6  # share of a name that another may have in common with it where the two are compared
    called: float = 0.72  # share of a proper name that stands there but for slips
    nearly_all: float = 0.9  # share of a name that is as good as all of it
    content: float = 0.55  # share of the question that it must explain: "juvenile arthritis" names nobody...
    full_content: float = 0.2  # ...for a name of several words that stands there word for word...
    acronym_content: float = 0.3  # ...and for an acronym of the first entry...
    acronym_letters: int = 4  # ...of so many letters: shorter ones are used for too much else
    near_top: float = 0.8  # share of the first score that an entry named in part must have...
    not_far: float = 0.5  # ...in full...
    next_to_top: float = 0.97  # ...or a subject: its name is part of many questions about something else


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """What each feature adds to the log-odds (see ``query.confidence``); 0 leaves one out."""

    words: float = 0.97
    coverage: float = 1.06
    similarity: float = 3.81
    content: float = 0.97
    ahead: float = 3.34
    open: float = -1.19
    alone: float = -1.42
    scattered: float = -0.9
    together: float = 0.95


@dataclass(frozen=True, slots=True)
class Confidence:
    """Probabilities that the first entry is meant, and what they are made of.

    Fitted, thresholds and weights, by ``python -m tests.accuracy fit``; its rules and the questions stand there, and
    what other values would do in ``docs/tuning.md``.
    """

    answer: float = 0.83  # answer from here on
    offer: float = 0.76  # offer choices from here on, say no below
    nearest: float = 0.43  # with an honest no, name the nearest entries from here on
    bias: float = -3.95  # log-odds of nothing
    weights: ConfidenceWeights = ConfidenceWeights()
    sharpness: float = 4.0  # scores are compared as exp(sharpness * score)
    together: int = 3  # words in one phrase that can hardly be there by chance: no foreign question had so many


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules ask for beside confidence, and the confidence they vouch for."""

    exact: float = 1.0  # least confidence where the whole question is a phrase
    named: float = 0.9  # least confidence where the entry is named
    shown: int = 5  # candidates of a decision, and choices offered
    offered: float = 0.6  # share of the first score that a choice must have
    close: float = 0.85  # share of the first score from which a second entry is as good
    slip_alone: int = 8  # letters from which a mistyped word is enough to answer by itself
    evidence: int = 4  # phrases shown for one entry
    fact_share: float = 0.6  # share of what is said besides the name that a fact asked for must have...
    fact_weight: float = 1.5  # ...and the least rarity of that: one rare or two common words


@dataclass(frozen=True, slots=True)
class Phrases:
    """How phrases of a few words ("where is it based", "the other one") are found in a message."""

    function: float = 0.25  # weight of a word of grammar in them
    asking: float = 0.6  # weight of a word that begins a question ("who", "when")
    frame: float = 0.5  # weight of a word of the way of asking ("get", "name")
    also_trust: float = 0.85  # share of its weight that a word has which another one may mean
    beside_exact: float = 0.75  # times that words with another ending are trusted, where a word is one of the phrases'
    beside_slip: float = 0.9  # the same, where it is rather a slip of one
    plural_from: int = 3  # letters of a word that may have an s more or less
    coverage: float = 0.7  # share of a phrase, by weight, that must be there
    alone: float = 0.9  # the same, where only one of its words is
    whole: float = 0.8  # the same, where the phrase is the whole message
    between: int = 3  # other words that may stand between those of a phrase
    stem: int = 4  # letters in which words must begin alike to stand for one another...
    ending: int = 2  # ...letters that the shorter one may end in otherwise
    longest_ending: int = 6  # ...and the longer one
    ending_letter: float = 0.04  # share of its weight that such a word loses by each letter that is not alike...
    least_trust: float = 0.75  # ...but for this much
    slip: float = 0.15  # share of its weight that a word loses by each slip
    slip_from: int = 4  # letters of a word that may have a slip
    two_from: int = 8  # letters of a word that may have two
    neighbours: int = 5  # words that one may be a slip of
    remembered: int = 4_096  # words whose neighbours are kept


@dataclass(frozen=True, slots=True)
class Care:
    """How somebody in danger is understood after the first reply."""

    messages: int = 8  # messages about something else after which the chat is as any other
    light: int = 3  # the same, where nobody cried for help and a line stood above the answer
    sure: float = 0.97  # share of a phrase, by weight, that must be there for nobody to be in danger any more
    inside: float = 0.85  # share of a phrase, by weight, that must stand in a longer message
    words: int = 3  # words with a meaning up to which a message that may be about something is not offered choices


@dataclass(frozen=True, slots=True)
class Tuning:
    """All numbers of the engine."""

    fields: FieldWeights = FieldWeights()
    languages: Languages = Languages()
    vocabulary: Vocabulary = Vocabulary()
    spelling: Spelling = Spelling()
    synonyms: Synonyms = Synonyms()
    analysis: Analysis = Analysis()
    postings: Postings = Postings()
    classifier: Classifier = Classifier()
    ranking: Ranking = Ranking()
    names: Names = Names()
    confidence: Confidence = Confidence()
    rules: Rules = Rules()
    phrases: Phrases = Phrases()
    care: Care = Care()

    def having(self, path: str, value: float) -> Tuning:
        """Return a copy with one number changed, by its path: ``having("ranking.similarity", 0)``."""
        changed: Tuning = _changed(self, path.split("."), value)
        return changed


def _changed(group: Any, path: list[str], value: float) -> Any:  # noqa: ANN401  (a group of any type gives its like)
    first, *rest = path
    return replace(group, **{first: _changed(getattr(group, first), rest, value) if rest else value})


DEFAULT = Tuning()
"""The numbers that the program runs with."""
