"""The one rule that says what is answered, by table; and what an answer in a group looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import Update, User

from bot.telegram_app.handlers.addressed import Asked, Commanded, Ignored, Surface, Unreadable, addressed
from bot.telegram_app.handlers.commands import FOR_EVERYBODY

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions.edition import Edition
    from bot.telegram_app.handlers.addressed import Addressed
    from tests.telegram_app.conftest import Visit

from tests.telegram_app.conftest import opened

ME = User(id=7, is_bot=True, first_name="Guide", username="guide_bot")
ANNA = {"id": 1, "is_bot": False, "first_name": "Anna"}
GUIDE = {"id": 7, "is_bot": True, "first_name": "Guide", "username": "guide_bot"}
PRIVATE = {"id": 1, "type": "private", "first_name": "Anna"}
GROUP = {"id": -100, "type": "supergroup", "title": "Gardeners"}
CHANNEL = {"id": -200, "type": "channel", "title": "News"}
MENTION = [{"type": "mention", "offset": 0, "length": 10}]


def message(chat: dict[str, Any] = GROUP, sender: dict[str, Any] | None = ANNA, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a Message as Telegram sends it."""
    made: dict[str, Any] = {"message_id": 5, "date": 1_800_000_000, "chat": chat, **fields}
    return made if sender is None else {**made, "from": sender}


def judged(kind: str = "message", **fields: Any) -> Addressed:  # noqa: ANN401
    """Return what the rule says about an update with such a message."""
    update = Update.de_json({"update_id": 1, kind: message(**fields)}, None)
    return addressed(update, ME, FOR_EVERYBODY)


PLAIN = {"text": "who looks after trees"}
ANSWERED: list[tuple[str, dict[str, Any], Addressed]] = [
    ("private text", {"chat": PRIVATE, **PLAIN}, Asked(Surface.PRIVATE, PLAIN["text"])),
    ("private caption", {"chat": PRIVATE, "caption": "trees"}, Asked(Surface.PRIVATE, "trees")),
    ("private command", {"chat": PRIVATE, "text": "/List  all"}, Commanded(Surface.PRIVATE, "list", "all")),
    ("private command, unknown", {"chat": PRIVATE, "text": "/what"}, Commanded(Surface.PRIVATE, "what", "")),
    (
        "private, command of two lines",
        {"chat": PRIVATE, "text": "/about\na b"},
        Commanded(Surface.PRIVATE, "about", "a b"),
    ),
    (
        "private voice",
        {"chat": PRIVATE, "voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
        Unreadable(),
    ),
    (
        "private, forwarded",
        {"chat": PRIVATE, **PLAIN, "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "B"}},
        Asked(Surface.PRIVATE, PLAIN["text"]),
    ),
    ("group, command for it", {"text": "/list@Guide_Bot"}, Commanded(Surface.GROUP, "list")),
    ("group, plain command of its own", {"text": "/list"}, Commanded(Surface.GROUP, "list")),
    ("group, unknown command for it", {"text": "/reload@guide_bot"}, Commanded(Surface.GROUP, "reload")),
    ("group, mention", {"text": "@guide_bot trees", "entities": MENTION}, Asked(Surface.GROUP, "trees")),
    ("group, mention only", {"text": "@guide_bot", "entities": MENTION}, Asked(Surface.GROUP, "")),
    (
        "group, mention after an emoji",
        {"text": "👋 @Guide_Bot trees", "entities": [{"type": "mention", "offset": 3, "length": 10}]},
        Asked(Surface.GROUP, "👋  trees"),
    ),
    (
        "group, mention by name",
        {"text": "Guide, trees", "entities": [{"type": "text_mention", "offset": 0, "length": 5, "user": GUIDE}]},
        Asked(Surface.GROUP, ", trees"),
    ),
    (
        "group, mention below a picture",
        {"caption": "@guide_bot trees", "caption_entities": MENTION},
        Asked(Surface.GROUP, "trees"),
    ),
    (
        "group, reply to it",
        {**PLAIN, "reply_to_message": message(sender=GUIDE, text="x")},
        Asked(Surface.GROUP, PLAIN["text"]),
    ),
]
IGNORED: list[tuple[str, dict[str, Any]]] = [
    ("group, talk among others", PLAIN),
    ("group, another bot's command", {"text": "/list@other_bot"}),
    ("group, unknown plain command", {"text": "/roll"}),
    ("group, another bot's mention", {"text": "@other_bot hi", "entities": MENTION}),
    (
        "group, its name without a mention",
        {"text": "the @guide_bot_2 is new", "entities": [{"type": "mention", "offset": 4, "length": 12}]},
    ),
    ("group, reply to a person", {**PLAIN, "reply_to_message": message(sender={**ANNA, "id": 2}, text="x")}),
    ("group, photo in reply to it", {"reply_to_message": message(sender=GUIDE, text="x"), "photo": []}),
    (
        "group, first message of a topic",
        {**PLAIN, "reply_to_message": message(sender=GUIDE, forum_topic_created={"name": "x", "icon_color": 1})},
    ),
    (
        "group, anonymous administrator",
        {
            "sender_chat": GROUP,
            "text": "/list@guide_bot",
            "sender": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
        },
    ),
    (
        "group, in the name of a channel",
        {
            "sender_chat": CHANNEL,
            "text": "@guide_bot hi",
            "entities": MENTION,
            "sender": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
        },
    ),
    ("group, in the name of another chat", {"sender_chat": CHANNEL, "text": "/list@guide_bot"}),
    (
        "group, forwarded from its channel",
        {
            **PLAIN,
            "is_automatic_forward": True,
            "sender_chat": CHANNEL,
            "sender": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        },
    ),
    (
        "group, forwarded mention",
        {
            "text": "@guide_bot hi",
            "entities": MENTION,
            "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "B"},
        },
    ),
    ("group, another bot", {"text": "/list@guide_bot", "sender": {**GUIDE, "id": 8}}),
    ("group, sent by way of a bot", {"text": "@guide_bot hi", "entities": MENTION, "via_bot": GUIDE}),
    ("group, somebody joins", {"new_chat_members": [ANNA]}),
    ("group, migrated", {"migrate_to_chat_id": -100200}),
    ("group, pinned", {"pinned_message": message(text="x")}),
    (
        "channel's direct messages",
        {**PLAIN, "chat": {**GROUP, "is_direct_messages": True}, "reply_to_message": message(sender=GUIDE, text="x")},
    ),
    ("private, sent by way of it", {"chat": PRIVATE, **PLAIN, "via_bot": GUIDE}),
    ("private, service message", {"chat": PRIVATE, "pinned_message": message(text="x")}),
    ("private, business", {"chat": PRIVATE, **PLAIN, "business_connection_id": "b"}),
    ("private, blank", {"chat": PRIVATE, "text": " \n "}),
    ("no sender", {"sender": None, "text": "/list@guide_bot"}),
    ("another kind of chat", {"chat": {"id": 5, "type": "gathering"}, **PLAIN}),
    ("a channel's own", {"chat": CHANNEL, **PLAIN}),
]
OTHER_UPDATES = ("channel_post", "edited_channel_post", "business_message", "edited_business_message")


@pytest.mark.parametrize(("fields", "wanted"), [row[1:] for row in ANSWERED], ids=[row[0] for row in ANSWERED])
def test_what_is_answered(fields: dict[str, Any], wanted: Addressed) -> None:
    """The allow-list, row by row."""
    assert judged(**fields) == wanted


@pytest.mark.parametrize("fields", [row[1] for row in IGNORED], ids=[row[0] for row in IGNORED])
def test_what_is_ignored(fields: dict[str, Any]) -> None:
    """Everything that the allow-list does not name."""
    assert isinstance(judged(**fields), Ignored)


@pytest.mark.parametrize("kind", OTHER_UPDATES)
def test_other_kinds_of_update_are_ignored(kind: str) -> None:
    """Posts of channels and messages of business chats are not for the bot."""
    assert isinstance(judged(kind, chat=PRIVATE, text="hello"), Ignored)


def test_a_guest_message_is_a_question() -> None:
    """The mention is taken out; without a query to answer there is nothing to do."""
    asked = judged("guest_message", text="@guide_bot trees", entities=MENTION, guest_query_id="9")
    assert asked == Asked(Surface.GUEST, "trees")
    assert isinstance(judged("guest_message", text="@guide_bot trees", entities=MENTION), Ignored)


async def test_a_group_gets_one_short_message(visit: Visit) -> None:
    """A command is answered under the command, in short, with a button to the private chat."""
    group = visit.world.group("Gardeners", visit.anna)
    answer = await visit.say(group, "/about@stand_in_bot rose society")
    assert answer.text == (
        "Rose Society (ROSO)\n\nThe Rose Society breeds roses, teaches pruning and holds a show each June in Avon.\n\n"
        "Since 1876"
    )
    assert [(button.text, button.value) for button in answer.buttons] == [
        ("Website", "https://rose.example.org"),
        ("More in a private chat", "https://t.me/stand_in_bot?start=rose--en"),
    ]
    assert answer.reply_to is visit.world.messages(group)[0]
    assert len(visit.world.replies(group)) == 1


async def test_a_list_in_a_group_names_what_there_is(visit: Visit) -> None:
    """Its parts are text there, and the list itself is behind the button."""
    group = visit.world.group("Gardeners", visit.anna)
    kinds = await visit.say(group, "/list")
    assert kinds.text == "What I know about\n\n• Organisations (3)\n• Topics (3)"
    assert [button.value for button in kinds.buttons] == ["https://t.me/stand_in_bot?start=_list"]
    topics = await visit.say(group, "/topics@stand_in_bot")
    assert topics.text == "Topics\n\n• Compost\n• Hedge cutting\n• Lawn cutting"


async def test_a_reply_in_a_group_is_about_the_card(visit: Visit) -> None:
    """The deep link below the short card says which entry it is."""
    group = visit.world.group("Gardeners", visit.anna)
    card = await visit.say(group, "/about rose society")
    french = await visit.say(group, "en français ?", reply_to=card)
    assert (french.text or "").startswith("Société des roses")


async def test_choices_in_a_group_are_opened_in_place(visit: Visit, undecided: str) -> None:
    """Anybody in the group can tap, and the short card takes the place of the choices."""
    group = visit.world.group("Gardeners", visit.anna)
    earlier = await visit.say(group, "/privacy@stand_in_bot")
    choices = await visit.say(group, undecided, reply_to=earlier)
    assert [button.text for button in choices.buttons] == [
        "Hedge cutting",
        "Lawn cutting",
        "None of these",
        "Helplines",
        "More in a private chat",
    ]
    await visit.tap(choices, "Lawn cutting", user=visit.world.user("Ben", language="fr"))
    assert choices.text == "Lawn cutting\n\nLawns are cut on Saturdays."
    await visit.tap(choices, "‹ Back")
    assert choices.buttons[0].text == "Hedge cutting"


async def test_help_in_a_group_has_a_private_button(visit: Visit) -> None:
    """A cry for help in a group gets the short message with the helplines behind a button."""
    group = visit.world.group("Gardeners", visit.anna)
    answer = await visit.say(group, "/about@stand_in_bot my dad hits me")
    assert "call the emergency number" in (answer.text or "")
    assert answer.buttons[-1].value == "https://t.me/stand_in_bot?start=_helplines"


async def test_a_mention_is_answered_where_the_bot_sees_it(garden: Edition, tmp_path: Path) -> None:
    """With privacy mode off a mention reaches the bot; talk among others does not concern it."""
    async with opened(garden, tmp_path, privacy_mode=False) as visit:
        group = visit.world.group("Gardeners", visit.anna)
        answer = await visit.say(group, "@stand_in_bot rose society")
        assert (answer.text or "").startswith("Rose Society")
        await visit.say(group, "I love the rose society")
        assert len(visit.world.replies(group)) == 1
        mentioned = await visit.say(group, "@stand_in_bot")
        assert (mentioned.text or "").startswith("In danger")


async def test_an_edited_question_in_a_group_changes_its_answer(visit: Visit) -> None:
    """The short answer is edited, nothing new is sent."""
    group = visit.world.group("Gardeners", visit.anna)
    answer = await visit.say(group, "/about rose society")
    visit.world.edit(visit.world.messages(group)[0], "/about moss club")
    await visit.settle()
    assert (answer.text or "").startswith("Moss Club")
    assert len(visit.world.replies(group)) == 1


async def test_a_guest_message_is_answered_with_a_card(visit: Visit) -> None:
    """In a chat that the bot is not in, links are all that can be tapped."""
    group = visit.world.group("Elsewhere", visit.anna, member=False)
    guest = visit.world.call_guest(visit.anna, group, "@stand_in_bot who looks after trees")
    await visit.settle()
    assert guest.answer is not None
    assert (guest.answer.text or "").startswith("Tree Trust (TT)")
    assert {button.kind for button in guest.answer.buttons} == {"url"}


async def test_a_guest_in_danger_gets_the_helplines(visit: Visit) -> None:
    """Helplines come first there as well."""
    group = visit.world.group("Elsewhere", visit.anna, member=False)
    guest = visit.world.call_guest(visit.anna, group, "@stand_in_bot my dad hits me")
    await visit.settle()
    assert guest.answer is not None
    assert "call the emergency number" in (guest.answer.text or "")


async def test_a_group_that_migrated_is_answered_in_its_new_place(visit: Visit) -> None:
    """A command from before the migration is answered in the supergroup; the notices about it are not."""
    group = visit.world.group("Gardeners", visit.anna, supergroup=False)
    visit.world.say(visit.anna, group, "/list")
    new = visit.world.migrate(visit.anna, group)
    await visit.settle()
    assert [(message.text or "").splitlines()[0] for message in visit.world.replies(new)] == ["What I know about"]
    visit.refusals = 1


async def test_a_group_that_put_the_bot_out_costs_nothing(visit: Visit) -> None:
    """Who is thrown out between a question and its answer stays quiet."""
    group = visit.world.group("Gardeners", visit.anna)
    visit.world.say(visit.anna, group, "/list")
    visit.world.remove(visit.anna, group)
    await visit.settle()
    assert visit.world.replies(group) == []
    visit.refusals = 1


async def test_a_topic_gets_its_answer_in_the_topic(visit: Visit) -> None:
    """A forum's topics are conversations of their own; a thread of replies in a plain group is not a topic."""
    group = visit.world.group("Gardeners", visit.anna)
    plain = {**message(group.payload(), visit.anna.payload(), text="/list"), "message_thread_id": 42}
    for fields in (plain, {**plain, "message_id": 6, "is_topic_message": True}):
        visit.world.deliver({"message": fields})
    await visit.settle()
    threads = [given.get("message_thread_id") for method, given, _ in visit.world.calls if method == "sendMessage"]
    assert threads == [None, "42"]
