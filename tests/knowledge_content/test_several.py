"""Messages that refer to several things, to a list, or to a person, held with the knowledge of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge_content.test_conversations import card, held

if TYPE_CHECKING:
    from bot.editions.answering import Answered
    from bot.editions.edition import Edition


def told(answered: Answered) -> tuple[set[str], str | None]:
    """Return the entries that are side by side, or listed, and what is told about them."""
    decision = answered.decision
    entries = (decision.entry, *decision.beside) if hasattr(decision, "beside") else decision.entries  # type: ignore[union-attr]
    return {entry.id for entry in entries if entry}, answered.record["attribute"]


@pytest.mark.parametrize(
    ("language", "shown", "message", "attribute"),
    [
        ("en", ["what is CRIN", "and DCI?"], "compare them", None),
        ("en", ["what is CRIN", "and DCI?"], "whats the difference between the two", None),
        ("en", ["what is CRIN", "and DCI?"], "which one is older", "founded"),
        ("en", ["what is CRIN", "and DCI?"], "which is smaller", "members"),
        ("en", ["who runs crin", "and dci?"], "which has more staff", "staff"),
        ("en", ["what is CRIN"], "how does it differ from dci", None),
        ("en", ["what is CRIN", "and DCI?"], "do both have a phone number", "phone"),
        ("en", ["what is CRIN", "and DCI?", "compare them"], "where are they", "seat"),
        ("en", ["what is CRIN", "and DCI?", "compare them"], "do they publish in french", "languages"),
        ("en", ["what is CRIN", "and DCI?", "compare them"], "which was first", "founded"),
        ("en", ["omct", "crin", "dci"], "compare the last two", None),
        ("en", ["list all NGOs", "the first one", "and the second one"], "which was founded first", "founded"),
        ("fr", ["c'est quoi crin", "et dei ?"], "quelle est la différence", None),
        ("fr", ["c'est quoi crin", "et dei ?"], "laquelle est la plus grande", "members"),
        ("fr", ["c'est quoi crin", "et dei ?", "compare les deux"], "où sont elles", "seat"),
        ("es", ["qué es crin", "y dni?"], "compáralas", None),
        ("es", ["qué es crin", "y dni?"], "son ong las dos", "kind_of_body"),
        ("es", ["qué es crin", "y dni?", "compáralas"], "dónde están", "seat"),
    ],
)
def test_what_was_shown_one_after_the_other(
    shipped: Edition, language: str, shown: list[str], message: str, attribute: str | None
) -> None:
    """'Them', 'both' and a comparative mean the last two that were shown, and not only the last."""
    assert told(held(shipped, language, *shown, message)[-1]) == ({"crin", "dci"}, attribute)


@pytest.mark.parametrize(
    ("language", "message", "attribute", "begins"),
    [
        ("en", "which one is newer", "adopted", "The newest: GC24, 2019."),
        ("en", "compare them", None, ""),
        ("en", "are both binding", "binding", ""),
        ("en", "which one is binding", "binding", ""),
        ("fr", "lequel est le plus récent", "adopted", "Le plus récent : GC24, 2019."),
        ("fr", "laquelle est contraignante", "binding", ""),
        ("es", "son vinculantes las dos", "binding", ""),
    ],
)
def test_instruments_are_compared_by_what_they_have(
    shipped: Edition, language: str, message: str, attribute: str | None, begins: str
) -> None:
    """Texts are compared by the year they were adopted and by what binds, and not by what organisations have."""
    names = {"en": "beijing rules", "fr": "règles de beijing", "es": "reglas de beijing"}
    numbered = {"en": "general comment 24", "fr": "observation générale 24", "es": "observación general 24"}
    last = held(shipped, language, numbered[language], names[language], message)[-1]
    assert told(last) == ({"general_comment_24", "beijing_rules"}, attribute)
    assert last.record["text"].startswith(begins)


def test_what_was_spoken_of_alone_stays_one(shipped: Edition) -> None:
    """'They' of the one shown last is one organisation, though another one was shown before."""
    assert card(held(shipped, "en", "what is CRIN", "and DCI?", "where are they")[-1]) == ("dci", "seat")


@pytest.mark.parametrize(
    ("language", "listing", "messages"),
    [
        ("en", "which NGOs have their seat in Lausanne", ["its phone number", "more", "back"]),
        ("fr", "quelles ONG ont leur siège à Lausanne", ["son numéro de téléphone", "plus", "retour"]),
        ("es", "qué ONG tienen su sede en Lausana", ["su teléfono", "más", "volver"]),
    ],
)
def test_a_list_of_one_has_shown_that_one(shipped: Edition, language: str, listing: str, messages: list[str]) -> None:
    """What follows a list with one entry is about that entry, and 'back' leads to the list."""
    _, phone, more, back = held(shipped, language, listing, *messages)
    assert card(phone) == ("tdh", "phone")
    assert card(more) == ("tdh", None)
    assert back.record["entries"] == ["tdh"]
    assert back.record["why"]["rule"] == "move"


@pytest.mark.parametrize(
    ("language", "messages", "listed"),
    [
        ("en", ["ok and the un?"], {"crc", "dpko", "ohchr", "undp", "unicef", "unodc"}),
        ("en", ["and un bodies?", "and in geneva?"], {"crc", "ohchr"}),
        ("en", ["and in geneva?"], {"dci", "omct"}),
        ("en", ["and in geneva?", "what about london?"], {"crin", "pri"}),
        ("fr", ["et ceux de l'ONU ?", "et à Genève ?"], {"crc", "ohchr"}),
        ("es", ["¿y las de la ONU?", "¿y en Ginebra?"], {"crc", "ohchr"}),
    ],
)
def test_the_same_list_by_something_else(
    shipped: Edition, language: str, messages: list[str], listed: set[str]
) -> None:
    """A value of the sort that the list was made by replaces that one, any other is added."""
    first = {"en": "list the NGOs in the panel", "fr": "quelles ONG sont membres du groupe"}
    last = held(shipped, language, first.get(language, "lista de las ONG del panel"), *messages)[-1]
    assert set(last.record["entries"]) == listed


def test_a_list_with_nothing_in_it_goes_on(shipped: Edition) -> None:
    """After an empty list the next value makes another one, and there is no first of it."""
    messages = ["NGOs in London", "and in Vienna?", "the first one", "and in Geneva?"]
    _, none, first, geneva = held(shipped, "en", *messages)
    assert [none.record["decision"], first.record["decision"]] == ["none", "chat"]
    assert geneva.record["entries"] == ["dci", "omct"]


@pytest.mark.parametrize(
    ("language", "messages", "attribute"),
    [
        ("en", ["who heads pri", "how long has she been there"], "head"),
        ("en", ["who heads pri", "when was she appointed"], "head"),
        ("en", ["who heads pri", "her email"], "email"),
        ("en", ["who heads pri", "how long has it existed"], "founded"),
        ("fr", ["qui dirige pri", "depuis combien de temps est elle là"], "head"),
        ("fr", ["qui dirige pri", "depuis quand existe t elle"], "founded"),
        ("fr", ["qui dirige pri", "depuis quand est elle en poste"], "head"),
        ("es", ["quién dirige pri", "cuánto tiempo lleva ahí"], "head"),
        ("es", ["quién dirige pri", "cuánto lleva en el cargo"], "head"),
        ("de", ["wer leitet pri", "seit wann gibt es sie"], "founded"),
    ],
)
def test_what_is_known_of_a_person(shipped: Edition, language: str, messages: list[str], attribute: str) -> None:
    """Since when somebody leads is in the fact; how to reach them, and since when it exists, is the organisation's."""
    last = held(shipped, language, *messages)[-1]
    assert card(last) == ("pri", attribute)
    assert last.record["known"]


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        ("en", ["who heads omct", "who was before him"]),
        ("en", ["who heads omct", "is he swiss"]),
        ("en", ["who heads omct", "does he speak french"]),
        ("en", ["who heads omct", "their email", "how old is he"]),
        ("fr", ["qui dirige l'omct", "qui était là avant lui"]),
        ("fr", ["qui dirige l'omct", "est-il suisse"]),
        ("fr", ["qui dirige l'omct", "quelle est la nationalité de cette personne"]),
        ("es", ["quién dirige la omct", "quién estaba antes que él"]),
        ("es", ["quién dirige la omct", "es suizo"]),
    ],
)
def test_what_is_not_known_of_a_person(shipped: Edition, language: str, messages: list[str]) -> None:
    """What no fact tells of a person is admitted, with what is known, and not told of the organisation."""
    last = held(shipped, language, *messages)[-1]
    assert (*card(last), last.record["known"]) == ("omct", "head", False)
    assert "Staberock" in last.record["text"]


@pytest.mark.parametrize(
    ("language", "messages", "expected"),
    [
        ("en", ["which ones have jobs", "the first one"], ("dpko", "jobs")),
        ("en", ["which ones have jobs", "the first one", "how do i apply"], ("dpko", "jobs")),
        ("en", ["which organisations have a phone number", "the second one", "and the third"], ("omct", "phone")),
        ("fr", ["quelles organisations ont des offres d'emploi", "la deuxième"], ("ohchr", "jobs")),
        ("es", ["qué organizaciones tienen ofertas de empleo", "la segunda", "cómo lo hago"], ("ohchr", "jobs")),
        ("en", ["which NGOs are in Geneva", "the first one"], ("dci", None)),
    ],
)
def test_what_a_list_was_made_by_stays(
    shipped: Edition, language: str, messages: list[str], expected: tuple[str, str | None]
) -> None:
    """Whoever is picked from those that have something is asked for that; from those in a place, for everything."""
    assert card(held(shipped, language, *messages)[-1]) == expected


@pytest.mark.parametrize(
    ("language", "message", "listed", "absent"),
    [
        ("en", "which accept donations", {"unicef"}, {"crc", "dpko"}),
        ("en", "who takes donations", {"unicef"}, {"crc", "dpko"}),
        ("fr", "lesquelles acceptent les dons", {"unicef"}, {"crc", "dpko"}),
        ("es", "quién acepta donaciones", {"unicef"}, {"crc", "dpko"}),
        ("en", "which offer internships", {"unicef", "undp"}, {"crc"}),
        ("en", "which have a phone number", {"omct", "tdh"}, {"unicef"}),
        ("en", "who has offices in Africa", {"omct", "pri"}, {"ijjo"}),
        ("en", "which publish in spanish", {"omct", "crc"}, {"tdh"}),
    ],
)
def test_lists_need_no_noun(shipped: Edition, language: str, message: str, listed: set[str], absent: set[str]) -> None:
    """Those who do or have something are listed; who is known not to is left out."""
    entries = set(held(shipped, language, message)[-1].record["entries"])
    assert listed <= entries
    assert not absent & entries


def test_a_place_is_called_as_readers_call_it(shipped: Edition) -> None:
    """What a list is made by is told in the language of the reply."""
    assert "Genève" in held(shipped, "fr", "quelles ONG sont à Genève")[-1].record["text"].partition("\n")[0]
