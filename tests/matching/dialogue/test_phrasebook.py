"""Short phrases found in messages: whole, in part, misspelt, and not where they do not stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.dialogue.phrasebook import Found, Phrasebook, Word
from bot.matching.text.normalise import words
from bot.matching.tuning import DEFAULT

PHRASES = (
    ("seat", "en", "where is it based"),
    ("seat", "en", "headquarters"),
    ("founded", "en", "when was it founded"),
    ("founded", "fr", "date de fondation"),
    ("phone", "en", "phone number"),
    ("number", "en", "number of members"),
)
GRAMMAR = {"en": frozenset({"is", "it", "was", "of", "the"}), "fr": frozenset({"de", "la"})}
ASKING = {"en": frozenset({"where", "when"}), "fr": frozenset[str]()}
BOOK = Phrasebook(PHRASES, DEFAULT.phrases, GRAMMAR, ASKING)

letters = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


def find(text: str, book: Phrasebook[str] = BOOK) -> list[Found[str]]:
    """Return what the book finds in a text."""
    message = [Word(word) for word in words(text)]
    return book.find(message, range(len(message)))


def meanings(text: str) -> set[str]:
    """Return the meanings of what the book finds in a text."""
    return {one.meaning for one in find(text)}


def test_every_phrase_is_found_in_itself() -> None:
    """Wholly: at all its places and in order."""
    for meaning, language, phrase in PHRASES:
        best = max(find(phrase), key=lambda one: (one.coverage, len(one.places)))
        assert (best.meaning, best.language, best.phrase) == (meaning, language, phrase)
        assert best.coverage == 1
        assert best.in_order
        assert best.places == set(range(len(words(phrase))))


def test_a_phrase_is_found_among_other_words_and_with_slips() -> None:
    """The words around it are left alone, a slip costs some of its coverage."""
    found = next(one for one in find("ok so the headquarers please") if one.meaning == "seat")
    assert found.places == {3}
    assert found.coverage < 1


def test_a_word_with_the_same_beginning_stands_for_another() -> None:
    """Endings differ with number, gender and tense."""
    assert meanings("headquartered") == {"seat"}


def test_words_far_apart_are_no_phrase() -> None:
    """Nor are they where something else is said between them."""
    assert "phone" in meanings("the phone number")
    assert "phone" not in meanings("my phone fell into the sea last week and then the big number was gone")


def test_grammar_alone_is_no_phrase() -> None:
    """The little words of a phrase do not say what it means."""
    assert meanings("where is it") == set()
    assert meanings("was it the") == set()


def test_the_word_that_tells_meanings_apart_counts_most() -> None:
    """A "number" is in two phrases, and alone it is neither."""
    assert meanings("number") == set()
    assert meanings("members number") == {"number"}


def test_a_known_word_is_no_slip() -> None:
    """What the entries use is what was meant."""
    message = [Word("bases", known=True), Word("phome", known=True)]
    assert BOOK.find(message, range(2)) == []


def test_words_that_are_taken_are_not_looked_at() -> None:
    """A name that holds a word of a phrase is still a name."""
    message = [Word(word) for word in ("phone", "number")]
    assert BOOK.find(message, ()) == []


def test_the_whole_message_is_a_phrase_or_not() -> None:
    """One word more, and it is only a part."""

    def whole(text: str) -> list[str]:
        message = [Word(word) for word in words(text)]
        return [one.meaning for one in BOOK.whole(message, range(len(message)))]

    assert whole("headquarters") == ["seat"]
    assert whole("nice headquarters") == []


@given(st.lists(letters, max_size=12))
def test_whatever_is_written_the_places_are_those_of_its_words(texts: list[str]) -> None:
    """No text breaks it, and no phrase is found fuller than it is."""
    found = find(" ".join(texts))
    length = len(words(" ".join(texts)))
    for one in found:
        assert one.places <= set(range(length))
        assert 0 < one.coverage <= 1 + 1e-9
        assert len(one.places) <= len(words(one.phrase))


@given(st.lists(st.sampled_from("abcdefgh"), min_size=4, max_size=8, unique=True), st.data())
def test_a_slip_is_trusted_less_than_the_word_itself(spelt: list[str], data: st.DataObject) -> None:
    """One letter too many is near enough, and not the same."""
    word = "".join(spelt)
    at = data.draw(st.integers(1, len(word)))
    (found,) = find(f"{word[:at]}x{word[at:]}", Phrasebook([("it", "en", word)], DEFAULT.phrases))
    assert found.coverage < 1


def test_a_word_of_grammar_far_off_is_none_of_a_phrase() -> None:
    """The words that tell are enough, wherever the others of the message stand."""
    book = Phrasebook([("seat", "en", "city of the main office"), ("x", "en", "x")], DEFAULT.phrases, GRAMMAR)
    (found,) = find("of all that is said here the one thing i want is their main office city", book)
    assert found.places == {13, 14, 15}


def test_a_name_is_one_word_between_those_of_a_phrase() -> None:
    """However long it is; and its own words of grammar are none of the phrase's."""
    message = [Word(word) for word in words("phone please of the old society of the makers of kites number")]
    names = range(2, 11)
    assert not [one for one in BOOK.find(message, range(len(message))) if one.meaning == "phone"]
    (found,) = [one for one in BOOK.find(message, range(len(message)), names) if one.meaning == "phone"]
    assert found.places == {0, 11}


def test_a_slip_counts_before_a_word_that_only_begins_alike() -> None:
    """A wrong letter is likelier than another ending."""
    book = Phrasebook(
        [("who", "fr", "fondateur"), ("when", "fr", "fondation"), ("sum", "fr", "fonds")], DEFAULT.phrases
    )
    assert max(find("fondatuer", book), key=lambda one: one.weight).meaning == "who"


def test_the_order_of_the_words_is_told() -> None:
    """In order, ascending with others between, or in another order."""
    book = Phrasebook([("no", "en", "outside every panel"), ("yes", "en", "inside")], DEFAULT.phrases)
    assert [one.ascending for one in find("outside of every known panel", book)] == [True]
    assert [one.ascending for one in find("panel every outside", book)] == [False]
