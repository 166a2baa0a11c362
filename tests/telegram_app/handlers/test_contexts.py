"""What each message is asked in the light of: the context that goes into the question, whatever is made of it."""

from __future__ import annotations

import asyncio
import gc
import sys
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Chat, Message, Update

from bot.matching.context import Context
from bot.matching.decision import Answer, Choose, NoMatch, Rule
from bot.telegram_app.memory import MINUTES
from bot.telegram_app.outbox import delivery

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.matching.decision import Decision, Question
    from bot.standin.clock import ManualClock
    from bot.standin.people import People
    from tests.telegram_app.conftest import Visit


@pytest.fixture
def asked(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """Return the questions that the matcher has been asked, as they come."""
    questions: list[Question] = []
    matcher = visit.store.edition.matcher

    def noting(asked: Callable[..., Any]) -> Callable[..., Any]:
        def noted(question: Question, *others: Any) -> Any:  # noqa: ANN401
            questions.append(question)
            return asked(question, *others)

        return noted

    for name in ("decide", "look_up"):
        monkeypatch.setattr(matcher, name, noting(getattr(matcher, name)))
    return questions


def before(asked: list[Question]) -> Context:
    """Return the context of the last question."""
    context = asked[-1].context
    assert context is not None
    return context


def wait(world: People, minutes: float) -> None:
    """Let minutes pass, in the world and for the memory."""
    clock: ManualClock = world.state.clock  # type: ignore[assignment]  # the one that ``opened`` made
    clock.advance(minutes * 60)


# Messages


async def test_a_question_hangs_on_the_one_before(visit: Visit, asked: list[Question]) -> None:
    """The first on nothing; then on the entry that was shown, in the language of that reply."""
    await visit.ask("rose society")
    assert before(asked) == Context()
    await visit.ask("moss club")
    assert (before(asked).entry, before(asked).language) == ("rose", "en")
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).trail) == ("moss", ("rose",))


async def test_a_conversation_is_over_after_fifteen_minutes(visit: Visit, asked: list[Question]) -> None:
    """And nothing of it is left in the process, also if nobody writes again."""
    await visit.ask("rose society")
    wait(visit.world, MINUTES - 1)
    await visit.ask("moss club")
    assert before(asked).entry == "rose"
    asked.clear()
    kept = visit.memory.get((visit.anna.id, visit.anna.id))
    assert sys.getrefcount(kept) > 2
    wait(visit.world, MINUTES)
    visit.memory.sweep()
    gc.collect()
    assert sys.getrefcount(kept) == 2  # here, and as an argument
    await visit.ask("hm")
    assert before(asked) == Context()


async def test_start_begins_anew(visit: Visit, asked: list[Question]) -> None:
    """Also a conversation that was in care; a link opens its entry in a new one."""
    await visit.ask("rose society")
    await visit.ask("my dad hits me")
    await visit.ask("/start")
    await visit.ask("hm")
    assert before(asked) == Context()
    await visit.ask("rose society")
    await visit.ask("/start moss")
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).trail) == ("moss", ())


async def test_what_stands_behind_a_command_belongs_to_the_conversation(visit: Visit, asked: list[Question]) -> None:
    """/about shows an entry, /list offers what it lists; a notice changes nothing."""
    await visit.ask("/about rose society")
    assert before(asked) == Context()
    await visit.ask("/privacy")
    await visit.ask("/topics")
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).choices) == ("rose", ("compost", "hedges", "lawns"))


async def test_two_people_in_one_group_do_not_share(visit: Visit, asked: list[Question]) -> None:
    """Nor does one of them in private and in the group."""
    other = visit.world.user("Olga")
    group = visit.world.group("Gardeners", visit.anna, other)
    await visit.say(group, "/about@stand_in_bot rose society")
    await visit.say(group, "/about@stand_in_bot moss club", user=other)
    assert before(asked) == Context()
    await visit.ask("tree trust")
    assert before(asked) == Context()
    await visit.say(group, "/about@stand_in_bot hm")
    assert before(asked).entry == "rose"
    await visit.say(group, "/about@stand_in_bot hm", user=other)
    assert before(asked).entry == "moss"


async def test_inline_queries_and_guests_have_no_memory(visit: Visit, asked: list[Question]) -> None:
    """They bring no context and leave none, unless a guest replies to a card."""
    await visit.type("rose society")
    group = visit.world.group("Elsewhere", visit.anna, member=False)
    guest = visit.world.call_guest(visit.anna, group, "@stand_in_bot rose society")
    await visit.settle()
    assert [question.context for question in asked] == [None, None]
    visit.world.call_guest(visit.anna, group, "@stand_in_bot contact?", reply_to=guest.answer)
    await visit.settle()
    assert (before(asked).entry, before(asked).pinned) == ("rose", True)
    await visit.ask("hm")
    assert before(asked) == Context()
    assert len(visit.memory) == 1


async def test_an_answer_that_never_arrived_is_not_remembered(visit: Visit, asked: list[Question]) -> None:
    """Nobody can refer to it."""
    await visit.ask("rose society")
    visit.world.ask(visit.anna, "moss club")
    visit.world.block(visit.anna)
    await visit.settle()
    visit.errors.clear()
    visit.refusals = len(visit.world.refused)
    assert visit.memory.get((visit.anna.id, visit.anna.id)).entry == "rose"


async def test_a_thousand_chats_at_once_do_not_mix(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question is answered in the light of the one before in its own chat."""
    entries = visit.store.edition.catalogue.entries
    seen: dict[str, str | None] = {}

    def decide(question: Question) -> Decision:
        assert question.context is not None
        seen[question.text] = question.context.entry
        if question.text in entries:
            return Answer(question=question, rule=Rule.NAMED, entry=entries[question.text])
        return NoMatch(question=question, rule=Rule.WEAK)

    async def say(*_: object, **__: object) -> Message:
        await asyncio.sleep(0)  # the others get their turn
        return Message(message_id=1, date=None, chat=Chat(id=1, type="private"))  # type: ignore[arg-type]

    monkeypatch.setattr(visit.store.edition.matcher, "decide", decide)
    monkeypatch.setattr(delivery, "say", say)
    wanted = {visit.world.user(f"P{number}"): ("rose", "moss", "tree")[number % 3] for number in range(1000)}
    for text in (wanted.__getitem__, lambda person: f"hm {person.id}"):
        for person in wanted:
            visit.world.ask(person, text(person))
        updates = [Update.de_json(update, visit.application.bot) for update in visit.world.pending[-1000:]]
        await asyncio.gather(*(visit.application.process_update(update) for update in updates))
    assert seen == {f"hm {person.id}": name for person, name in wanted.items()} | dict.fromkeys(wanted.values())
    assert len(visit.memory) == 1000


# Buttons


async def test_a_button_that_shows_an_entry_is_remembered(visit: Visit, asked: list[Question]) -> None:
    """As if it had been asked for; the way back leads back here, too."""
    card = await visit.ask("rose society")
    await visit.tap(card, "Moss Club")
    await visit.tap(card, "More")
    await visit.tap(card, "Français")
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).trail, before(asked).language) == ("moss", ("rose",), "fr")
    await visit.tap(card, "‹ ROSO")
    await visit.ask("hm")
    assert before(asked).entry == "rose"


async def test_choices_are_remembered_as_they_were_offered(visit: Visit, undecided: str, asked: list[Question]) -> None:
    """One that is tapped is shown; back at the choices they are offered again; none of these: nothing is."""
    choices = await visit.ask(undecided)
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).choices) == (None, ("hedges", "lawns"))
    await visit.tap(choices, "Lawn cutting")
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).choices) == ("lawns", ("hedges", "lawns"))
    await visit.tap(choices, "‹ Back")
    await visit.tap(choices, "None of these")
    await visit.ask("hm")
    assert before(asked).choices == ()


async def test_a_button_answers_what_the_bot_asked_back(
    visit: Visit, asked: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After "of which organisation?" comes the answer and not a card, as long as the conversation lasts."""
    decide: Callable[[Question], Any] = visit.store.edition.matcher.decide
    entries = visit.store.edition.catalogue.entries

    def back(question: Question) -> Any:  # noqa: ANN401
        if question.text == "contact?":
            listed = (entries["rose"], entries["moss"])
            return Choose(question=question, rule=Rule.WHICH, language="en", entries=listed, attribute="contact")
        return decide(question)

    monkeypatch.setattr(visit.store.edition.matcher, "decide", back)
    which = await visit.ask("contact?")
    answer = await visit.tap(which, "Rose Society")
    assert not (answer.text or "").startswith("Rose Society")
    assert next(button.text for button in answer.buttons) == "Contact"
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).attribute) == ("rose", "contact")
    which = await visit.ask("contact?")
    wait(visit.world, MINUTES + 1)
    assert ((await visit.tap(which, "Rose Society")).text or "").startswith("Rose Society")


async def test_a_choice_pressed_after_its_time_is_shown_and_remembered(
    visit: Visit, undecided: str, asked: list[Question]
) -> None:
    """The button holds all that it needs; the conversation begins with it."""
    choices = await visit.ask(undecided)
    wait(visit.world, MINUTES + 1)
    assert ((await visit.tap(choices, "Lawn cutting")).text or "").startswith("Lawn cutting")
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).choices, before(asked).trail) == ("lawns", (), ())


async def test_a_button_in_a_group_counts_for_whoever_presses_it(
    visit: Visit, undecided: str, asked: list[Question]
) -> None:
    """And not for whoever asked."""
    other = visit.world.user("Olga")
    group = visit.world.group("Gardeners", visit.anna, other)
    choices = await visit.say(group, f"/about@stand_in_bot {undecided}")
    await visit.tap(choices, "Lawn cutting", user=other)
    await visit.say(group, "/about@stand_in_bot hm", user=other)
    assert before(asked).entry == "lawns"
    await visit.say(group, "/about@stand_in_bot hm")
    assert before(asked).entry is None


@pytest.mark.parametrize("how", ["asked", "button", "link"])
async def test_helplines_put_a_chat_into_care(visit: Visit, asked: list[Question], how: str) -> None:
    """By a cry, by the button that leads to them, and by a link."""
    if how == "asked":
        await visit.ask("my dad hits me")
    elif how == "button":
        await visit.tap(await visit.ask("/help"), "Helplines")
    else:
        await visit.ask("/start _helplines")
    await visit.ask("rose society")
    assert before(asked).in_care
    await visit.ask("hm")
    assert before(asked).in_care


async def test_a_country_that_is_tapped_is_kept_for_the_care(visit: Visit, asked: list[Question]) -> None:
    """Whoever chose it once is not asked again; who only looked is not taken for somebody in danger."""
    await visit.tap(await visit.ask("my dad hits me"), "India")
    await visit.ask("hm")
    care = before(asked).care
    assert care
    assert (care.country, care.light) == ("IN", False)


async def test_who_only_looks_at_the_helplines_is_in_light_care(visit: Visit, asked: list[Question]) -> None:
    """What they ask next is answered as ever."""
    await visit.tap(await visit.ask("/help"), "Helplines")
    await visit.ask("hm")
    care = before(asked).care
    assert care
    assert care.light


# Replies to cards


async def test_a_reply_to_an_older_card_is_pinned_to_its_entry(visit: Visit, asked: list[Question]) -> None:
    """It wins over what was said since, and the conversation goes on from there."""
    card = await visit.ask("rose society")
    await visit.ask("moss club")
    await visit.ask("/topics")
    await visit.ask("contact?", reply_to=card)
    assert (before(asked).entry, before(asked).pinned, before(asked).choices) == ("rose", True, ())
    assert asked[-1].about == "rose"
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).pinned) == ("rose", False)


async def test_a_reply_to_the_card_just_shown_loses_nothing(
    visit: Visit, undecided: str, asked: list[Question]
) -> None:
    """What was offered with it can still be meant."""
    choices = await visit.ask(undecided)
    card = await visit.tap(choices, "Lawn cutting")
    await visit.ask("and the other?", reply_to=card)
    assert (before(asked).entry, before(asked).pinned) == ("lawns", True)
    assert before(asked).choices == ("hedges", "lawns")


async def test_a_reply_to_a_direct_answer_is_about_its_entry(visit: Visit, asked: list[Question]) -> None:
    """One button leads from there to the card."""
    answer = await visit.ask("contact of the rose society")
    await visit.ask("moss club")
    await visit.ask("how many members?", reply_to=answer)
    assert (before(asked).entry, before(asked).pinned) == ("rose", True)


async def test_a_reply_to_somebody_elses_card_in_a_group(visit: Visit, asked: list[Question]) -> None:
    """Is about the card, and begins a conversation of its own."""
    other = visit.world.user("Olga")
    group = visit.world.group("Gardeners", visit.anna, other)
    card = await visit.say(group, "/about@stand_in_bot rose society")
    await visit.say(group, "contact?", user=other, reply_to=card)
    assert (before(asked).entry, before(asked).pinned) == ("rose", True)
    await visit.say(group, "/about@stand_in_bot hm", user=other)
    assert before(asked).entry == "rose"


# Edited messages


async def test_an_edited_message_sees_what_its_first_version_saw(visit: Visit, asked: list[Question]) -> None:
    """And what came later goes on as it was."""
    await visit.ask("rose society")
    question = visit.world.ask(visit.anna, "moss club")
    await visit.settle()
    await visit.ask("tree trust")
    visit.world.edit(question, "compost")
    await visit.settle()
    assert before(asked).entry == "rose"
    await visit.ask("hm")
    assert before(asked).entry == "tree"


async def test_an_edited_message_changes_what_follows_if_it_is_the_last(visit: Visit, asked: list[Question]) -> None:
    """However often it is edited."""
    await visit.ask("tree trust")
    question = visit.world.ask(visit.anna, "rose society")
    await visit.settle()
    for name in ("moss club", "rose society", "moss club"):
        visit.world.edit(question, name)
        await visit.settle()
        assert before(asked).entry == "tree"
    await visit.ask("hm")
    assert (before(asked).entry, before(asked).trail) == ("moss", ("tree",))


async def test_a_message_edited_after_its_time_stands_alone(visit: Visit, asked: list[Question]) -> None:
    """Its answer is changed, and the conversation that is going on is not."""
    await visit.ask("tree trust")
    question = visit.world.ask(visit.anna, "rose society")
    await visit.settle()
    wait(visit.world, MINUTES + 1)
    await visit.ask("tree trust")
    visit.world.edit(question, "moss club")
    await visit.settle()
    assert before(asked) == Context()
    await visit.ask("hm")
    assert before(asked).entry == "tree"


async def test_words_that_are_taken_back_leave_a_chat_in_care(visit: Visit, asked: list[Question]) -> None:
    """Somebody who is afraid may edit a cry away."""
    cry = visit.world.ask(visit.anna, "my dad hits me")
    await visit.settle()
    visit.world.edit(cry, "rose society")
    await visit.settle()
    await visit.ask("hm")
    assert (before(asked).in_care, before(asked).entry) == (True, "rose")


# Reloads


async def test_an_entry_that_a_reload_took_away_is_no_matter(visit: Visit) -> None:
    """What hangs on it is answered like a question that hangs on nothing."""
    card = await visit.ask("moss club")
    await visit.ask("/topics")
    societies = visit.folder / "societies.yaml"
    kept = [part for part in societies.read_text(encoding="utf-8").split("---\n") if "id: moss" not in part]
    societies.write_text("---\n".join(kept).replace("related: [moss, tree]", "related: [tree]"), encoding="utf-8")
    topics = visit.folder / "topics.yaml"
    without = [part for part in topics.read_text(encoding="utf-8").split("---\n") if "id: compost" not in part]
    topics.write_text("---\n".join(without), encoding="utf-8")
    outcome = visit.store.reload()
    assert (outcome.swapped, set(outcome.removed)) == (True, {"moss", "compost"})
    assert visit.memory.get((visit.anna.id, visit.anna.id)).entry == "moss"
    for text in ("when was it founded", "the first one", "more", "back", "again"):
        assert (await visit.ask(text)).text
    assert (await visit.ask("contact?", reply_to=card)).text
    assert visit.memory.get((visit.anna.id, visit.anna.id)).entry != "compost"
