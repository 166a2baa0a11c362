"""A conversation: what each message is asked with, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.evaluation.conversation import Conversation
from bot.matching.context import Context
from bot.matching.decision import Answer, Choose, Rule
from tests.evaluation.scripted import ASKED, Matcher, edition

if TYPE_CHECKING:
    from bot.knowledge.catalogue import Catalogue


def test_each_message_is_asked_in_the_light_of_those_before(catalogue: Catalogue) -> None:
    """The first with an empty context; then with the entry shown, what was asked of it, and the reply's language."""
    omct, tdh = catalogue.entries["omct"], catalogue.entries["tdh"]
    matcher = Matcher(
        {
            "omct?": Answer(question=ASKED, rule=Rule.NAMED, entry=omct, language="fr"),
            "since when": Answer(question=ASKED, rule=Rule.ATTRIBUTE, entry=omct, attribute="founded"),
            "prisons": Choose(question=ASKED, rule=Rule.CLOSE, entries=(tdh, omct)),
        }
    )
    conversation = Conversation(edition(catalogue, matcher), "en", "de")
    said = [conversation.say(text) for text in ("omct?", "since when", "prisons", "thanks")]
    contexts = [question.context or Context() for question in matcher.asked]
    assert [question.asker_language for question in matcher.asked] == ["de"] * 4
    assert contexts[0] == Context()
    assert [(one.entry, one.attribute, one.choices) for one in contexts[1:]] == [
        ("omct", None, ()),
        ("omct", "founded", ()),
        ("omct", "founded", ("tdh", "omct")),
    ]
    assert contexts[1].language == said[0].reply.language == "fr"
    assert conversation.context.unanswered == 1
    assert [one.record["decision"] for one in said] == ["answer", "answer", "choose", "none"]
    assert [one.record["q"] for one in said] == ["omct?", "since when", "prisons", "thanks"]
    assert all(one.milliseconds > 0 for one in said)


def test_two_conversations_do_not_share(catalogue: Catalogue) -> None:
    """Also over one edition."""
    matcher = Matcher({"omct?": Answer(question=ASKED, rule=Rule.NAMED, entry=catalogue.entries["omct"])})
    one, other = (Conversation(edition(catalogue, matcher), "en") for _ in range(2))
    one.say("omct?")
    other.say("since when")
    assert matcher.asked[-1].context == Context()
    assert (one.context.entry, other.context.entry) == ("omct", None)
