"""Questions and commands in private, through HTTP against the stand-in."""

from __future__ import annotations

import re
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from bot.editions.answering import Answerer
from bot.editions.compilation import compile_folder
from bot.knowledge.finding import Reload
from bot.matching.decision import Question
from bot.matching.matcher import Matcher
from bot.telegram_app import turn as turns
from bot.telegram_app.handlers.conversation import READ_AT_ONCE, Conversation
from bot.telegram_app.handlers.responder import CurrentResponder
from bot.telegram_app.intake.workers import Workers
from bot.telegram_app.memory import MINUTES, Memory
from bot.telegram_app.monitoring import decision_log
from bot.telegram_app.ptb_types import Context
from tests.telegram_app.conftest import GARDEN, grown, opened

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions.answering import Answered
    from bot.matching.decision import Decision
    from tests.telegram_app.conftest import Visit


def texts(message: object) -> list[str]:
    """Return the labels of a message's buttons."""
    return [button.text for button in message.buttons]  # type: ignore[attr-defined]


async def test_a_question_gets_one_card(visit: Visit) -> None:
    """A card has the name, the summary, the date, links, related entries, the way to the rest and sharing."""
    card = await visit.ask("what does the rose society do")
    assert card.text is not None
    assert card.text.startswith("Rose Society (ROSO)")
    assert "Looked through in October 2026" in card.text
    assert texts(card) == ["Website", "Contact", "Moss Club", "TT", "More", "Share"]
    assert visit.sent == ["sendMessage"]


async def test_the_fact_that_was_asked_for_leads(visit: Visit) -> None:
    """It is the whole answer; the card opens below it."""
    answer = await visit.ask("when was the rose society founded")
    assert answer.text == "The Rose Society was founded in 1876."
    card = await visit.tap(answer, "More about ROSO")
    assert card is not answer
    assert (card.text or "").startswith("Rose Society (ROSO)")


async def test_the_rest_of_a_card_is_shown_in_its_place(visit: Visit) -> None:
    """With other languages, which are shown in full too; the way back is the one that the short card had."""
    card = await visit.ask("rose society")
    await visit.tap(card, "Moss Club")
    assert (await visit.tap(card, "More")) is card
    assert texts(card) == ["Website", "ROSO · Rose Society", "Français", "Español", "Share", "‹ ROSO"]
    await visit.tap(card, "Français")
    assert texts(card)[-4:] == ["English", "Español", "Partager", "‹ ROSO"]


async def test_a_question_to_try_is_there_in_every_language(tmp_path: Path) -> None:
    """A folder with examples in one language only offers those, to ask and to try in inline mode."""
    folder = tmp_path / "garden"
    shutil.copytree(GARDEN, folder)
    bot = (folder / "bot.yaml").read_text(encoding="utf-8")
    (folder / "bot.yaml").write_text(re.sub(r"^  (fr|es): \[.*\n", "", bot, flags=re.MULTILINE), encoding="utf-8")
    edition = compile_folder(folder, thorough=False)
    assert list(edition.catalogue.bot.examples) == ["en"]
    async with opened(edition, folder) as visit:
        for language in ("en", "fr"):
            how = texts(await visit.ask("/help", user=visit.world.user("Jeanne", language=language)))
            assert "What does the Rose Society do?" in how
            assert "@stand_in_bot What does the Rose Society do?" in how


async def test_what_editors_write_is_shown_as_it_is(visit: Visit) -> None:
    """Angle brackets and ampersands in a text are not markup."""
    card = await visit.ask("moss club")
    assert card.text is not None
    assert "gardens & lends <tools>" in card.text
    assert "No meeting since 2019." in card.text


async def test_a_related_card_takes_the_place_of_the_first_and_leads_back(visit: Visit) -> None:
    """The message is edited in place, in other languages too, and the button back carries the first card's name."""
    card = await visit.ask("rose society")
    assert (await visit.tap(card, "Moss Club")) is card
    assert (card.text or "").startswith("Moss Club")
    await visit.tap(card, "More")
    await visit.tap(card, "Français")
    assert (card.text or "").startswith("Club des mousses")
    await visit.tap(card, "‹ ROSO")
    assert (card.text or "").startswith("Société des roses (ROSO)")
    assert len(visit.world.replies(visit.world.private(visit.anna))) == 1


async def test_choices_are_opened_in_place_and_come_back(visit: Visit, undecided: str) -> None:
    """A choice leads back to the other choices, which need nothing but the button."""
    choices = await visit.ask(undecided)
    assert texts(choices) == ["Hedge cutting", "Lawn cutting", "None of these", "Helplines"]
    await visit.tap(choices, "Hedge cutting")
    assert (choices.text or "").startswith("Hedge cutting")
    await visit.tap(choices, "‹ Back")
    assert texts(choices) == ["Hedge cutting", "Lawn cutting", "None of these", "Helplines"]
    await visit.tap(choices, "None of these")
    assert texts(choices) == ["The whole list", "Helplines"]


async def test_a_new_question_leaves_open_choices_behind(visit: Visit, undecided: str) -> None:
    """What is typed next is a question of its own, and the old buttons still work."""
    choices = await visit.ask(undecided)
    card = await visit.ask("rose society")
    assert (card.text or "").startswith("Rose Society")
    await visit.tap(choices, "Lawn cutting")
    assert (choices.text or "").startswith("Lawn cutting")


async def test_lists_are_paged_in_place(visit: Visit) -> None:
    """/list shows the kinds, a kind its entries, an entry leads back to its page."""
    kinds = await visit.ask("/list")
    assert texts(kinds) == ["Organisations (3)", "Topics (3)"]
    await visit.tap(kinds, "Topics (3)")
    assert texts(kinds) == ["Compost", "Hedge cutting", "Lawn cutting", "The whole list"]
    await visit.tap(kinds, "Compost")
    await visit.tap(kinds, "‹ Back")
    assert texts(kinds) == ["Compost", "Hedge cutting", "Lawn cutting", "The whole list"]
    assert texts(await visit.ask("/topics")) == texts(kinds)


async def test_about_shows_an_entry(visit: Visit) -> None:
    """/about takes a name with typos; without one it lists the organisations."""
    assert ((await visit.ask("/about rose societi")).text or "").startswith("Rose Society")
    assert texts(await visit.ask("/about"))[:2] == ["Moss Club", "ROSO · Rose Society"]


async def test_start_offers_examples_that_ask(visit: Visit) -> None:
    """An example is asked as if it had been typed, also one too long for the data of a button."""
    start = await visit.ask("/start")
    assert texts(start)[:2] == ["What does the Rose Society do?", "Who looks after trees?"]
    assert ((await visit.tap(start, "Who looks after trees?")).text or "").startswith("Tree Trust")
    assert ((await visit.tap(start, "How do I reach the Moss Club")).text or "").startswith("I know Moss Club")
    assert (start.text or "").startswith("Garden Guide")


@pytest.mark.parametrize(
    ("payload", "beginning"),
    [
        ("rose", "Rose Society"),
        ("rose--fr", "Société des roses"),
        ("inline", "In danger"),
        ("_list", "What I know about"),
        ("_helplines", "If you are in danger"),
        ("gone", "This entry is no longer here."),
        ("_" * 64, "This entry is no longer here."),
        ("rose--xx", "Rose Society"),
    ],
)
async def test_deep_links_lead_to_entries_and_help(visit: Visit, payload: str, beginning: str) -> None:
    """A payload is an entry, in a language if it says so, or one of a few places; a forged one is told so."""
    visit.world.start(visit.anna, payload)
    await visit.settle()
    assert (visit.world.last(visit.world.private(visit.anna)).text or "").startswith(beginning)


async def test_a_reply_to_a_card_is_about_its_entry(visit: Visit) -> None:
    """The card itself says which entry it is; no memory is needed."""
    card = await visit.ask("rose society")
    await visit.ask("moss club")
    answer = await visit.ask("contact?", reply_to=card)
    assert answer.text == "How to contact ROSO: https://rose.example.org/contact"
    assert texts(answer)[0] == "Contact"
    french = await visit.ask("en français ?", reply_to=card)
    assert (french.text or "").startswith("Voici la page de contact (ROSO)")


async def test_privacy_says_what_is_kept(visit: Visit) -> None:
    """Nothing is stored, how long the memory is, who publishes the bot, and what it is not."""
    text = (await visit.ask("/privacy")).text or ""
    assert "store nothing about you" in text
    assert MINUTES == 15
    assert "fifteen minutes" in text
    assert "the gardeners" in text
    assert "not a gardener" in text


async def test_only_text_can_be_read(visit: Visit) -> None:
    """Pictures and voice get a friendly line, an album one line, a caption its answer."""
    private = visit.world.private(visit.anna)
    visit.world.send_photo(visit.anna, private)
    visit.world.send_voice(visit.anna, private)
    visit.world.send_sticker(visit.anna, private)
    await visit.settle()
    assert [message.text for message in visit.world.replies(private)] == [
        "I can read text only. Please write your question in a few words."
    ] * 3
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    for _ in range(4):
        visit.world.send(visit.anna, private, photo=photo, media_group_id="album")
    await visit.settle()
    assert len(visit.world.replies(private)) == 4
    visit.world.send_photo(visit.anna, private, "rose society")
    await visit.settle()
    assert (visit.world.last(private).text or "").startswith("Rose Society")


async def test_an_edited_question_changes_its_answer(visit: Visit) -> None:
    """As long as the answer is at hand; nothing new is sent."""
    card = await visit.ask("rose society")
    question = visit.world.messages(card.chat)[0]
    visit.world.edit(question, "moss club")
    await visit.settle()
    assert (card.text or "").startswith("Moss Club")
    assert visit.sent == ["sendMessage", "editMessageText"]


async def test_an_edit_from_before_the_start_is_left_alone(visit: Visit) -> None:
    """What was answered by an earlier run is not answered again."""
    private = visit.world.private(visit.anna)
    question = visit.world.say(visit.anna, private, "rose society")
    await visit.skip()
    visit.world.edit(question, "moss club")
    await visit.settle()
    assert visit.sent == []


@pytest.mark.parametrize("command", ["/help", "help", "ayuda", "aide", "/aide", "/ayuda"])
async def test_help_begins_with_danger(visit: Visit, command: str) -> None:
    """How to ask, and first of all a line for whoever is in danger."""
    reply = await visit.ask(command)
    first = (reply.text or "").splitlines()[0].casefold()
    assert "danger" in first or "peligro" in first
    assert "1098" not in (reply.text or "")


@pytest.mark.parametrize(
    "cry", ["my dad hits me", "/help my dad hits me", "/about my dad hits me", "/start my dad hits me"]
)
async def test_a_cry_for_help_comes_first(visit: Visit, cry: str) -> None:
    """Helplines before anything else, also behind a command; the country can be tapped."""
    reply = await visit.ask(cry)
    assert "call the emergency number" in (reply.text or "")
    await visit.tap(reply, "India")
    assert "1098" in (reply.text or "")


@pytest.mark.parametrize("text", ["/nonsense", "/reload"])
async def test_commands_that_do_not_exist_for_somebody(visit: Visit, text: str) -> None:
    """An administrator's command is as unknown as any other to everybody else."""
    assert ((await visit.ask(text)).text or "").startswith("I do not know this command.")


@pytest.mark.parametrize("text", ["/ask {}", "/start {}", "/reload {}", "/ask@stand_in_bot {}"])
@pytest.mark.parametrize("question", ["who looks after roses", "hedges", "zzyzx qqq"])
async def test_behind_a_command_that_says_nothing_itself_stands_a_question(
    visit: Visit, text: str, question: str
) -> None:
    """It is answered as if it stood alone; an administrator's command is like any other unknown one in this, too."""
    ben = visit.world.user("Ben")
    assert (await visit.ask(text.format(question))).text == (await visit.ask(question, user=ben)).text


async def test_an_unknown_command_with_a_question_is_not_for_the_bot_in_a_group(visit: Visit) -> None:
    """Unless it names the bot."""
    group = visit.world.group("Gardeners", visit.anna)
    said = await visit.say(group, "/ask@stand_in_bot rose society")
    assert (said.text or "").startswith("Rose Society")
    await visit.say(group, "/ask rose society")
    assert len(visit.world.replies(group)) == 1


@pytest.mark.parametrize("word", ["ayuda", "aide", "help"])
async def test_one_word_behind_start_is_read_as_a_question_first(visit: Visit, word: str) -> None:
    """A word has the form of a deep link's payload, and somebody who writes it may be in danger."""
    assert (await visit.ask(f"/start {word}")).text == (await visit.ask(word)).text


async def test_one_word_of_distress_behind_start_gets_the_helplines(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check for a cry is not passed over because a word might be a link."""
    decide = visit.store.edition.matcher.decide
    cry = decide(Question(text="my dad hits me"))
    monkeypatch.setattr(
        visit.store.edition.matcher, "decide", lambda asked: cry if asked.text == "suicide" else decide(asked)
    )
    assert "call the emergency number" in ((await visit.ask("/start suicide")).text or "")


@pytest.mark.parametrize("payload", ["fern--fr", "fern", "_xx"])
async def test_a_link_to_an_entry_that_is_gone_says_so(visit: Visit, payload: str) -> None:
    """Where nothing is known of its name either."""
    assert ((await visit.ask(f"/start {payload}")).text or "").startswith("This entry is no longer here.")


async def test_an_unknown_thing_gets_an_honest_no(visit: Visit) -> None:
    """And the list to look through, as a message of its own."""
    reply = await visit.ask("quantum chromodynamics")
    assert (reply.text or "").startswith("I did not understand that")
    listed = await visit.tap(reply, "The whole list")
    assert listed is not reply
    assert (reply.text or "").startswith("I did not understand that")


async def test_an_honest_no_leads_to_the_helplines_in_the_language_of_the_question(visit: Visit) -> None:
    """The program does not speak Italian, but the folder's message for somebody in danger is written in it."""
    reply = await visit.ask("non so che cosa fare stasera e nessuno mi ascolta")
    assert (reply.text or "").startswith("I did not understand that")
    helplines = await visit.tap(reply, "Pericolo")
    assert (helplines.text or "").startswith("Se sei in pericolo")


async def test_long_lists_are_turned_page_by_page(tmp_path: Path) -> None:
    """In place, forwards and back; an entry leads back to the page it was found on, also after a restart."""
    folder = tmp_path / "garden"
    shutil.copytree(GARDEN, folder)
    edition = grown(folder, 300)
    async with opened(edition, folder) as visit:
        listed = await visit.tap(await visit.ask("/list"), "Organisations (303)")
        for _ in range(3):
            await visit.tap(listed, "Next ›")
        assert (listed.text or "").startswith("Organisations, page 4 of 38")
        await visit.tap(listed, "14 »")
        assert (listed.text or "").startswith("Organisations, page 14 of 38")
        await visit.tap(listed, texts(listed)[0])
        assert (listed.text or "").startswith("Garden Club 104")
        back = listed.button("‹ Back").data
    async with opened(edition, folder) as visit:
        card = await visit.ask("rose society")
        visit.world.press(visit.anna, card, back or "")
        await visit.settle()
        assert (card.text or "").startswith("Organisations, page 14 of 38")


async def test_two_that_are_asked_about_are_shown_beside_each_other(visit: Visit) -> None:
    """Each can be opened in full, with the way back to both."""
    both = await visit.ask("rose society or moss club?")
    text = both.text
    assert "ROSO: The Rose Society breeds roses" in (text or "")
    assert "Moss Club: The Moss Club grows moss" in (text or "")
    await visit.tap(both, "More about Moss Club")
    assert (both.text or "").startswith("Moss Club")
    await visit.tap(both, "‹ Back")
    assert both.text == text


async def test_reading_the_knowledge_again_has_no_time_limit(visit: Visit) -> None:
    """A large folder on a small machine takes long, and the administrator is told all the same."""
    stands: list[bool] = []

    async def reload() -> Reload:
        turn = turns._current.get()
        assert turn is not None
        stands.append(turn.deadline.when() is None)
        return Reload(swapped=True)

    conversation = Conversation(CurrentResponder(visit.store), [visit.admin.id], reload, decision_log.decided, Memory())
    visit.world.ask(visit.admin, "/reload")
    [update] = await visit.application.bot.get_updates(timeout=0)
    handling = Workers(lambda _: lambda update: conversation.message(update, Context(visit.application)))
    assert await handling.submit(update) is turns.Outcome.DONE
    assert stands == [True]
    assert "Nothing has changed" in (visit.world.last(visit.world.private(visit.admin)).text or "")


async def test_others_have_their_turn_while_a_pasted_page_is_read(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short question is answered at once, a long text beside the event loop; both are answered."""
    at_once: list[bool] = []
    answer = Answerer.answer

    def noted(self: Answerer, question: Question) -> Answered:
        at_once.append(threading.current_thread() is threading.main_thread())
        return answer(self, question)

    monkeypatch.setattr(Answerer, "answer", noted)
    for length in (READ_AT_ONCE, READ_AT_ONCE + 1):
        asked = "what do you know about hedges? "
        assert (await visit.ask(asked + "x" * (length - len(asked)))).text
    assert at_once == [True, False]


async def test_a_pasted_page_behind_a_command_is_read_beside_the_event_loop_too(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long to read keeps nobody else waiting; a usual question is answered where it is."""
    matcher = visit.store.edition.matcher
    threads: list[threading.Thread] = []

    def decide(question: Question) -> Decision:
        threads.append(threading.current_thread())
        return Matcher.decide(matcher, question)

    monkeypatch.setattr(matcher, "decide", decide)
    await visit.ask("/about " + "it is a nice day today. " * 100)
    assert threads
    assert threading.main_thread() not in threads
    threads.clear()
    await visit.ask("/about " + "roses")
    assert set(threads) <= {threading.main_thread()}
