"""What is said to each decision, in which language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.entry import BotInfo, Entry
from bot.matching.decision import Answer, Candidate, Chat, Choose, Help, NoMatch, Question, Rule
from bot.matching.tuning import DEFAULT
from bot.replies.composer import Composer
from bot.replies.plain import body
from bot.replies.reply import (
    Ask,
    Browse,
    Countries,
    Folded,
    Heading,
    Helplines,
    Item,
    Lead,
    NoneOfThese,
    Paragraph,
    Quiet,
    Share,
    Show,
)
from tests.kinds import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.replies.reply import Action, Reply

ASKED = Question("?")
NEAR = DEFAULT.confidence.nearest


def actions(reply: Reply) -> list[Action]:
    """Return what the buttons do, row by row."""
    return [button.action for row in reply.actions for button in row]


def texts(reply: Reply, kind: type) -> list[str]:
    """Return the texts of the blocks of one kind."""
    return [block.text for block in reply.blocks if isinstance(block, kind)]


def show(composer: Composer, entry_id: str, language: str = "en") -> Reply:
    """Return a card that is there."""
    reply = composer.card(entry_id, language)
    assert reply is not None
    return reply


# Cards


def test_a_card_has_everything_in_its_place(composer: Composer, catalogue: Catalogue) -> None:
    """Name with acronym, summary, facts to unfold, date; links; related entries, the rest, share."""
    reply = composer.reply(
        Answer(question=ASKED, rule=Rule.NAMED, language="en", entry=catalogue.entries["omct"], confidence=1.0)
    )
    assert reply.blocks == (
        Heading("World Organisation Against Torture (OMCT)"),
        Paragraph("OMCT opposes torture. It helps <victims> & families."),
        Folded(
            "More about it\n• It began in Geneva (2010–2012, not confirmed).\n• It has 200 members.\n"
            "• It was founded in 1985 (as of 2019).\nNewest source: 2020s, read in November 2026"
        ),
    )
    assert [(link.label, link.url) for link in reply.links] == [
        ("Website", "https://www.omct.example/"),
        ("Write to OMCT", "https://www.omct.example/contact"),
    ]
    assert actions(reply) == [Show("tdh"), Show("prison"), Show("omct", full=True), Share("omct")]
    assert reply.title == "World Organisation Against Torture (OMCT)"
    assert reply.description == "OMCT opposes torture."
    assert not reply.urgent


@pytest.mark.parametrize(
    ("fact", "lead"),
    [
        (0, "It began in Geneva (as of 2010–2012, not confirmed)."),
        (1, "It has 200 members."),
        (2, "It was founded in 1985 (as of 2019)."),
    ],
)
def test_the_fact_that_was_asked_for_comes_first(
    composer: Composer, catalogue: Catalogue, fact: int, lead: str
) -> None:
    """An old one has its year; below it stand the name and a sentence, with a way to the rest."""
    entry = catalogue.entries["omct"]
    reply = composer.reply(Answer(question=ASKED, rule=Rule.CONFIDENT, language="en", entry=entry, fact=fact))
    assert reply.blocks == (
        Lead(lead),
        Heading("World Organisation Against Torture (OMCT)"),
        Paragraph("OMCT opposes torture."),
    )
    assert actions(reply) == [Show("omct", full=True)]


def test_the_link_that_was_asked_for_comes_first(composer: Composer, catalogue: Catalogue) -> None:
    """Who asks for the contact gets that button before the website."""
    reply = composer.reply(
        Answer(question=ASKED, rule=Rule.NAMED, language="en", entry=catalogue.entries["omct"], link="contact")
    )
    assert [link.url for link in reply.links] == ["https://www.omct.example/contact", "https://www.omct.example/"]


def test_a_link_that_is_not_there_is_not_made_up(composer: Composer, catalogue: Catalogue) -> None:
    """Who wants to donate where no such page is known is told so."""
    reply = composer.reply(
        Answer(question=ASKED, rule=Rule.NAMED, language="en", entry=catalogue.entries["omct"], link="donate")
    )
    assert "I have no link for this: Donate." in texts(reply, Paragraph)[0]


def test_a_card_is_composed_once_and_is_what_it_would_be_composed_anew(catalogue: Catalogue) -> None:
    """In every language, and with everything that can be asked of it, whatever was composed before."""
    entry = catalogue.entries["omct"]
    entry = entry.model_copy(update={"name": {**entry.name, "de": "Weltorganisation gegen Folter"}})
    catalogue = catalogue.model_copy(update={"entries": {**catalogue.entries, "omct": entry}})
    composer = Composer(catalogue)
    asked: list[dict[str, Any]] = [{}, {"fact": 1}, {"link": "contact"}, {"link": "donate"}]
    asked += [{"brief": True}, {"full": True}]
    decisions = [
        Answer(question=Question("?", asker_language=app), rule=Rule.NAMED, language=language, entry=entry, **one)
        for language in ("en", "fr", None)
        for app in (None, "fr", "de")
        for one in asked
    ]
    first = [composer.reply(one) for one in decisions]
    assert first == [Composer(catalogue).reply(one) for one in decisions]
    again = [composer.reply(one) for one in decisions]
    assert [one.blocks[-1] is other.blocks[-1] for one, other in zip(first, again, strict=True)] == [True] * len(first)


def test_a_topic_lists_who_works_on_it_and_why(composer: Composer) -> None:
    """In the editor's order, each with a button."""
    reply = show(composer, "prison", "fr")
    assert [block for block in reply.blocks if isinstance(block, Item)] == [
        Item("forme les gardiens", label="Tdh"),
        Item("visits prisons", label="OMCT"),
    ]
    assert actions(reply)[:2] == [Show("tdh"), Show("omct")]


def test_a_status_other_than_active_is_said(composer: Composer) -> None:
    """The editor's note if there is one, else the program's words."""
    assert "Nothing new is known since 2020." in texts(show(composer, "tdh"), Paragraph)
    assert "N’est plus en activité." in texts(show(composer, "rules", "fr"), Paragraph)


def test_of_a_long_summary_two_sentences_are_shown() -> None:
    """All the rest is behind the fold."""
    summary = "This sentence is repeated to make a long text. " * 100
    entry = Entry.model_validate({"id": "long", "name": {"en": "Long"}, "summary": {"en": summary}})
    reply = show(Composer(Catalogue(bot=BotInfo(title={"en": "t"}), entries={"long": entry})), "long")
    assert texts(reply, Paragraph)[0].count("text.") == 2
    assert " ".join([*texts(reply, Paragraph), *texts(reply, Folded)]) == summary.strip()


def test_readers_see_the_acronym_that_they_know() -> None:
    """The one of their language, else the first."""
    text = {"en": "Office for Rights", "fr": "Office des droits", "es": "Oficina de derechos"}
    known = Entry(id="ofr", name=text, summary=text, acronyms=("OFR", "ODD"), short={"fr": "ODD"})
    catalogue = Catalogue(bot=BotInfo(title={"en": "X"}, languages=("en", "fr", "es")), entries={"ofr": known})
    composer = Composer(catalogue)
    assert [show(composer, "ofr", language).title for language in ("en", "fr", "es")] == [
        "Office for Rights (OFR)",
        "Office des droits (ODD)",
        "Oficina de derechos (OFR)",
    ]


def test_an_entry_without_anything_but_a_name_and_a_summary_has_a_card() -> None:
    """No links, no facts, no date, no languages: nothing is missing."""
    entry = Entry.model_validate({"id": "bare", "name": {"und": "Bare"}, "summary": {"und": "Nothing more."}})
    reply = show(Composer(Catalogue(bot=BotInfo(title={"und": "t"}), entries={"bare": entry})), "bare", "fr")
    assert reply.blocks == (Heading("Bare"), Paragraph("Nothing more."))
    assert actions(reply) == [Share("bare")]


def test_a_card_that_has_gone_is_none(composer: Composer) -> None:
    """An old button may point to an entry that a reload has removed."""
    assert composer.card("nobody", "en") is None


def test_two_that_were_asked_about_are_both_presented(composer: Composer, catalogue: Catalogue) -> None:
    """Each with a name, a sentence and a button to its card."""
    tdh, omct = catalogue.entries["tdh"], catalogue.entries["omct"]
    reply = composer.reply(Answer(question=ASKED, rule=Rule.NAMED, language="en", entry=tdh, beside=(omct,)))
    assert reply.blocks == (
        Item("Tdh helps children. Whether it is still active is unclear.", "Tdh"),
        Item("OMCT opposes torture.", "OMCT"),
    )
    assert actions(reply) == [Show("tdh"), Show("omct")]


# Language


def test_the_reply_is_in_the_language_of_the_question(composer: Composer, catalogue: Catalogue) -> None:
    """Not in that of the asker's telephone."""
    question = Question("?", asker_language="en")
    reply = composer.reply(Answer(question=question, rule=Rule.NAMED, language="fr", entry=catalogue.entries["omct"]))
    assert reply.language == "fr"
    assert "L’OMCT combat la torture." in texts(reply, Paragraph)
    assert texts(reply, Folded)[0].endswith("Source la plus récente : années 2020, lue en novembre 2026")


def test_the_askers_language_is_used_where_the_questions_cannot_be_told(
    composer: Composer, catalogue: Catalogue
) -> None:
    """Also if it comes as a tag with a region."""
    question = Question("omct", asker_language="fr-CA")
    assert composer.reply(Answer(question=question, rule=Rule.EXACT, entry=catalogue.entries["omct"])).language == "fr"


def test_a_language_that_replies_are_not_given_in_gets_english_and_a_note(
    composer: Composer, catalogue: Catalogue
) -> None:
    """The reader learns why before anything else."""
    reply = composer.reply(Answer(question=ASKED, rule=Rule.NAMED, language="de", entry=catalogue.entries["omct"]))
    assert reply.language == "en"
    assert reply.blocks[0] == Paragraph("I cannot write in German, so this is in English.")


def test_an_entry_that_is_not_written_in_the_readers_language_says_so(composer: Composer, catalogue: Catalogue) -> None:
    """The note and the buttons are in the reader's language, the text is not."""
    reply = composer.reply(Answer(question=ASKED, rule=Rule.NAMED, language="es", entry=catalogue.entries["tdh"]))
    assert reply.language == "es"
    assert "Tdh helps children." in texts(reply, Paragraph)
    assert texts(reply, Quiet) == ["Esta ficha solo existe en este idioma: inglés."]


def test_a_fact_in_another_language_has_its_remarks_in_that_language(composer: Composer) -> None:
    """No sentence is half French and half English."""
    assert "not confirmed" in texts(show(composer, "omct", "fr"), Folded)[0]


def test_a_folder_in_a_language_of_its_own_is_shown_in_it() -> None:
    """The program's few words are English where it does not speak the folder's language."""
    entry = Entry.model_validate(
        {"id": "brot", "name": {"de": "Brot"}, "summary": {"de": "Aus Mehl."}, "reviewed_on": date(2026, 11, 21)}
    )
    bot = BotInfo(title={"de": "Bäcker"}, languages=("de",))
    reply = show(Composer(Catalogue(bot=bot, entries={"brot": entry}), "de"), "brot", "de")
    assert reply.language == "de"
    assert "Aus Mehl." in texts(reply, Paragraph)


@pytest.mark.parametrize(
    ("preferred", "language"),
    [((None, "fr"), "fr"), (("xx", "es-MX"), "es"), (("xx",), "en"), ((), "en"), (("FR_be",), "fr")],
)
def test_the_first_language_that_replies_are_given_in_is_taken(
    composer: Composer, preferred: tuple[str | None, ...], language: str
) -> None:
    """Tags may be missing, unknown, or written in any of the usual ways."""
    assert composer.language_for(*preferred) == language


def test_an_unknown_default_language_is_english(catalogue: Catalogue) -> None:
    """A setting that no folder fulfils does no harm."""
    assert Composer(catalogue, "xx").language_for() == "en"
    assert Composer(catalogue, "fr").language_for() == "fr"


# Choices, and no answer


def test_choices_are_buttons_with_a_way_out(composer: Composer, catalogue: Catalogue) -> None:
    """At most five, best first, and "none of these"."""
    entries = tuple(catalogue.entries[name] for name in ("omct", "tdh", "prison", "rules", "hello", "corps"))
    reply = composer.reply(Choose(question=ASKED, rule=Rule.CLOSE, language="en", entries=entries))
    assert actions(reply) == [*(Show(entry.id) for entry in entries[:5]), NoneOfThese(), Helplines()]
    assert [row[0].label for row in reply.actions][:2] == [
        "OMCT · World Organisation Against Torture",
        "Tdh · Terre des hommes",
    ]


def test_beside_who_is_covered_stands_the_line_on_who_is_not(composer: Composer, catalogue: Catalogue) -> None:
    """There is nothing more to open about somebody that the folder does not cover."""
    omct, corps = catalogue.entries["omct"], catalogue.entries["corps"]
    reply = composer.reply(Answer(question=ASKED, rule=Rule.NAMED, language="en", entry=omct, beside=(corps,)))
    assert "I know nothing about the drum corps." in texts(reply, Item)
    assert [link.label for link in reply.links] == ["A drum corps: Website"]
    assert actions(reply) == [Show("omct")]


def test_an_honest_no_offers_the_nearest_names_the_list_and_the_helplines(
    composer: Composer, catalogue: Catalogue
) -> None:
    """Small talk and helplines are no names."""
    ranked = tuple(Candidate(catalogue.entries[name], 1.0) for name in ("hello", "tdh", "danger", "prison"))
    reply = composer.reply(NoMatch(question=ASKED, rule=Rule.WEAK, language="en", candidates=ranked, confidence=NEAR))
    assert texts(reply, Paragraph)[0] == "I do not know the answer to that."
    assert actions(reply) == [Show("tdh"), Show("prison"), Browse(), Helplines()]


def test_what_is_near_by_chance_is_not_offered(composer: Composer, catalogue: Catalogue) -> None:
    """Where the confidence is next to nothing, names would only be noise."""
    ranked = (Candidate(catalogue.entries["tdh"], 1.0),)
    reply = composer.reply(
        NoMatch(question=ASKED, rule=Rule.WEAK, language="en", candidates=ranked, confidence=NEAR - 0.01)
    )
    assert actions(reply) == [Browse(), Helplines()]


def test_the_way_to_the_helplines_is_in_the_askers_language(composer: Composer, catalogue: Catalogue) -> None:
    """The folder's message is written in Arabic, which the program does not speak."""
    hello = catalogue.entries["hello"]
    for decision in (
        NoMatch(question=ASKED, rule=Rule.WEAK, language="ar"),
        Chat(question=ASKED, rule=Rule.CONFIDENT, language="ar", entry=hello),
        Chat(question=ASKED, rule=Rule.BARE_HELP, language="ar", entry=None),
    ):
        reply = composer.reply(decision)
        assert Helplines(language="ar") in actions(reply)
        assert reply.language == "en"


def test_an_honest_no_with_nothing_near_says_what_to_try(composer: Composer) -> None:
    """The list is always offered; and nothing is pretended about a subject that was not understood."""
    reply = composer.reply(NoMatch(question=ASKED, rule=Rule.WEAK, language="fr"))
    assert texts(reply, Paragraph)[0] == "Je n’ai pas compris, je ne sais donc pas quoi répondre."
    assert actions(reply) == [Browse(), Helplines()]


def test_an_empty_question_is_asked_for_words(composer: Composer) -> None:
    """It is not claimed that there is no answer to nothing."""
    reply = composer.reply(NoMatch(question=Question(""), rule=Rule.EMPTY))
    assert texts(reply, Paragraph)[0] == "I could not read a question there. Please write a few words."


def test_what_the_folder_does_not_cover_gets_its_honest_line(composer: Composer, catalogue: Catalogue) -> None:
    """With the editor's pointer."""
    reply = composer.reply(NoMatch(question=ASKED, rule=Rule.ELSEWHERE, entry=catalogue.entries["corps"]))
    assert texts(reply, Paragraph) == ["I know nothing about the drum corps."]
    assert [link.url for link in reply.links] == ["https://corps.example/"]


def test_none_of_these_offers_the_list_and_how_to_rephrase(composer: Composer) -> None:
    """It is no dead end."""
    reply = composer.none_of_these("en")
    assert actions(reply) == [Browse(), Helplines()]
    assert len(texts(reply, Paragraph)) == 2


def test_small_talk_is_answered_in_the_folders_words(composer: Composer, catalogue: Catalogue) -> None:
    """In the reader's language."""
    reply = composer.reply(Chat(question=ASKED, rule=Rule.EXACT, language="fr", entry=catalogue.entries["hello"]))
    assert texts(reply, Paragraph) == ["Bonjour !"]


# Help


def test_somebody_in_danger_gets_the_message_and_the_countrys_line_first(
    composer: Composer, catalogue: Catalogue
) -> None:
    """Then the directory; and the reply is marked as urgent."""
    entry = catalogue.entries["danger"]
    reply = composer.reply(Help(question=ASKED, rule=Rule.CRY, language="en", entry=entry, country="IN"))
    assert reply.urgent
    assert reply.blocks[0] == Paragraph("Call for help now.")
    assert [block for block in reply.blocks if isinstance(block, Item)] == [
        Item("1098 · day and night", label="Child Helpline"),
        Item("", label="Directory", url="https://helplines.example/"),
    ]
    assert actions(reply) == [Countries()]


def test_without_a_country_every_country_has_a_button(composer: Composer) -> None:
    """In the order of their names in the reader's language."""
    reply = composer.helplines(None, "fr")
    assert [button.label for row in reply.actions for button in row] == ["France", "Inde"]
    assert actions(reply) == [Helplines("FR"), Helplines("IN")]


def test_a_country_without_a_line_gets_the_directory_and_no_wrong_number(composer: Composer) -> None:
    """The reader is told so."""
    reply = composer.helplines("DE", "en")
    assert "I have no number for Germany." in texts(reply, Paragraph)[1]
    assert [block.label for block in reply.blocks if isinstance(block, Item)] == ["Directory"]


def test_help_is_given_in_a_language_the_program_does_not_speak(composer: Composer, catalogue: Catalogue) -> None:
    """The message and the countries are Arabic, whatever else is."""
    reply = composer.reply(Help(question=ASKED, rule=Rule.CRY, language="ar", entry=catalogue.entries["danger"]))
    assert reply.language == "ar"
    assert reply.blocks[0] == Paragraph("اطلب المساعدة الآن.")
    assert "الهند" in [button.label for row in reply.actions for button in row]


def test_help_falls_back_to_the_askers_language(composer: Composer, catalogue: Catalogue) -> None:
    """A message in Italian from an Arabic telephone is answered in Arabic here."""
    question = Question("?", asker_language="ar")
    reply = composer.reply(Help(question=question, rule=Rule.CRY, language="it", entry=catalogue.entries["danger"]))
    assert reply.language == "ar"


def test_a_folder_without_helplines_still_says_what_matters() -> None:
    """The emergency number, and that nobody is reading."""
    reply = Composer(Catalogue(bot=BotInfo(title={"en": "Bread"}), entries={})).helplines("IN", "en")
    assert "emergency number" in texts(reply, Paragraph)[0]
    assert "Nobody is reading" in texts(reply, Paragraph)[0]


def test_how_to_ask_begins_with_whoever_is_in_danger(composer: Composer) -> None:
    """A bare "help" may be one; the first button leads to the helplines."""
    reply = composer.reply(Chat(question=Question("help"), rule=Rule.BARE_HELP, language="en", entry=None))
    assert texts(reply, Paragraph)[0].startswith("In danger,")
    assert actions(reply) == [
        Helplines(),
        Ask("who visits prisons"),
        Ask("what is OMCT"),
        Ask("hello"),
        Browse(),
    ]


# Lists


def test_the_list_of_kinds_counts_what_can_be_looked_through(composer: Composer) -> None:
    """Helplines, small talk and neighbours are not listed."""
    reply = composer.browse(None, 0, "en")
    assert [button.label for row in reply.actions for button in row] == [
        "Organisations (2)",
        "Topics (1)",
        "Rules and treaties (1)",
    ]


def test_a_thousand_entries_are_paged_and_every_page_leads_on(many: Composer) -> None:
    """From the first page to the last by "next", each entry exactly once, in the order of names."""
    seen: list[str] = []
    page: int | None = 0
    while page is not None:
        reply = many.browse("organisation", page, "en")
        seen += [action.entry for action in actions(reply) if isinstance(action, Show)]
        page = next((a.page for a in actions(reply) if isinstance(a, Browse) and a.page == page + 1), None)
    assert seen == [f"e{number:04}" for number in range(1000)]


@pytest.mark.parametrize("page", [-5, 10_000])
def test_a_page_that_does_not_exist_is_the_nearest_one(many: Composer, page: int) -> None:
    """A forged or outdated button is no error."""
    assert any(isinstance(action, Show) for action in actions(many.browse("organisation", page, "en")))


def test_a_kind_that_does_not_exist_is_the_list_of_kinds(composer: Composer) -> None:
    """The same for kinds that nobody looks through."""
    assert composer.browse("nonsense", 0, "en") == composer.browse("help", 3, "en") == composer.browse(None, 0, "en")


def test_a_folder_of_one_kind_is_listed_at_once(many: Composer) -> None:
    """There is nothing to choose."""
    assert isinstance(actions(many.browse(None, 0, "en"))[0], Show)


def test_an_empty_folder_says_that_it_is_empty() -> None:
    """And is no error."""
    reply = Composer(Catalogue(bot=BotInfo(title={"en": "t"}), entries={})).browse(None, 0, "en")
    assert texts(reply, Paragraph) == ["There is nothing to list yet."]


@pytest.fixture(scope="module")
def many() -> Composer:
    """Return a folder of a thousand organisations."""
    entries = {
        f"e{number:04}": Entry.model_validate(
            {"id": f"e{number:04}", "kind": ORGANISATION, "name": {"en": f"Name {number:04}"}, "summary": {"en": "s"}}
        )
        for number in range(1000)
    }
    return Composer(Catalogue(bot=BotInfo(title={"en": "t"}), entries=entries))


# The bot itself


def test_the_welcome_has_three_questions_to_tap(composer: Composer) -> None:
    """Not four, though the folder has more."""
    reply = composer.start("en")
    assert reply.blocks[0] == Heading("Guide")
    assert [action.text for action in actions(reply) if isinstance(action, Ask)] == [
        "who visits prisons",
        "what is OMCT",
        "hello",
    ]


def test_privacy_says_what_is_kept_and_who_publishes(composer: Composer) -> None:
    """The program's part and the folder's."""
    said = body(composer.privacy("en"))
    kept = ("I store nothing about you", "fifteen minutes")
    for part in (*kept, "Published by nobody.", "not legal advice", "someone@guide.example"):
        assert part in said


def test_notices_are_one_line_in_the_readers_language(composer: Composer) -> None:
    """Each of them."""
    for notice in (composer.text_only, composer.gone, composer.slow_down, composer.unknown_command):
        assert len(notice("en").blocks) == 1
        assert notice("en") != notice("fr") != notice("es")


def replies(composer: Composer, catalogue: Catalogue, language: str) -> Iterator[Reply]:
    """Yield every reply that needs no decision."""
    for entry_id in catalogue.entries:
        yield show(composer, entry_id, language)
    for surface in (composer.start, composer.how_to_ask, composer.privacy, composer.none_of_these, composer.gone):
        yield surface(language)
    yield composer.browse(None, 0, language)
    yield composer.helplines(None, language)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "de", "xx"])
def test_every_surface_has_a_text_and_a_title_in_every_language(
    composer: Composer, catalogue: Catalogue, language: str
) -> None:
    """No reply is empty, no button is without a label, no placeholder is left."""
    for reply in replies(composer, catalogue, language):
        assert body(reply).strip()
        assert reply.title
        assert "{" not in body(reply)
        assert all(button.label.strip() for row in reply.actions for button in row)
